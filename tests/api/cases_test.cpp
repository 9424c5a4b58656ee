// Cases and tasks over the interface: from the form to the last step, with who may see and do what.

#include <gtest/gtest.h>

#include "api/served_city.h"

namespace jinyue::api {
namespace cases_test {

using test::Answer;
using test::at;
using test::json;
using test::Person;
using test::Sent;
using test::ServedCity;

/// The people of the hotline, each in his role and unit.
class CasesTest : public testing::Test {
 protected:
  CasesTest() {
    city.officer("zuoxi", "12345", {{"agent"}, {"caller"}, {"dispatcher"}});
    city.officer("banli", "市城市管理局", {{"dispatcher", {{"市城市管理局"}, {}, {}}}});
    city.officer("duban", "市营商环境建设局", {{"supervisor"}});
    city.officer("elsewhere", "别的单位", {{"agent", {{"别的单位"}, {}, {}}}});
  }
  static Sent body(std::string text) { return {.body = std::move(text)}; }
  Answer start(Person& who, const std::string& key = "auto") {
    Sent sent = body(
        R"({"pack":"demonstration","item":"hotline","answers":{"title":"人民路路灯不亮（示例）","caller":"示例市民","phone":"13012345678","details":"晚上看不见路"}})");
    sent.key = key;
    return who.post("/cases", sent);
  }

  ServedCity city;
};

TEST_F(CasesTest, FromTheFormToTheList) {
  Person zuoxi = city.signIn("zuoxi");
  const Answer started = start(zuoxi);
  ASSERT_EQ(started.status, 201) << started.body;
  const std::string id = at(started, "/case_id");
  EXPECT_EQ(started.header("location"), "/api/v1/cases/" + id);
  const Answer list = zuoxi.get("/cases?status=active");
  EXPECT_EQ(at(list, "/items/0/id"), id);
  EXPECT_EQ(at(list, "/items/0/pack"), "demonstration");
  const Answer shown = zuoxi.get("/cases/" + id);
  ASSERT_EQ(shown.status, 200) << shown.body;
  EXPECT_EQ(at(shown, "/title"), "人民路路灯不亮（示例）");
  EXPECT_EQ(at(shown, "/tasks/0/node"), "accept");
  EXPECT_EQ(at(shown, "/clocks/0/element"), "0");
  EXPECT_EQ(at(zuoxi.get("/cases/" + id + "/records"), "/items/0/kind"), "start");
  const Answer why = zuoxi.get("/cases/" + id + "/clocks/0");
  EXPECT_EQ(at(why, "/days/0/kind"), "start") << why.body;
}

TEST_F(CasesTest, AFormTellsEverythingThatIsWrong) {
  Person zuoxi = city.signIn("zuoxi");
  const Answer answer = zuoxi.post(
      "/cases",
      body(R"({"pack":"demonstration","item":"hotline","answers":{"phone":"12","invented":true}})"));
  EXPECT_EQ(answer.status, 422);
  EXPECT_EQ(at(answer, "/code"), "form.invalid");
  EXPECT_GE(json(answer).at("causes").as_array().size(), 2U) << answer.body;
  EXPECT_EQ(zuoxi.post("/cases", body(R"({"pack":"demonstration","item":"no-such","answers":{}})")).status,
            404);
  EXPECT_EQ(json(zuoxi.get("/cases")).at("items").as_array().size(), 0U);
  const Answer form = zuoxi.get("/packs/demonstration/items/hotline/form");
  EXPECT_EQ(at(form, "/form/id"), "hotline-order") << form.body;
}

TEST_F(CasesTest, PersonalValuesAreMaskedUntilSomebodySaysWhatFor) {
  Person zuoxi = city.signIn("zuoxi");
  const std::string id = at(start(zuoxi), "/case_id");
  const Answer shown = zuoxi.get("/cases/" + id);
  EXPECT_EQ(at(shown, "/variables/phone"), "130****5678") << shown.body;
  EXPECT_EQ(shown.body.find("13012345678"), std::string::npos);
  EXPECT_EQ(zuoxi.get("/cases/" + id + "/records").body.find("13012345678"), std::string::npos);
  EXPECT_EQ(zuoxi.post("/cases/" + id + "/personal", body(R"({"fields":["phone"],"purpose":"x"})")).status,
            422);
  const Answer clear =
      zuoxi.post("/cases/" + id + "/personal", body(R"({"fields":["phone"],"purpose":"回访来电人"})"));
  ASSERT_EQ(clear.status, 200) << clear.body;
  EXPECT_EQ(at(clear, "/values/phone"), "13012345678");
  EXPECT_EQ(clear.header("cache-control"), "no-store");
  // It is in the audit trail, where who is allowed finds it.
  city.officer("shenji", "市审计局", {{"audit-admin"}});
  Person shenji = city.signIn("shenji");
  const Answer trail = shenji.get("/audit?subject=case:" + id);
  EXPECT_EQ(at(trail, "/items/0/purpose"), "回访来电人") << trail.body;
  Person duban = city.signIn("duban");  // may read the case, but not personal data
  EXPECT_EQ(duban.get("/cases/" + id).status, 200);
  EXPECT_EQ(
      duban.post("/cases/" + id + "/personal", body(R"({"fields":["phone"],"purpose":"就是想看看"})")).status,
      403);
}

TEST_F(CasesTest, ScopeIsInTheQuery) {
  Person zuoxi = city.signIn("zuoxi");
  const std::string id = at(start(zuoxi), "/case_id");
  Person elsewhere = city.signIn("elsewhere");
  EXPECT_EQ(json(elsewhere.get("/cases")).at("items").as_array().size(), 0U);
  EXPECT_EQ(elsewhere.get("/cases/" + id).status, 404);
  EXPECT_EQ(elsewhere.get("/cases/" + id + "/records").status, 404);
  EXPECT_EQ(elsewhere.get("/cases/" + id + "/clocks/0").status, 404);
  EXPECT_EQ(elsewhere.post("/cases/" + id + "/comments", body(R"({"text":"看看"})")).status, 404);
  const std::string none = elsewhere.get("/cases/987654321").body;
  const std::string hidden = elsewhere.get("/cases/" + id).body;
  EXPECT_EQ(at(elsewhere.get("/cases/987654321"), "/code"), at(elsewhere.get("/cases/" + id), "/code"));
}

TEST_F(CasesTest, TasksAreClaimedDoneAndSeenByThoseWhoMay) {
  Person zuoxi = city.signIn("zuoxi");
  const std::string id = at(start(zuoxi), "/case_id");
  const Answer unit = zuoxi.get("/tasks?list=unit");
  const std::string task = id + "/" + at(unit, "/items/0/number");
  EXPECT_EQ(at(unit, "/items/0/node"), "accept") << unit.body;
  Person banli = city.signIn("banli");
  EXPECT_EQ(json(banli.get("/tasks?list=unit")).at("items").as_array().size(), 0U);
  EXPECT_EQ(banli.post("/tasks/" + task + "/claim").status, 404);  // another unit's task is not there
  ASSERT_EQ(zuoxi.post("/tasks/" + task + "/claim").status, 200);
  EXPECT_EQ(at(zuoxi.get("/tasks"), "/items/0/number"), at(unit, "/items/0/number"));
  EXPECT_EQ(at(zuoxi.get("/counters"), "/mine"), "1");
  EXPECT_EQ(zuoxi.post("/tasks/" + task + "/completion", body(R"({"answers":{"result":"x"}})")).status,
            422);  // asks nothing
  ASSERT_EQ(zuoxi.post("/tasks/" + task + "/completion", body(R"({"answers":{}})")).status, 200);
  EXPECT_EQ(zuoxi.get("/tasks/" + task).status, 404);
  EXPECT_EQ(at(zuoxi.get("/cases/" + id), "/tasks/0/node"), "dispatch");
}

TEST_F(CasesTest, ARepeatedKeyIsToldTheFirstOutcomeAlsoAfterARestart) {
  std::string id;
  std::string task;
  {
    Person zuoxi = city.signIn("zuoxi");
    const Answer first = start(zuoxi, "start-1");
    id = at(first, "/case_id");
    const Answer second = start(zuoxi, "start-1");
    EXPECT_EQ(second.status, 201);
    EXPECT_EQ(at(second, "/case_id"), id);
    EXPECT_EQ(at(second, "/repeated"), "true");
    Sent other = body(
        R"({"pack":"demonstration","item":"hotline","answers":{"title":"别的（示例）","caller":"甲","phone":"13012345678"}})");
    other.key = "start-1";
    EXPECT_EQ(at(zuoxi.post("/cases", other), "/code"), "key.used");
    Sent keyless = other;
    keyless.key.clear();
    const Answer refused = zuoxi.post("/cases", keyless);
    EXPECT_EQ(refused.status, 400);
    EXPECT_EQ(at(refused, "/code"), "request.key");
    task = id + "/" + at(zuoxi.get("/tasks?list=unit"), "/items/0/number");
    Sent done = body(R"({"answers":{}})");
    done.key = "done-1";
    EXPECT_EQ(zuoxi.post("/tasks/" + task + "/completion", done).status, 200);
  }
  city.restart();
  Person zuoxi = city.signIn("zuoxi");
  EXPECT_EQ(at(start(zuoxi, "start-1"), "/case_id"), id);
  // The task is gone, and yet the repeated request is told that it was done.
  Sent done = body(R"({"answers":{}})");
  done.key = "done-1";
  const Answer again = zuoxi.post("/tasks/" + task + "/completion", done);
  EXPECT_EQ(again.status, 200) << again.body;
  EXPECT_EQ(at(again, "/repeated"), "true");
  done.body = R"({"answers":{"x":1}})";
  EXPECT_EQ(at(zuoxi.post("/tasks/" + task + "/completion", done), "/code"), "key.used");
  EXPECT_EQ(json(zuoxi.get("/cases")).at("items").as_array().size(), 1U);
}

TEST_F(CasesTest, ChangesNameTheVersionThatTheyAreMadeOn) {
  Person zuoxi = city.signIn("zuoxi");
  const std::string id = at(start(zuoxi), "/case_id");
  Person duban = city.signIn("duban");
  const Answer shown = duban.get("/cases/" + id);
  const std::string tag = shown.header("etag");
  EXPECT_EQ(duban.get("/cases/" + id, "If-None-Match: " + tag + "\r\n").status, 304);
  Sent sent = body(R"({"variables":{"details":"改过"},"reason":"来电人更正"})");
  EXPECT_EQ(duban.post("/cases/" + id + "/variables", sent).status, 428);
  ASSERT_EQ(zuoxi.post("/cases/" + id + "/comments", body(R"({"text":"已电话联系"})")).status, 200);
  sent.if_match = tag;
  const Answer stale = duban.post("/cases/" + id + "/variables", sent);
  EXPECT_EQ(stale.status, 412);
  EXPECT_EQ(at(stale, "/code"), "case.changed");
  const std::string fresh = duban.get("/cases/" + id).header("etag");
  EXPECT_NE(fresh, tag);
  sent.if_match = fresh;
  EXPECT_EQ(duban.post("/cases/" + id + "/variables", sent).status, 200);
  EXPECT_EQ(at(duban.get("/cases/" + id), "/variables/details"), "改过");
}

TEST_F(CasesTest, ManyCommandsAtOnceEachForItself) {
  Person zuoxi = city.signIn("zuoxi");
  const std::string id = at(start(zuoxi), "/case_id");
  const std::string number = at(zuoxi.get("/tasks?list=unit"), "/items/0/number");
  Sent bulk = body(fmt::format(R"({{"commands":[{{"type":"claim-task","case_id":{0},"task":{1}}},)"
                               R"({{"type":"claim-task","case_id":987654321,"task":1}},)"
                               R"({{"type":"cancel-case","case_id":{0},"reason":"试试"}},)"
                               R"({{"type":"comment","case_id":{0},"text":"批量意见"}}]}})",
                               id, number));
  bulk.key = "bulk-1";
  const Answer answer = zuoxi.post("/commands", bulk);
  ASSERT_EQ(answer.status, 200) << answer.body;
  EXPECT_EQ(at(answer, "/results/0/status"), "200");
  EXPECT_EQ(at(answer, "/results/1/status"), "404");
  EXPECT_EQ(at(answer, "/results/1/problem/code"), "case.unknown");
  EXPECT_EQ(at(answer, "/results/2/status"), "403");  // only supervisors cancel
  EXPECT_EQ(at(answer, "/results/3/status"), "200");
  const Answer again = zuoxi.post("/commands", bulk);
  EXPECT_EQ(at(again, "/results/3/done/repeated"), "true") << again.body;
  EXPECT_EQ(at(again, "/results/3/done/version"), at(answer, "/results/3/done/version"));
  EXPECT_EQ(at(zuoxi.post("/commands", body(R"({"commands":[]})")), "/code"), "value.range");
}

TEST_F(CasesTest, SupervisorsPauseExtendAssignAndCancel) {
  Person zuoxi = city.signIn("zuoxi");
  const std::string id = at(start(zuoxi), "/case_id");
  Person duban = city.signIn("duban");
  EXPECT_EQ(zuoxi.post("/cases/" + id + "/clocks/0/pause", body(R"({"reason":"等待来电人"})")).status, 404);
  EXPECT_EQ(duban.post("/cases/" + id + "/clocks/0/pause", body(R"({"reason":"等待检测"})")).status, 200);
  EXPECT_EQ(at(duban.get("/cases/" + id), "/clocks/0/paused"), "true");
  EXPECT_EQ(duban.post("/cases/" + id + "/clocks/0/resumption").status, 200);
  const auto chief = city.officer("chief", "市营商环境建设局", {{"supervisor"}});
  const auto clerk = city.officer("clerk", "政务服务窗口", {{"clerk"}});
  const auto extension = [&](identity::AccountId by) {
    return duban.post("/cases/" + id + "/clocks/0/extension",
                      body(fmt::format(R"({{"amount":2,"reason":"情况复杂","approved_by":{}}})", by)));
  };
  EXPECT_EQ(at(extension(clerk), "/code"), "clock.approver");
  const Answer extended = extension(chief);
  EXPECT_EQ(extended.status, 200) << extended.body;
  EXPECT_EQ(duban.post("/cases/" + id + "/cancellation", body(R"({"reason":"重复来电"})")).status, 200);
  EXPECT_EQ(at(duban.get("/cases/" + id), "/status"), "cancelled");
  EXPECT_EQ(duban.post("/cases/" + id + "/cancellation", body(R"({"reason":"重复来电"})")).status, 409);
}

TEST_F(CasesTest, PagesFollowEachOther) {
  for (int i = 0; i < 5; ++i) city.hotlineCase(fmt::format("第{}件（示例）", i));
  Person zuoxi = city.signIn("zuoxi");
  std::vector<std::string> titles;
  std::string next;
  do {
    const Answer page = zuoxi.get("/cases?limit=2" + (next.empty() ? "" : "&after=" + next));
    for (const auto& item : json(page).at("items").as_array())
      titles.emplace_back(item.at("title").as_string());
    next = at(page, "/next");
  } while (next != "(absent)");
  ASSERT_EQ(titles.size(), 5U);
  EXPECT_EQ(titles.front(), "第4件（示例）");
  EXPECT_EQ(zuoxi.get("/cases?after=made-up").status, 400);
  EXPECT_EQ(zuoxi.get("/cases?limit=0").status, 422);
  EXPECT_EQ(zuoxi.get("/cases?limit=1000000").status, 422);
}

}  // namespace cases_test
}  // namespace jinyue::api
