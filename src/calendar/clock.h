// Clocks: how long somebody has, by which rule, and when the light turns.
//
// A ClockRule is law or promise as data; a ClockRun is what happened to one clock. The deadline is a pure
// function of both and the calendar, so it can be recomputed and explained (explain.h) at any time.
//
// What counts
// - Whole days (a day unit with start next_day; the rule of 行政许可法 art 82, 行政处罚法 art 85 and 民法典
// art 201):
//   the start day is not counted. A day counts when the clock is running at its end (24:00) and, for working
//   days, the day is worked. The deadline is the end of the day that completes the amount, that is 00:00 of
//   the next day, the first instant too late. So the day on which a clock is paused is not counted and the
//   day on which it is resumed is; a pause within one day changes nothing; and a clock never runs out while
//   it is paused.
// - Running time (every other combination): the clock measures time. An hour is any hour; a working hour lies
// in
//   the calendar's working periods of a working day; a natural day is 24 hours; a working day is 24 hours of
//   working days, so that 1 working day from Friday 10:00 ends on Monday 10:00 and from Saturday 10:00 with
//   Monday. It starts at the instant (same_instant) or at 00:00 of the following day (next_day). Paused time
//   does not count. The deadline is the first instant at which the measured time reaches the amount.
// - An extension adds to the amount. It adds to the law's time only as far as both together exceed it: only
// an
//   extension that the law itself provides can do that.
// - Roll (民法典 art 203): when the last whole natural day is not worked, the next working day that counts
// (not paused
//   at its end) is the last day.
// - Yellow begins when the yellow share of the amount is used: for whole days at the end of day
//   floor(amount × yellow_percent / 100), where day 0 is the start day, so that the last day is always yellow
//   at least below 100 %. Never later than the deadline, and not moved by roll.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "base/problem.h"
#include "base/time.h"
#include "calendar/calendar.h"

namespace jinyue::calendar {

enum class ClockUnit { working_day, natural_day, working_hour, hour };
BOOST_DESCRIBE_ENUM(ClockUnit, working_day, natural_day, working_hour, hour)

enum class ClockStart {
  same_instant,  ///< runs from the moment itself; a day unit ends at the same time of day
  next_day,      ///< runs from 00:00 of the following day; a day unit ends with the last day (24:00)
};
BOOST_DESCRIBE_ENUM(ClockStart, same_instant, next_day)

/// The largest amount of a rule, extensions included, in any unit.
inline constexpr int max_clock_amount = 3650;
/// The most pauses, and the most extensions, that one clock can have.
inline constexpr std::size_t max_clock_events = 1000;

/// A rule that says how long something may take. Comes from a pack, with its source; never a constant.
struct ClockRule {
  std::string id;
  Text name;
  ClockUnit unit = ClockUnit::working_day;
  int amount = 0;                ///< what is promised, in units; 1 to max_clock_amount
  std::optional<int> statutory;  ///< what the law allows, in the same unit; at least `amount`
  std::optional<int>
      extension_limit;  ///< what all extensions together may add; any approved amount when empty
  ClockStart start = ClockStart::next_day;
  bool roll = false;        ///< a last day without work moves to the next working day; whole days only
  int yellow_percent = 80;  ///< share of the time used at which the light turns yellow, 1 to 100
  std::string source;       ///< law and article, or the document that promises it; never empty
  bool operator==(const ClockRule&) const = default;
};
BOOST_DESCRIBE_STRUCT(ClockRule, (),
                      (id, name, unit, amount, statutory, extension_limit, start, roll, yellow_percent,
                       source))

struct ClockPause {
  Instant from;
  std::optional<Instant> to;  ///< still paused when empty
  std::string reason;         ///< legal ground, never empty
  bool operator==(const ClockPause&) const = default;
};
BOOST_DESCRIBE_STRUCT(ClockPause, (), (from, to, reason))

struct ClockExtension {
  Instant at;
  int amount = 0;  ///< in the rule's unit, 1 or more
  std::string reason;
  std::string approved_by;
  bool operator==(const ClockExtension&) const = default;
};
BOOST_DESCRIBE_STRUCT(ClockExtension, (), (at, amount, reason, approved_by))

/// What happened to one clock.
struct ClockRun {
  Instant started;
  std::vector<ClockPause> pauses;          ///< in time order, never overlapping; only the last may be open
  std::vector<ClockExtension> extensions;  ///< in time order
  std::optional<Instant> stopped;          ///< nothing happens to a clock after it is stopped
  bool operator==(const ClockRun&) const = default;
};
BOOST_DESCRIBE_STRUCT(ClockRun, (), (started, pauses, extensions, stopped))

struct Deadline {
  Instant due;                       ///< the first instant that is too late
  Instant yellow;                    ///< from here on the light is yellow; from `due` on it is red
  std::optional<Instant> statutory;  ///< the law's own deadline, when the rule names one
  bool provisional = false;          ///< some day that decided it lies outside the announced years
  bool paused = false;               ///< a pause is open: the dates are as if it ended at `now`
  std::optional<Instant> held_at;    ///< the light stands still since then: paused or stopped
  bool operator==(const Deadline&) const = default;
};
BOOST_DESCRIBE_STRUCT(Deadline, (), (due, yellow, statutory, provisional, paused, held_at))

enum class Light { green, yellow, red };
BOOST_DESCRIBE_ENUM(Light, green, yellow, red)

/// Days are counted as wholes, at their end; otherwise time is measured.
constexpr bool countsWholeDays(const ClockRule& rule) {
  return rule.start == ClockStart::next_day &&
         (rule.unit == ClockUnit::working_day || rule.unit == ClockUnit::natural_day);
}

/// Says everything that is wrong with a rule in one answer, by JSON pointer.
Result<void> checkRule(const ClockRule& rule);
/// The same for a run under a (good) rule, such as one read from a file. The operations below only make good
/// runs.
Result<void> checkRun(const ClockRule& rule, const ClockRun& run);

/// The deadline as known at `now`; `now` only matters while a pause is open, and is taken as within
/// 1900–2199. Rule and run must be good (checkRule, checkRun), otherwise std::invalid_argument is thrown.
Deadline deadline(const ClockRule& rule, const ClockRun& run, const Calendar& calendar, Instant now);

/// A paused clock keeps the colour it had when it was paused, a stopped one that of the moment it stopped.
Light light(const Deadline& deadline, Instant now);

// Operations: each gives the run as it is afterwards, or says why not. `at` may not lie before the last thing
// that happened ("clock.backwards") nor outside 1900–2199 ("clock.time-range"); nothing is possible once a
// clock is stopped ("clock.stopped"). Reasons may not be empty or longer than 2,000 characters
// ("clock.reason").

/// A fresh clock.
Result<ClockRun> start(Instant at);
/// Refuses a paused clock ("clock.paused").
Result<ClockRun> pause(ClockRun run, Instant at, std::string reason);
/// Refuses a clock that is not paused ("clock.not-paused").
Result<ClockRun> resume(ClockRun run, Instant at);
/// A negative amount takes back what was added before. Refuses 0, less than that, more than the rule allows
/// or max_clock_amount ("clock.amount"), and an empty approver ("clock.approver"), but no paused or late
/// clock.
Result<ClockRun> extend(const ClockRule& rule, ClockRun run, Instant at, int amount, std::string reason,
                        std::string approved_by);
/// Ends an open pause with it.
Result<ClockRun> stop(ClockRun run, Instant at);

/// What the extensions add, in the rule's unit.
int extendedBy(const ClockRun& run);
/// The time of the last thing that happened.
Instant lastEvent(const ClockRun& run);

}  // namespace jinyue::calendar
