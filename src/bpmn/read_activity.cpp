// What the kinds of activities have of their own.
#include <charconv>

#include "base/text.h"
#include "bpmn/builder.h"

namespace jinyue::bpmn {
namespace {

std::string ourText(pugi::xml_node xml, std::string_view name) {
  const char* text = ourAttribute(xml, name);
  return text == nullptr ? std::string{} : std::string{trimmed(text)};
}

std::vector<std::string> words(std::string_view text) {
  std::vector<std::string> result;
  while (true) {
    const auto begin = text.find_first_not_of(" \t\r\n");
    if (begin == std::string_view::npos) return result;
    text.remove_prefix(begin);
    const auto end = std::min(text.find_first_of(" \t\r\n"), text.size());
    result.emplace_back(text.substr(0, end));
    text.remove_prefix(end);
  }
}

}  // namespace

void ModelBuilder::readActivity(pugi::xml_node xml, Index index) {
  Node& of = node(index);
  readMappings(xml, of);
  readLoop(xml, of);
  of.clock = readClock(xml);
  switch (of.kind) {
    case NodeKind::user_task: return readUserTask(xml, of);
    case NodeKind::service_task: return readJob(xml, of);
    case NodeKind::send_task:
      if (ourAttribute(xml, "type") != nullptr) return readJob(xml, of);
      of.event = readMessage(xml, attribute(xml, "messageRef"));
      return;
    case NodeKind::receive_task: of.event = readMessage(xml, attribute(xml, "messageRef")); return;
    case NodeKind::rule_task: return readRuleTask(xml, of);
    case NodeKind::script_task: return readScriptTask(xml, of);
    case NodeKind::event_sub_process:
      if (of.loop) {
        refuseAt(xml, "loop.not-here",
                 {"事件子流程不能多实例", "an event sub-process can't be multi-instance"});
      }
      return;
    default: return;
  }
}

void ModelBuilder::readUserTask(pugi::xml_node xml, Node& of) {
  of.user.unit = ourExpression(xml, "unit");
  of.user.role = ourExpression(xml, "role");
  of.user.person = ourExpression(xml, "person");
  of.user.not_who_did = words(ourText(xml, "notWhoDid"));
  of.user.form = ourText(xml, "form");
}

void ModelBuilder::readJob(pugi::xml_node xml, Node& of) {
  const std::string type = ourText(xml, "type");
  if (type.empty()) {
    refuseAt(xml, "service.no-type", {"服务任务没有 jy:type", "the service task has no jy:type"});
  } else {
    of.topic = textOrExpression(xml, type);
    if (!type.starts_with('=') &&
        std::ranges::find(surroundings_.services, type) == surroundings_.services.end()) {
      refuseAt(xml, "service.unknown-type", {"没有这种服务：" + type, "there is no service of type " + type});
    }
  }
  if (const std::string retries = ourText(xml, "retries"); !retries.empty()) {
    std::int32_t count = -1;
    const auto [end, error] = std::from_chars(retries.data(), retries.data() + retries.size(), count);
    if (error != std::errc{} || end != retries.data() + retries.size() || count < 0 || count > 100) {
      refuseAt(xml, "service.retries",
               {"重试次数应为 0 到 100", "jy:retries is a whole number from 0 to 100"});
    } else {
      of.retries = count;
    }
  }
}

void ModelBuilder::readRuleTask(pugi::xml_node xml, Node& of) {
  of.decision = ourText(xml, "decision");
  of.result = ourText(xml, "result");
  if (of.decision.empty()) {
    refuseAt(xml, "decision.none", {"规则任务没有 jy:decision", "the business-rule task has no jy:decision"});
  } else if (std::ranges::find(surroundings_.decisions, of.decision) == surroundings_.decisions.end()) {
    refuseAt(xml, "decision.unknown",
             {"没有这个决策：" + of.decision, "there is no decision " + of.decision});
  }
  if (of.result.empty() && of.outputs.empty()) {
    refuseAt(xml, "result.none", {"没有 jy:result，结果无处存放", "there is no jy:result for what it gives"});
  }
  if (of.inputs.empty()) {
    refuseAt(xml, "decision.no-input", {"规则任务没有 jy:input", "the business-rule task has no jy:input"},
             {"列出决策使用的变量，它们会写入记录", "name what the decision uses: it goes into the record"});
  }
}

void ModelBuilder::readScriptTask(pugi::xml_node xml, Node& of) {
  of.result = ourText(xml, "result");
  const std::string_view format = attribute(xml, "scriptFormat");
  const pugi::xml_node script = childOf(xml, "script");
  if (!format.empty() && format != "feel" && format != "FEEL" && format != "application/feel" &&
      format.find("FEEL") == std::string_view::npos) {
    refuseAt(xml, "script.language",
             {"脚本不是 FEEL：" + std::string{format}, "the script is not FEEL: " + std::string{format}});
  } else if (!script) {
    refuseAt(xml, "script.none", {"脚本任务没有脚本", "the script task has no script"});
  } else {
    checkPart(script);
    of.script = expression(script, textOf(script));
  }
  if (of.result.empty() && of.outputs.empty()) {
    refuseAt(xml, "result.none", {"没有 jy:result，结果无处存放", "there is no jy:result for what it gives"});
  }
}

void ModelBuilder::readLoop(pugi::xml_node xml, Node& of) {
  const pugi::xml_node loop = childOf(xml, "multiInstanceLoopCharacteristics");
  if (!loop) return;
  checkAttributes(loop);
  checkExtensions(loop);
  if (const std::string_view behavior = attribute(loop, "behavior"); !behavior.empty() && behavior != "All") {
    refuseAt(loop, "loop.not-executed",
             {"多实例不执行 behavior=" + std::string{behavior},
              "a multi-instance that throws events (behavior=" + std::string{behavior} + ") is not executed"},
             {"删除 behavior 或改为 All", "drop behavior, or make it All"});
  }
  LoopSpec spec;
  spec.sequential = boolOf(loop, "isSequential", false) == true;
  spec.collection = ourExpression(loop, "collection");
  spec.element_variable = ourText(loop, "element");
  spec.output_collection = ourText(loop, "outputCollection");
  spec.output_element = ourExpression(loop, "outputElement");
  for (const pugi::xml_node child : loop.children()) {
    if (!isBpmn(child)) continue;
    const std::string_view name = localName(child.name());
    if (name == "loopCardinality") spec.cardinality = formalExpression(child);
    else if (name == "completionCondition") spec.completion = formalExpression(child);
    else if (name != "extensionElements" && name != "documentation") {
      refuseAt(
          child, "loop.not-executed",
          {"多实例中不执行：" + std::string{name}, "not executed in a multi-instance: " + std::string{name}},
          {"使用 jy:collection、jy:element、jy:outputCollection、jy:outputElement",
           "use jy:collection, jy:element, jy:outputCollection, jy:outputElement"});
    }
  }
  const bool counted = static_cast<bool>(childOf(loop, "loopCardinality"));
  const bool listed = ourAttribute(loop, "collection") != nullptr;
  if (counted == listed) {
    refuseAt(loop, "loop.no-collection",
             {"多实例需要 jy:collection 或 loopCardinality 其中之一",
              "a multi-instance needs one of jy:collection and loopCardinality"});
  }
  if (spec.output_collection.empty() != !spec.output_element) {
    refuseAt(loop, "loop.output",
             {"jy:outputCollection 与 jy:outputElement 必须同时给出",
              "jy:outputCollection and jy:outputElement go together"});
  }
  if (!spec.element_variable.empty() && !listed) {
    refuseAt(loop, "loop.element", {"jy:element 需要 jy:collection", "jy:element needs jy:collection"});
  }
  of.loop = std::move(spec);
}

void ModelBuilder::readMappings(pugi::xml_node xml, Node& of) {
  const pugi::xml_node extensions = childOf(xml, "extensionElements");
  for (const pugi::xml_node child : extensions.children()) {
    if (child.type() != pugi::node_element || namespaceOf(child) != our_namespace) continue;
    const std::string_view kind = localName(child.name());
    if (kind != "input" && kind != "output") continue;
    const std::string name{trimmed(attribute(child, "name"))};
    if (name.empty()) {
      refuseAt(child, "mapping.no-name", {"映射没有变量名", "the mapping names no variable"});
    }
    for (const pugi::xml_attribute each : child.attributes()) {
      const std::string_view key = each.name();
      if (key != "name" && key != "expression" && !key.starts_with("xmlns")) {
        refuseAt(child, "attribute.unknown",
                 {"没有这个属性：" + std::string{key}, "there is no such attribute: " + std::string{key}});
      }
    }
    auto value = expression(child, attribute(child, "expression"));
    if (!value || name.empty()) continue;
    auto& mappings = kind == "input" ? of.inputs : of.outputs;
    if (std::ranges::any_of(mappings, [&](const Mapping& each) { return each.name == name; })) {
      refuseAt(child, "mapping.twice", {"变量映射重复：" + name, "the variable is mapped twice: " + name});
    }
    mappings.push_back({name, std::move(*value)});
  }
}

}  // namespace jinyue::bpmn
