#include "calendar/measure.h"

namespace jinyue::calendar {
namespace {

using std::chrono::days;

constexpr Millis day_length = days{1};

}  // namespace

Course::Course(const ClockRule& rule, const ClockRun& run, const Calendar& calendar, Instant now)
    : rule_(rule),
      run_(run),
      calendar_(calendar),
      now_(std::clamp(now, first_clock_instant, last_clock_instant)),
      begin_(rule.start == ClockStart::same_instant ? run.started : startOf(dateOf(run.started) + days{1})),
      promised_(rule.amount + extendedBy(run)) {}

std::optional<int> Course::statutory() const {
  if (!rule_.statutory) return std::nullopt;
  return std::max(*rule_.statutory, promised_);
}

Date Course::wholeDay(int n) const {
  const Date start = dateOf(run_.started);
  if (n > 0) return countOn(start, n, countsWorkOnly(rule_.unit));
  Date running = start;
  for (const ClockPause& pause : run_.pauses) {
    const Span known = knownPause(pause, run_, now_);
    if (dateOf(known.from) <= running && running < dateOf(known.to)) running = dateOf(known.to);
  }
  return running;
}

/// The n-th day after `done` that counts (n > 0): not paused at its end, and worked if that matters.
Date Course::countOn(Date done, std::int64_t n, bool work_only) const {
  for (const ClockPause& pause : run_.pauses) {
    const Span known = knownPause(pause, run_, now_);
    const Date first_skipped = dateOf(known.from);
    const Date first_running = dateOf(known.to);
    if (first_running <= done + days{1} || first_skipped == first_running) continue;
    const Date before = std::max(done, first_skipped - days{1});
    const std::int64_t counted =
        work_only ? calendar_.workingDaysBetween(done, before) : (before - done).count();
    if (counted >= n) break;
    n -= counted;
    done = first_running - days{1};
  }
  return work_only ? calendar_.addWorkingDays(done, n) : done + days{n};
}

Date Course::lastWholeDay(int n) const {
  const Date last = wholeDay(n);
  // A clock paused on the working day that it rolled to would run out, so that day has to count as any other.
  return rule_.roll && !calendar_.isWorkingDay(last) ? countOn(last, 1, true) : last;
}

Instant Course::due(int n) const {
  if (!countsWholeDays(rule_)) return afterMeasuring(n * unitLength().count());
  return startOf(lastWholeDay(n) + days{1});
}

Instant Course::yellow(int n) const {
  if (!countsWholeDays(rule_)) return afterMeasuring(n * unitLength().count() / 100 * rule_.yellow_percent);
  return startOf(wholeDay(n * rule_.yellow_percent / 100) + days{1});
}

bool Course::isProvisional(int n) const {
  const Date last = dateOf(due(n) - Millis{1});
  if (countsWorkOnly(rule_.unit)) {
    return calendar_.isProvisional(dateOf(run_.started)) || calendar_.isProvisional(last);
  }
  return rule_.roll && (calendar_.isProvisional(wholeDay(n)) || calendar_.isProvisional(last));
}

Millis Course::unitLength() const {
  const bool is_day = rule_.unit == ClockUnit::working_day || rule_.unit == ClockUnit::natural_day;
  return is_day ? day_length : Millis{std::chrono::hours{1}};
}

Millis Course::workBefore(Millis time_of_day) const {
  if (rule_.unit != ClockUnit::working_hour) return time_of_day;
  Millis work{0};
  for (const auto& [from, to] : calendar_.workingPeriods()) {
    const Millis begin = from.since_midnight;
    const Millis end = to.since_midnight;
    work += std::clamp(time_of_day, begin, end) - begin;
  }
  return work;
}

Millis Course::timeOfWork(Millis work) const {
  if (rule_.unit != ClockUnit::working_hour) return work;
  for (const auto& [from, to] : calendar_.workingPeriods()) {
    const Millis length = to.since_midnight - from.since_midnight;
    if (work <= length) return from.since_midnight + work;
    work -= length;
  }
  return day_length;  // more work than a day has; callers never ask
}

std::int64_t Course::measured(Instant at) const {
  if (!countsWorkOnly(rule_.unit)) return at.time_since_epoch().count();
  const Date date = dateOf(at);
  const Millis work = calendar_.isWorkingDay(date) ? workBefore(at - startOf(date)) : Millis{0};
  return calendar_.workingDaysBefore(date) * workBefore(day_length).count() + work.count();
}

Instant Course::reached(std::int64_t measure) const {
  if (!countsWorkOnly(rule_.unit)) return Instant{Millis{measure}};
  const std::int64_t per_day = workBefore(day_length).count();
  std::int64_t day = measure / per_day;
  std::int64_t rest = measure % per_day;
  if (rest <= 0) {  // reached at the end of a day's work, not at the beginning of the next one's
    --day;
    rest += per_day;
  }
  return startOf(calendar_.workingDayAt(day)) + timeOfWork(Millis{rest});
}

Instant Course::afterMeasuring(std::int64_t amount) const {
  Instant running = begin_;  // the clock runs from here on, all before is accounted for
  std::int64_t left = amount;
  for (const ClockPause& pause : run_.pauses) {
    const Span known = knownPause(pause, run_, now_);
    if (known.to <= running) continue;
    const std::int64_t counted = measured(std::max(running, known.from)) - measured(running);
    if (counted >= left) break;
    left -= counted;
    running = known.to;
  }
  return reached(measured(running) + left);
}

std::vector<Span> Course::countableSpans(Date date) const {
  const Instant midnight = startOf(date);
  if (countsWorkOnly(rule_.unit) && !calendar_.isWorkingDay(date)) return {};
  if (rule_.unit != ClockUnit::working_hour) return {{midnight, midnight + day_length}};
  std::vector<Span> spans;
  for (const auto& [from, to] : calendar_.workingPeriods()) {
    spans.push_back({midnight + from.since_midnight, midnight + to.since_midnight});
  }
  return spans;
}

}  // namespace jinyue::calendar
