// What is caught: timers that fire, messages and signals that come.
#include <algorithm>

#include "bpmn/run.h"

namespace jinyue::bpmn {

/// Something that hangs on `host` has happened; `node` is the event (or receive task) that it is.
void Run::trigger(ElementNumber host, const Node& node, const feel::Context& given) {
  switch (node.kind) {
    case NodeKind::boundary_event: return triggerBoundary(host, node, given);
    case NodeKind::start_event: return startEventSubProcess(host, node, given);
    default: break;
  }
  const Element element = at(host);
  if (nodeOf(element).kind != NodeKind::event_gateway) {
    return finishElement(host, given, ElementLeft{host, false});
  }
  disarm(host);
  emit(ElementLeft{host, false});
  if (node.kind == NodeKind::receive_task) emit(Passed{element.scope, node.id, {}});
  finishActivity(element.scope, node, 0, given, {});
}

void Run::triggerBoundary(ElementNumber host, const Node& node, const feel::Context& given) {
  const ElementNumber scope = at(host).scope;
  if (node.interrupting) cancel(host);
  finishActivity(scope, node, 0, given, {});
}

void Run::startEventSubProcess(ElementNumber scope, const Node& start, const feel::Context& given) {
  const Node& node = model_->node(start.parent);
  if (start.interrupting) interrupt(scope);
  auto clock = planClock(node.clock, scope, {});
  if (!clock) return park(scope, node.index, Phase::entering, std::move(clock.error()));
  auto starts = planArms(startsOfEventSubProcesses(node), View(scope, {}, *clock ? &**clock : nullptr));
  if (!starts) return park(scope, node.index, Phase::entering, std::move(starts.error()));
  const ElementNumber number = next();
  emit(ElementEntered{number, scope, node.id, {}, 0, {}, {}});
  if (*clock) emit(ClockStarted{number, std::move(**clock)});
  arm(number, std::move(*starts));
  finishActivity(number, start, 0, given, {});
}

/// A message or signal has come to this wait.
void Run::meet(ElementNumber number, const feel::Context& given) {
  const Wait wait = *state_.wait(number);
  const Node* node = model_->find(wait.node);
  if (node == nullptr) throw std::logic_error("bpmn: the model has no node " + wait.node);
  const bool stays =
      (node->kind == NodeKind::boundary_event || node->kind == NodeKind::start_event) && !node->interrupting;
  emit(WaitMet{number, stays});
  trigger(wait.element, *node, given);
}

}  // namespace jinyue::bpmn
