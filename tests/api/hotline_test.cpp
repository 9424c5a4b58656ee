// What helps the agent of the hotline, over the interface.
#include <gtest/gtest.h>

#include "api/served_city.h"
#include "http/url.h"

namespace jinyue::api {
namespace hotline_test {

using test::Answer;
using test::at;
using test::Person;
using test::Sent;
using test::ServedCity;

class HotlineTest : public testing::Test {
 protected:
  HotlineTest() {
    for (const char* pack : {"dalian", "hotline"}) {
      const auto read = packs::readPack(std::string{JINYUE_SOURCE_DIR "/packs/"} + pack);
      if (!read) throw std::runtime_error(describe(read.error()));
      if (const auto deployed = city.office().deploy(*read); !deployed)
        throw std::runtime_error(describe(deployed.error()));
    }
    city.officer("zhou", "12345", {{"hotline-agent", {.packs = {"hotline"}}}});
    city.officer("other", "dl-cgj", {{"handler", {.units = {"dl-cgj"}}}});
  }
  static std::string path(std::string to, const std::vector<std::pair<std::string, std::string>>& query) {
    char mark = '?';
    for (const auto& [name, value] : query) {
      to += mark + name + "=" + http::percentEncoded(value);
      mark = '&';
    }
    return to;
  }
  static Sent body(std::string text) { return {.body = std::move(text)}; }
  std::string order(Person& agent, const std::string& title, const std::string& place,
                    const std::string& phone = "13000000000") {
    const Answer answer = agent.post(
        "/cases",
        body(
            R"({"pack":"hotline","item":"hotline","answers":{"channel":"phone","region":"210202","title":")" +
            title + R"(","place":")" + place + R"(","phone":")" + phone + R"("}})"));
    EXPECT_EQ(answer.status, 201) << answer.body;
    return at(answer, "/case_id");
  }

  ServedCity city;
};

TEST_F(HotlineTest, TheHistoryOfACallerIsFoundByTheNumberAndAudited) {
  Person agent = city.signIn("zhou");
  order(agent, "路灯不亮（示例）", "人民路 1 号");
  order(agent, "夜间噪声（示例）", "中山路 2 号");
  order(agent, "别人的事（示例）", "中山路 3 号", "13000000001");
  const Answer history =
      agent.post("/hotline/callers", body(R"({"phone":"+86 130-0000-0000","purpose":"受理来电"})"));
  EXPECT_EQ(history.status, 200) << history.body;
  EXPECT_EQ(at(history, "/open"), "2");
  EXPECT_EQ(at(history, "/items/0/title"), "夜间噪声（示例）");
  EXPECT_EQ(agent.post("/hotline/callers", body(R"({"phone":"13000000000","purpose":"看"})")).status, 422);
}

TEST_F(HotlineTest, TheSamePlaceAndMatterIsLikelyADuplicate) {
  Person agent = city.signIn("zhou");
  const std::string first = order(agent, "路灯不亮（示例）", "人民路 1 号");
  order(agent, "路灯不亮（示例）", "黄河路 99 号");
  const Answer found =
      agent.get(path("/hotline/duplicates", {{"title", "路灯不亮三天了"}, {"place", "人民路1号"}}));
  EXPECT_EQ(found.status, 200) << found.body;
  EXPECT_EQ(at(found, "/items/0/id"), first);
  EXPECT_EQ(at(found, "/items/1/id"), "(absent)");
}

TEST_F(HotlineTest, AWrongNumberOfALeadOrderIsRefusedToWhoTypedIt) {
  Person agent = city.signIn("zhou");
  const std::string lead = order(agent, "路灯不亮（示例）", "人民路 1 号");
  const std::string same = order(agent, "路灯不亮三天了（示例）", "人民路 1 号");
  const std::string number = at(agent.get("/cases/" + same), "/tasks/0/number");
  const auto merge = [&](const std::string& into) {
    return agent.post("/tasks/" + same + "/" + number + "/completion",
                      body(R"({"answers":{"nature":"ordinary","outcome":"merge","kind":"complaint",)"
                           R"("category":"0104","urgency":"normal","merged_into":")" +
                           into + R"("}})"));
  };
  const Answer wrong = merge("987654321");
  EXPECT_EQ(wrong.status, 422) << wrong.body;
  EXPECT_EQ(at(wrong, "/causes/0/code"), "schema.running") << wrong.body;
  EXPECT_NE(wrong.body.find("merged_into"), std::string::npos);
  EXPECT_EQ(merge(lead).status, 200);
  for (int i = 0; i < 5; ++i) city.office().city().pump().runDue();
  EXPECT_EQ(at(agent.get("/cases/" + lead), "/variables/duplicates/0"), same);
}

TEST_F(HotlineTest, ARuleDecidesBeforeAnythingLearned) {
  Person agent = city.signIn("zhou");
  const Answer ruled = agent.get(path("/hotline/suggestions", {{"title", "门前井盖破损"}}));
  EXPECT_EQ(at(ruled, "/source"), "rule") << ruled.body;
  EXPECT_EQ(at(ruled, "/categories/0/code"), "0103");
  EXPECT_EQ(at(ruled, "/units/0/name/zh"), "市城市管理局");
  EXPECT_EQ(at(ruled, "/units/0/name/en"), "Municipal Urban Management Bureau");
  EXPECT_EQ(at(agent.get(path("/hotline/suggestions", {{"title", "随便说说"}})), "/source"), "none");
}

TEST_F(HotlineTest, KnowledgeHasItsVersionAndWhatHasExpiredIsNotOffered) {
  Person agent = city.signIn("zhou");
  const Answer now = agent.get(path("/hotline/knowledge", {{"q", "暖气什么时候供热"}, {"on", "2026-03-10"}}));
  EXPECT_EQ(at(now, "/items/0/code"), "ZS0007") << now.body;
  EXPECT_EQ(at(now, "/items/0/expires_soon"), "true");
  EXPECT_EQ(at(now, "/items/0/valid_to"), "2026-03-31");
  EXPECT_NE(at(agent.get(path("/hotline/knowledge", {{"q", "暖气什么时候供热"}, {"on", "2026-04-01"}})),
               "/items/0/code"),
            "ZS0007");
}

TEST_F(HotlineTest, OrdersOfAnotherSystemAreTakenOnce) {
  Person agent = city.signIn("zhou");
  const std::string orders =
      R"({"system":"shenyang","orders":[{"number":"1","title":"路灯不亮","area":"210202"},{"number":"2","title":"电话不对","phone":"abc"}]})";
  const Answer taken = agent.post("/hotline/intake", body(orders));
  EXPECT_EQ(taken.status, 200) << taken.body;
  EXPECT_EQ(at(taken, "/taken"), "1");
  EXPECT_EQ(at(taken, "/results/1/code"), "schema.format");
  const Answer again = agent.post("/hotline/intake", body(orders));
  EXPECT_EQ(at(again, "/results/0/case_id"), at(taken, "/results/0/case_id"));
  EXPECT_EQ(at(again, "/results/0/repeated"), "true");
  const Answer table =
      agent.post("/hotline/intake/table?system=shenyang&channel=media",
                 {.body = "编号,标题,区划,地点\n7,道路积水,210203,五四路\n", .media_type = "text/csv"});
  EXPECT_EQ(at(table, "/taken"), "1") << table.body;
  EXPECT_EQ(at(agent.get("/cases/" + at(table, "/results/0/case_id")), "/variables/channel"), "media");
}

TEST_F(HotlineTest, ATopicThatRisesIsWarnedOf) {
  const auto day = std::chrono::days{1};
  for (int week = 0; week < 8; ++week) {
    Person agent = city.signIn("zhou");  // sessions end with the days
    order(agent, "噪声（示例）", "人民路");
    city.clock().advance(7 * day);
  }
  Person agent = city.signIn("zhou");
  for (int i = 0; i < 9; ++i) order(agent, "噪声（示例）", "人民路");
  city.clock().advance(day);
  Person later = city.signIn("zhou");
  const Answer topics = later.get("/hotline/topics");
  EXPECT_EQ(topics.status, 200) << topics.body;
  EXPECT_EQ(at(topics, "/items/0/warns"), "true") << topics.body;
  EXPECT_EQ(at(topics, "/items/0/area"), "210202");
  EXPECT_EQ(at(topics, "/items/0/count"), "9");
}

}  // namespace hotline_test
}  // namespace jinyue::api
