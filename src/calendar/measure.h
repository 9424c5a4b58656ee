// The arithmetic of clocks, shared by the deadline and its explanation: which days or which time count.
#pragma once

#include "calendar/clock.h"
#include "calendar/explain.h"

namespace jinyue::calendar {

inline constexpr Instant first_clock_instant = startOf(makeDate(1900, 1, 1));
inline constexpr Instant last_clock_instant = startOf(makeDate(2200, 1, 1)) - Millis{1};

/// Whether holidays have a say in how much of a day counts.
constexpr bool countsWorkOnly(ClockUnit unit) {
  return unit == ClockUnit::working_day || unit == ClockUnit::working_hour;
}

/// From when to when a pause lasts as known at `now`: an open one ends with the clock, or now.
inline Span knownPause(const ClockPause& pause, const ClockRun& run, Instant now) {
  return {pause.from, pause.to ? *pause.to : std::max(pause.from, run.stopped.value_or(now))};
}

/// The course of one clock, for questions "when are n units used up?".
class Course {
 public:
  Course(const ClockRule& rule, const ClockRun& run, const Calendar& calendar, Instant now);

  /// What is promised and what the law allows, with the extensions, in units.
  int promised() const { return promised_; }
  std::optional<int> statutory() const;

  /// Whole days: the day that completes n days, n = 0 being the first day from the start day on at whose end
  /// the clock runs. Not rolled.
  Date wholeDay(int n) const;
  /// The first instant at which n units are used, rolled when the rule says so.
  Instant due(int n) const;
  /// The first instant at which the yellow share of n units is used.
  Instant yellow(int n) const;
  /// Whether the day that ends the n units, or any before it that matters, lies outside the announced years.
  bool isProvisional(int n) const;

  /// Measured time: where it begins, and what of this day would count if nothing paused or ended it.
  Instant begin() const { return begin_; }
  std::vector<Span> countableSpans(Date date) const;

 private:
  Date countOn(Date done, std::int64_t n, bool work_only) const;
  Date lastWholeDay(int n) const;
  /// Milliseconds that count before an instant, from a fixed origin; and the first instant with that many.
  std::int64_t measured(Instant at) const;
  Instant reached(std::int64_t measure) const;
  Instant afterMeasuring(std::int64_t amount) const;
  Millis unitLength() const;
  Millis workBefore(Millis time_of_day) const;
  Millis timeOfWork(Millis work) const;

  const ClockRule& rule_;
  const ClockRun& run_;
  const Calendar& calendar_;
  Instant now_;
  Instant begin_;
  int promised_;
};

}  // namespace jinyue::calendar
