// Dates and instants. An instant is UTC with millisecond precision; a date and a local time are
// those of China (Asia/Shanghai, UTC+8, no daylight saving since 1991).
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace jinyue {

using Millis = std::chrono::milliseconds;
using Instant = std::chrono::sys_time<Millis>;
using LocalTime = std::chrono::local_time<Millis>;
using Date = std::chrono::local_days;

/// The source of "now"; injected, so that a simulation or a test can drive time.
using NowFn = std::function<Instant()>;

Instant systemNow();

inline constexpr std::chrono::hours china_offset{8};
constexpr LocalTime toLocal(Instant instant) { return LocalTime{instant.time_since_epoch() + china_offset}; }
constexpr Instant toInstant(LocalTime local) { return Instant{local.time_since_epoch() - china_offset}; }
constexpr Date dateOf(Instant instant) { return std::chrono::floor<std::chrono::days>(toLocal(instant)); }
/// 00:00 in China at the start of the day.
constexpr Instant startOf(Date date) { return toInstant(LocalTime{date}); }
constexpr Date makeDate(int year, unsigned month, unsigned day) {
  return Date{std::chrono::year{year} / std::chrono::month{month} / std::chrono::day{day}};
}

/// "2026-11-22"; years 0000 to 9999.
std::string formatDate(Date date);
/// Strict YYYY-MM-DD of a day that exists.
std::optional<Date> parseDate(std::string_view text);
/// UTC, always with milliseconds: "2026-11-22T04:38:21.000Z".
std::string formatInstant(Instant instant);
/// RFC 3339 with "Z" or a numeric offset; up to nine fractional digits, cut to milliseconds.
std::optional<Instant> parseInstant(std::string_view text);

}  // namespace jinyue
