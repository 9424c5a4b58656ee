#include "feel/temporal.h"

#include <algorithm>

#include <fmt/format.h>

namespace jinyue::feel {

namespace {

constexpr std::int64_t floorDiv(std::int64_t a, std::int64_t b) {
  const std::int64_t quotient = a / b;
  return (a % b != 0 && ((a < 0) != (b < 0))) ? quotient - 1 : quotient;
}

std::int64_t localSeconds(const DateTime& value) {
  return toDays(value.date) * seconds_per_day + value.time.nanos / nanos_per_second;
}

}  // namespace

bool Zone::operator==(const Zone& other) const {
  if (offset != other.offset) return false;
  if (!rules || !other.rules) return rules == other.rules;
  return rules->name() == other.rules->name();
}

// Days from civil by counting 400-year eras from 1 March, so that the leap day is the last of the year.
std::int64_t toDays(const CivilDate& date) {
  const std::int64_t year = std::int64_t{date.year} - (date.month <= 2 ? 1 : 0);
  const std::int64_t era = floorDiv(year, 400);
  const std::int64_t year_of_era = year - era * 400;
  const std::int64_t month_from_march = (date.month + 9) % 12;
  const std::int64_t day_of_year = (153 * month_from_march + 2) / 5 + date.day - 1;
  const std::int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * 146'097 + day_of_era - 719'468;
}

std::optional<CivilDate> fromDays(std::int64_t days) {
  constexpr std::int64_t bound = (std::int64_t{max_year} + 2) * 366;
  if (days > bound || days < -bound) return std::nullopt;
  const std::int64_t shifted = days + 719'468;
  const std::int64_t era = floorDiv(shifted, 146'097);
  const std::int64_t day_of_era = shifted - era * 146'097;
  const std::int64_t year_of_era =
      (day_of_era - day_of_era / 1'460 + day_of_era / 36'524 - day_of_era / 146'096) / 365;
  const std::int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const std::int64_t month_from_march = (5 * day_of_year + 2) / 153;
  const std::int64_t day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
  const std::int64_t month = month_from_march < 10 ? month_from_march + 3 : month_from_march - 9;
  const std::int64_t year = year_of_era + era * 400 + (month <= 2 ? 1 : 0);
  if (year > max_year || year < -max_year) return std::nullopt;
  return CivilDate{static_cast<std::int32_t>(year), static_cast<std::uint8_t>(month),
                   static_cast<std::uint8_t>(day)};
}

int daysInMonth(std::int64_t year, int month) {
  constexpr int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  return month == 2 && leap ? 29 : days[month - 1];
}

bool isRealDate(std::int64_t year, std::int64_t month, std::int64_t day) {
  return year >= -max_year && year <= max_year && month >= 1 && month <= 12 && day >= 1 &&
         day <= daysInMonth(year, static_cast<int>(month));
}

std::optional<int> offsetOf(const DateTime& value) {
  if (value.time.zone.rules) return value.time.zone.rules->offsetAtLocal(localSeconds(value));
  return value.time.zone.offset;
}

std::optional<int> offsetOf(const ClockTime& value) {
  if (value.zone.rules) return value.zone.rules->standardOffset();
  return value.zone.offset;
}

Int128 epochNanos(const DateTime& value) {
  const Int128 local = Int128{toDays(value.date)} * nanos_per_day + value.time.nanos;
  return local - Int128{offsetOf(value).value_or(0)} * nanos_per_second;
}

std::optional<DateTime> fromEpochNanos(Int128 epoch, const Zone& zone) {
  constexpr Int128 bound = Int128{max_year + 2LL} * 366 * nanos_per_day;
  if (epoch > bound || epoch < -bound) return std::nullopt;
  Int128 local = epoch;
  if (zone.rules) {
    auto seconds = static_cast<std::int64_t>(epoch / nanos_per_second);
    if (epoch < 0 && epoch % nanos_per_second != 0) --seconds;
    local += Int128{zone.rules->offsetAtUtc(seconds)} * nanos_per_second;
  } else if (zone.offset) {
    local += Int128{*zone.offset} * nanos_per_second;
  }
  auto days = static_cast<std::int64_t>(local / nanos_per_day);
  auto rest = static_cast<std::int64_t>(local % nanos_per_day);
  if (rest < 0) {
    rest += nanos_per_day;
    --days;
  }
  const auto date = fromDays(days);
  if (!date) return std::nullopt;
  return DateTime{*date, {rest, zone}};
}

std::optional<CivilDate> addMonths(const CivilDate& date, std::int64_t months) {
  constexpr std::int64_t bound = std::int64_t{max_year} * 24 + 24;
  if (months > bound || months < -bound) return std::nullopt;
  const std::int64_t total = std::int64_t{date.year} * 12 + date.month - 1 + months;
  const std::int64_t year = floorDiv(total, 12);
  if (year > max_year || year < -max_year) return std::nullopt;
  const int month = static_cast<int>(total - year * 12) + 1;
  const int day = std::min<int>(date.day, daysInMonth(year, month));
  return CivilDate{static_cast<std::int32_t>(year), static_cast<std::uint8_t>(month),
                   static_cast<std::uint8_t>(day)};
}

std::int64_t monthsBetween(const DateTime& from, const DateTime& to) {
  const auto monthOf = [](const CivilDate& date) { return std::int64_t{date.year} * 12 + date.month - 1; };
  std::int64_t months = monthOf(to.date) - monthOf(from.date);
  const auto rest = [](const DateTime& value) { return std::pair{value.date.day, value.time.nanos}; };
  if (months > 0 && rest(to) < rest(from)) --months;
  if (months < 0 && rest(to) > rest(from)) ++months;
  return months;
}

int dayOfWeek(const CivilDate& date) {
  const std::int64_t days = toDays(date) + 3;  // 1970-01-01 was a Thursday
  return static_cast<int>(days - floorDiv(days, 7) * 7) + 1;
}

int dayOfYear(const CivilDate& date) {
  return static_cast<int>(toDays(date) - toDays({date.year, 1, 1})) + 1;
}

int weekOfYear(const CivilDate& date) {
  const int week = (dayOfYear(date) - dayOfWeek(date) + 10) / 7;
  const auto weeksIn = [](std::int32_t year) {
    const CivilDate last{year, 12, 31};
    const CivilDate first{year, 1, 1};
    return dayOfWeek(first) == 4 || dayOfWeek(last) == 4 ? 53 : 52;
  };
  if (week < 1) return weeksIn(date.year - 1);
  return week > weeksIn(date.year) ? 1 : week;
}

std::string toString(const CivilDate& value) {
  if (value.year < 0) return fmt::format("-{:04}-{:02}-{:02}", -value.year, value.month, value.day);
  return fmt::format("{:04}-{:02}-{:02}", value.year, value.month, value.day);
}

std::string toString(const ClockTime& value) {
  const std::int64_t seconds = value.nanos / nanos_per_second;
  std::string text = fmt::format("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
  if (const std::int64_t fraction = value.nanos % nanos_per_second; fraction != 0) {
    text += fmt::format(".{:09}", fraction);
    while (text.back() == '0') text.pop_back();
  }
  if (value.zone.rules) {
    text += '@' + value.zone.rules->name();
  } else if (value.zone.offset) {
    const int offset = *value.zone.offset;
    if (offset == 0) return text + 'Z';
    const int size = offset < 0 ? -offset : offset;
    text += fmt::format("{}{:02}:{:02}", offset < 0 ? '-' : '+', size / 3600, size / 60 % 60);
    if (size % 60 != 0) text += fmt::format(":{:02}", size % 60);
  }
  return text;
}

std::string toString(const DateTime& value) { return toString(value.date) + 'T' + toString(value.time); }

std::string toString(const DaysDuration& value) {
  if (value.nanos == 0) return "PT0S";
  const bool negative = value.nanos < 0;
  const Int128 size = negative ? -value.nanos : value.nanos;
  const auto days = static_cast<std::int64_t>(size / nanos_per_day);
  const auto rest = static_cast<std::int64_t>(size % nanos_per_day);
  const std::int64_t seconds = rest / nanos_per_second;
  const std::int64_t fraction = rest % nanos_per_second;
  std::string text = negative ? "-P" : "P";
  if (days != 0) text += fmt::format("{}D", days);
  if (rest == 0) return text;
  text += 'T';
  if (seconds / 3600 != 0) text += fmt::format("{}H", seconds / 3600);
  if (seconds / 60 % 60 != 0) text += fmt::format("{}M", seconds / 60 % 60);
  if (seconds % 60 != 0 || fraction != 0) {
    text += fmt::format("{}", seconds % 60);
    if (fraction != 0) {
      text += fmt::format(".{:09}", fraction);
      while (text.back() == '0') text.pop_back();
    }
    text += 'S';
  }
  return text;
}

std::string toString(const YearsDuration& value) {
  if (value.months == 0) return "P0M";
  const bool negative = value.months < 0;
  const std::uint64_t size =
      negative ? 0 - static_cast<std::uint64_t>(value.months) : static_cast<std::uint64_t>(value.months);
  std::string text = negative ? "-P" : "P";
  if (size / 12 != 0) text += fmt::format("{}Y", size / 12);
  if (size % 12 != 0) text += fmt::format("{}M", size % 12);
  return text;
}

}  // namespace jinyue::feel
