#include "packs/difference.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "packs/small_pack.h"
#include "support/test_city.h"

namespace jinyue::packs {
namespace {

using jinyue::testing_support::openTestCity;
using jinyue::testing_support::StoreKind;
using jinyue::testing_support::StorePlace;
using jinyue::testing_support::TestClock;
using testing_support::SmallPack;

TEST(PackDifference, NamesWhatIsAddedChangedAndRemoved) {
  SmallPack changed;
  changed.replace("ask.bpmn", R"(<endEvent id="e"/>)", R"(<endEvent id="end"/>)");
  changed.replace("ask.bpmn", R"(sourceRef="tell" targetRef="e")", R"(sourceRef="tell" targetRef="end")");
  changed.replace("urgent.dmn", "&lt; 3", "&lt; 4");
  changed.replace("clocks.json", R"("amount": 3)", R"("amount": 4)");
  changed.add("notices.txt", "x");
  const auto changes = differenceBetween(SmallPack().read().pack, changed.read().pack);
  EXPECT_THAT(changes, testing::UnorderedElementsAre(PackChange{Change::changed, "file", "ask.bpmn"},
                                                     PackChange{Change::changed, "file", "urgent.dmn"},
                                                     PackChange{Change::changed, "file", "clocks.json"},
                                                     PackChange{Change::added, "file", "notices.txt"},
                                                     PackChange{Change::added, "node", "end"},
                                                     PackChange{Change::removed, "node", "e"},
                                                     PackChange{Change::changed, "node", "f6"},
                                                     PackChange{Change::changed, "table", "urgent"},
                                                     PackChange{Change::changed, "clock", "three-days"}));
}

TEST(PackDifference, OfAPackWithItselfThereIsNone) {
  const Pack pack = SmallPack().read().pack;
  EXPECT_TRUE(differenceBetween(pack, pack).empty());
  const auto deployed = fromDeployment(toDeployment(pack));
  ASSERT_TRUE(deployed);
  EXPECT_TRUE(differenceBetween(*deployed, pack).empty());
}

class PackDeployTest : public testing::TestWithParam<StoreKind> {};

TEST_P(PackDeployTest, RunningCasesKeepTheFormsOfTheirVersionAndItIsSaidWhichCouldNotMove) {
  const StorePlace place{GetParam()};
  TestClock clock{"2026-09-28T01:00:00Z"};
  const auto fails = [](const casework::Job&) -> casework::JobResult {
    return casework::JobFault{"not here"};
  };
  const auto city = openTestCity(place, clock, {{"archive", fails}, {"notify", fails}});
  const Pack first = SmallPack().read().pack;
  const auto deployed = city->deploy(toDeployment(first));
  ASSERT_TRUE(deployed) << describe(deployed.error());
  casework::Request request;
  bpmn::Start start;
  start.process = "ask";
  start.variables = feel::Context{{"subject", feel::Value("何时开门")}, {"days", feel::Value(2)}};
  request.definition = (*deployed)->id;
  request.command = start;
  request.actor = {"account:1", "", {}};
  const auto started = city->engine().run(request);
  ASSERT_TRUE(started) << describe(started.error());

  SmallPack second;
  second.replace("forms/reply.json", R"("en": "reply"})", R"("en": "answer"})");
  second.replace("ask.bpmn", R"(<userTask id="answer")", R"(<userTask id="respond")");
  second.replace("ask.bpmn", R"(targetRef="answer")", R"(targetRef="respond")");
  second.replace("ask.bpmn", R"(sourceRef="answer")", R"(sourceRef="respond")");
  const auto preview = previewMigration(city->store(), city->engine().seal(), city->definitions(), **deployed,
                                        second.read().pack, clock.now());
  ASSERT_TRUE(preview) << describe(preview.error());
  EXPECT_EQ(preview->running, 1);
  ASSERT_EQ(preview->stuck.size(), 1U);
  EXPECT_THAT(describe(preview->stuck[0]), testing::HasSubstr("answer"));
  const auto same = previewMigration(city->store(), city->engine().seal(), city->definitions(), **deployed,
                                     first, clock.now());
  ASSERT_TRUE(same) << describe(same.error());
  EXPECT_TRUE(same->stuck.empty());

  const auto newer = city->deploy(toDeployment(second.read().pack));
  ASSERT_TRUE(newer) << describe(newer.error());
  const store::CaseId ids[] = {started->case_id};
  const auto row = city->store().loadCases(ids).at(0);
  const auto pack_of_case = packOf(city->store(), row.definition);
  ASSERT_TRUE(pack_of_case) << describe(pack_of_case.error());
  EXPECT_EQ(pack_of_case->form("reply")->title().en, "reply");
  EXPECT_EQ(packOf(city->store(), (*newer)->id)->form("reply")->title().en, "answer");
}

INSTANTIATE_TEST_SUITE_P(, PackDeployTest, testing::Values(StoreKind::sqlite, StoreKind::postgres),
                         jinyue::testing_support::nameOfStore);

}  // namespace
}  // namespace jinyue::packs
