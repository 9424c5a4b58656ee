// Scores: the same inputs give the same score, no better value gives less, and weights make a whole.
#include "insight/score.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

namespace jinyue::insight {
namespace {

using feel::Number;

packs::ScoreVersion versionOf(const std::vector<std::pair<int, bool>>& weights) {
  packs::ScoreVersion version{"2026-01-01", "示例", {}};
  for (const auto& [weight, upwards] : weights)
    version.parts.push_back({"i", weight, upwards ? "0" : "100", upwards ? "100" : "0"});
  return version;
}

/// Weights that sum up to 100, each with a direction.
rc::Gen<std::vector<std::pair<int, bool>>> weights() {
  return rc::gen::map(rc::gen::nonEmpty(rc::gen::container<std::vector<std::pair<int, bool>>>(
                          rc::gen::pair(rc::gen::inRange(1, 20), rc::gen::arbitrary<bool>()))),
                      [](std::vector<std::pair<int, bool>> parts) {
                        int sum = 0;
                        std::vector<std::pair<int, bool>> kept;
                        for (const auto& part : parts) {
                          if (sum + part.first > 99) break;
                          sum += part.first;
                          kept.push_back(part);
                        }
                        kept.emplace_back(100 - sum, true);
                        return kept;
                      });
}

std::vector<std::optional<Number>> values(std::size_t count) {
  std::vector<std::optional<Number>> result;
  for (std::size_t i = 0; i < count; ++i) {
    const int thousandths = *rc::gen::inRange(-20'000, 130'000);
    result.push_back(*rc::gen::arbitrary<bool>() || i == 0 ? std::optional{Number::scaled(thousandths, -3)}
                                                           : std::nullopt);
  }
  return result;
}

RC_GTEST_PROP(Score, IsTheSameForTheSameValuesAndBetween0And100, ()) {
  const auto version = versionOf(*weights());
  const auto given = values(version.parts.size());
  const auto score = scoreOf(version, given);
  RC_ASSERT(score.has_value());
  RC_ASSERT(*score >= Number{} && *score <= Number(100));
  RC_ASSERT(score->toString() == scoreOf(version, given)->toString());
}

RC_GTEST_PROP(Score, FallsWithNoBetterValue, ()) {
  const auto version = versionOf(*weights());
  auto given = values(version.parts.size());
  const auto before = *scoreOf(version, given);
  const auto at = *rc::gen::inRange<std::size_t>(0, given.size());
  if (!given[at]) return;
  const Number more = Number::scaled(*rc::gen::inRange(0, 90'000), -3);
  given[at] = version.parts[at].best == "100" ? *given[at] + more : *given[at] - more;
  RC_ASSERT(*scoreOf(version, given) >= before);
}

RC_GTEST_PROP(Score, IsFullWhenAllIsBestAndNothingWhenAllIsWorst, ()) {
  const auto version = versionOf(*weights());
  std::vector<std::optional<Number>> best;
  std::vector<std::optional<Number>> worst;
  for (const auto& part : version.parts) {
    best.push_back(Number::parse(part.best));
    worst.push_back(Number::parse(part.worst));
  }
  RC_ASSERT(scoreOf(version, best)->toString() == "100");
  RC_ASSERT(scoreOf(version, worst)->toString() == "0");
}

RC_GTEST_PROP(Score, OfPartsWithTheSamePointsIsThosePoints, ()) {
  const auto version = versionOf(*weights());
  const int points = *rc::gen::inRange(0, 101);
  std::vector<std::optional<Number>> given;
  for (const auto& part : version.parts)
    given.emplace_back(Number(part.best == "100" ? points : 100 - points));
  given.resize(version.parts.size());
  RC_ASSERT(scoreOf(version, given)->toString() == std::to_string(points));
}

TEST(Score, ByHand) {
  packs::ScoreVersion version{"2026-01-01", "示例", {}};
  version.parts = {{"a", 30, "0", "100"}, {"b", 40, "50", "100"}, {"c", 30, "30", "0"}};
  const auto score = [&](std::optional<int> a, std::optional<int> b, std::optional<int> c) {
    const auto number = [](std::optional<int> each) {
      return each ? std::optional{Number(*each)} : std::nullopt;
    };
    const std::vector<std::optional<Number>> given{number(a), number(b), number(c)};
    const auto result = scoreOf(version, given);
    return result ? result->toString() : "none";
  };
  EXPECT_EQ(score(80, 75, 15), "59");            // 0.3 × 80 + 0.4 × 50 + 0.3 × 50
  EXPECT_EQ(score(80, 40, 45), "24");            // below the worst is nothing, not less
  EXPECT_EQ(score(80, std::nullopt, 15), "65");  // (30 × 80 + 30 × 50) / 60
  EXPECT_EQ(score(std::nullopt, std::nullopt, std::nullopt), "none");
  EXPECT_EQ(pointsOf(version.parts[2], Number(10)).toString(), "66.6667");
}

TEST(Score, EqualScoresHaveTheSameRank) {
  const std::vector<std::optional<Number>> scores{Number(80), std::nullopt, Number(90), Number(80),
                                                  Number(10)};
  const auto ranks = ranksOf(scores);
  EXPECT_EQ(ranks[2], 1);
  EXPECT_EQ(ranks[0], 2);
  EXPECT_EQ(ranks[3], 2);
  EXPECT_EQ(ranks[4], 4);
  EXPECT_FALSE(ranks[1]);
}

TEST(Score, WeightsHoldFromTheirDayOn) {
  packs::Score score{"s", {}, {{"2026-01-01", "a", {}}, {"2026-07-01", "b", {}}}};
  EXPECT_EQ(versionOn(score, makeDate(2025, 12, 31)), nullptr);
  EXPECT_EQ(versionOn(score, makeDate(2026, 6, 30))->source, "a");
  EXPECT_EQ(versionOn(score, makeDate(2026, 7, 1))->source, "b");
}

}  // namespace
}  // namespace jinyue::insight
