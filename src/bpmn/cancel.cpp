// How elements end before their time.
#include <algorithm>

#include "bpmn/run.h"

namespace jinyue::bpmn {

/// Clears the timers and waits that hang on an element.
void Run::disarm(ElementNumber element) {
  for (std::size_t i = state_.timers.size(); i-- > 0;) {
    if (state_.timers[i].element == element) emit(TimerCleared{state_.timers[i].number});
  }
  for (std::size_t i = state_.waits.size(); i-- > 0;) {
    if (state_.waits[i].element == element) emit(WaitClosed{state_.waits[i].number});
  }
}

void Run::closeIncidents(ElementNumber element, const std::string& reason) {
  for (std::size_t i = state_.incidents.size(); i-- > 0;) {
    if (state_.incidents[i].element == element) emit(IncidentClosed{state_.incidents[i].number, reason});
  }
}

void Run::close(const Element& element, bool cancelled) {
  if (element.task) emit(TaskClosed{element.number, {}});
  else if (element.job) emit(JobClosed{element.number, cancelled});
  else emit(ElementLeft{element.number, cancelled});
}

void Run::cancel(ElementNumber number) {
  cancelInside(number);
  disarm(number);
  closeIncidents(number);
  if (const Element* element = state_.element(number)) close(Element{*element}, true);
}

/// Everything inside a scope, tokens on the move included.
void Run::cancelInside(ElementNumber scope) {
  if (scope == thrower_scope_) thrower_ended_ = true;
  std::erase_if(tokens_, [&](const Token& token) { return token.scope == scope; });
  while (true) {
    const auto last =
        std::ranges::find(state_.elements.rbegin(), state_.elements.rend(), scope, &Element::scope);
    if (last == state_.elements.rend()) return;
    cancel(last->number);
  }
}

/// An interrupting event sub-process takes the scope over.
void Run::interrupt(ElementNumber scope) {
  emit(ScopeInterrupted{scope});
  cancelInside(scope);
  const std::vector<Index> starts = startsOfEventSubProcesses(insideOf(at(scope)));
  const auto starts_here = [&](const std::string& node) {
    const Node* found = model_->find(node);
    return found != nullptr && std::ranges::find(starts, found->index) != starts.end();
  };
  for (std::size_t i = state_.timers.size(); i-- > 0;) {
    const Timer& timer = state_.timers[i];
    if (timer.element == scope && starts_here(timer.node)) emit(TimerCleared{timer.number});
  }
  for (std::size_t i = state_.waits.size(); i-- > 0;) {
    const Wait& wait = state_.waits[i];
    if (wait.element == scope && starts_here(wait.node)) emit(WaitClosed{wait.number});
  }
}

}  // namespace jinyue::bpmn
