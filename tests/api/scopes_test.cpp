// Grants for some units, areas and states: what lies outside is not there, in lists, searches and commands.

#include <gtest/gtest.h>

#include "api/served_city.h"

namespace jinyue::api {
namespace scopes_test {

using test::Answer;
using test::at;
using test::json;
using test::Person;
using test::ServedCity;

std::size_t itemsOf(const Answer& answer) {
  EXPECT_EQ(answer.status, 200) << answer.body;
  return answer.status == 200 ? json(answer).at("items").as_array().size() : 0;
}

TEST(Scopes, AGrantForStatesReachesCasesInThoseStates) {
  using enum store::CaseStatus;
  ServedCity city;
  const auto running = city.hotlineCase("在办的路灯");
  const auto cancelled_one = city.hotlineCase("撤销的路灯");
  city.officer("duban", "市营商局", {{"supervisor"}});
  Person duban = city.signIn("duban");
  ASSERT_EQ(duban.post(fmt::format("/cases/{}/cancellation", cancelled_one), {.body = R"({"reason":"重复"})"})
                .status,
            200);
  city.officer("archive", "市档案局", {{"supervisor", {.states = {completed, cancelled}}}});
  city.officer("living", "市营商局", {{"supervisor", {.states = {active}}}});
  Person archive = city.signIn("archive");
  Person living = city.signIn("living");

  EXPECT_EQ(at(archive.get("/cases"), "/items/0/id"), std::to_string(cancelled_one));
  EXPECT_EQ(itemsOf(archive.get("/cases")), 1U);
  EXPECT_EQ(itemsOf(archive.get("/cases?status=active")), 0U);
  EXPECT_EQ(itemsOf(archive.get("/search?q=%E8%B7%AF%E7%81%AF")), 1U);
  EXPECT_EQ(archive.get(fmt::format("/cases/{}", running)).status, 404);
  EXPECT_EQ(archive.get(fmt::format("/cases/{}", cancelled_one)).status, 200);
  EXPECT_EQ(itemsOf(archive.get("/tasks?list=others")), 0U);
  EXPECT_EQ(
      archive.post(fmt::format("/cases/{}/cancellation", running), {.body = R"({"reason":"x"})"}).status,
      404);

  EXPECT_EQ(at(living.get("/cases"), "/items/0/id"), std::to_string(running));
  EXPECT_EQ(itemsOf(living.get("/cases")), 1U);
  EXPECT_EQ(itemsOf(living.get("/search?q=%E8%B7%AF%E7%81%AF")), 1U);
  EXPECT_EQ(itemsOf(living.get("/tasks?list=others")), 1U);
  EXPECT_EQ(at(living.get("/me"), "/roles/0/scope/states/0"), "active");
  // With the case goes the reach.
  ASSERT_EQ(
      living.post(fmt::format("/cases/{}/cancellation", running), {.body = R"({"reason":"重复"})"}).status,
      200);
  EXPECT_EQ(living.get(fmt::format("/cases/{}", running)).status, 404);
  EXPECT_EQ(itemsOf(living.get("/cases")), 0U);
  EXPECT_EQ(itemsOf(archive.get("/cases")), 2U);
}

TEST(Scopes, SeveralGrantsTogetherReachTheEntriesOfEach) {
  ServedCity city;
  const auto pack = packs::readPack(JINYUE_SOURCE_DIR "/packs/dalian");
  ASSERT_TRUE(pack);
  ASSERT_TRUE(city.office().deploy(*pack));
  const auto entries = [&](const std::string& login, const std::vector<ServedCity::Role>& roles) {
    city.officer(login, "市民政局", roles);
    return itemsOf(city.signIn(login).get("/registers/people/entries"));
  };
  EXPECT_EQ(entries("all", {{"registrar"}}), 2U);
  EXPECT_EQ(entries("area", {{"registrar", {.areas = {"210202"}}}}), 1U);
  EXPECT_EQ(entries("unit", {{"registrar", {.units = {"dl-scjg"}}}}), 1U);
  EXPECT_EQ(entries("both", {{"registrar", {.areas = {"210202"}}}, {"registrar", {.units = {"dl-scjg"}}}}),
            2U);
  EXPECT_EQ(entries("none", {{"registrar", {.units = {"dl-scjg"}, .areas = {"210202"}}},
                             {"registrar", {.units = {"dl-sjj"}, .areas = {"210203"}}}}),
            0U);
  EXPECT_EQ(entries("pair", {{"registrar", {.units = {"dl-sjj"}, .areas = {"210202"}}},
                             {"registrar", {.areas = {"210203"}}}}),
            2U);
  city.officer("packs", "市民政局", {{"registrar", {.packs = {"demonstration"}}}});
  EXPECT_EQ(city.signIn("packs").get("/registers/people/entries").status, 403);
}

}  // namespace scopes_test
}  // namespace jinyue::api
