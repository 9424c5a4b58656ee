// What a supervisor may do by hand: set variables, move tokens, look after incidents.
#include "base/text.h"
#include "bpmn/refusals.h"
#include "bpmn/run.h"

namespace jinyue::bpmn {

Result<void> Run::run(const SetVariables& command) {
  const Element* scope = state_.element(command.scope);
  if (scope == nullptr || !scope->flow.empty()) {
    return refuse(ProblemKind::not_found, "scope.unknown",
                  {"没有这个变量范围", "there is no such scope of variables"}, "/scope");
  }
  if (trimmed(command.reason).empty()) return reasonMissing();
  if (command.variables.empty()) {
    return refuse(ProblemKind::invalid, "variables.empty", {"没有要设置的变量", "there is nothing to set"},
                  "/variables");
  }
  emit(VariablesSet{command.scope, command.variables, command.reason});
  return {};
}

Result<void> Run::run(const MoveToken& command) {
  const Element* from = state_.element(command.from);
  if (from == nullptr || command.from == whole_case) {
    return refuse(ProblemKind::not_found, "element.unknown",
                  {"没有这个元素实例", "there is no such element instance"}, "/from");
  }
  if (trimmed(command.reason).empty()) return reasonMissing();
  const Element& moved = at(bodyOf(*from));
  const Node* to = model_->find(command.to);
  const Node& here = nodeOf(moved);
  const bool target = to != nullptr && to->parent == here.parent && to->kind != NodeKind::start_event &&
                      to->kind != NodeKind::boundary_event && to->kind != NodeKind::event_sub_process &&
                      to->kind != NodeKind::process;
  if (!target) {
    return refuse(ProblemKind::invalid, "move.no-target", {"不能移到此处", "a token can't be moved there"},
                  "/to",
                  {"目标须与原处在同一流程或子流程内，且不是开始事件、边界事件或事件子流程",
                   "the target lies in the same process or sub-process and is no start event, boundary event "
                   "or event sub-process"});
  }
  const ElementNumber scope = moved.scope;
  const ElementNumber number = moved.number;
  emit(TokenMoved{command.from, command.to, command.reason});
  cancel(number);
  put(scope, to->index);
  return {};
}

Result<void> Run::run(const RetryIncident& command) {
  const Incident* found = state_.incident(command.incident);
  if (found == nullptr) {
    return refuse(ProblemKind::not_found, "incident.unknown", {"没有这个异常", "there is no such incident"},
                  std::to_string(command.incident));
  }
  const Incident incident = *found;
  const Element element = at(incident.element);
  emit(IncidentClosed{incident.number, {}});
  retryElement(incident, element);
  return {};
}

void Run::retryElement(const Incident& incident, const Element& element) {
  const Node& node = nodeOf(element);
  switch (incident.phase) {
    case Phase::job: {
      feel::Context payload = element.variables;
      const feel::Context* seen = &element.variables;
      auto inputs = map(node.inputs, element.scope, Locals{&seen, 1});
      if (!inputs) return raise(element.number, Phase::job, std::move(inputs.error()));
      for (const auto& [name, value] : *inputs) payload.set(name, value);
      emit(JobRequested{element.number, element.scope, node.id, element.item, element.job->topic,
                        element.job->retries, std::move(payload)});
      return;
    }
    case Phase::joining:
      if (node.kind == NodeKind::parallel_gateway) joinParallel(element.scope, node);
      return;  // an inclusive one, and one that is stuck still, are seen to when the step settles
    case Phase::describing: describe_again_ = true; return;  // when the step settles
    case Phase::leaving:
      emit(ElementLeft{element.number, false});
      return leaveOrPark(element.scope, node, true);
    case Phase::completing:
      if (element.loop) {
        auto enough = isLoopEnough(element.number, node);
        if (!enough) return raise(element.number, Phase::completing, std::move(enough.error()));
        if (!*enough) return;
        cancelInside(element.number);
        return finishLoop(element.number);
      }
      emit(ElementLeft{element.number, false});
      return finishActivity(element.scope, node, element.item, {}, element.variables);
    case Phase::entering:
      emit(ElementLeft{element.number, false});
      if (element.item > 0) return startInstance(element.scope, node, element.item, element.variables);
      if (node.kind == NodeKind::event_sub_process) {
        return startEventSubProcess(element.scope, model_->node(node.starts.front()), {});
      }
      return put(element.scope, node.index);
  }
}

Result<void> Run::run(const ResolveIncident& command) {
  const Incident* found = state_.incident(command.incident);
  if (found == nullptr) {
    return refuse(ProblemKind::not_found, "incident.unknown", {"没有这个异常", "there is no such incident"},
                  std::to_string(command.incident));
  }
  if (trimmed(command.reason).empty()) return reasonMissing();
  const Incident incident = *found;
  const Element element = at(incident.element);
  emit(IncidentClosed{incident.number, command.reason});
  return passElement(incident, element, command);
}

Result<void> Run::passElement(const Incident& incident, const Element& element,
                              const ResolveIncident& command) {
  const Node& node = nodeOf(element);
  if (incident.phase == Phase::job) {
    finishElement(element.number, command.variables, JobClosed{element.number, false});
    return {};
  }
  if (incident.phase == Phase::describing) {
    if (!command.variables.empty()) setVariables(whole_case, command.variables);
    return {};  // the area and the search text stay as they are
  }
  setVariables(element.scope, command.variables);
  if (incident.phase == Phase::joining) {
    joinNow(element.scope, node);
    return {};
  }
  if (element.loop) return {};  // the condition counts as not yet met
  emit(ElementLeft{element.number, false});
  if (element.item > 0) {
    finishItem(element.scope, node, element.item, {});
    return {};
  }
  if (node.kind == NodeKind::event_sub_process) return {};
  if (node.kind == NodeKind::end_event) {
    emit(Passed{element.scope, node.id, {}});
    return {};
  }
  const auto flows =
      node.kind == NodeKind::event_gateway
          ? std::unexpected(Failure{"flow.none", {"不知走哪条出路", "it can't be known which way to take"}})
          : chooseFlows(element.scope, node);
  if (!flows) {
    return refuse(ProblemKind::conflict, flows.error().code, flows.error().message, node.id,
                  {"设置变量，或用移动令牌", "set variables, or move the token"});
  }
  sendOn(element.scope, node, *flows, true);
  return {};
}

}  // namespace jinyue::bpmn
