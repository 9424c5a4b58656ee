// Jinyue's own functions. What they need from outside is in the session's facts.
#include <algorithm>
#include <initializer_list>

#include "calendar/calendar.h"
#include "feel/builtins.h"

namespace jinyue::feel {

namespace {

Value noCalendar(Session& session) {
  session.note("feel.no-facts", {"这里没有工作日历可查", "there is no calendar of working days here"});
  return {};
}

Value outOfRange(Session& session) {
  session.note("feel.out-of-range", {"日期超出工作日历的范围", "the date is out of the calendar's range"});
  return {};
}

/// Past the announced years only weekends are known: the result says so.
void noteIfProvisional(const calendar::Calendar& calendar, std::initializer_list<Date> days,
                       Session& session) {
  if (std::ranges::none_of(days, [&](Date day) { return calendar.isProvisional(day); })) return;
  session.note("feel.provisional",
               {"所涉年份的放假安排尚未公布，暂按周末推算",
                "the holidays of that year are not announced: reckoned by weekends only"});
}

Value isWorkingDay(std::span<const Value> arguments, Session& session) {
  const auto* calendar = session.facts().calendar;
  if (calendar == nullptr) return noCalendar(session);
  const auto day = arguments[0].asBaseDate();
  if (!day) return outOfRange(session);
  noteIfProvisional(*calendar, {*day}, session);
  return calendar->isWorkingDay(*day);
}

/// The working days after the first date, up to and including the second; negative the other way round.
Value workingDaysBetween(std::span<const Value> arguments, Session& session) {
  const auto* calendar = session.facts().calendar;
  if (calendar == nullptr) return noCalendar(session);
  const auto from = arguments[0].asBaseDate();
  const auto to = arguments[1].asBaseDate();
  if (!from || !to) return outOfRange(session);
  noteIfProvisional(*calendar, {*from, *to}, session);
  return calendar->workingDaysBetween(*from, *to);
}

/// The n-th working day after the date (before it, for negative n).
Value addWorkingDays(std::span<const Value> arguments, Session& session) {
  const auto* calendar = session.facts().calendar;
  if (calendar == nullptr) return noCalendar(session);
  const auto from = arguments[0].asBaseDate();
  if (!from) return outOfRange(session);
  const auto count = arguments[1].asInt64();
  constexpr std::int64_t most = 100'000;
  if (!count || *count > most || *count < -most) {
    session.note("feel.out-of-range", {"天数应为整数，且不超过十万",
                                       "the number of days must be whole and at most a hundred thousand"});
    return {};
  }
  const Date result = calendar->addWorkingDays(*from, *count);
  noteIfProvisional(*calendar, {*from, result}, session);
  return Value::of(result);
}

Value lookup(std::span<const Value> arguments, Session& session) {
  if (!session.facts().lookup) {
    session.note("feel.no-facts", {"这里没有登记册可查", "there are no registers here"});
    return {};
  }
  const auto day = arguments[2].asBaseDate();
  return day ? session.facts().lookup(arguments[0].string(), arguments[1], *day) : outOfRange(session);
}

constexpr BuiltinRow jinyue_rows[] = {
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

std::span<const BuiltinRow> jinyueBuiltins() { return jinyue_rows; }

}  // namespace jinyue::feel
