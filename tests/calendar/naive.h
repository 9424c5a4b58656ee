// A clock that counts on its fingers: day by day or minute by minute, with nothing but isWorkingDay(). Slow,
// and written apart from the real one, so that both being wrong in the same way is unlikely. Whole minutes
// only.
#pragma once

#include "calendar/clock.h"

namespace jinyue::calendar {

inline bool isPausedAt(const ClockRun& run, Instant instant, Instant now) {
  for (const ClockPause& pause : run.pauses) {
    const Instant to = pause.to ? *pause.to : run.stopped ? *run.stopped : now;
    if (pause.from <= instant && instant < to) return true;
  }
  return false;
}

inline bool isWorkedAt(const Calendar& calendar, Instant instant) {
  const auto time = instant - startOf(dateOf(instant));
  return calendar.isWorkingDay(dateOf(instant)) &&
         std::ranges::any_of(calendar.workingPeriods(), [&](const WorkingPeriod& period) {
           return period.from.since_midnight <= time && time < period.to.since_midnight;
         });
}

/// The first instant at which `units` units are used up; no roll. For whole days also 0 units.
inline Instant naiveEnd(const ClockRule& rule, const ClockRun& run, const Calendar& calendar, Instant now,
                        int units) {
  using namespace std::chrono;
  const Date start_day = dateOf(run.started);
  if (countsWholeDays(rule)) {
    int used = -1;  // the start day, or the first one after it that the clock sees the end of, makes it 0
    for (Date date = start_day;; date += days{1}) {
      const bool running = !isPausedAt(run, startOf(date + days{1}) - Millis{1}, now);
      const bool counts = rule.unit == ClockUnit::natural_day || calendar.isWorkingDay(date);
      if (running && units == 0) return startOf(date + days{1});
      if (date == start_day) used = 0;
      else if (running && counts) ++used;
      if (units > 0 && used == units) return startOf(date + days{1});
    }
  }
  const bool is_day = rule.unit == ClockUnit::working_day || rule.unit == ClockUnit::natural_day;
  const int wanted = units * (is_day ? 24 * 60 : 60);
  Instant minute = rule.start == ClockStart::same_instant ? run.started : startOf(start_day + days{1});
  for (int used = 0;; minute += minutes{1}) {
    if (used == wanted) return minute;
    if (isPausedAt(run, minute, now)) continue;
    if (rule.unit == ClockUnit::working_day) used += calendar.isWorkingDay(dateOf(minute));
    else if (rule.unit == ClockUnit::working_hour) used += isWorkedAt(calendar, minute);
    else ++used;
  }
}

inline Instant naiveDue(const ClockRule& rule, const ClockRun& run, const Calendar& calendar, Instant now,
                        int units) {
  Instant end = naiveEnd(rule, run, calendar, now, units);
  while (rule.roll &&
         (!calendar.isWorkingDay(dateOf(end - Millis{1})) || isPausedAt(run, end - Millis{1}, now))) {
    end += std::chrono::days{1};
  }
  return end;
}

}  // namespace jinyue::calendar
