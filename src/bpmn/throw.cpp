// What is thrown: messages, signals, errors and escalations; and how a token ends.
#include <algorithm>

#include "bpmn/run.h"

namespace jinyue::bpmn {

void Run::beginThrow(ElementNumber scope) {
  thrower_scope_ = scope;
  thrower_ended_ = false;
}

void Run::throwEvent(const Token& token, const Node& node) {
  const Trigger trigger = node.event ? node.event->trigger : Trigger::none;
  beginThrow(token.scope);
  Outcome<void> thrown;
  switch (trigger) {
    case Trigger::message: thrown = throwMessage(token.scope, node); break;
    case Trigger::signal: thrown = throwSignal(token.scope, node); break;
    case Trigger::escalation: throwEscalation(token.scope, node); break;
    case Trigger::error:
      emit(Passed{token.scope, node.id, {}});
      return throwError(token.scope, node, node.event->name, token.scope);
    case Trigger::terminate: {
      emit(Passed{token.scope, node.id, {}});
      cancelInside(token.scope);
      if (token.scope == whole_case) completeCase(node.id);
      return;  // the empty scope ends by itself
    }
    default:
      if (node.clock_action) thrown = actOnClock(token.scope, *node.clock_action);
      break;
  }
  if (!thrown) return park(token.scope, node.index, Phase::entering, std::move(thrown.error()));
  if (thrower_ended_) return;
  if (node.kind == NodeKind::end_event) emit(Passed{token.scope, node.id, {}});
  else leaveOrPark(token.scope, node, true);
}

/// To the first wait of this case that it fits; else to other cases.
Outcome<void> Run::throwMessage(ElementNumber scope, const Node& node, Locals locals) {
  auto variables = map(node.inputs, scope, locals);
  if (!variables) return std::unexpected(std::move(variables.error()));
  auto key = shortText(node.event->key, scope, locals);
  if (!key) return std::unexpected(std::move(key.error()));
  const auto wait = std::ranges::find_if(state_.waits, [&](const Wait& each) {
    return each.kind == WaitKind::message && each.name == node.event->name && each.key == *key;
  });
  if (wait != state_.waits.end()) meet(wait->number, *variables);
  else emit(MessageThrown{scope, node.id, node.event->name, std::move(*key), std::move(*variables)});
  return {};
}

/// To every wait of this case, and to other cases.
Outcome<void> Run::throwSignal(ElementNumber scope, const Node& node) {
  auto variables = map(node.inputs, scope, {});
  if (!variables) return std::unexpected(std::move(variables.error()));
  emit(SignalThrown{scope, node.id, node.event->name, *variables});
  std::vector<ElementNumber> fitting;
  for (const Wait& wait : state_.waits) {
    if (wait.kind == WaitKind::signal && wait.name == node.event->name) fitting.push_back(wait.number);
  }
  for (const ElementNumber number : fitting) {
    if (state_.wait(number) != nullptr) meet(number, *variables);
  }
  return {};
}

/// The start event of the event sub-process in this scope that catches it: one for the code before one for
/// any.
const Node* Run::eventSubProcessFor(const Element& scope, Trigger trigger, const std::string& code) const {
  const Node* any = nullptr;
  if (scope.interrupted || scope.loop) return nullptr;
  for (const Index index : startsOfEventSubProcesses(insideOf(scope))) {
    const Node& start = model_->node(index);
    if (start.event->trigger != trigger) continue;
    if (start.event->name == code) return &start;
    if (start.event->name.empty()) any = &start;
  }
  return any;
}

const Node* Run::boundaryFor(const Node& host, Trigger trigger, const std::string& code) const {
  const Node* any = nullptr;
  for (const Index index : host.boundary) {
    const Node& event = model_->node(index);
    if (event.event->trigger != trigger) continue;
    if (event.event->name == code) return &event;
    if (event.event->name.empty()) any = &event;
  }
  return any;
}

/// Looks outwards from the element `from` (a scope, or the job that failed) for what catches the error.
void Run::throwError(ElementNumber scope, const Node& node, const std::string& code, ElementNumber from) {
  emit(ErrorThrown{scope, node.id, code});
  for (ElementNumber at_number = from;;) {
    const Element& element = at(at_number);
    const Node& here = nodeOf(element);
    if (here.isScope() && !element.loop) {
      if (const Node* start = eventSubProcessFor(element, Trigger::error, code)) {
        return startEventSubProcess(at_number, *start, {});
      }
    }
    if (at_number == whole_case) break;
    if (!isInstance(element)) {
      if (const Node* event = boundaryFor(here, Trigger::error, code))
        return triggerBoundary(at_number, *event, {});
    }
    at_number = element.scope;
  }
  const Element* thrower = state_.element(from);
  const bool job = thrower != nullptr && thrower->job.has_value();
  Failure unhandled{"error.unhandled", {"没有任何元素捕获错误 " + code, "nothing catches the error " + code}};
  if (job) raise(from, Phase::job, std::move(unhandled));
  else park(scope, node.index, Phase::entering, std::move(unhandled));
}

/// Nothing has to catch an escalation.
void Run::throwEscalation(ElementNumber scope, const Node& node) {
  const std::string& code = node.event->name;
  emit(EscalationThrown{scope, node.id, code});
  for (ElementNumber at_number = scope;;) {
    const Element& element = at(at_number);
    const Node& here = nodeOf(element);
    if (here.isScope() && !element.loop) {
      if (const Node* start = eventSubProcessFor(element, Trigger::escalation, code)) {
        return startEventSubProcess(at_number, *start, {});
      }
    }
    if (at_number == whole_case) return;
    if (!isInstance(element)) {
      if (const Node* event = boundaryFor(here, Trigger::escalation, code)) {
        return triggerBoundary(at_number, *event, {});
      }
    }
    at_number = element.scope;
  }
}

}  // namespace jinyue::bpmn
