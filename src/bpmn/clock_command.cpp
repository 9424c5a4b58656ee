// Commands about clocks.
#include "base/text.h"
#include "bpmn/refusals.h"
#include "bpmn/run.h"

namespace jinyue::bpmn {
namespace {

ClockDates datesOf(const calendar::Deadline& deadline) {
  return {deadline.due, deadline.yellow, deadline.statutory, deadline.provisional};
}

std::unexpected<Problem> because(Problem problem, ElementNumber element) {
  problem.kind = ProblemKind::conflict;
  problem.where = std::to_string(element);
  return std::unexpected(std::move(problem));
}

}  // namespace

Result<const Clock*> Run::runningClock(ElementNumber element) const {
  const Clock* clock = state_.clock(element);
  if (clock == nullptr) {
    return refuse(ProblemKind::not_found, "clock.none", {"此处没有时限", "no clock runs there"},
                  std::to_string(element));
  }
  if (model_->clock(clock->rule) == nullptr || facts_.feel.calendar == nullptr) {
    return refuse(ProblemKind::unavailable, "clock.no-rule",
                  {"缺少时限规则或日历", "the clock's rule or the calendar is missing"}, clock->rule);
  }
  return clock;
}

Result<void> Run::run(const PauseClock& command) {
  const auto clock = runningClock(command.element);
  if (!clock) return std::unexpected(clock.error());
  if (trimmed(command.reason).empty()) return reasonMissing();
  const auto paused = calendar::pause((*clock)->run, facts_.feel.now, command.reason);
  if (!paused) return because(paused.error(), command.element);
  emit(ClockPaused{command.element, facts_.feel.now, command.reason});
  moveTimers(command.element, false);
  return {};
}

Result<void> Run::run(const ResumeClock& command) {
  const auto clock = runningClock(command.element);
  if (!clock) return std::unexpected(clock.error());
  const auto resumed = calendar::resume((*clock)->run, facts_.feel.now);
  if (!resumed) return because(resumed.error(), command.element);
  const auto deadline =
      calendar::deadline(*model_->clock((*clock)->rule), *resumed, *facts_.feel.calendar, facts_.feel.now);
  emit(ClockResumed{command.element, facts_.feel.now, datesOf(deadline)});
  moveTimers(command.element, false);
  return {};
}

Result<void> Run::run(const ExtendClock& command) {
  const auto clock = runningClock(command.element);
  if (!clock) return std::unexpected(clock.error());
  if (trimmed(command.reason).empty()) return reasonMissing();
  if (trimmed(command.approved_by).empty()) {
    return refuse(ProblemKind::invalid, "clock.not-approved",
                  {"延期须经批准", "an extension needs an approval"}, "/approved_by");
  }
  if (command.approved_by == actor_.id) {
    return refuse(ProblemKind::forbidden, "clock.self-approved",
                  {"不能由本人批准延期", "nobody approves his own extension"}, "/approved_by");
  }
  const calendar::ClockRule& rule = *model_->clock((*clock)->rule);
  const auto extended = calendar::extend(rule, (*clock)->run, facts_.feel.now, command.amount, command.reason,
                                         command.approved_by);
  if (!extended) return because(extended.error(), command.element);
  const auto deadline = calendar::deadline(rule, *extended, *facts_.feel.calendar, facts_.feel.now);
  emit(ClockExtended{command.element, facts_.feel.now, command.amount, command.reason, command.approved_by,
                     datesOf(deadline)});
  moveTimers(command.element, true);
  return {};
}

}  // namespace jinyue::bpmn
