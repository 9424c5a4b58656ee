// Events to state. Nothing is decided here: an event says all that it changes.
#include <algorithm>

#include "bpmn/machine.h"

namespace jinyue::bpmn {
namespace {

template <class T>
auto byNumber(std::vector<T>& all, ElementNumber number) {
  const auto found = std::ranges::lower_bound(all, number, {}, &T::number);
  return found != all.end() && found->number == number ? found : all.end();
}

template <class T>
const T* findByNumber(const std::vector<T>& all, ElementNumber number) {
  const auto found = std::ranges::lower_bound(all, number, {}, &T::number);
  return found != all.end() && found->number == number ? &*found : nullptr;
}

template <class T>
void drop(std::vector<T>& all, ElementNumber number) {
  if (const auto found = byNumber(all, number); found != all.end()) all.erase(found);
}

class Applier {
 public:
  explicit Applier(State& state) : state_(state) {}

  void operator()(const CaseStarted& event) {
    state_.status = CaseStatus::active;
    state_.process = event.process;
    state_.title = event.title;
    state_.key = event.key;
    state_.unit = event.unit;
    state_.area = event.area;
    state_.party = event.party;
    Element& root = state_.elements.emplace_back();
    root.scope = -1;
    root.node = event.process;
    root.variables = event.variables;
  }
  void operator()(const CaseCompleted& event) { end(CaseStatus::completed, event.at); }
  void operator()(const CaseCancelled& event) { end(CaseStatus::cancelled, event.at); }
  void operator()(const AreaChanged& event) { state_.area = event.area; }
  void operator()(const UnitChanged& event) { state_.unit = event.unit; }
  void operator()(const Passed&) {}
  void operator()(const ElementEntered& event) {
    Element& entered = element(event.number);
    entered.scope = event.scope;
    entered.node = event.node;
    entered.flow = event.flow;
    entered.item = event.item;
    entered.variables = event.variables;
    if (!event.loop) return;
    Loop& loop = entered.loop.emplace();
    loop.total = event.loop->total;
    loop.sequential = event.loop->sequential;
    loop.items = event.loop->items;
    loop.results.resize(static_cast<std::size_t>(std::max(0, event.loop->total)));
  }
  void operator()(const ElementLeft& event) { leave(event.number); }
  void operator()(const Joined& event) {
    for (const ElementNumber token : event.tokens) leave(token);
  }
  void operator()(const LoopItemDone& event) {
    const auto body = byNumber(state_.elements, event.body);
    if (body == state_.elements.end() || !body->loop) return;
    Loop& loop = *body->loop;
    ++loop.done;
    const auto index = static_cast<std::size_t>(event.index);
    if (event.index >= 0 && index < loop.results.size()) loop.results[index] = event.result;
  }
  void operator()(const ScopeInterrupted& event) { element(event.scope).interrupted = true; }
  void operator()(const TaskOpened& event) {
    Element& opened = element(event.number);
    opened.scope = event.scope;
    opened.node = event.node;
    opened.item = event.item;
    opened.variables = event.variables;
    opened.task = Task{event.unit, event.role, event.person, {}, event.excluded, event.at};
    if (event.clock) startClock(event.number, *event.clock);
  }
  void operator()(const TaskAssigned& event) {
    Element& assigned = element(event.number);
    if (assigned.task) assigned.task->assignee = event.person;
  }
  void operator()(const TaskExcluded& event) {
    Element& task = element(event.number);
    if (task.task) task.task->excluded.push_back(event.person);
  }
  void operator()(const TaskClosed& event) {
    if (!event.by.empty()) {
      Done done{element(event.number).node, event.by};
      if (std::ranges::find(state_.done, done) == state_.done.end()) state_.done.push_back(std::move(done));
    }
    leave(event.number);
  }
  void operator()(const TimerSet& event) {
    count(event.number);
    drop(state_.timers, event.number);
    insert(state_.timers, Timer{event.number, event.element, event.node, event.due, event.every, event.left,
                                event.clock, false});
  }
  void operator()(const TimerMoved& event) {
    if (const auto timer = byNumber(state_.timers, event.number); timer != state_.timers.end()) {
      timer->due = event.due;
      timer->fired = false;
    }
  }
  void operator()(const TimerFired& event) {
    const auto timer = byNumber(state_.timers, event.number);
    if (timer == state_.timers.end()) return;
    timer->due = event.next;
    timer->left = event.left;
    timer->fired = !event.next;
    // One that follows a clock is kept: the clock may still be extended.
    if (!event.next && timer->clock == ClockPoint::none) state_.timers.erase(timer);
  }
  void operator()(const TimerCleared& event) { drop(state_.timers, event.number); }
  void operator()(const WaitOpened& event) {
    count(event.number);
    drop(state_.waits, event.number);
    insert(state_.waits, Wait{event.number, event.element, event.node, event.kind, event.name, event.key});
  }
  void operator()(const WaitMet& event) {
    if (!event.stays) drop(state_.waits, event.number);
  }
  void operator()(const WaitClosed& event) { drop(state_.waits, event.number); }
  void operator()(const JobRequested& event) {
    Element& requested = element(event.number);
    requested.scope = event.scope;
    requested.node = event.node;
    requested.item = event.item;
    requested.variables = event.payload;
    requested.job = Job{event.topic, event.retries};
  }
  void operator()(const JobFailed&) {}
  void operator()(const JobClosed& event) { leave(event.number); }
  void operator()(const MessageThrown&) {}
  void operator()(const SignalThrown&) {}
  void operator()(const ErrorThrown&) {}
  void operator()(const EscalationThrown&) {}
  void operator()(const DecisionMade&) {}
  void operator()(const VariablesSet& event) {
    const auto scope = byNumber(state_.elements, event.scope);
    if (scope == state_.elements.end()) return;
    for (const auto& [name, value] : event.values) scope->variables.set(name, value);
  }
  void operator()(const CommentAdded&) {}
  void operator()(const ClockStarted& event) { startClock(event.element, event.clock); }
  void operator()(const ClockPaused& event) {
    if (Clock* clock = clockOf(event.element)) {
      clock->run.pauses.push_back(calendar::ClockPause{event.at, std::nullopt, event.reason});
    }
  }
  void operator()(const ClockResumed& event) {
    Clock* clock = clockOf(event.element);
    if (clock == nullptr) return;
    if (!clock->run.pauses.empty()) clock->run.pauses.back().to = event.at;
    clock->dates = event.dates;
  }
  void operator()(const ClockExtended& event) {
    Clock* clock = clockOf(event.element);
    if (clock == nullptr) return;
    clock->run.extensions.push_back(
        calendar::ClockExtension{event.at, event.amount, event.reason, event.approved_by});
    clock->dates = event.dates;
  }
  void operator()(const IncidentRaised& event) {
    count(event.number);
    drop(state_.incidents, event.number);
    insert(state_.incidents, Incident{event.number, event.element, event.phase, event.code, event.message});
  }
  void operator()(const IncidentClosed& event) { drop(state_.incidents, event.number); }
  void operator()(const TokenMoved&) {}
  void operator()(const Migrated& event) {
    const auto rename = [&](std::string& id) {
      if (const auto found = event.nodes.find(id); found != event.nodes.end()) id = found->second;
    };
    state_.process = event.process;
    for (Element& each : state_.elements) {
      rename(each.node);
      rename(each.flow);
    }
    for (Timer& each : state_.timers) rename(each.node);
    for (Wait& each : state_.waits) rename(each.node);
    for (Done& each : state_.done) rename(each.node);
  }

 private:
  void count(ElementNumber number) { state_.last = std::max(state_.last, number); }

  template <class T>
  void insert(std::vector<T>& all, T added) {
    all.insert(std::ranges::upper_bound(all, added.number, {}, &T::number), std::move(added));
  }

  /// The element of this number; a new one when there is none.
  Element& element(ElementNumber number) {
    count(number);
    const auto at = std::ranges::lower_bound(state_.elements, number, {}, &Element::number);
    if (at != state_.elements.end() && at->number == number) return *at;
    Element added;
    added.number = number;
    return *state_.elements.insert(at, std::move(added));
  }

  void leave(ElementNumber number) {
    drop(state_.elements, number);
    std::erase_if(state_.clocks, [&](const Clock& clock) { return clock.element == number; });
  }

  void startClock(ElementNumber number, const ClockStart& start) {
    Clock& clock = state_.clocks.emplace_back();
    clock.element = number;
    clock.rule = start.rule;
    clock.run.started = start.at;
    clock.dates = start.dates;
  }

  Clock* clockOf(ElementNumber number) {
    const auto found = std::ranges::find(state_.clocks, number, &Clock::element);
    return found == state_.clocks.end() ? nullptr : &*found;
  }

  void end(CaseStatus status, Instant at) {
    state_.status = status;
    if (Clock* clock = clockOf(whole_case)) {
      if (clock->isPaused()) clock->run.pauses.back().to = at;
      clock->run.stopped = at;
    }
  }

  State& state_;
};

}  // namespace

void apply(State& state, const Event& event) { std::visit(Applier{state}, event); }

std::string_view typeOf(const Event& event) {
  return std::visit([]<class E>(const E&) { return E::json_type; }, event);
}

const Element* State::element(ElementNumber number) const { return findByNumber(elements, number); }
const Timer* State::timer(ElementNumber number) const { return findByNumber(timers, number); }
const Wait* State::wait(ElementNumber number) const { return findByNumber(waits, number); }
const Incident* State::incident(ElementNumber number) const { return findByNumber(incidents, number); }

const Clock* State::clock(ElementNumber element) const {
  const auto found = std::ranges::find(clocks, element, &Clock::element);
  return found == clocks.end() ? nullptr : &*found;
}

const feel::Context& State::variables() const {
  static const feel::Context none;
  return elements.empty() ? none : elements.front().variables;
}

}  // namespace jinyue::bpmn
