// What lies in a process or a sub-process: flow nodes, flows, lanes, and what is kept but not executed.
#include <array>

#include "bpmn/builder.h"

namespace jinyue::bpmn {
namespace {

struct KindName {
  std::string_view name;
  NodeKind kind;
};
constexpr std::array kinds{
    KindName{"startEvent", NodeKind::start_event},
    KindName{"endEvent", NodeKind::end_event},
    KindName{"intermediateCatchEvent", NodeKind::catch_event},
    KindName{"intermediateThrowEvent", NodeKind::throw_event},
    KindName{"boundaryEvent", NodeKind::boundary_event},
    KindName{"userTask", NodeKind::user_task},
    KindName{"serviceTask", NodeKind::service_task},
    KindName{"sendTask", NodeKind::send_task},
    KindName{"receiveTask", NodeKind::receive_task},
    KindName{"businessRuleTask", NodeKind::rule_task},
    KindName{"scriptTask", NodeKind::script_task},
    KindName{"exclusiveGateway", NodeKind::exclusive_gateway},
    KindName{"parallelGateway", NodeKind::parallel_gateway},
    KindName{"inclusiveGateway", NodeKind::inclusive_gateway},
    KindName{"eventBasedGateway", NodeKind::event_gateway},
    KindName{"callActivity", NodeKind::call_activity},
};

/// Pictures and words: nothing of the run hangs on them.
constexpr std::array harmless_children{
    "documentation", "extensionElements",   "textAnnotation",     "association", "group",
    "dataObject",    "dataObjectReference", "dataStoreReference", "auditing",    "monitoring"};

constexpr int max_scope_depth = 30;

bool isHarmlessChild(std::string_view name) {
  return std::ranges::find(harmless_children, name) != harmless_children.end();
}

}  // namespace

Index ModelBuilder::addNode(pugi::xml_node xml, NodeKind kind, Index scope) {
  const auto index = static_cast<Index>(model_->nodes_.size());
  Node& added = model_->nodes_.emplace_back();
  origins_.push_back({file_, xml});
  added.index = index;
  added.kind = kind;
  added.parent = scope;
  added.id = attribute(xml, "id");
  added.name = attribute(xml, "name");
  added.documentation = textOf(childOf(xml, "documentation"));
  added.file = file_->path();
  added.line = file_->lineOf(xml);
  if (scope != no_index) {
    added.process = node(scope).process;
    node(scope).children.push_back(index);
  }
  if (added.id.empty()) {
    refuseAt(xml, "id.missing", {"元素没有 id", "the element has no id"});
  } else if (!model_->node_by_id_.emplace(added.id, index).second) {
    refuseSecond(xml, added.id);
  }
  return index;
}

void ModelBuilder::readScope(pugi::xml_node xml, Index scope) {
  int depth = 0;
  for (Index at = scope; at != no_index; at = node(at).parent) ++depth;
  if (depth > max_scope_depth) {
    return refuseAt(xml, "scope.too-deep", {"子流程嵌套过深", "sub-processes are nested too deeply"});
  }
  checkExtensions(xml);
  for (const pugi::xml_node child : xml.children()) {
    if (isBpmn(child, "laneSet")) readLanes(child);
  }
  for (const pugi::xml_node child : xml.children()) {
    if (child.type() == pugi::node_element) readScopeChild(child, scope);
  }
}

void ModelBuilder::readScopeChild(pugi::xml_node xml, Index scope) {
  const std::string_view name = localName(xml.name());
  if (!isBpmn(xml)) return;  // checkExtensions has judged it
  for (const KindName& each : kinds) {
    if (each.name == name) return readFlowNode(xml, each.kind, scope);
  }
  if (name == "sequenceFlow") return readFlow(xml);
  if (name == "laneSet" || isHarmlessChild(name)) return;
  if (name == "subProcess") {
    const bool by_event = boolOf(xml, "triggeredByEvent", false) == true;
    return readFlowNode(xml, by_event ? NodeKind::event_sub_process : NodeKind::sub_process, scope);
  }
  if (name == "task" || name == "manualTask") {
    // Read like a task all the same, so that flows find it and whatever else is wrong with it is said too.
    const Index index = addNode(xml, NodeKind::script_task, scope);
    refused_.insert(index);
    node(index).lane = lane_of_[node(index).id];
    checkAttributes(xml);
    checkExtensions(xml);
    refuseAt(
        xml, "task.no-behaviour",
        {"任务没有可执行的行为：" + std::string{name}, "the task has no behaviour: " + std::string{name}},
        {"改为用户任务、服务任务等", "make it a user task, a service task, …"});
    readChildren(xml, index);
    return;
  }
  // Multi-instance and mappings of a sub-process lie between its flow nodes.
  const NodeKind kind = node(scope).kind;
  if (kind == NodeKind::sub_process || kind == NodeKind::event_sub_process) {
    if (name == "incoming" || name == "outgoing" || name == "multiInstanceLoopCharacteristics") return;
  }
  if (name == "ioSpecification" || name == "dataInputAssociation" || name == "dataOutputAssociation") {
    return refuseAt(
        xml, "data.not-executed",
        {"不执行 BPMN 数据流：" + std::string{name}, "BPMN data flow is not executed: " + std::string{name}},
        {"使用 jy:input 和 jy:output", "use jy:input and jy:output"});
  }
  if (name == "standardLoopCharacteristics") {
    return refuseAt(xml, "loop.standard", {"不执行标准循环", "standard loops are not executed"},
                    {"用网关画出循环", "draw the loop with a gateway"});
  }
  if (name == "transaction" || name == "adHocSubProcess") {
    refuseAt(xml, "construct.not-executed",
             {"不执行此类元素：" + std::string{name}, "not executed: " + std::string{name}});
    return readFlowNode(xml, NodeKind::sub_process, scope);
  }
  if (name == "complexGateway") {
    refuseAt(xml, "construct.not-executed", {"不执行复杂网关", "not executed: complexGateway"});
    refused_.insert(addNode(xml, NodeKind::parallel_gateway, scope));
    return;
  }
  refuseAt(xml, "construct.not-executed",
           {"不执行此类元素：" + std::string{name}, "not executed: " + std::string{name}});
}

void ModelBuilder::readLanes(pugi::xml_node lane_set) {
  checkPart(lane_set);
  for (const pugi::xml_node lane : lane_set.children()) {
    if (!isBpmn(lane, "lane")) continue;
    checkPart(lane);
    for (const pugi::xml_node child : lane.children()) {
      if (isBpmn(child, "flowNodeRef")) lane_of_[textOf(child)] = attribute(lane, "name");
    }
    for (const pugi::xml_node child : lane.children()) {
      if (isBpmn(child, "childLaneSet")) readLanes(child);
    }
  }
}

void ModelBuilder::readFlow(pugi::xml_node xml) {
  const auto index = static_cast<Index>(model_->flows_.size());
  flow_origins_.push_back({file_, xml});
  checkAttributes(xml);
  checkExtensions(xml);
  {
    Flow& added = model_->flows_.emplace_back();
    added.id = attribute(xml, "id");
    added.name = attribute(xml, "name");
    added.line = file_->lineOf(xml);
    if (added.id.empty()) {
      refuseAt(xml, "id.missing", {"元素没有 id", "the element has no id"});
    } else if (!model_->flow_by_id_.emplace(added.id, index).second) {
      refuseSecond(xml, added.id);
    }
  }
  for (const pugi::xml_node child : xml.children()) {
    if (isBpmn(child, "conditionExpression")) flow(index).condition = formalExpression(child);
  }
}

void ModelBuilder::readFlowNode(pugi::xml_node xml, NodeKind kind, Index scope) {
  const Index index = addNode(xml, kind, scope);
  if (const auto lane = lane_of_.find(node(index).id); lane != lane_of_.end())
    node(index).lane = lane->second;
  else if (scope != no_index) node(index).lane = node(scope).lane;
  if (kind == NodeKind::event_sub_process) node(scope).event_sub_processes.push_back(index);
  if (kind == NodeKind::start_event) node(scope).starts.push_back(index);
  checkAttributes(xml);
  if (boolOf(xml, "isForCompensation", false) != false) refused_.insert(index);
  switch (kind) {
    case NodeKind::start_event:
    case NodeKind::end_event:
    case NodeKind::catch_event:
    case NodeKind::throw_event:
    case NodeKind::boundary_event: readEvent(xml, index); break;
    case NodeKind::exclusive_gateway:
    case NodeKind::parallel_gateway:
    case NodeKind::inclusive_gateway: break;
    case NodeKind::event_gateway:
      if (boolOf(xml, "instantiate", false) != false || attribute(xml, "eventGatewayType") == "Parallel") {
        refuseAt(xml, "gateway.instantiate",
                 {"不执行启动流程的事件网关", "event gateways that start a process are not executed"});
      }
      break;
    default: readActivity(xml, index);
  }
  if (kind == NodeKind::sub_process || kind == NodeKind::event_sub_process) {
    readScope(xml, index);
  } else {
    checkExtensions(xml);
    readChildren(xml, index);
  }
}

/// The children that every flow node may have, and those that nothing executes.
void ModelBuilder::readChildren(pugi::xml_node xml, Index index) {
  const Node& of = node(index);
  const bool event = of.event.has_value() || of.kind == NodeKind::start_event ||
                     of.kind == NodeKind::end_event || of.kind == NodeKind::catch_event ||
                     of.kind == NodeKind::throw_event || of.kind == NodeKind::boundary_event;
  for (const pugi::xml_node child : xml.children()) {
    if (!isBpmn(child)) continue;
    const std::string_view name = localName(child.name());
    if (name == "incoming" || name == "outgoing" || isHarmlessChild(name)) continue;
    if (name == "multiInstanceLoopCharacteristics" ||
        (name == "script" && of.kind == NodeKind::script_task)) {
      continue;
    }
    if (event && (name.ends_with("EventDefinition") || name == "eventDefinitionRef")) continue;
    if (name == "ioSpecification" || name == "dataInputAssociation" || name == "dataOutputAssociation" ||
        name == "dataInput" || name == "dataOutput" || name == "inputSet" || name == "outputSet" ||
        name == "property") {
      refuseAt(child, "data.not-executed",
               {"不执行 BPMN 数据流：" + std::string{name},
                "BPMN data flow is not executed: " + std::string{name}},
               {"使用 jy:input 和 jy:output", "use jy:input and jy:output"});
    } else if (name == "standardLoopCharacteristics") {
      refuseAt(child, "loop.standard", {"不执行标准循环", "standard loops are not executed"},
               {"用网关画出循环", "draw the loop with a gateway"});
    } else if (name == "performer" || name == "humanPerformer" || name == "potentialOwner" ||
               name == "resourceRole") {
      refuseAt(child, "assignment.resource-role",
               {"不执行 BPMN 资源角色：" + std::string{name},
                "BPMN resource roles are not executed: " + std::string{name}},
               {"使用 jy:unit、jy:role、jy:person", "use jy:unit, jy:role, jy:person"});
    } else {
      refuseAt(child, "construct.not-executed",
               {"不执行此类元素：" + std::string{name}, "not executed: " + std::string{name}});
    }
  }
}

}  // namespace jinyue::bpmn
