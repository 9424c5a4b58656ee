// Periods of figures: days, months, quarters and years of China's calendar.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/time.h"

namespace jinyue::insight {

/// Both days belong to it.
struct Period {
  Date first;
  Date last;
  bool operator==(const Period&) const = default;
};

/// "2026", "2026-Q3", "2026-07", "2026-07-01", or two of them: "2026-01..2026-06".
std::optional<Period> parsePeriod(std::string_view text);
/// The shortest text that means it.
std::string formatPeriod(const Period& period);

/// 202607.
std::int64_t monthNumber(Date day);
/// The period of the same kind before, and the same period of the year before.
Period periodBefore(const Period& period);
Period yearBefore(const Period& period);

/// "2026年7月", "2026年第三季度", "2026年"; English "July 2026", "Q3 2026", "2026".
std::string periodTitleZh(const Period& period);
std::string periodTitleEn(const Period& period);

}  // namespace jinyue::insight
