#include "bpmn/span.h"

#include <charconv>

namespace jinyue::bpmn {
namespace {

constexpr std::int64_t max_months = 200 * 12;
constexpr std::chrono::days max_time{200 * 366};

std::optional<std::int64_t> readWhole(std::string_view digits) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (digits.empty() || error != std::errc{} || end != digits.data() + digits.size() || digits[0] == '-') {
    return std::nullopt;
  }
  return value;
}

/// Seconds with up to three digits after the point.
std::optional<Millis> readSeconds(std::string_view text) {
  const auto point = text.find('.');
  const auto whole = readWhole(text.substr(0, point));
  if (!whole || *whole > 1'000'000'000'000) return std::nullopt;
  Millis result = std::chrono::seconds{*whole};
  if (point == std::string_view::npos) return result;
  std::string fraction{text.substr(point + 1)};
  if (fraction.empty() || fraction.size() > 9) return std::nullopt;
  if (fraction.find_first_not_of("0123456789") != std::string::npos) return std::nullopt;
  fraction.resize(3, '0');
  return result + Millis{*readWhole(fraction)};
}

}  // namespace

std::optional<Span> parseSpan(std::string_view text) {
  if (text.size() < 3 || text[0] != 'P') return std::nullopt;
  text.remove_prefix(1);
  Span span;
  bool in_time = false;
  std::string_view order = "YMWDHMS";  // each designator at most once, in this order
  std::size_t next = 0;
  while (!text.empty()) {
    if (text[0] == 'T') {
      if (in_time || text.size() == 1) return std::nullopt;
      in_time = true;
      next = std::max<std::size_t>(next, 4);
      text.remove_prefix(1);
      continue;
    }
    const auto length = text.find_first_not_of("0123456789.");
    if (length == std::string_view::npos || length == 0) return std::nullopt;
    const std::string_view amount = text.substr(0, length);
    const auto at = order.find(text[length], next);
    if (at == std::string_view::npos || (at >= 4) != in_time) return std::nullopt;
    next = at + 1;
    text.remove_prefix(length + 1);
    if (at == 6) {
      const auto seconds = readSeconds(amount);
      if (!seconds) return std::nullopt;
      span.time += *seconds;
      continue;
    }
    const auto count = readWhole(amount);
    if (!count || *count > 10'000'000) return std::nullopt;
    switch (at) {
      case 0: span.months += *count * 12; break;
      case 1: span.months += *count; break;
      case 2: span.time += std::chrono::days{*count * 7}; break;
      case 3: span.time += std::chrono::days{*count}; break;
      case 4: span.time += std::chrono::hours{*count}; break;
      default: span.time += std::chrono::minutes{*count}; break;
    }
  }
  if (next == 0 || span.months > max_months || span.time > max_time) return std::nullopt;
  return span;
}

std::string formatSpan(const Span& span) {
  std::string text = "P";
  if (span.months != 0) text += std::to_string(span.months) + "M";
  const auto days = std::chrono::floor<std::chrono::days>(span.time);
  if (days.count() != 0) text += std::to_string(days.count()) + "D";
  const Millis rest = span.time - days;
  if (rest != Millis{0} || text.size() == 1) {
    const std::int64_t thousandths = rest.count() % 1000;
    text += "T" + std::to_string(rest.count() / 1000);
    if (thousandths != 0) text += "." + std::to_string(1000 + thousandths).substr(1);
    text += "S";
  }
  return text;
}

Instant addSpan(Instant from, const Span& span) {
  if (span.months != 0) {
    const LocalTime local = toLocal(from);
    const Date day = std::chrono::floor<std::chrono::days>(local);
    std::chrono::year_month_day date = std::chrono::year_month_day{day} + std::chrono::months{span.months};
    if (!date.ok()) date = date.year() / date.month() / std::chrono::last;
    from = toInstant(LocalTime{Date{date}} + (local - day));
  }
  return from + span.time;
}

std::optional<Instant> parseMoment(std::string_view text) {
  if (const auto instant = parseInstant(text)) return instant;
  if (const auto date = parseDate(text)) return startOf(*date);
  return parseInstant(std::string{text} + "+08:00");
}

std::optional<Cycle> parseCycle(std::string_view text) {
  const auto slash = text.find('/');
  if (text.empty() || text[0] != 'R' || slash == std::string_view::npos) return std::nullopt;
  Cycle cycle;
  if (slash > 1) {
    const auto count = readWhole(text.substr(1, slash - 1));
    if (!count || *count < 1 || *count > 1'000'000) return std::nullopt;
    cycle.repetitions = static_cast<std::int32_t>(*count);
  }
  text.remove_prefix(slash + 1);
  if (const auto second = text.find('/'); second != std::string_view::npos) {
    cycle.start = parseMoment(text.substr(0, second));
    if (!cycle.start) return std::nullopt;
    text.remove_prefix(second + 1);
  }
  const auto every = parseSpan(text);
  if (!every || !every->isPositive()) return std::nullopt;
  cycle.every = *every;
  return cycle;
}

}  // namespace jinyue::bpmn
