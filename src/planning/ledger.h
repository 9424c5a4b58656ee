// The ledger of a plan: its measures and their parts as they stand, with the days on which things happened.
// All questions about it (standing.h, schedule.h) are answered from these rows, as of any day.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/time.h"
#include "feel/number.h"
#include "planning/plan_text.h"

namespace jinyue::planning {

struct RouteStep {
  std::string step;
  std::optional<Date> until;
};

struct LedgerTarget {
  std::string text;
  Comparator comparator = Comparator::equal;
  feel::Number value;
  std::string unit;
  std::optional<Date> until;
};

struct TargetValue {
  int target = 0;  ///< which of the measure's targets, from 1
  feel::Number value;
};

/// A report that somebody else found to be true.
struct Report {
  int cycle = 0;
  Date on;
  feel::Number progress;  ///< per cent
  std::string summary;
  std::vector<std::string> evidence;
  std::vector<TargetValue> values;
};

/// A supervision order that was sent.
struct Order {
  int cycle = 0;
  Date on;
  std::string reason;  ///< "late-report", "past-deadline"
};

/// What one unit or area does of a measure.
struct Part {
  std::int64_t case_id = 0;
  std::string id;
  std::string unit;
  std::string area;
  std::string task;
  std::optional<Date> opened;
  std::optional<Date> due;
  std::optional<Date> closed;
  std::optional<Date> carried;
  std::vector<Report> reports;  ///< in the order of days
  std::vector<Order> orders;
};

struct LedgerMeasure {
  std::int64_t case_id = 0;  ///< 0: its own case is out of the caller's reach, only parts are known
  std::string id;
  std::string number;
  std::string section;
  std::string subsection;
  std::string title;
  std::vector<std::string> leads;
  std::vector<std::string> assisting;
  std::vector<std::string> areas;
  std::string problem;
  std::string goal;
  std::string result;
  std::vector<RouteStep> route;
  std::vector<LedgerTarget> targets;
  std::string previous;  ///< the measure of the plan before that it goes on with
  std::optional<Date> drafted;
  std::optional<Date> due;
  std::optional<Date> issued;
  std::optional<Date> decomposed;
  std::optional<Date> closed;
  std::optional<Date> carried;
  std::vector<Part> parts;
};

}  // namespace jinyue::planning
