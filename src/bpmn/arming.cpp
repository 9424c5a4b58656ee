// Timers, waits and clocks: planned before an element starts, hung on it once it is there, moved with its
// clock.
#include <algorithm>

#include "bpmn/run.h"
#include "feel/text_form.h"

namespace jinyue::bpmn {
namespace {

std::unexpected<Failure> badTimer(const TimerSpec& spec) {
  return std::unexpected(Failure{
      "timer.no-time",
      {"计时器的时间无法使用：" + spec.value.text, "this gives no time for the timer: " + spec.value.text}});
}

std::optional<Span> spanOf(const feel::Value& value) {
  if (const auto text = value.asString()) return parseSpan(*text);
  if (const auto years = value.asYearsDuration()) {
    if (years->months < 0 || years->months > 2400) return std::nullopt;
    return Span{years->months, Millis{0}};
  }
  if (const auto days = value.asDaysDuration()) {
    const feel::Int128 millis = days->nanos / 1'000'000;
    if (millis < 0 || millis > feel::Int128{200} * 366 * 86'400'000) return std::nullopt;
    return Span{0, Millis{static_cast<std::int64_t>(millis)}};
  }
  return std::nullopt;
}

std::optional<Instant> momentOf(const feel::Value& value) {
  if (const auto text = value.asString()) return parseMoment(*text);
  if (value.is(feel::Kind::date)) {
    const auto date = value.asBaseDate();
    return date ? std::optional{startOf(*date)} : std::nullopt;
  }
  return value.asInstant();
}

Instant pointOf(const ClockDates& dates, ClockPoint point) {
  return point == ClockPoint::yellow ? dates.yellow : dates.due;
}

}  // namespace

Outcome<std::optional<ClockStart>> Run::planClock(const std::optional<TextOrExpression>& rule,
                                                  ElementNumber scope, Locals locals) const {
  if (!rule) return std::nullopt;
  std::string id = rule->text;
  if (rule->expression) {
    auto found = optionalText(rule->expression, scope, locals);
    if (!found) return std::unexpected(std::move(found.error()));
    if (found->empty()) return std::nullopt;  // this time there is no clock
    id = std::move(*found);
  }
  const calendar::ClockRule* found = model_->clock(id);
  if (found == nullptr) {
    return std::unexpected(
        Failure{"clock.unknown", {"没有这个时限规则：" + id, "there is no clock rule " + id}});
  }
  if (facts_.feel.calendar == nullptr) {
    return std::unexpected(Failure{"clock.no-calendar", {"没有日历", "there is no calendar"}});
  }
  auto run = calendar::start(facts_.feel.now);
  if (!run) return std::unexpected(Failure{run.error().code, run.error().title});
  const auto deadline = calendar::deadline(*found, *run, *facts_.feel.calendar, facts_.feel.now);
  return ClockStart{id, facts_.feel.now, datesOf(deadline)};
}

Outcome<Run::TimerPlan> Run::planTimer(const Node& node, const View& view) const {
  const TimerSpec& spec = *node.event->timer;
  TimerPlan plan;
  if (spec.kind == TimerKind::clock) {
    plan.clock = spec.point;
    if (view.own != nullptr) {
      plan.due = pointOf(view.own->dates, spec.point);
      return plan;
    }
    const Clock* clock = clockAround(view.clocks);
    if (clock == nullptr) {
      return std::unexpected(
          Failure{"timer.no-clock", {"没有可跟随的时限", "there is no clock that the timer could follow"}});
    }
    if (!clock->isPaused()) plan.due = pointOf(clock->dates, spec.point);
    return plan;
  }
  feel::Value given(spec.value.text);
  if (spec.value.expression) {
    auto result = value(*spec.value.expression, view.scope, view.locals);
    if (!result) return std::unexpected(std::move(result.error()));
    given = std::move(*result);
  }
  const Instant now = facts_.feel.now;
  if (spec.kind == TimerKind::date) {
    plan.due = momentOf(given);
    if (!plan.due) return badTimer(spec);
    return plan;
  }
  if (spec.kind == TimerKind::duration) {
    const auto span = spanOf(given);
    if (!span) return badTimer(spec);
    plan.due = addSpan(now, *span);
    return plan;
  }
  std::optional<Cycle> cycle;
  if (const auto text = given.asString()) cycle = parseCycle(*text);
  if (const auto span = spanOf(given); !cycle && span && span->isPositive())
    cycle = Cycle{-1, std::nullopt, *span};
  if (!cycle) return badTimer(spec);
  plan.due = cycle->start ? *cycle->start : addSpan(now, cycle->every);
  const bool once = node.interrupting && node.kind != NodeKind::catch_event;
  if (!once && node.kind != NodeKind::catch_event && cycle->repetitions != 1) {
    plan.every = formatSpan(cycle->every);
    plan.left = cycle->repetitions < 0 ? -1 : cycle->repetitions - 1;
  }
  return plan;
}

Outcome<Run::Arm> Run::planArm(const Node& node, const View& view) const {
  Arm arm;
  arm.node = node.index;
  if (node.event->trigger == Trigger::timer) {
    auto timer = planTimer(node, view);
    if (!timer) return std::unexpected(std::move(timer.error()));
    arm.timer = std::move(*timer);
    return arm;
  }
  arm.kind = node.event->trigger == Trigger::signal ? WaitKind::signal : WaitKind::message;
  arm.name = node.event->name;
  auto key = shortText(node.event->key, view.scope, view.locals);
  if (!key) return std::unexpected(std::move(key.error()));
  arm.key = std::move(*key);
  return arm;
}

/// Those of the events that wait for a timer, a message or a signal.
Outcome<std::vector<Run::Arm>> Run::planArms(std::span<const Index> nodes, const View& view) const {
  std::vector<Arm> arms;
  for (const Index index : nodes) {
    const Node& node = model_->node(index);
    const Trigger trigger = node.event->trigger;
    if (trigger != Trigger::timer && trigger != Trigger::message && trigger != Trigger::signal) continue;
    auto arm = planArm(node, view);
    if (!arm) return std::unexpected(std::move(arm.error()));
    arms.push_back(std::move(*arm));
  }
  return arms;
}

std::vector<Index> Run::startsOfEventSubProcesses(const Node& scope) const {
  std::vector<Index> starts;
  for (const Index index : scope.event_sub_processes) {
    for (const Index start : model_->node(index).starts) starts.push_back(start);
  }
  return starts;
}

void Run::arm(ElementNumber element, std::vector<Arm> arms) {
  for (Arm& each : arms) {
    const std::string& node = model_->node(each.node).id;
    if (each.timer) {
      emit(TimerSet{next(), element, node, each.timer->due, std::move(each.timer->every), each.timer->left,
                    each.timer->clock});
    } else {
      emit(WaitOpened{next(), element, node, each.kind, std::move(each.name), std::move(each.key)});
    }
  }
}

const Clock* Run::clockAround(ElementNumber element) const {
  for (const Element* at_element = state_.element(element); at_element != nullptr;
       at_element = state_.element(at_element->scope)) {
    if (const Clock* clock = state_.clock(at_element->number)) return clock;
  }
  return nullptr;
}

/// Timers go with their clock. One that has fired is set again only when `rearm` and its time lies ahead
/// anew.
void Run::moveTimers(ElementNumber clock_element, bool rearm) {
  const Clock& clock = *state_.clock(clock_element);
  const bool paused = clock.isPaused();
  const ClockDates dates = clock.dates;
  std::vector<TimerMoved> moved;
  for (const Timer& timer : state_.timers) {
    if (timer.clock == ClockPoint::none) continue;
    const Clock* followed = clockAround(timer.element);
    if (followed == nullptr || followed->element != clock_element) continue;
    std::optional<Instant> due;
    if (!paused) due = pointOf(dates, timer.clock);
    const bool moves = timer.fired ? rearm && due && *due > facts_.feel.now : due != timer.due;
    if (moves) moved.push_back({timer.number, due});
  }
  for (const TimerMoved& each : moved) emit(each);
}

}  // namespace jinyue::bpmn
