#include "cli/simulation/office_time.h"

#include <algorithm>

namespace jinyue::cli {

Instant OfficeTime::after(Instant from, Millis work, Shift shift) const {
  if (shift == Shift::always) return from + work;
  Date day = dateOf(from);
  Instant at = from;
  for (;; ++day) {
    if (!calendar_->isWorkingDay(day)) continue;
    for (const calendar::WorkingPeriod& period : calendar_->workingPeriods()) {
      const Instant begin = std::max(at, startOf(day) + period.from.since_midnight);
      const Instant end = startOf(day) + period.to.since_midnight;
      if (begin >= end) continue;
      if (begin + work < end) return begin + work;
      work -= end - begin;
      at = end;
    }
  }
}

}  // namespace jinyue::cli
