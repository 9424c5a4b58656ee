// Stories on the real engine, on both stores; and what they say when they are not true.
#include <filesystem>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "packs/check.h"
#include "packs/scenario_run.h"
#include "packs/small_pack.h"
#include "support/stores.h"

namespace jinyue::packs {
namespace {

using jinyue::testing_support::StoreKind;
using jinyue::testing_support::StorePlace;
using testing_support::SmallPack;

class ScenarioTest : public testing::TestWithParam<StoreKind> {
 protected:
  std::vector<ScenarioResult> play(const Pack& pack, std::span<const Pack* const> needed = {}) {
    const auto stage = Stage::open(place_.address());
    if (!stage) throw std::runtime_error(describe(stage.error()));
    std::vector<ScenarioResult> results;
    for (const PackScenario& scenario : pack.scenarios) {
      auto result = (*stage)->play(pack, needed, scenario);
      if (!result) throw std::runtime_error(describe(result.error()));
      results.push_back(std::move(*result));
    }
    return results;
  }
  /// The differences of the small pack's one story after a change.
  std::vector<Difference> differencesAfter(const std::string& from, const std::string& to) {
    SmallPack pack;
    pack.replace("scenarios/all.json", from, to);
    return play(pack.read().pack).at(0).differences;
  }

  StorePlace place_{GetParam()};
};

std::string wordsOf(const std::vector<Difference>& differences) {
  std::string out;
  for (const Difference& each : differences) out += describe(each) + "\n";
  return out;
}

TEST_P(ScenarioTest, ATrueStoryIsPlayedToItsEnd) {
  const auto results = play(SmallPack().read().pack);
  EXPECT_TRUE(results.at(0).passed()) << wordsOf(results.at(0).differences);
  EXPECT_EQ(results.at(0).steps, 6U);
}

TEST_P(ScenarioTest, AWrongExpectationSaysWhereAndWhatWasThereInstead) {
  const auto differences =
      differencesAfter(R"("urgent": true}, "decisions")", R"("urgent": false}, "decisions")");
  ASSERT_EQ(differences.size(), 1U);
  EXPECT_EQ(differences[0].file, "scenarios/all.json");
  EXPECT_EQ(differences[0].step, 2);
  EXPECT_EQ(differences[0].line, 7);
  EXPECT_EQ(differences[0].expected, "false");
  EXPECT_EQ(differences[0].actual, "true");
}

TEST_P(ScenarioTest, ARefusalThatDoesNotComeIsADifference) {
  const auto differences =
      differencesAfter(R"("with": {"words": "九点"})", R"("with": {"words": "九点"}, "refused": "x.y")");
  ASSERT_EQ(differences.size(), 1U);
  EXPECT_EQ(differences[0].step, 4);
  EXPECT_EQ(differences[0].expected, "x.y");
}

TEST_P(ScenarioTest, AnUnexpectedRefusalNamesTheProblem) {
  const auto differences = differencesAfter(R"("days": 2})", R"("days": "two"})");
  ASSERT_EQ(differences.size(), 1U);
  EXPECT_EQ(differences[0].step, 1);
  EXPECT_THAT(differences[0].actual, testing::HasSubstr("form.invalid"));
  EXPECT_THAT(differences[0].actual, testing::HasSubstr("/days"));
}

TEST_P(ScenarioTest, AFailingServiceIsAnIncident) {
  SmallPack pack;
  pack.replace("scenarios/all.json", R"({"gives": {"shelf": 7}})", R"({"fault": "no paper"})");
  pack.replace("scenarios/all.json", R"(    {"expect": {"status": "completed")",
               R"(    {"wait": "P1D"}, {"expect": {"status": "active", "incidents": ["job.failed"]}},
    {"expect": {"status": "completed")");
  const auto results = play(pack.read().pack);
  const auto& differences = results.at(0).differences;
  ASSERT_EQ(differences.size(), 4U) << wordsOf(
      differences);  // status, variable, notices, incidents of the last step
  EXPECT_EQ(differences[0].step, 8);
}

TEST_P(ScenarioTest, WhatOneStoryLeavesOpenDoesNotReachTheNext) {
  SmallPack pack;
  pack.add("scenarios/left-open.json", R"({"title": {"zh": "留着", "en": "left open"},
    "given": {"at": "2027-09-28", "actors": {"甲": {"id": "account:1", "roles": ["clerk"]}}},
    "story": [{"by": "甲", "start": "ask", "with": {"subject": "何时开门", "days": 2}},
              {"by": "甲", "complete": "answer", "with": {"words": "x"}}]})");
  pack.add("scenarios/then.json", R"({"title": {"zh": "然后", "en": "then"},
    "given": {"at": "2026-01-01", "actors": {"甲": {"id": "account:1", "roles": ["clerk"]}},
              "services": {"archive": [{"gives": {"shelf": 8}}]}},
    "story": [{"by": "甲", "start": "ask", "with": {"subject": "何时开门", "days": 9}},
              {"by": "甲", "complete": "answer", "with": {"words": "x"}},
              {"by": "甲", "message": "more", "key": "何时开门", "with": {"extra": "?"}},
              {"expect": {"status": "completed", "variables": {"shelf": 8, "urgent": false}}}]})");
  for (const ScenarioResult& result : play(pack.read().pack)) {
    EXPECT_TRUE(result.passed()) << wordsOf(result.differences);
  }
}

TEST_P(ScenarioTest, AStoreThatHoldsCasesIsLeftAlone) {
  play(SmallPack().read().pack);
  const auto again = Stage::open(place_.address());
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().code, "scenario.store-in-use");
}

/// The stories of every pack in packs/ are true.
TEST_P(ScenarioTest, ThePacksOfTheRepositoryDoWhatTheirStoriesTell) {
  std::vector<Pack> all;
  for (const auto& entry : std::filesystem::directory_iterator(JINYUE_SOURCE_DIR "/packs")) {
    auto reading = readPack(entry.path().string());
    ASSERT_TRUE(reading) << describe(reading.error());
    all.push_back(std::move(reading->pack));
  }
  std::size_t played = 0;
  const auto stage = Stage::open(place_.address());
  ASSERT_TRUE(stage) << describe(stage.error());
  for (const Pack& pack : all) {
    const auto needed = neededBy(pack, all);
    for (const PackScenario& scenario : pack.scenarios) {
      const auto result = (*stage)->play(pack, needed, scenario);
      ASSERT_TRUE(result) << describe(result.error());
      EXPECT_TRUE(result->passed()) << pack.folder << "\n" << wordsOf(result->differences);
      ++played;
    }
  }
  EXPECT_GE(played, 4U);
}

INSTANTIATE_TEST_SUITE_P(, ScenarioTest, testing::Values(StoreKind::sqlite, StoreKind::postgres),
                         jinyue::testing_support::nameOfStore);

}  // namespace
}  // namespace jinyue::packs
