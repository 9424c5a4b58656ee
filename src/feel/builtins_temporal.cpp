// Date and time functions: DMN 1.5 sections 10.3.4.7, 10.3.4.10 and 10.3.4.11.
#include "feel/builtins.h"

namespace jinyue::feel {

namespace {

/// China's time, UTC+8.
constexpr int china_offset_seconds = 8 * 3600;

CivilDate dateOf(const Value& value) {
  return value.is(Kind::date) ? *value.asDate() : value.asDateTime()->date;
}

Value now(std::span<const Value>, Session& session) {
  const auto nanos = Int128{session.facts().now.time_since_epoch().count()} * 1'000'000;
  const auto moment = fromEpochNanos(nanos, {china_offset_seconds, nullptr});
  return moment ? Value(*moment) : Value();
}

Value today(std::span<const Value>, Session& session) {
  return Value::of(jinyue::dateOf(session.facts().now));
}

Value isSame(std::span<const Value> arguments, Session&) { return arguments[0] == arguments[1]; }

Value dayOfYear(std::span<const Value> arguments, Session&) { return feel::dayOfYear(dateOf(arguments[0])); }
Value weekOfYear(std::span<const Value> arguments, Session&) {
  return feel::weekOfYear(dateOf(arguments[0]));
}

Value dayOfWeek(std::span<const Value> arguments, Session&) {
  constexpr const char* days[] = {"Monday", "Tuesday",  "Wednesday", "Thursday",
                                  "Friday", "Saturday", "Sunday"};
  return days[feel::dayOfWeek(dateOf(arguments[0])) - 1];
}

Value monthOfYear(std::span<const Value> arguments, Session&) {
  constexpr const char* months[] = {"January", "February", "March",     "April",   "May",      "June",
                                    "July",    "August",   "September", "October", "November", "December"};
  return months[dateOf(arguments[0]).month - 1];
}

constexpr BuiltinRow temporal_rows[] = {
    {"now", "", "date and time", now, false},
    {"today", "", "date", today, false},
    {"is", "value1: Any, value2: Any", "boolean", isSame},
    {"day of year", "date: date", "number", dayOfYear},
    {"day of year", "date: date and time", "number", dayOfYear},
    {"day of week", "date: date", "string", dayOfWeek},
    {"day of week", "date: date and time", "string", dayOfWeek},
    {"month of year", "date: date", "string", monthOfYear},
    {"month of year", "date: date and time", "string", monthOfYear},
    {"week of year", "date: date", "number", weekOfYear},
    {"week of year", "date: date and time", "number", weekOfYear},
};

}  // namespace

std::span<const BuiltinRow> temporalBuiltins() { return temporal_rows; }

}  // namespace jinyue::feel
