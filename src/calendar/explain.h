// Why a deadline falls on its day, as data that a page can draw.
#pragma once

#include "calendar/clock.h"

namespace jinyue::calendar {

enum class DayKind {
  start,    ///< the start day; with start next_day it is not counted
  counted,  ///< counts: for whole days it carries its number, otherwise the spans that count
  weekend,  ///< an ordinary Saturday or Sunday, not worked
  holiday,  ///< off by notice; carries the holiday's name
  paused,   ///< would count, but the clock was paused; carries the reason
  rolled,   ///< the working day that a last day without work moved to
};
BOOST_DESCRIBE_ENUM(DayKind, start, counted, weekend, holiday, paused, rolled)

/// A stretch of time, from `from` up to but not including `to`.
struct Span {
  Instant from;
  Instant to;
  bool operator==(const Span&) const = default;
};
BOOST_DESCRIBE_STRUCT(Span, (), (from, to))

struct ExplainedDay {
  Date date;
  DayKind kind = DayKind::counted;
  std::optional<int> number;          ///< a counted whole day: which one it is, from 1
  std::vector<Span> spans;            ///< clocks that measure time: what of this day counts
  std::optional<Text> holiday;        ///< the holiday it is off for, or makes up for
  bool make_up = false;               ///< a weekend day that is worked
  std::optional<std::string> reason;  ///< of a pause that kept this day, or a part of it, from counting
  int extended = 0;                   ///< units granted on this day
  bool last = false;                  ///< the deadline is in this day or at its end
  bool statutory_last = false;        ///< so is the law's
  bool provisional = false;           ///< the holidays of its year are not announced, and they matter
  bool operator==(const ExplainedDay&) const = default;
};
BOOST_DESCRIBE_STRUCT(ExplainedDay, (),
                      (date, kind, number, spans, holiday, make_up, reason, extended, last, statutory_last,
                       provisional))

/// The notice that the days of one year rest on.
struct YearSource {
  int year = 0;
  Source source;
  bool operator==(const YearSource&) const = default;
};
BOOST_DESCRIBE_STRUCT(YearSource, (), (year, source))

struct Explanation {
  ClockRule rule;
  ClockRun run;       ///< with each pause and extension
  int extended = 0;   ///< what the extensions add together, in the rule's unit
  Deadline deadline;  ///< the same as deadline() gives
  Light light = Light::green;
  std::vector<ExplainedDay> days;  ///< every day from the start day to the last one, in order
  std::string calendar;            ///< id and version of the calendar used
  std::string calendar_version;
  Date announced_until;             ///< last day with announced holidays
  std::vector<YearSource> sources;  ///< notices the days rest on; none when holidays don't matter
  bool operator==(const Explanation&) const = default;
};
BOOST_DESCRIBE_STRUCT(Explanation, (),
                      (rule, run, extended, deadline, light, days, calendar, calendar_version,
                       announced_until, sources))

/// Explains deadline(rule, run, calendar, now); the same conditions hold.
Explanation explain(const ClockRule& rule, const ClockRun& run, const Calendar& calendar, Instant now);

}  // namespace jinyue::calendar
