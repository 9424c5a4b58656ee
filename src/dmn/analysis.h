// What is wrong with a decision table before anybody asks it: inputs for which no rule matches (gaps), rules
// that match together (overlaps), rules that can never decide anything (dead rules). As data that a page can
// show.
//
// The domain of each input is cut at every value that a cell names; a table is then about finitely many
// boxes. Null is not looked at: only "-" accepts it. A cell that is no constant test ("opaque") is taken as
// one that may hold or not.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "dmn/dmn.h"
#include "dmn/shape.h"

namespace jinyue::dmn {

/// The part of one input's domain that a finding is about.
struct InputRegion {
  bool is_any = true;               ///< the whole domain
  std::vector<Interval> intervals;  ///< in order, as few as possible
  bool has_others = false;          ///< also every value that no cell names (of strings)
  std::vector<feel::Value>
      named;  ///< with has_others: the values that cells name and that are not in the region
};
/// As a FEEL unary test: `[5..10)`, `"A", "B"`, `not("A")`, `-`.
std::string describe(const InputRegion& region);

/// One region for each input of the table.
using Region = std::vector<InputRegion>;

struct Gap {
  Region region;
  bool is_certain = true;  ///< false: a rule with an opaque cell may match there
};

struct Overlap {
  std::uint32_t first = 0;  ///< rules, from 0 in the order of the table
  std::uint32_t second = 0;
  Region region;
  bool differs = false;  ///< the results of the two are not the same text or constant
  bool is_certain = true;
};

struct DeadRule {
  enum class Why {
    impossible,  ///< its conditions can't hold together, or lie outside of the allowed values
    masked,      ///< wherever it matches, other rules win (or, in a table that wants one match, also match)
    redundant,   ///< another rule with the same result matches wherever it does
  };
  std::uint32_t rule = 0;
  Why why = Why::impossible;
  std::vector<std::uint32_t> by;  ///< the rules that take its place
};

struct AnalysisLimits {
  std::uint64_t work = 200'000'000;  ///< steps, about a nanosecond each
  std::size_t gaps = 1000;           ///< more are not listed
  std::size_t overlaps = 10'000;
};

struct Analysis {
  std::vector<Gap> gaps;
  std::vector<Overlap> overlaps;
  std::vector<DeadRule> dead_rules;
  std::vector<std::uint32_t> opaque_rules;  ///< rules with a cell that can't be analysed
  /// What could not be finished within the limits: then there may be more than is listed.
  bool gaps_complete = true;
  bool overlaps_complete = true;
  bool dead_rules_complete = true;
  bool isComplete() const { return gaps_complete && overlaps_complete && dead_rules_complete; }
};

/// Analyses a table of the model, by its place in Model::tables().
Analysis analyse(const Model& model, std::uint32_t table, const AnalysisLimits& limits = {});

}  // namespace jinyue::dmn
