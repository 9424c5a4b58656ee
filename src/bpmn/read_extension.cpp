// Attributes and extension elements: ours are checked by name and place; those of other tools are refused
// unless they are known to be about looks or authoring only.
#include <algorithm>
#include <array>

#include "bpmn/builder.h"

namespace jinyue::bpmn {
namespace {

struct Foreign {
  std::string_view space;
  std::string_view name;  ///< empty: all of the namespace
};

/// Looks, layout, translations and notes of modelling tools. docs/bpmn.md has the same list.
constexpr std::array harmless{
    Foreign{"http://www.w3.org/2001/XMLSchema-instance", ""},
    Foreign{"http://www.w3.org/XML/1998/namespace", ""},
    Foreign{"http://www.omg.org/spec/BPMN/non-normative/color/1.0", ""},
    Foreign{"http://www.omg.org/spec/BPMN/non-normative/extensions/i18n/1.0", ""},
    Foreign{"http://bpmn.io/schema/bpmn/biocolor/1.0", ""},
    Foreign{"http://www.signavio.com", ""},
    Foreign{"http://www.w4.eu/spec/BPMN/20110930/GRAPH", ""},
    Foreign{"http://www.itp-commerce.com/BPMN2.0", "systemDefinedAttributes"},
    Foreign{"http://www.itp-commerce.com/BPMN2.0", "isCollapsed"},
    Foreign{"http://www.itp-commerce.com/BPMN2.0", "logicalSheetId"},
    Foreign{"http://www.trisotech.com/2015/triso/modeling", "readOnly"},
    Foreign{"http://www.trisotech.com/2015/triso/modeling", "defaultName"},
    Foreign{"http://www.trisotech.com/2015/triso/modeling", "linkedTermsId"},
    Foreign{"http://www.trisotech.com/2015/triso/modeling", "graphRelations"},
    Foreign{"http://www.trisotech.com/2015/triso/modeling", "unparsed"},
    Foreign{"http://camunda.org/schema/zeebe/1.0", "modelerTemplateIcon"},
};

bool isHarmless(std::string_view space, std::string_view name) {
  return std::ranges::any_of(harmless, [&](const Foreign& each) {
    return each.space == space && (each.name.empty() || each.name == name);
  });
}

struct Allowed {
  std::string_view element;
  std::string_view names;  ///< blank before and after each
};

/// BPMN's own attributes. Those that mean nothing here (isClosed, gatewayDirection, …) are allowed; those
/// with a meaning that is not executed are checked by value.
constexpr std::array bpmn_attributes{
    Allowed{"process", " isExecutable isClosed processType definitionalCollaborationRef "},
    Allowed{"sequenceFlow", " sourceRef targetRef isImmediate "},
    Allowed{"startEvent", " isInterrupting parallelMultiple "},
    Allowed{"boundaryEvent", " attachedToRef cancelActivity parallelMultiple "},
    Allowed{"intermediateCatchEvent", " parallelMultiple "},
    Allowed{"intermediateThrowEvent", " "},
    Allowed{"endEvent", " "},
    Allowed{"exclusiveGateway", " gatewayDirection default "},
    Allowed{"inclusiveGateway", " gatewayDirection default "},
    Allowed{"parallelGateway", " gatewayDirection "},
    Allowed{"complexGateway", " gatewayDirection default "},
    Allowed{"eventBasedGateway", " gatewayDirection instantiate eventGatewayType "},
    Allowed{"task", " "},
    Allowed{"manualTask", " "},
    Allowed{"userTask", " implementation "},
    Allowed{"serviceTask", " implementation operationRef "},
    Allowed{"sendTask", " implementation operationRef messageRef "},
    Allowed{"receiveTask", " implementation operationRef messageRef instantiate "},
    Allowed{"businessRuleTask", " implementation "},
    Allowed{"scriptTask", " scriptFormat "},
    Allowed{"subProcess", " triggeredByEvent "},
    Allowed{"transaction", " triggeredByEvent method protocol "},
    Allowed{"adHocSubProcess", " triggeredByEvent cancelRemainingInstances ordering "},
    Allowed{"callActivity", " calledElement "},
    Allowed{"multiInstanceLoopCharacteristics",
            " isSequential behavior oneBehaviorEventRef noneBehaviorEventRef "},
};

constexpr std::array our_attributes{
    Allowed{"process", " title unit area party search clock personal number "},
    Allowed{"intermediateThrowEvent", " clock amount reason "},
    Allowed{"userTask", " unit role person notWhoDid clock form "},
    Allowed{"serviceTask", " type retries "},
    Allowed{"sendTask", " type retries key "},
    Allowed{"receiveTask", " key clock "},
    Allowed{"businessRuleTask", " decision result "},
    Allowed{"scriptTask", " result "},
    Allowed{"subProcess", " clock "},
    Allowed{"callActivity", " clock "},
    Allowed{"timerEventDefinition", " clock "},
    Allowed{"messageEventDefinition", " key "},
    Allowed{"multiInstanceLoopCharacteristics", " collection element outputCollection outputElement "},
};

constexpr std::array activities{"task",       "manualTask",   "userTask",    "serviceTask",
                                "sendTask",   "receiveTask",  "scriptTask",  "businessRuleTask",
                                "subProcess", "callActivity", "transaction", "adHocSubProcess"};

/// Elements whose jy:input and jy:output are executed.
constexpr std::string_view with_input =
    " userTask serviceTask sendTask receiveTask businessRuleTask scriptTask subProcess callActivity "
    "intermediateThrowEvent endEvent ";
constexpr std::string_view with_output =
    " userTask serviceTask sendTask receiveTask businessRuleTask scriptTask subProcess callActivity "
    "intermediateCatchEvent boundaryEvent startEvent ";

bool hasWord(std::string_view words, std::string_view word) {
  return words.find(" " + std::string{word} + " ") != std::string_view::npos;
}

template <std::size_t N>
bool allows(const std::array<Allowed, N>& table, std::string_view element, std::string_view name) {
  return std::ranges::any_of(
      table, [&](const Allowed& each) { return each.element == element && hasWord(each.names, name); });
}

}  // namespace

void ModelBuilder::checkForeignAttributes(pugi::xml_node xml) {
  for (const pugi::xml_attribute each : xml.attributes()) {
    const std::string_view full = each.name();
    if (full.find(':') == std::string_view::npos || full.starts_with("xmlns:")) continue;
    const std::string name{localName(full)};
    const std::string_view space = namespaceOf(xml, each);
    if (space == bpmn_namespace) continue;
    if (space == our_namespace) {
      if (!allows(our_attributes, localName(xml.name()), name)) {
        refuseAt(xml, "attribute.unknown",
                 {"此处没有属性 jy:" + name, "there is no attribute jy:" + name + " here"});
      }
    } else if (!isHarmless(space, name)) {
      refuseAt(xml, "extension.attribute",
               {"不执行其他工具的属性：" + std::string{full},
                "an attribute of another tool is not executed: " + std::string{full}},
               {std::string{space}, std::string{space}});
    }
  }
}

void ModelBuilder::checkPart(pugi::xml_node xml) {
  checkForeignAttributes(xml);
  checkExtensions(xml);
}

void ModelBuilder::checkAttributes(pugi::xml_node xml) {
  const std::string_view element = localName(xml.name());
  const bool activity = std::ranges::find(activities, element) != activities.end();
  checkForeignAttributes(xml);
  for (const pugi::xml_attribute each : xml.attributes()) {
    const std::string_view full = each.name();
    if (full == "xmlns" || full.starts_with("xmlns:")) continue;
    if (full.find(':') != std::string_view::npos && namespaceOf(xml, each) != bpmn_namespace) continue;
    const std::string name{localName(full)};
    const bool common = name == "id" || name == "name";
    const bool of_activity = activity && (name == "default" || name == "isForCompensation" ||
                                          name == "startQuantity" || name == "completionQuantity");
    if (!common && !of_activity && !allows(bpmn_attributes, element, name)) {
      refuseAt(xml, "attribute.unknown",
               {"没有这个属性：" + name, "BPMN has no such attribute here: " + name});
    }
  }
  if (boolOf(xml, "isForCompensation", false) != false) {
    refuseAt(xml, "compensation", {"不执行补偿", "compensation is not executed"});
  }
  for (const char* quantity : {"startQuantity", "completionQuantity"}) {
    if (const std::string_view value = attribute(xml, quantity); !value.empty() && value != "1") {
      refuseAt(xml, "quantity",
               {"不执行数量不为 1 的令牌", "token quantities other than 1 are not executed"});
    }
  }
  if (boolOf(xml, "parallelMultiple", false) != false) {
    refuseAt(xml, "event.several-triggers",
             {"不执行多重事件", "events with several triggers are not executed"});
  }
  if (!attribute(xml, "operationRef").empty()) {
    refuseAt(xml, "service.operation", {"不执行 BPMN 服务接口", "BPMN service operations are not executed"},
             {"使用 jy:type", "use jy:type"});
  }
  if (element == "receiveTask" && boolOf(xml, "instantiate", false) != false) {
    refuseAt(xml, "start.receive-task",
             {"不执行启动流程的接收任务", "receive tasks that start a process are not executed"},
             {"使用消息开始事件", "use a message start event"});
  }
}

void ModelBuilder::checkExtensions(pugi::xml_node xml) {
  const std::string_view element = localName(xml.name());
  const auto judge = [&](pugi::xml_node extension) {
    const std::string_view space = namespaceOf(extension);
    const std::string name{localName(extension.name())};
    if (space == our_namespace) {
      const bool known = (name == "input" && hasWord(with_input, element)) ||
                         (name == "output" && hasWord(with_output, element));
      if (!known) {
        refuseAt(extension, "extension.unknown",
                 {"此处没有元素 jy:" + name, "there is no element jy:" + name + " here"});
      }
    } else if (!isHarmless(space, name)) {
      refuseAt(xml, "extension.element",
               {"不执行其他工具的扩展：" + std::string{extension.name()},
                "an extension of another tool is not executed: " + std::string{extension.name()}},
               {std::string{space}, std::string{space}});
    }
  };
  for (const pugi::xml_node child : xml.children()) {
    if (child.type() != pugi::node_element) continue;
    if (!isBpmn(child)) {
      judge(child);
    } else if (isBpmn(child, "extensionElements")) {
      for (const pugi::xml_node extension : child.children()) {
        if (extension.type() != pugi::node_element) continue;
        if (isBpmn(extension)) {
          refuseAt(xml, "extension.element",
                   {"不执行扩展：" + std::string{extension.name()},
                    "this extension is not executed: " + std::string{extension.name()}});
        } else {
          judge(extension);
        }
      }
    }
  }
}

}  // namespace jinyue::bpmn
