// Clocks: how long somebody has, by which rule, and why the deadline falls on that day.
//
// A ClockRule is law or promise as data; a ClockRun is what happened to one clock. The deadline is a pure
// function of both and the calendar, so it can be recomputed and explained at any time.
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

/// A rule that says how long something may take. Comes from a pack, with its source; never a constant.
struct ClockRule {
  std::string id;
  Text name;
  ClockUnit unit = ClockUnit::working_day;
  int amount = 0;                ///< what is promised, in units; 1 to 3650
  std::optional<int> statutory;  ///< what the law allows, in the same unit; at least `amount`
  ClockStart start = ClockStart::next_day;
  bool roll = false;             ///< a last day without work moves to the next working day
  int yellow_percent = 80;       ///< share of the time used at which the light turns yellow, 1 to 100
  std::string source;            ///< law and article, or the document that promises it; never empty
};
BOOST_DESCRIBE_STRUCT(ClockRule, (), (id, name, unit, amount, statutory, start, roll, yellow_percent, source))

struct ClockPause {
  Instant from;
  std::optional<Instant> to;  ///< still paused when empty
  std::string reason;         ///< legal ground, never empty
};
BOOST_DESCRIBE_STRUCT(ClockPause, (), (from, to, reason))

struct ClockExtension {
  Instant at;
  int amount = 0;  ///< in the rule's unit, 1 or more
  std::string reason;
  std::string approved_by;
};
BOOST_DESCRIBE_STRUCT(ClockExtension, (), (at, amount, reason, approved_by))

/// What happened to one clock.
struct ClockRun {
  Instant started;
  std::vector<ClockPause> pauses;  ///< in time order, never overlapping; only the last may be open
  std::vector<ClockExtension> extensions;
  std::optional<Instant> stopped;
};
BOOST_DESCRIBE_STRUCT(ClockRun, (), (started, pauses, extensions, stopped))

struct Deadline {
  Instant due;                       ///< the first instant that is too late
  Instant yellow;                    ///< from here on the light is yellow; from `due` on it is red
  std::optional<Instant> statutory;  ///< the law's own deadline, when the rule names one
  bool provisional = false;          ///< some day in it lies past the last announced year
  bool paused = false;               ///< a pause is open: the dates are as if it ended at `now`
};
BOOST_DESCRIBE_STRUCT(Deadline, (), (due, yellow, statutory, provisional, paused))

}  // namespace jinyue::calendar
