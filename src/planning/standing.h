// How measures stand as of a day: stage, progress, light, what is late and why, what the three lists lack.
#pragma once

#include "calendar/clock.h"
#include "planning/ledger.h"

namespace jinyue::planning {

enum class Stage { draft, issued, in_progress, closed, carried_over };
BOOST_DESCRIBE_ENUM(Stage, draft, issued, in_progress, closed, carried_over)

/// One thing that is late, and why.
struct Lateness {
  std::string code;  ///< "measure.past-due", "measure.not-broken-down", "part.past-due", "part.no-report"
  std::string part;  ///< id of the part; empty: the measure itself
  std::string unit;
  int days = 0;  ///< that it is late, on the day that was asked for
  Text text;
};
BOOST_DESCRIBE_STRUCT(Lateness, (), (code, part, unit, days, text))

struct Standing {
  Stage stage = Stage::draft;
  int progress = 0;                      ///< per cent, rounded down: the mean of its parts
  std::optional<calendar::Light> light;  ///< none: nothing runs (a draft, closed, carried over)
  std::vector<Lateness> late;
};

/// The clock rule gives the share at which a light turns yellow; the time it runs is from the day of issue to
/// the day on which the measure is due.
struct StandingRules {
  calendar::ClockRule clock;
  const calendar::Calendar* calendar = nullptr;
};

/// Whether the row was there on that day.
bool isKnown(const LedgerMeasure& measure, Date as_of);
Standing standingOf(const LedgerMeasure& measure, Date as_of, const StandingRules& rules);
/// Of one part: its progress by the last report until that day; 100 when it was closed.
int progressOf(const Part& part, Date as_of);
/// Red from the day after `due`; none without a day.
std::optional<calendar::Light> lightOf(std::optional<Date> from, std::optional<Date> due, Date as_of,
                                       const StandingRules& rules);

/// What a measure lacks. The three lists keep it from being issued; the orientations are asked for.
struct Gap {
  std::string code;  ///< "route", "timetable", "owner"; "problem", "goal", "result"; "route.after-due"
  bool blocks = false;
  Text text;
};
BOOST_DESCRIBE_STRUCT(Gap, (), (code, blocks, text))
std::vector<Gap> gapsOf(const LedgerMeasure& measure);

/// Whether a value does what was promised, each comparison in its own direction.
bool meets(Comparator comparator, const feel::Number& done, const feel::Number& planned);

/// How far a target is reached.
struct Attainment {
  std::optional<feel::Number> value;  ///< none: nobody has reported one
  std::optional<Date> on;             ///< of the last report that counts
  bool attained = false;
  std::optional<int> percent;  ///< of "at least" and "equal" targets, rounded down, at most 100
};
/// Values that add up (10 of one area and 5 of another) are added over the parts, each with its last report;
/// rates, ranks and times do not: the last report counts, that of a lead unit before all others.
Attainment attainmentOf(const LedgerMeasure& measure, std::size_t target, Date as_of);

}  // namespace jinyue::planning
