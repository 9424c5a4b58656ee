// A second count of what the reference files hold that is not executed, straight from their XML and without
// the reader: for each file and code as many as bpmn-miwg-expected.txt lists. A reason that is missing from
// the list, or one too many, shows here even when the list was written by the reader itself.
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <string>

#include <gtest/gtest.h>
#include <pugixml.hpp>

namespace jinyue::bpmn::testing {
namespace miwg_count_test {

using Counts = std::map<std::string, int>;  ///< by "file code"
using Names = std::set<std::string, std::less<>>;

const std::string bpmn = "http://www.omg.org/spec/BPMN/20100524/MODEL";

const Names activities{"task",       "manualTask",   "userTask",    "serviceTask",
                       "sendTask",   "receiveTask",  "scriptTask",  "businessRuleTask",
                       "subProcess", "callActivity", "transaction", "adHocSubProcess"};
const Names events{"startEvent", "endEvent", "intermediateCatchEvent", "intermediateThrowEvent",
                   "boundaryEvent"};
const Names gateways{"exclusiveGateway", "inclusiveGateway", "parallelGateway", "complexGateway",
                     "eventBasedGateway"};
const Names data{"ioSpecification",
                 "dataInputAssociation",
                 "dataOutputAssociation",
                 "dataInput",
                 "dataOutput",
                 "inputSet",
                 "outputSet",
                 "property"};
const Names drawn{"import",        "itemDefinition",   "collaboration", "category",  "resource",
                  "dataStore",     "relationship",     "interface",     "extension", "endPoint",
                  "documentation", "message",          "signal",        "error",     "escalation",
                  "process",       "extensionElements"};
/// What docs/bpmn.md lets through: namespaces, or names in one.
const Names harmless{"http://www.w3.org/2001/XMLSchema-instance",
                     "http://www.w3.org/XML/1998/namespace",
                     "http://www.omg.org/spec/BPMN/non-normative/color/1.0",
                     "http://www.omg.org/spec/BPMN/non-normative/extensions/i18n/1.0",
                     "http://bpmn.io/schema/bpmn/biocolor/1.0",
                     "http://www.signavio.com",
                     "http://www.w4.eu/spec/BPMN/20110930/GRAPH",
                     "http://www.itp-commerce.com/BPMN2.0 systemDefinedAttributes",
                     "http://www.itp-commerce.com/BPMN2.0 isCollapsed",
                     "http://www.itp-commerce.com/BPMN2.0 logicalSheetId",
                     "http://www.trisotech.com/2015/triso/modeling readOnly",
                     "http://www.trisotech.com/2015/triso/modeling defaultName",
                     "http://www.trisotech.com/2015/triso/modeling linkedTermsId",
                     "http://www.trisotech.com/2015/triso/modeling graphRelations",
                     "http://www.trisotech.com/2015/triso/modeling unparsed",
                     "http://camunda.org/schema/zeebe/1.0 modelerTemplateIcon"};

std::string local(std::string_view name) {
  const auto colon = name.find(':');
  return std::string{colon == std::string_view::npos ? name : name.substr(colon + 1)};
}

std::string spaceOf(pugi::xml_node at, std::string_view name, bool is_attribute) {
  const auto colon = name.find(':');
  if (colon == std::string_view::npos && is_attribute) return bpmn;
  const std::string wanted =
      colon == std::string_view::npos ? "xmlns" : "xmlns:" + std::string{name.substr(0, colon)};
  if (wanted == "xmlns:xml") return "http://www.w3.org/XML/1998/namespace";
  for (; at; at = at.parent()) {
    if (const auto found = at.attribute(wanted.c_str())) return found.value();
  }
  return {};
}

bool isForeign(const std::string& space, const std::string& name) {
  return space != bpmn && !harmless.contains(space) && !harmless.contains(space + " " + name);
}

class Counter {
 public:
  Counter(const std::filesystem::path& path, Counts& counts)
      : file_(path.filename().string()), counts_(counts) {
    const auto parsed = document_.load_file(path.c_str());
    EXPECT_TRUE(parsed) << path;
  }

  void run() {
    const auto root = document_.document_element();
    collect(root);
    language_ = root.attribute("expressionLanguage").value();
    for (const auto child : root.children()) {
      if (isBpmn(child) && !drawn.contains(local(child.name()))) add("construct.not-executed");
    }
    for (const auto child : root.children()) {
      if (isBpmn(child) && local(child.name()) == "process") {
        if (child.attribute("isExecutable").value() == std::string_view{"false"})
          add("process.not-executable");
        walk(child);
      }
    }
  }

 private:
  void add(const std::string& code, int count = 1) {
    if (count > 0) counts_[file_ + " " + code] += count;
  }
  static bool isBpmn(pugi::xml_node node) {
    return node.type() == pugi::node_element && spaceOf(node, node.name(), false) == bpmn;
  }
  static std::string text(pugi::xml_node node, const char* attribute) {
    return node.attribute(attribute).value();
  }
  static pugi::xml_node childOf(pugi::xml_node node, std::string_view name) {
    return node.find_child(
        [&](pugi::xml_node child) { return isBpmn(child) && local(child.name()) == name; });
  }
  pugi::xml_node referred(pugi::xml_node node, const char* attribute) const {
    const auto found = by_id_.find(local(text(node, attribute)));
    return found == by_id_.end() ? pugi::xml_node{} : found->second;
  }
  void collect(pugi::xml_node node) {
    if (const auto id = text(node, "id"); !id.empty()) by_id_.emplace(id, node);
    for (const auto child : node.children()) collect(child);
  }

  void walk(pugi::xml_node node) {
    if (!isBpmn(node)) return;
    count(node, local(node.name()));
    for (const auto child : node.children()) walk(child);
  }

  void count(pugi::xml_node node, const std::string& name) {
    const bool is_activity = activities.contains(name);
    const bool is_node = is_activity || events.contains(name) || gateways.contains(name);
    if (is_node || name == "process" || name == "sequenceFlow" || name == "multiInstanceLoopCharacteristics")
      countForeign(node);
    if (is_activity) countActivity(node, name);
    if (name.ends_with("EventDefinition")) countDefinition(node, name.substr(0, name.size() - 15));
    const auto parent = local(node.parent().name());
    const bool in_node = activities.contains(parent) || events.contains(parent) || parent == "process";
    if (data.contains(name) && in_node) add("data.not-executed");
    if (name == "performer" || name == "humanPerformer" || name == "potentialOwner" || name == "resourceRole")
      add("assignment.resource-role");
    if (name == "standardLoopCharacteristics") add("loop.standard");
    if (name == "multiInstanceLoopCharacteristics" && !childOf(node, "loopCardinality"))
      add("loop.no-collection");
    if (name == "transaction" || name == "adHocSubProcess" || name == "complexGateway")
      add("construct.not-executed");
    if ((name == "subProcess" || name == "process") && !childOf(node, "startEvent")) add("start.none");
    if (name == "conditionExpression") {
      const auto own = text(node, "language");
      const auto& language = own.empty() ? language_ : own;
      if (!language.empty() && language.find("FEEL") == std::string::npos && language != "feel")
        add("expression.language");
    }
    if (name == "exclusiveGateway" || name == "inclusiveGateway") countWaysOut(node);
    if (name == "startEvent") countStart(node);
    if (name == "boundaryEvent") countBoundary(node);
  }

  void countForeign(pugi::xml_node node) {
    std::set<std::string> seen;  // five fields of one element are one reason
    const auto judge = [&](pugi::xml_node child) {
      const auto space = spaceOf(child, child.name(), false);
      if (child.type() == pugi::node_element && isForeign(space, local(child.name())))
        seen.insert(child.name());
    };
    for (const auto child : node.children()) {
      judge(child);
      if (!isBpmn(child) || local(child.name()) != "extensionElements") continue;
      for (const auto extension : child.children()) judge(extension);
    }
    add("extension.element", static_cast<int>(seen.size()));
    for (const auto attribute : node.attributes()) {
      const std::string_view name = attribute.name();
      if (name.starts_with("xmlns")) continue;
      if (isForeign(spaceOf(node, name, true), local(name))) add("extension.attribute");
    }
  }

  void countActivity(pugi::xml_node node, const std::string& name) {
    if (name == "task" || name == "manualTask") add("task.no-behaviour");
    if (text(node, "isForCompensation") == "true") add("compensation");
    for (const char* quantity : {"startQuantity", "completionQuantity"}) {
      const auto value = text(node, quantity);
      if (value.empty() || value == "1") continue;
      add("quantity");
      break;
    }
    if (name == "sendTask" || name == "receiveTask") countMessage(node);
    if (name == "serviceTask") {
      add("service.no-type");  // no file knows ours
      if (!text(node, "operationRef").empty()) add("service.operation");
    }
    if (name == "businessRuleTask") {
      add("decision.none");
      add("decision.no-input");
      add("result.none");
    }
    if (name == "scriptTask") add("result.none");
    if (name == "callActivity") {
      const auto called = referred(node, "calledElement");
      if (text(node, "calledElement").empty()) add("call.no-process");
      else if (local(called.name()) != "process") add("call.unknown-process");
    }
  }

  void countMessage(pugi::xml_node node) {
    if (text(referred(node, "messageRef"), "name").empty()) add("event.no-message");
    if (!text(node, "operationRef").empty() || childOf(node, "operationRef")) add("service.operation");
  }

  void countDefinition(pugi::xml_node node, const std::string& kind) {
    if (kind == "conditional" || kind == "compensate" || kind == "cancel") add("event.not-executed");
    if (kind == "message") countMessage(node);
    if (kind == "signal" && text(referred(node, "signalRef"), "name").empty()) add("event.no-signal");
    if (kind == "error" || kind == "escalation") {
      const auto owner = local(node.parent().name());
      const auto named = referred(node, (kind + "Ref").c_str());
      const bool is_thrown = owner == "endEvent" || owner == "intermediateThrowEvent";
      if (named ? text(named, (kind + "Code").c_str()).empty() : is_thrown) add("event.no-code");
    }
    if (kind == "timer") {
      bool says_something = false;
      for (const char* time : {"timeDate", "timeCycle", "timeDuration"})
        says_something = says_something || !std::string_view{childOf(node, time).text().get()}.empty();
      if (!says_something) add("timer.empty");
    }
  }

  void countWaysOut(pugi::xml_node gateway) {
    int all = 0;
    int bare = 0;
    for (const auto flow : gateway.parent().children()) {
      if (local(flow.name()) != "sequenceFlow" || text(flow, "sourceRef") != text(gateway, "id")) continue;
      ++all;
      if (!childOf(flow, "conditionExpression") && text(flow, "id") != text(gateway, "default")) ++bare;
    }
    if (all > 1) add("flow.no-condition", bare);
  }

  static std::string triggerOf(pugi::xml_node event) {
    for (const auto child : event.children()) {
      const auto name = local(child.name());
      if (name.ends_with("EventDefinition")) return name.substr(0, name.size() - 15);
    }
    return {};
  }

  void countStart(pugi::xml_node start) {
    const auto trigger = triggerOf(start);
    const auto scope = start.parent();
    const bool by_event = text(scope, "triggeredByEvent") == "true";
    const bool is_signal_start = trigger == "signal" && local(scope.name()) == "process";
    const bool in_plain = !trigger.empty() && local(scope.name()) == "subProcess" && !by_event;
    if (is_signal_start || in_plain) add("event.not-here");
  }

  void countBoundary(pugi::xml_node boundary) {
    const auto trigger = triggerOf(boundary);
    const auto host = local(referred(boundary, "attachedToRef").name());
    const bool is_scope = host == "subProcess" || host == "callActivity";
    const bool is_over_at_once = host == "sendTask" || host == "scriptTask" || host == "businessRuleTask";
    const bool waits = trigger == "timer" || trigger == "message" || trigger == "signal";
    const bool escalates = trigger == "escalation" && !is_scope && host != "task" && host != "manualTask";
    if (escalates || (waits && is_over_at_once)) add("boundary.never");
  }

  std::string file_;
  Counts& counts_;
  pugi::xml_document document_;
  std::string language_;
  std::map<std::string, pugi::xml_node, std::less<>> by_id_;
};

TEST(Miwg, ASecondCountFindsTheSameReasons) {
  Counts found;
  const auto folder = std::filesystem::path(JINYUE_SHARED_DATA) / "bpmn-miwg";
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() == ".bpmn") Counter(entry.path(), found).run();
  }
  Counts listed;
  std::ifstream in(JINYUE_SOURCE_DIR "/tests/bpmn/bpmn-miwg-expected.txt");
  for (std::string line; std::getline(in, line);)
    ++listed[line.substr(0, line.find(':')) + line.substr(line.rfind(' '))];
  EXPECT_GT(listed.size(), 100);
  EXPECT_EQ(found, listed);
}

}  // namespace miwg_count_test
}  // namespace jinyue::bpmn::testing
