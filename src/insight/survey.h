// Satisfaction surveys: what is asked of whom, and what the answers come to. Answers are counted and not
// kept: a tally says how many in a stratum chose an option, so that no answer can be traced to anybody.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "base/problem.h"
#include "feel/number.h"

namespace jinyue::insight {

struct SurveyOption {
  Text title;
  std::int64_t score = 0;  ///< 0 to 100
  bool operator==(const SurveyOption&) const = default;
};
BOOST_DESCRIBE_STRUCT(SurveyOption, (), (title, score))

struct SurveyQuestion {
  std::string id;
  Text title;
  std::vector<SurveyOption> options;
  std::int64_t weight = 1;  ///< in the index, against those of the other questions
  bool operator==(const SurveyQuestion&) const = default;
};
BOOST_DESCRIBE_STRUCT(SurveyQuestion, (), (id, title, options, weight))

/// A part of those who could be asked, with how many they are.
struct SurveyStratum {
  std::string id;
  Text title;
  std::int64_t population = 0;
  bool operator==(const SurveyStratum&) const = default;
};
BOOST_DESCRIBE_STRUCT(SurveyStratum, (), (id, title, population))

struct SurveyDesign {
  Text title;
  std::string source;  ///< who asks, by which document
  std::vector<SurveyQuestion> questions;
  std::vector<SurveyStratum> strata;
  /// Results of fewer answers are not shown: they could tell who said what.
  std::int64_t least_answers = 5;
  bool operator==(const SurveyDesign&) const = default;
};
BOOST_DESCRIBE_STRUCT(SurveyDesign, (), (title, source, questions, strata, least_answers))

/// Everything that is wrong with a design at once, with JSON pointers.
Result<void> checkDesign(const SurveyDesign& design);

/// The option chosen of each question, by its place from 0.
using SurveyAnswers = std::map<std::string, std::int64_t, std::less<>>;

/// Refuses questions that are not answered or not asked, and options that are not there.
Result<void> checkAnswers(const SurveyDesign& design, const SurveyAnswers& answers);
/// 0 to 100: the weighted mean of the options' scores, rounded to a whole number.
std::int64_t indexOf(const SurveyDesign& design, const SurveyAnswers& answers);

/// How often each value was counted. The question "" stands for the index of an answer.
struct Tally {
  std::string stratum;
  std::string question;
  std::int64_t choice = 0;
  std::int64_t answers = 0;
};

/// The index of a part. Decimals are texts with two digits.
struct SurveyIndex {
  std::string stratum;  ///< empty: all together
  std::int64_t population = 0;
  std::int64_t invited = 0;
  std::optional<std::int64_t> answers;       ///< n; absent when too few to be shown
  std::optional<std::string> response_rate;  ///< in percent
  std::optional<std::string> index;
  /// Half of the 95% confidence interval, with the correction for a finite population:
  /// 1.96 × √((1 − n/N) s²/n); of all strata √(Σ (N_h/N)² …). Absent with fewer than two answers.
  std::optional<std::string> margin;
  bool operator==(const SurveyIndex&) const = default;
};
BOOST_DESCRIBE_STRUCT(SurveyIndex, (), (stratum, population, invited, answers, response_rate, index, margin))

struct SurveyShare {
  std::string question;
  std::int64_t choice = 0;
  std::int64_t answers = 0;
  std::string share;  ///< in percent of the answers
  bool operator==(const SurveyShare&) const = default;
};
BOOST_DESCRIBE_STRUCT(SurveyShare, (), (question, choice, answers, share))

struct SurveyResults {
  SurveyIndex all;
  std::vector<SurveyIndex> strata;
  std::vector<SurveyShare> shares;  ///< of all together
  bool operator==(const SurveyResults&) const = default;
};
BOOST_DESCRIBE_STRUCT(SurveyResults, (), (all, strata, shares))

/// `invited` by stratum. A stratum with too few answers is not shown; when it is only one, neither is the
/// next smallest: what is hidden could be had by taking away what is shown from the whole.
SurveyResults resultsOf(const SurveyDesign& design, const std::vector<Tally>& tallies,
                        const std::map<std::string, std::int64_t, std::less<>>& invited);

}  // namespace jinyue::insight
