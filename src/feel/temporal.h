// Dates, times and durations of FEEL (DMN 1.5 section 10.3.2.3.4 to .9): the proleptic Gregorian calendar
// with years from -999999999 to 999999999, nanoseconds, UTC offsets and IANA time zones.
#pragma once

#include <atomic>
#include <compare>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace jinyue::feel {

__extension__ typedef __int128 Int128;

inline constexpr std::int32_t max_year = 999'999'999;
inline constexpr std::int64_t nanos_per_second = 1'000'000'000;
inline constexpr std::int64_t seconds_per_day = 86'400;
inline constexpr std::int64_t nanos_per_day = seconds_per_day * nanos_per_second;

struct CivilDate {
  std::int32_t year = 1970;
  std::uint8_t month = 1;
  std::uint8_t day = 1;
  auto operator<=>(const CivilDate&) const = default;
};

/// Days since 1970-01-01.
std::int64_t toDays(const CivilDate& date);
/// Empty outside the years that FEEL has.
std::optional<CivilDate> fromDays(std::int64_t days);
bool isRealDate(std::int64_t year, std::int64_t month, std::int64_t day);
int daysInMonth(std::int64_t year, int month);

/// An IANA time zone by name, such as Asia/Shanghai. Immutable.
class ZoneRules {
 public:
  virtual ~ZoneRules() = default;
  const std::string& name() const { return name_; }
  /// Seconds east of UTC at a local time, given as seconds since 1970-01-01T00:00 local.
  virtual int offsetAtLocal(std::int64_t local_seconds) const = 0;
  virtual int offsetAtUtc(std::int64_t utc_seconds) const = 0;
  /// The offset without daylight saving, for a time that has no date.
  virtual int standardOffset() const = 0;

 protected:
  explicit ZoneRules(std::string name) : name_(std::move(name)) {}

 private:
  std::string name_;
};

/// Nothing, an offset, or a named zone.
struct Zone {
  std::optional<int> offset;               ///< seconds east of UTC, within ±18 h
  std::shared_ptr<const ZoneRules> rules;  ///< set for a named zone; then `offset` is empty
  bool isLocal() const { return !offset && !rules; }
  bool operator==(const Zone& other) const;
};
/// Empty for a name that is no zone.
std::optional<Zone> zoneNamed(std::string_view name);

struct ClockTime {
  std::int64_t nanos = 0;  ///< since midnight
  Zone zone;
  bool operator==(const ClockTime&) const = default;
};

struct DateTime {
  CivilDate date;
  ClockTime time;
  bool operator==(const DateTime&) const = default;
};

/// Days and time duration, to the nanosecond.
struct DaysDuration {
  Int128 nanos = 0;
  auto operator<=>(const DaysDuration&) const = default;
};

struct YearsDuration {
  std::int64_t months = 0;
  auto operator<=>(const YearsDuration&) const = default;
};

/// Seconds east of UTC; empty without a zone.
std::optional<int> offsetOf(const DateTime& value);
std::optional<int> offsetOf(const ClockTime& value);
/// Nanoseconds since 1970-01-01T00:00, in UTC when there is a zone, else local.
Int128 epochNanos(const DateTime& value);
/// The local time at `epoch` nanoseconds of UTC (or of local time without a zone). Empty out of range.
std::optional<DateTime> fromEpochNanos(Int128 epoch, const Zone& zone);

// The texts of XML Schema 1.1 (dates without zone), with "@Zone/Name" as FEEL adds. Strict: empty when not
// exact.
std::optional<CivilDate> parseCivilDate(std::string_view text);
std::optional<ClockTime> parseClockTime(std::string_view text);
/// Date and time; also a date alone, which means midnight.
std::optional<DateTime> parseDateTime(std::string_view text);
std::optional<DaysDuration> parseDaysDuration(std::string_view text);
std::optional<YearsDuration> parseYearsDuration(std::string_view text);

std::string toString(const CivilDate& value);
std::string toString(const ClockTime& value);
std::string toString(const DateTime& value);
std::string toString(const DaysDuration& value);
std::string toString(const YearsDuration& value);

/// A month and a day later; the day is cut to the length of the month. Empty out of range.
std::optional<CivilDate> addMonths(const CivilDate& date, std::int64_t months);
/// Whole months from one to the other, towards zero.
std::int64_t monthsBetween(const DateTime& from, const DateTime& to);

/// ISO 8601: Monday is 1.
int dayOfWeek(const CivilDate& date);
int dayOfYear(const CivilDate& date);
int weekOfYear(const CivilDate& date);

}  // namespace jinyue::feel
