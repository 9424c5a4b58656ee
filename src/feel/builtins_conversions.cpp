// Conversion functions: DMN 1.5 section 10.3.4.1.
#include <algorithm>

#include "feel/builtins.h"
#include "feel/compare.h"
#include "feel/feel.h"
#include "feel/text_form.h"

namespace jinyue::feel {

namespace {

Value malformed(Session& session) {
  session.note("feel.conversion",
               {"文本的格式不对，或没有这样的值", "the text is malformed, or there is no such value"});
  return {};
}

template <class T>
Value orNote(const std::optional<T>& value, Session& session) {
  return value ? Value(*value) : malformed(session);
}

Value dateOfText(std::span<const Value> arguments, Session& session) {
  return orNote(parseCivilDate(arguments[0].string()), session);
}
Value dateOfDate(std::span<const Value> arguments, Session&) { return arguments[0]; }
Value dateOfMoment(std::span<const Value> arguments, Session&) { return arguments[0].asDateTime()->date; }

std::optional<CivilDate> dateOfParts(std::span<const Value> parts) {
  const auto year = parts[0].asInt64();
  const auto month = parts[1].asInt64();
  const auto day = parts[2].asInt64();
  if (!year || !month || !day || !isRealDate(*year, *month, *day)) return std::nullopt;
  return CivilDate{static_cast<std::int32_t>(*year), static_cast<std::uint8_t>(*month),
                   static_cast<std::uint8_t>(*day)};
}

Value dateFromParts(std::span<const Value> arguments, Session& session) {
  return orNote(dateOfParts(arguments), session);
}

/// An offset or the name of a zone; null for neither.
std::optional<Zone> zoneOf(const Value& value) {
  if (value.isNull()) return Zone{};
  if (value.is(Kind::string)) return zoneNamed(value.string());
  constexpr Int128 farthest = Int128{18} * 3600 * nanos_per_second;
  const Int128 nanos = value.asDaysDuration()->nanos;
  if (nanos > farthest || nanos < -farthest || nanos % nanos_per_second != 0) return std::nullopt;
  return Zone{static_cast<int>(nanos / nanos_per_second), nullptr};
}

std::optional<ClockTime> timeOfParts(std::span<const Value> parts, const Zone& zone) {
  const auto hour = parts[0].asInt64();
  const auto minute = parts[1].asInt64();
  const Number second = parts[2].number();
  if (!hour || *hour < 0 || *hour > 23 || !minute || *minute < 0 || *minute > 59) return std::nullopt;
  if (second.isNegative() || second >= Number(60)) return std::nullopt;
  const auto nanos = (second * Number(nanos_per_second)).rounded(0, Rounding::down).toInt64();
  if (!nanos) return std::nullopt;
  return ClockTime{(*hour * 3600 + *minute * 60) * nanos_per_second + *nanos, zone};
}

Value timeFromParts(std::span<const Value> arguments, Session& session) {
  const auto zone = arguments.size() > 3 ? zoneOf(arguments[3]) : Zone{};
  return zone ? orNote(timeOfParts(arguments, *zone), session) : malformed(session);
}

Value timeOfText(std::span<const Value> arguments, Session& session) {
  return orNote(parseClockTime(arguments[0].string()), session);
}
Value timeOfTime(std::span<const Value> arguments, Session&) { return arguments[0]; }
Value timeOfMoment(std::span<const Value> arguments, Session&) { return arguments[0].asDateTime()->time; }
Value timeOfDate(std::span<const Value>, Session&) { return ClockTime{0, {0, nullptr}}; }

Value momentOfDate(std::span<const Value> arguments, Session&) {
  return DateTime{*arguments[0].asDate(), *arguments[1].asTime()};
}
Value momentOfMoment(std::span<const Value> arguments, Session&) {
  return DateTime{arguments[0].asDateTime()->date, *arguments[1].asTime()};
}
Value momentOfText(std::span<const Value> arguments, Session& session) {
  return orNote(parseDateTime(arguments[0].string()), session);
}
Value momentItself(std::span<const Value> arguments, Session&) { return arguments[0]; }
Value momentAtMidnight(std::span<const Value> arguments, Session&) {
  return DateTime{*arguments[0].asDate(), {0, {0, nullptr}}};
}

Value momentFromParts(std::span<const Value> arguments, Session& session) {
  const auto date = dateOfParts(arguments);
  const auto zone = arguments.size() > 6 ? zoneOf(arguments[6]) : Zone{};
  if (!date || !zone) return malformed(session);
  const auto time = timeOfParts(arguments.subspan(3), *zone);
  return time ? Value(DateTime{*date, *time}) : malformed(session);
}

Value durationOfText(std::span<const Value> arguments, Session& session) {
  const std::string_view text = arguments[0].string();
  if (const auto days = parseDaysDuration(text)) return *days;
  return orNote(parseYearsDuration(text), session);
}
Value durationItself(std::span<const Value> arguments, Session&) { return arguments[0]; }

Value yearsAndMonths(std::span<const Value> arguments, Session&) {
  const auto momentOf = [](const Value& value) {
    return value.is(Kind::date) ? DateTime{*value.asDate(), {}} : *value.asDateTime();
  };
  return YearsDuration{monthsBetween(momentOf(arguments[0]), momentOf(arguments[1]))};
}

Value textOf(std::span<const Value> arguments, Session&) {
  return arguments[0].isNull() ? Value() : Value(toText(arguments[0]));
}

Value numberOfText(std::span<const Value> arguments, Session& session) {
  std::string text{arguments[0].string()};
  const auto separatorAt = [&](std::size_t index) -> std::optional<std::string_view> {
    if (arguments.size() <= index || arguments[index].isNull()) return std::string_view{};
    const std::string_view separator = arguments[index].string();
    if (separator == "." || separator == ",") return separator;
    return index == 1 && (separator == " " || separator == "\u00A0") ? std::optional{separator}
                                                                     : std::nullopt;
  };
  const auto grouping = separatorAt(1);
  const auto decimal = separatorAt(2);
  if (!grouping || !decimal || (!grouping->empty() && *grouping == *decimal)) return malformed(session);
  if (!grouping->empty()) {
    for (std::size_t at = text.find(*grouping); at != std::string::npos; at = text.find(*grouping, at))
      text.erase(at, grouping->size());
  }
  if (*decimal == ",") {
    if (text.find('.') != std::string::npos) return malformed(session);
    std::ranges::replace(text, ',', '.');
  }
  return orNote(Number::parse(text), session);
}
Value numberItself(std::span<const Value> arguments, Session&) { return arguments[0]; }

/// The value of an endpoint's literal; null for nothing at all.
std::optional<Value> endpointOf(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t\r\n");
  if (begin == std::string_view::npos) return Value();
  const auto expression = Expression::compileIn(text, {});
  if (!expression || expression->constant() == nullptr) return std::nullopt;
  const Value& value = *expression->constant();
  return compare(value, value) ? std::optional{value} : std::nullopt;
}

/// Where ".." stands outside of strings.
std::size_t dotsIn(std::string_view text) {
  bool quoted_text = false;
  for (std::size_t i = 0; i + 1 < text.size(); ++i) {
    if (text[i] == '"' && (i == 0 || text[i - 1] != '\\')) quoted_text = !quoted_text;
    else if (!quoted_text && text[i] == '.' && text[i + 1] == '.') return i;
  }
  return std::string_view::npos;
}

Value rangeOfText(std::span<const Value> arguments, Session& session) {
  const std::string_view text = arguments[0].string();
  constexpr std::size_t longest = 1000;
  if (text.size() < 4 || text.size() > longest) return malformed(session);
  const char open = text.front();
  const char close = text.back();
  const std::string_view inner = text.substr(1, text.size() - 2);
  const std::size_t dots = dotsIn(inner);
  if (std::string_view{"[(]"}.find(open) == std::string_view::npos ||
      std::string_view{"])["}.find(close) == std::string_view::npos || dots == std::string_view::npos) {
    return malformed(session);
  }
  const auto start = endpointOf(inner.substr(0, dots));
  const auto end = endpointOf(inner.substr(dots + 2));
  if (!start || !end || (start->isNull() && end->isNull())) return malformed(session);
  const bool start_included = open == '[';
  const bool end_included = close == ']';
  if ((start->isNull() && start_included) || (end->isNull() && end_included)) return malformed(session);
  if (!start->isNull() && !end->isNull()) {
    const auto order = compare(*start, *end);
    if (!order || *order > 0) return malformed(session);
  }
  if (start->isNull()) return Range::comparison(end_included ? RangeForm::less_equal : RangeForm::less, *end);
  if (end->isNull())
    return Range::comparison(start_included ? RangeForm::greater_equal : RangeForm::greater, *start);
  return Range{*start, *end, start_included, end_included};
}

constexpr BuiltinRow conversion_rows[] = {
    {"date", "from: string", "date", dateOfText},
    {"date", "from: date", "date", dateOfDate},
    {"date", "from: date and time", "date", dateOfMoment},
    {"date", "year: number, month: number, day: number", "date", dateFromParts},
    {"time", "from: string", "time", timeOfText},
    {"time", "from: time", "time", timeOfTime},
    {"time", "from: date and time", "time", timeOfMoment},
    {"time", "from: date", "time", timeOfDate},
    {"time", "hour: number, minute: number, second: number, offset?: days and time duration|null", "time",
     timeFromParts},
    {"date and time", "from: string", "date and time", momentOfText},
    {"date and time", "from: date and time", "date and time", momentItself},
    {"date and time", "from: date", "date and time", momentAtMidnight},
    {"date and time", "date: date, time: time", "date and time", momentOfDate},
    {"date and time", "date: date and time, time: time", "date and time", momentOfMoment},
    {"date and time",
     "year: number, month: number, day: number, hour: number, minute: number, second: number, "
     "offset?: days and time duration|null",
     "date and time", momentFromParts},
    {"date and time",
     "year: number, month: number, day: number, hour: number, minute: number, second: number, timezone: "
     "string",
     "date and time", momentFromParts},
    {"duration", "from: string", "Any", durationOfText},
    {"duration", "from: days and time duration", "days and time duration", durationItself},
    {"duration", "from: years and months duration", "years and months duration", durationItself},
    {"years and months duration", "from: date, to: date", "years and months duration", yearsAndMonths},
    {"years and months duration", "from: date and time, to: date and time", "years and months duration",
     yearsAndMonths},
    {"years and months duration", "from: date, to: date and time", "years and months duration",
     yearsAndMonths},
    {"years and months duration", "from: date and time, to: date", "years and months duration",
     yearsAndMonths},
    {"string", "from: Any", "string", textOf},
    {"number", "from: string, grouping separator?: string|null, decimal separator?: string|null", "number",
     numberOfText},
    {"number", "from: number", "number", numberItself},
    {"range", "from: string", "range", rangeOfText},
};

}  // namespace

std::span<const BuiltinRow> conversionBuiltins() { return conversion_rows; }

}  // namespace jinyue::feel
