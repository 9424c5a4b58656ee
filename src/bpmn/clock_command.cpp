// Commands about clocks.
#include "base/text.h"
#include "bpmn/refusals.h"
#include "bpmn/run.h"

namespace jinyue::bpmn {
namespace {

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
  if (const auto clock = runningClock(command.element); !clock) return std::unexpected(clock.error());
  if (trimmed(command.reason).empty()) return reasonMissing();
  if (trimmed(command.approved_by).empty()) {
    return refuse(ProblemKind::invalid, "clock.not-approved",
                  {"延期须经批准", "an extension needs an approval"}, "/approved_by");
  }
  if (command.approved_by == actor_.id) {
    return refuse(ProblemKind::forbidden, "clock.self-approved",
                  {"不能由本人批准延期", "nobody approves his own extension"}, "/approved_by");
  }
  // Only a model takes an extension back.
  if (command.amount < 1) {
    return refuse(ProblemKind::invalid, "clock.amount", {"延期至少为 1", "an extension is 1 or more"},
                  "/amount");
  }
  return extendNow(command);
}

Result<void> Run::extendNow(const ExtendClock& command) {
  const auto clock = runningClock(command.element);
  if (!clock) return std::unexpected(clock.error());
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

/// What a model does to the nearest clock around it. Whoever did the step that led here has approved it: the
/// model says who that may be.
Outcome<void> Run::actOnClock(ElementNumber scope, const ClockAction& action) {
  const Clock* clock = clockAround(scope);
  if (clock == nullptr) {
    return std::unexpected(Failure{"clock.none", {"此处没有时限", "no clock runs there"}});
  }
  const ElementNumber element = clock->element;
  auto reason = optionalText(action.reason, scope, {});
  if (!reason) return std::unexpected(std::move(reason.error()));
  Result<void> done;
  switch (action.deed) {
    case ClockDeed::pause: done = run(PauseClock{element, std::move(*reason)}); break;
    case ClockDeed::resume: done = run(ResumeClock{element}); break;
    case ClockDeed::extend: {
      const auto given = value(*action.amount, scope, {});
      if (!given) return std::unexpected(given.error());
      const auto amount = given->asInt64();
      if (!amount || *amount < -calendar::max_clock_amount || *amount > calendar::max_clock_amount) {
        return std::unexpected(Failure{"clock.amount",
                                       {"延期的数量不对：" + action.amount->text(),
                                        "this is nothing to extend a clock by: " + action.amount->text()}});
      }
      if (trimmed(*reason).empty()) done = reasonMissing();
      else
        done = extendNow({element, static_cast<int>(*amount), std::move(*reason),
                          actor_.id.empty() ? std::string{"system"} : actor_.id});
    }
  }
  if (!done) return std::unexpected(Failure{done.error().code, done.error().title});
  return {};
}

}  // namespace jinyue::bpmn
