// Lengths of time in timers: ISO 8601 durations, and cycles such as R3/PT10M.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/time.h"

namespace jinyue::bpmn {

/// Months and time are kept apart: a month is as long as the calendar of China says.
struct Span {
  std::int64_t months = 0;
  Millis time{0};
  bool isPositive() const { return months >= 0 && time >= Millis{0} && (months > 0 || time > Millis{0}); }
  bool operator==(const Span&) const = default;
};

/// "P1Y2M3W4DT5H6M7.5S"; at most 200 years. Empty when malformed.
std::optional<Span> parseSpan(std::string_view text);
std::string formatSpan(const Span& span);
/// The instant that lies one span later; a day is cut to the length of its month.
Instant addSpan(Instant from, const Span& span);

struct Cycle {
  std::int32_t repetitions = -1;  ///< how often it fires; -1: no end
  std::optional<Instant> start;   ///< first time; else one span from now
  Span every;
};
/// "R3/PT10M", "R/P1D", "R5/2026-01-01T00:00:00Z/P1D".
std::optional<Cycle> parseCycle(std::string_view text);

/// RFC 3339; without an offset it is China's time; a date alone is its start.
std::optional<Instant> parseMoment(std::string_view text);

}  // namespace jinyue::bpmn
