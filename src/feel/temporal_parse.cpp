// The lexical forms of temporal values.
#include <limits>

#include "feel/temporal.h"

namespace jinyue::feel {

namespace {

class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text) {}
  bool atEnd() const { return at_ == text_.size(); }
  char peek() const { return atEnd() ? '\0' : text_[at_]; }
  bool take(char wanted) {
    if (atEnd() || text_[at_] != wanted) return false;
    ++at_;
    return true;
  }
  std::string_view rest() const { return text_.substr(at_); }
  std::string_view digits() {
    const std::size_t from = at_;
    while (!atEnd() && text_[at_] >= '0' && text_[at_] <= '9') ++at_;
    return text_.substr(from, at_ - from);
  }
  /// Exactly `count` digits.
  std::optional<int> fixed(std::size_t count) {
    int value = 0;
    for (std::size_t i = 0; i < count; ++i, ++at_) {
      if (atEnd() || text_[at_] < '0' || text_[at_] > '9') return std::nullopt;
      value = value * 10 + (text_[at_] - '0');
    }
    return value;
  }

 private:
  std::string_view text_;
  std::size_t at_ = 0;
};

std::optional<std::int64_t> toInteger(std::string_view digits) {
  if (digits.empty() || digits.size() > 18) return std::nullopt;
  std::int64_t value = 0;
  for (const char c : digits) value = value * 10 + (c - '0');
  return value;
}

std::optional<CivilDate> scanDate(Scanner& in) {
  const bool negative = in.take('-');
  const std::string_view digits = in.digits();
  if (digits.size() < 4 || digits.size() > 9 || (digits.size() > 4 && digits[0] == '0')) return std::nullopt;
  const std::int64_t size = *toInteger(digits);
  if (!in.take('-')) return std::nullopt;
  const auto month = in.fixed(2);
  if (!month || !in.take('-')) return std::nullopt;
  const auto day = in.fixed(2);
  const std::int64_t year = negative ? -size : size;
  if (!day || !isRealDate(year, *month, *day)) return std::nullopt;
  return CivilDate{static_cast<std::int32_t>(year), static_cast<std::uint8_t>(*month),
                   static_cast<std::uint8_t>(*day)};
}

/// Nanoseconds of the digits after a decimal point, cut after nine.
std::int64_t fraction(std::string_view digits) {
  std::int64_t nanos = 0;
  for (std::size_t i = 0; i < 9; ++i) nanos = nanos * 10 + (i < digits.size() ? digits[i] - '0' : 0);
  return nanos;
}

std::optional<Zone> scanZone(Scanner& in) {
  if (in.atEnd()) return Zone{};
  if (in.take('Z') || in.take('z')) return in.atEnd() ? std::optional{Zone{0, nullptr}} : std::nullopt;
  if (in.take('@')) return zoneNamed(in.rest());
  const bool negative = in.peek() == '-';
  if (!in.take('+') && !in.take('-')) return std::nullopt;
  const auto hours = in.fixed(2);
  if (!hours || !in.take(':')) return std::nullopt;
  const auto minutes = in.fixed(2);
  if (!minutes || *minutes > 59) return std::nullopt;
  int seconds = 0;
  if (in.take(':')) {
    const auto more = in.fixed(2);
    if (!more || *more > 59) return std::nullopt;
    seconds = *more;
  }
  const int total = *hours * 3600 + *minutes * 60 + seconds;
  if (!in.atEnd() || total > 18 * 3600) return std::nullopt;
  return Zone{negative ? -total : total, nullptr};
}

/// "24:00:00" gives a whole day of nanoseconds.
std::optional<ClockTime> scanTime(Scanner& in) {
  const auto hour = in.fixed(2);
  if (!hour || !in.take(':')) return std::nullopt;
  const auto minute = in.fixed(2);
  if (!minute || !in.take(':')) return std::nullopt;
  const auto second = in.fixed(2);
  if (!second) return std::nullopt;
  std::int64_t nanos = 0;
  if (in.take('.')) {
    const std::string_view digits = in.digits();
    if (digits.empty()) return std::nullopt;
    nanos = fraction(digits);
  }
  const bool day_end = *hour == 24 && *minute == 0 && *second == 0 && nanos == 0;
  if ((*hour > 23 && !day_end) || *minute > 59 || *second > 59) return std::nullopt;
  const auto zone = scanZone(in);
  if (!zone) return std::nullopt;
  return ClockTime{(*hour * 3600LL + *minute * 60LL + *second) * nanos_per_second + nanos, *zone};
}

}  // namespace

std::optional<CivilDate> parseCivilDate(std::string_view text) {
  Scanner in(text);
  const auto date = scanDate(in);
  return in.atEnd() ? date : std::nullopt;
}

std::optional<ClockTime> parseClockTime(std::string_view text) {
  Scanner in(text);
  auto time = scanTime(in);
  if (time) time->nanos %= nanos_per_day;
  return time;
}

std::optional<DateTime> parseDateTime(std::string_view text) {
  Scanner in(text);
  const auto date = scanDate(in);
  if (!date) return std::nullopt;
  if (in.atEnd()) return DateTime{*date, {}};
  if (!in.take('T')) return std::nullopt;
  auto time = scanTime(in);
  if (!time) return std::nullopt;
  if (time->nanos < nanos_per_day) return DateTime{*date, *time};
  time->nanos = 0;
  const auto next = fromDays(toDays(*date) + 1);
  return next ? std::optional{DateTime{*next, *time}} : std::nullopt;
}

std::optional<DaysDuration> parseDaysDuration(std::string_view text) {
  Scanner in(text);
  const bool negative = in.take('-');
  if (!in.take('P')) return std::nullopt;
  Int128 nanos = 0;
  bool any = false;
  bool in_time = false;
  int last = 0;  // D, H, M, S once each and in this order
  while (!in.atEnd()) {
    if (!in_time && in.take('T')) {
      in_time = true;
      if (in.atEnd()) return std::nullopt;
      continue;
    }
    const std::string_view digits = in.digits();
    const auto amount = toInteger(digits);
    if (!amount) return std::nullopt;
    const bool fractional = in.take('.');
    const std::string_view decimals = fractional ? in.digits() : std::string_view{};
    if (fractional && (decimals.empty() || in.peek() != 'S')) return std::nullopt;
    int unit = 0;
    std::int64_t seconds = 0;
    if (!in_time && in.take('D')) {
      unit = 1;
      seconds = seconds_per_day;
    } else if (in_time && in.take('H')) {
      unit = 2;
      seconds = 3600;
    } else if (in_time && in.take('M')) {
      unit = 3;
      seconds = 60;
    } else if (in_time && in.take('S')) {
      unit = 4;
      seconds = 1;
    }
    if (unit <= last) return std::nullopt;
    last = unit;
    nanos += Int128{*amount} * seconds * nanos_per_second + fraction(decimals);
    any = true;
  }
  if (!any) return std::nullopt;
  return DaysDuration{negative ? -nanos : nanos};
}

std::optional<YearsDuration> parseYearsDuration(std::string_view text) {
  Scanner in(text);
  const bool negative = in.take('-');
  if (!in.take('P')) return std::nullopt;
  std::int64_t months = 0;
  int last = 0;
  while (!in.atEnd()) {
    const auto amount = toInteger(in.digits());
    if (!amount || *amount > std::numeric_limits<std::int64_t>::max() / 40) return std::nullopt;
    int unit = 0;
    if (in.take('Y')) unit = 1;
    else if (in.take('M')) unit = 2;
    if (unit <= last) return std::nullopt;
    last = unit;
    months += unit == 1 ? *amount * 12 : *amount;
  }
  if (last == 0) return std::nullopt;
  return YearsDuration{negative ? -months : months};
}

}  // namespace jinyue::feel
