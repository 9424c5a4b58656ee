// What is open to everybody: guides, the progress of a matter by number and telephone, public boards; and the
// try-out of decisions for those who deploy packs.

#include <gtest/gtest.h>

#include "api/served_city.h"
#include "base/text.h"

namespace jinyue::api {
namespace open_test {

using test::Answer;
using test::at;
using test::json;
using test::Person;
using test::ServedCity;

TEST(Guides, SayWhatIsAskedHowLongAndWhy) {
  ServedCity city;
  Person anybody = city.nobody();
  const Answer list = anybody.get("/open/guides");
  ASSERT_EQ(list.status, 200) << list.body;
  EXPECT_EQ(at(list, "/items/1/item"), "food-licence") << list.body;
  EXPECT_EQ(at(list, "/items/1/title/zh"), "食品经营许可");
  const Answer guide = anybody.get("/open/guides/demonstration/food-licence");
  ASSERT_EQ(guide.status, 200) << guide.body;
  EXPECT_EQ(at(guide, "/clock/unit"), "working_day") << guide.body;
  EXPECT_NE(at(guide, "/clock/source"), "");
  EXPECT_EQ(at(guide, "/steps/0/zh"), "窗口受理");
  EXPECT_NE(at(guide, "/sections/0/fields/0/title/en"), "(absent)");
  EXPECT_NE(at(guide, "/form/schema"), "(absent)");
  EXPECT_EQ(guide.body.find(R"("name":"party")"), std::string::npos) << "nobody is asked for it";
  for (const char* path : {"/open/guides/demonstration/no-such", "/open/guides/no-such/hotline",
                           "/open/guides/demonstration/%2e%2e"}) {
    EXPECT_GE(anybody.get(path).status, 400) << path;
    EXPECT_LT(anybody.get(path).status, 500) << path;
  }
  EXPECT_EQ(at(anybody.get("/open/guides/demonstration/no-such"), "/code"), "item.unknown");
}

class ProgressTest : public testing::Test {
 protected:
  ProgressTest() { id = std::to_string(city.hotlineCase("人民路路灯不亮（示例）")); }
  static Answer ask(Person& who, const std::string& number, const std::string& phone,
                    const std::string& path = "/open/progress", const std::string& more = {}) {
    return who.post(
        path, {.body = R"({"number":)" + number + R"(,"phone":")" + phone + '"' + more + '}', .key = ""});
  }
  ServedCity city;
  std::string id;
};

TEST_F(ProgressTest, ForWhoKnowsNumberAndTelephone) {
  Person caller = city.nobody();
  const Answer found = ask(caller, id, "+86 130-1234-5678");
  ASSERT_EQ(found.status, 200) << found.body;
  EXPECT_EQ(at(found, "/number"), id);
  EXPECT_EQ(at(found, "/title"), "人民路路灯不亮（示例）");
  EXPECT_EQ(at(found, "/status"), "active");
  EXPECT_EQ(at(found, "/light"), "green");
  EXPECT_EQ(at(found, "/steps/0/name/zh"), "受理");
  EXPECT_EQ(at(found, "/may_rate"), "false");
  EXPECT_EQ(found.body.find("13012345678"), std::string::npos);
  EXPECT_EQ(found.body.find("示例市民"), std::string::npos);
  EXPECT_EQ(found.header("cache-control"), "no-store");
}

TEST_F(ProgressTest, AWrongTelephoneAndAWrongNumberLookTheSame) {
  Person stranger = city.nobody();
  const Answer wrong_phone = ask(stranger, id, "13099999999");
  const Answer wrong_number = ask(stranger, "987654321", "13012345678");
  EXPECT_EQ(wrong_phone.status, 404);
  EXPECT_EQ(at(wrong_phone, "/code"), "progress.unknown");
  EXPECT_EQ(at(wrong_phone, "/title"), at(wrong_number, "/title"));
  EXPECT_EQ(at(wrong_number, "/code"), "progress.unknown");
  EXPECT_EQ(ask(stranger, "0", "13012345678").status, 422);
  EXPECT_EQ(ask(stranger, "\"x\"", "13012345678").status, 422);
  EXPECT_EQ(ask(stranger, id, "1").status, 422);
  EXPECT_EQ(stranger.post("/open/progress", {.body = "{}", .key = ""}).status, 422);
  EXPECT_EQ(stranger.get("/open/progress").status, 405);
}

TEST_F(ProgressTest, GuessingTelephonesOfOneNumberIsSlow) {
  Person stranger = city.nobody();
  Answer last;
  for (int i = 0; i < 7; ++i) last = ask(stranger, id, "1309999000" + std::to_string(i));
  EXPECT_EQ(last.status, 429) << last.body;
  EXPECT_EQ(at(last, "/code"), "progress.too-often");
  EXPECT_NE(last.header("retry-after"), "");
  EXPECT_EQ(ask(stranger, id, "13012345678").status, 429) << "the right one has to wait, too";
  city.clock().advance(std::chrono::minutes{1});
  EXPECT_EQ(ask(stranger, id, "13012345678").status, 200);
}

TEST_F(ProgressTest, OnlyWhatWaitsForARatingIsRated) {
  Person caller = city.nobody();
  const std::string rating = R"(,"satisfaction":"satisfied","solved":true)";
  const Answer early = ask(caller, id, "13012345678", "/open/progress/rating", rating);
  EXPECT_EQ(early.status, 409) << early.body;
  EXPECT_EQ(at(early, "/code"), "progress.no-rating");
  EXPECT_EQ(ask(caller, id, "13099999999", "/open/progress/rating", rating).status, 404);
  EXPECT_EQ(
      ask(caller, id, "13012345678", "/open/progress/rating", R"(,"satisfaction":"delighted","solved":true)")
          .status,
      422);
}

/// The hotline as it is, up to where the caller may rate.
class RatingTest : public testing::Test {
 protected:
  RatingTest() {
    for (const char* pack : {"dalian", "hotline"}) {
      const auto read = packs::readPack(std::string{JINYUE_SOURCE_DIR "/packs/"} + pack);
      if (!read) throw std::runtime_error(describe(read.error()));
      if (const auto deployed = city.office().deploy(*read); !deployed)
        throw std::runtime_error(describe(deployed.error()));
    }
    city.officer("zuoxi", "12345", {{"hotline-agent"}, {"hotline-dispatcher"}});
    city.officer("banli", "dl-cgj", {{"handler"}});
  }
  void settle() {
    for (int i = 0; i < 10; ++i) city.office().city().pump().runDue();
  }
  void complete(const std::string& login, const std::string& id, const std::string& node,
                const std::string& answers) {
    settle();
    Person who = city.signIn(login);
    const Answer shown = who.get("/cases/" + id);
    std::string number;
    for (const auto& task : json(shown).at("tasks").as_array()) {
      if (task.at("node").as_string() == node) number = std::to_string(task.at("number").as_int64());
    }
    ASSERT_NE(number, "") << node << ": " << shown.body;
    const std::string task = "/tasks/" + id + '/' + number;
    ASSERT_EQ(who.post(task + "/claim").status, 200);
    const Answer done = who.post(task + "/completion", {.body = R"({"answers":)" + answers + '}'});
    ASSERT_EQ(done.status, 200) << done.body;
  }
  ServedCity city;
};

TEST_F(RatingTest, ACallerRatesOnceWithoutAnAccount) {
  const Answer started = city.signIn("zuoxi").post(
      "/cases",
      {.body =
           R"({"pack":"hotline","item":"hotline","answers":{"channel":"phone","region":"210202","title":"路灯不亮（示例）","phone":"13000000000"}})"});
  ASSERT_EQ(started.status, 201) << started.body;
  const std::string id = at(started, "/case_id");
  complete(
      "zuoxi", id, "accept",
      R"({"nature":"ordinary","outcome":"dispatch","kind":"complaint","category":"0104","urgency":"normal"})");
  complete("zuoxi", id, "dispatch", R"({"unit":"dl-cgj"})");
  complete("banli", id, "sign", R"({"signed":"sign"})");
  complete("banli", id, "contact", R"({"contacted":true})");
  complete("banli", id, "handle", R"({"handled":"answer","result":"已更换灯泡（示例）","self_solved":true})");
  settle();
  Person caller = city.nobody();
  const std::string who = R"({"number":)" + id + R"(,"phone":"13000000000")";
  const Answer found = caller.post("/open/progress", {.body = who + '}', .key = ""});
  EXPECT_EQ(at(found, "/may_rate"), "true") << found.body;
  EXPECT_EQ(at(found, "/answer"), "已更换灯泡（示例）");
  EXPECT_EQ(at(found, "/unit_name/zh"), "市城市管理局") << found.body;
  const std::string rating = who + R"(,"satisfaction":"satisfied","solved":true})";
  EXPECT_EQ(caller.post("/open/progress/rating", {.body = rating, .key = ""}).status, 204);
  EXPECT_EQ(at(caller.post("/open/progress", {.body = who + '}', .key = ""}), "/status"), "completed");
  EXPECT_EQ(caller.post("/open/progress/rating", {.body = rating, .key = ""}).status, 409);
}

class DecisionsTest : public testing::Test {
 protected:
  DecisionsTest() {
    city.officer("yunwei", "市大数据中心", {{"system-admin"}});
    city.officer("zuoxi", "12345", {{"agent"}});
  }
  /// As a string of JSON.
  std::string visitTable() {
    std::string text;
    appendJsonString(text, city.office().packs().newest("demonstration")->pack->file("visit.dmn")->text);
    return text;
  }
  ServedCity city;
};

TEST_F(DecisionsTest, ASampleIsTriedAndTheTableLookedThrough) {
  Person admin = city.signIn("yunwei");
  const std::string text = visitTable();
  const Answer tried =
      admin.post("/decisions/trial",
                 {.body = R"({"decision":"visit","inputs":{"kind":"bakery","area":40},"text":)" + text + '}',
                  .key = ""});
  ASSERT_EQ(tried.status, 200) << tried.body;
  EXPECT_EQ(at(tried, "/output"), "false") << tried.body;
  EXPECT_NE(at(tried, "/matched/0"), "(absent)");
  const Answer looked = admin.post("/decisions/analysis", {.body = R"({"text":)" + text + '}', .key = ""});
  ASSERT_EQ(looked.status, 200) << looked.body;
  EXPECT_EQ(at(looked, "/tables/0/decision"), "visit") << looked.body;
  EXPECT_EQ(at(looked, "/tables/0/analysed"), "true");
}

TEST_F(DecisionsTest, WhatIsNoTableAndWhoMayNot) {
  Person admin = city.signIn("yunwei");
  EXPECT_EQ(admin.post("/decisions/analysis", {.body = R"({"text":"<no"})", .key = ""}).status, 422);
  EXPECT_EQ(admin.post("/decisions/analysis", {.body = R"({"text":""})", .key = ""}).status, 422);
  const Answer none =
      admin.post("/decisions/trial",
                 {.body = R"({"decision":"no-such","inputs":{},"text":)" + visitTable() + '}', .key = ""});
  EXPECT_GE(none.status, 400) << none.body;
  EXPECT_LT(none.status, 500) << none.body;
  Person zuoxi = city.signIn("zuoxi");
  EXPECT_EQ(zuoxi.post("/decisions/analysis", {.body = R"({"text":"<x/>"})", .key = ""}).status, 403);
  Person nobody = city.nobody();
  EXPECT_EQ(nobody.post("/decisions/trial", {.body = "{}", .key = ""}).status, 401);
}

}  // namespace open_test
}  // namespace jinyue::api
