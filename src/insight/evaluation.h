// The tree of an evaluation of the business environment: the scores of its leaves and what they come to.
//
// B-READY: a topic is the mean of its three pillars, a pillar the mean over the topics; there is no score of
// the whole (World Bank, B-READY methodology). The national indicators have groups, and no pillars.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "base/problem.h"
#include "feel/number.h"

namespace jinyue::insight {

/// One indicator as its newest case in the year has it. Decimals are texts with two digits.
struct EvaluationLeaf {
  std::string code;
  Text name;
  Text group;                ///< the topic
  Text pillar;               ///< empty for the national ones
  std::int64_t case_id = 0;  ///< 0: nobody has begun
  std::string unit;
  std::string value;
  std::string value_source;
  std::string value_period;
  std::optional<std::string> self_score;
  std::optional<std::string> reviewed_score;  ///< by another person
  std::optional<std::string> target_score;
  std::optional<std::string>
      gap;  ///< what the reviewed score lacks of the target; absent when it lacks nothing
  std::string measure;
  std::string measure_by;  ///< YYYY-MM-DD
  bool measure_done = false;
  bool operator==(const EvaluationLeaf&) const = default;
};
BOOST_DESCRIBE_STRUCT(EvaluationLeaf, (),
                      (code, name, group, pillar, case_id, unit, value, value_source, value_period,
                       self_score, reviewed_score, target_score, gap, measure, measure_by, measure_done))

/// A mean over leaves that have a reviewed score.
struct EvaluationMean {
  Text name;
  std::int64_t indicators = 0;
  std::int64_t reviewed = 0;
  std::optional<std::string> score;
  bool operator==(const EvaluationMean&) const = default;
};
BOOST_DESCRIBE_STRUCT(EvaluationMean, (), (name, indicators, reviewed, score))

struct EvaluationTree {
  std::string framework;
  std::int64_t year = 0;
  std::vector<EvaluationLeaf> leaves;
  std::vector<EvaluationMean> topics;
  std::vector<EvaluationMean> pillars;
  bool operator==(const EvaluationTree&) const = default;
};
BOOST_DESCRIBE_STRUCT(EvaluationTree, (), (framework, year, leaves, topics, pillars))

/// Fills in topics, pillars and gaps from the leaves.
void addMeans(EvaluationTree& tree);

}  // namespace jinyue::insight
