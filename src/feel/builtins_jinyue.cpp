// Jinyue's own functions. What they need from outside is in the session's facts.
#include "calendar/calendar.h"
#include "feel/builtins.h"

namespace jinyue::feel {

namespace {

Value noFacts(Session& session) {
  session.note("feel.no-facts", {"这里没有工作日历或登记册可查，或日期超出范围",
                                 "there is no calendar or register here, or the date is out of range"});
  return {};
}

Value isWorkingDay(std::span<const Value> arguments, Session& session) {
  const auto day = arguments[0].asBaseDate();
  const auto* calendar = session.facts().calendar;
  return calendar != nullptr && day ? Value(calendar->isWorkingDay(*day)) : noFacts(session);
}

/// The working days after the first date, up to and including the second; negative the other way round.
Value workingDaysBetween(std::span<const Value> arguments, Session& session) {
  const auto from = arguments[0].asBaseDate();
  const auto to = arguments[1].asBaseDate();
  const auto* calendar = session.facts().calendar;
  return calendar != nullptr && from && to ? Value(calendar->workingDaysBetween(*from, *to))
                                           : noFacts(session);
}

/// The n-th working day after the date (before it, for negative n).
Value addWorkingDays(std::span<const Value> arguments, Session& session) {
  const auto from = arguments[0].asBaseDate();
  const auto count = arguments[1].asInt64();
  const auto* calendar = session.facts().calendar;
  constexpr std::int64_t most = 100'000;
  if (calendar == nullptr || !from || !count || *count > most || *count < -most) return noFacts(session);
  return Value::of(calendar->addWorkingDays(*from, *count));
}

Value lookup(std::span<const Value> arguments, Session& session) {
  const auto day = arguments[2].asBaseDate();
  if (!session.facts().lookup || !day) return noFacts(session);
  return session.facts().lookup(arguments[0].string(), arguments[1], *day);
}

constexpr BuiltinRow rows[] = {
    {"is working day", "date: date", "boolean", isWorkingDay, false},
    {"is working day", "date: date and time", "boolean", isWorkingDay, false},
    {"working days between", "start: date, end: date", "number", workingDaysBetween, false},
    {"working days between", "start: date and time, end: date and time", "number", workingDaysBetween, false},
    {"working days between", "start: date, end: date and time", "number", workingDaysBetween, false},
    {"working days between", "start: date and time, end: date", "number", workingDaysBetween, false},
    {"add working days", "date: date, days: number", "date", addWorkingDays, false},
    {"add working days", "date: date and time, days: number", "date", addWorkingDays, false},
    {"lookup", "register: string, key: Any, date: date", "Any", lookup, false},
    {"lookup", "register: string, key: Any, date: date and time", "Any", lookup, false},
};

}  // namespace

std::span<const BuiltinRow> jinyueBuiltins() { return rows; }

}  // namespace jinyue::feel
