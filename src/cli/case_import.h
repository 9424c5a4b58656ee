// Brings in the cases of a CSV file through the real engine with simulated time: each case is started when it
// really was, and each step is done when it really happened. A mapping file says which columns mean what.
//
//   {"pack": "hotline", "item": "hotline",
//    "case_column": "Unique Key",
//    "columns": {"kind": "Complaint Type", "street": "Incident Address"},
//    "times": {"created": {"column": "Created Date", "format": "%m/%d/%Y %H:%M"}},
//    "start": {"at": "created", "by": {"unit": "12345", "roles": ["agent"]}, "with": {"title": "kind"}},
//    "steps": [{"complete": "accept", "at": "created", "by": {…}, "when": "…", "with": {…}}]}
//
// Expressions are FEEL over the columns by their names in the mapping (a text, or null when empty), the times
// (date and time, or null), `nth` (which row or event of the case, from 1) and `events` (how many rows the
// case has). `case_column` tells cases apart: several rows with the same value are the events of one case,
// and a step with "each": true is done once for each of them, in the order of its time. Other steps are done
// one after the other: one whose time lies before that of the step before it is done with that one.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/describe.hpp>

#include "api/deployed_packs.h"
#include "cli/city.h"

namespace jinyue::cli {

/// A column that holds moments. Formats: "iso" (ISO 8601 with offset, a blank for the T is allowed), or as
/// strptime has it, which is taken as local time of China.
struct TimeColumn {
  std::string column;
  std::string format;
  bool operator==(const TimeColumn&) const = default;
};
BOOST_DESCRIBE_STRUCT(TimeColumn, (), (column, format))

struct MappedActor {
  static constexpr bool json_sparse = true;
  std::string id;    ///< FEEL; by default made of unit and role
  std::string unit;  ///< FEEL: a text
  std::vector<std::string> roles;
  bool operator==(const MappedActor&) const = default;
};
BOOST_DESCRIBE_STRUCT(MappedActor, (), (id, unit, roles))

struct MappedStep {
  static constexpr bool json_sparse = true;
  std::string complete;  ///< node of a task
  bool each = false;     ///< once for each row of the case
  std::string when;      ///< FEEL; done only when true; empty: always
  std::string at;        ///< FEEL: date and time
  MappedActor by;
  std::map<std::string, std::string, std::less<>> with;  ///< FEEL by field; what gives null is left out
  bool operator==(const MappedStep&) const = default;
};
BOOST_DESCRIBE_STRUCT(MappedStep, (), (complete, each, when, at, by, with))

struct CaseMapping {
  static constexpr bool json_sparse = true;
  Text title;
  std::string source;  ///< where the file comes from
  std::string pack;
  std::string item;
  std::string case_column;
  std::map<std::string, std::string, std::less<>> columns;
  std::map<std::string, TimeColumn, std::less<>> times;
  MappedStep start;
  std::vector<MappedStep> steps;
  bool operator==(const CaseMapping&) const = default;
};
BOOST_DESCRIBE_STRUCT(CaseMapping, (), (title, source, pack, item, case_column, columns, times, start, steps))

/// What an import needs of a city whose clock is `now`.
struct ImportPlace {
  City& city;
  api::DeployedPacks& packs;
  Instant& now;
};

struct ImportCounts {
  std::int64_t rows = 0;
  std::int64_t cases = 0;
  std::int64_t steps = 0;
};

/// The first moment that the file tells of: a city that takes it in has been there since.
std::optional<Instant> firstMoment(const CaseMapping& mapping, std::string_view csv);

/// Refuses with everything that is wrong of mapping and file before anything is done ("import.mapping",
/// "import.rows"); a step that the engine refuses ends it ("import.step").
Result<ImportCounts> importCases(const ImportPlace& place, const CaseMapping& mapping, std::string_view csv);

}  // namespace jinyue::cli
