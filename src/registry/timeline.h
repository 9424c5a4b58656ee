// The periods of one entry: when which version holds. Two versions of a key never hold on the same day.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "base/problem.h"
#include "base/time.h"

namespace jinyue::registry {

/// The last day of a period without an end.
inline constexpr Date no_end = Date{std::chrono::year{9999} / 12 / 31};

/// From the first to the last day, both included.
struct Period {
  Date from;
  Date to = no_end;
  bool contains(Date day) const { return from <= day && day <= to; }
  bool overlaps(const Period& other) const { return from <= other.to && other.from <= to; }
  bool operator==(const Period&) const = default;
};
/// "2026-01-01 起" or "2026-01-01 至 2026-12-31".
Text describePeriod(const Period& period);

/// A version of an entry and when it holds.
struct Span {
  std::int64_t number = 0;
  Period period;
  bool operator==(const Span&) const = default;
};

/// What a change does to the versions that hold: one may end earlier, one may be replaced.
struct Placement {
  std::optional<Span> ended;             ///< this version has this period from now on
  std::optional<std::int64_t> replaced;  ///< this version holds no more
};

/// A new version. What holds without an end on its first day ends the day before. Refuses with
/// "register.overlap" anything else that would hold at the same time, and with "register.period" a period
/// that ends before it begins.
Result<Placement> placeNew(std::span<const Span> spans, const Period& period);
/// A version in the place of another that was wrong. Refuses with "register.no-version" and as above.
Result<Placement> placeCorrection(std::span<const Span> spans, std::int64_t number, const Period& period);
/// Nothing holds after the day. Refuses with "register.not-in-effect" when nothing holds on it, and with
/// "register.overlap" when something holds later.
Result<Placement> placeEnd(std::span<const Span> spans, Date last_day);

}  // namespace jinyue::registry
