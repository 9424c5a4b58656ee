#include "base/time.h"

#include <charconv>

#include <fmt/format.h>

namespace jinyue {
namespace {

using namespace std::chrono;

/// Reads exactly `digits` decimal digits from the front of text.
std::optional<int> takeDigits(std::string_view& text, std::size_t digits) {
  if (text.size() < digits) return std::nullopt;
  int value = 0;
  for (std::size_t i = 0; i < digits; ++i) {
    if (text[i] < '0' || text[i] > '9') return std::nullopt;
    value = value * 10 + (text[i] - '0');
  }
  text.remove_prefix(digits);
  return value;
}

bool take(std::string_view& text, char wanted) {
  if (text.empty() || text.front() != wanted) return false;
  text.remove_prefix(1);
  return true;
}

std::optional<Date> takeDate(std::string_view& text) {
  const auto y = takeDigits(text, 4);
  if (!y || !take(text, '-')) return std::nullopt;
  const auto m = takeDigits(text, 2);
  if (!m || !take(text, '-')) return std::nullopt;
  const auto d = takeDigits(text, 2);
  if (!d) return std::nullopt;
  const year_month_day ymd{year{*y}, month{static_cast<unsigned>(*m)}, day{static_cast<unsigned>(*d)}};
  if (!ymd.ok()) return std::nullopt;
  return Date{ymd};
}

/// Hours, minutes, optional seconds fraction; up to nine digits of which three count.
std::optional<milliseconds> takeClock(std::string_view& text) {
  const auto h = takeDigits(text, 2);
  if (!h || *h > 23 || !take(text, ':')) return std::nullopt;
  const auto m = takeDigits(text, 2);
  if (!m || *m > 59 || !take(text, ':')) return std::nullopt;
  const auto s = takeDigits(text, 2);
  if (!s || *s > 59) return std::nullopt;
  int fraction = 0;
  if (take(text, '.')) {
    int digits = 0;
    while (!text.empty() && text.front() >= '0' && text.front() <= '9') {
      if (++digits > 9) return std::nullopt;
      if (digits <= 3) fraction = fraction * 10 + (text.front() - '0');
      text.remove_prefix(1);
    }
    if (digits == 0) return std::nullopt;
    for (; digits < 3; ++digits) fraction *= 10;
  }
  return hours{*h} + minutes{*m} + seconds{*s} + milliseconds{fraction};
}

}  // namespace

Instant systemNow() { return floor<milliseconds>(system_clock::now()); }

std::string formatDate(Date date) {
  const year_month_day ymd{date};
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(ymd.year()), static_cast<unsigned>(ymd.month()),
                     static_cast<unsigned>(ymd.day()));
}

std::optional<Date> parseDate(std::string_view text) {
  const auto date = takeDate(text);
  return text.empty() ? date : std::nullopt;
}

std::string formatInstant(Instant instant) {
  const auto day_start = floor<days>(instant);
  const hh_mm_ss clock{instant - day_start};
  const year_month_day ymd{day_start};
  if (const int year = static_cast<int>(ymd.year()); year >= 0 && year <= 9999) {  // the usual, made quick
    std::string text = "0000-00-00T00:00:00.000Z";
    const auto put = [&text](std::size_t at, std::size_t digits, std::int64_t value) {
      for (; digits > 0; value /= 10) text[at + --digits] = static_cast<char>('0' + value % 10);
    };
    put(0, 4, year);
    put(5, 2, static_cast<unsigned>(ymd.month()));
    put(8, 2, static_cast<unsigned>(ymd.day()));
    put(11, 2, clock.hours().count());
    put(14, 2, clock.minutes().count());
    put(17, 2, clock.seconds().count());
    put(20, 3, clock.subseconds().count());
    return text;
  }
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z", static_cast<int>(ymd.year()),
                     static_cast<unsigned>(ymd.month()), static_cast<unsigned>(ymd.day()),
                     clock.hours().count(), clock.minutes().count(), clock.seconds().count(),
                     clock.subseconds().count());
}

std::optional<Instant> parseInstant(std::string_view text) {
  const auto date = takeDate(text);
  if (!date || !take(text, 'T')) return std::nullopt;
  const auto clock = takeClock(text);
  if (!clock || text.empty()) return std::nullopt;
  minutes offset{0};
  if (!take(text, 'Z')) {
    const bool west = text.front() == '-';
    if (!take(text, '+') && !take(text, '-')) return std::nullopt;
    const auto h = takeDigits(text, 2);
    if (!h || *h > 23 || !take(text, ':')) return std::nullopt;
    const auto m = takeDigits(text, 2);
    if (!m || *m > 59) return std::nullopt;
    offset = hours{*h} + minutes{*m};
    if (west) offset = -offset;
  }
  if (!text.empty()) return std::nullopt;
  return Instant{date->time_since_epoch() + *clock - offset};
}

}  // namespace jinyue
