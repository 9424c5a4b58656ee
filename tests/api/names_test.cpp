// Who is behind a number, and whose deadline it is: names in cases, tasks, records and lists of colleagues.

#include <gtest/gtest.h>

#include "api/served_city.h"

namespace jinyue::api {
namespace names_test {

using test::Answer;
using test::at;
using test::json;
using test::Person;
using test::ServedCity;

class NamesTest : public testing::Test {
 protected:
  NamesTest() {
    const auto read = packs::readPack(std::string{JINYUE_SOURCE_DIR "/packs/dalian"});
    if (!read) throw std::runtime_error(describe(read.error()));
    if (const auto deployed = city.office().deploy(*read); !deployed)
      throw std::runtime_error(describe(deployed.error()));
    zuoxi_id = city.officer("zuoxi", "12345", {{"agent"}, {"dispatcher"}});
    duban_id = city.officer("duban", "dl-scjg", {{"supervisor"}});
    city.officer("chuangkou", "政务服务窗口", {{"clerk"}});
    city.officer("elsewhere", "别的单位", {{"supervisor", {{"别的单位"}, {}, {}}}});
    city.officer("shenji", "市审计局", {{"audit-admin"}});
    city.resident("shimin", "21020219900101001X");
  }
  std::string order(Person& who) {
    const Answer answer = who.post(
        "/cases",
        {.body =
             R"({"pack":"demonstration","item":"hotline","answers":{"title":"路灯不亮（示例）","region":"210202","phone":"13012345678"}})"});
    EXPECT_EQ(answer.status, 201) << answer.body;
    return at(answer, "/case_id");
  }
  static std::string taskOf(Person& who, const std::string& id) {
    return id + '/' + at(who.get("/cases/" + id), "/tasks/0/number");
  }
  static std::string account(identity::AccountId id) { return "account:" + std::to_string(id); }

  ServedCity city;
  identity::AccountId zuoxi_id = 0;
  identity::AccountId duban_id = 0;
};

TEST_F(NamesTest, CasesTasksAndRecordsSayWhoAndWhere) {
  Person zuoxi = city.signIn("zuoxi");
  ASSERT_EQ(zuoxi.patch("/me", {.body = R"({"name":"赵示例"})"}).status, 200);
  const std::string id = order(zuoxi);
  ASSERT_EQ(zuoxi.post("/tasks/" + taskOf(zuoxi, id) + "/claim").status, 200);
  Person duban = city.signIn("duban");
  const Answer shown = duban.get("/cases/" + id);
  EXPECT_EQ(at(shown, "/area_name/zh"), "中山区") << shown.body;
  EXPECT_NE(at(shown, "/area_name/en"), "中山区");
  EXPECT_EQ(at(shown, "/tasks/0/assignee"), account(zuoxi_id));
  EXPECT_EQ(at(shown, "/tasks/0/assignee_name"), "赵示例");
  EXPECT_EQ(at(shown, "/tasks/0/role_title/zh"), "坐席");
  EXPECT_EQ(at(shown, "/tasks/0/role_title/en"), "agent");
  EXPECT_EQ(at(shown, "/tasks/0/person_name"), "");
  EXPECT_EQ(at(shown, "/tasks/0/due_of_case"), "false");
  EXPECT_EQ(at(duban.get("/cases?status=active"), "/items/0/area_name/zh"), "中山区");
  EXPECT_EQ(at(duban.get("/tasks?list=others"), "/items/0/assignee_name"), "赵示例");
  EXPECT_EQ(at(zuoxi.get("/tasks"), "/items/0/assignee_name"), "赵示例");
  const Answer records = duban.get("/cases/" + id + "/records");
  EXPECT_EQ(at(records, "/items/0/actor_name"), "赵示例") << records.body;
  EXPECT_EQ(at(records, "/names/account:" + std::to_string(zuoxi_id)), "赵示例");
  EXPECT_EQ(at(records, "/roles/agent/zh"), "坐席");
  EXPECT_EQ(at(records, "/units/12345/zh"), "12345 热线");
}

TEST_F(NamesTest, ResidentsSeeOfficersMaskedAndTheirOwnNameWhole) {
  Person shimin = city.signIn("shimin");
  const std::string id = order(shimin);
  Person zuoxi = city.signIn("zuoxi");
  ASSERT_EQ(zuoxi.patch("/me", {.body = R"({"name":"赵示例"})"}).status, 200);
  ASSERT_EQ(zuoxi.post("/tasks/" + taskOf(zuoxi, id) + "/claim").status, 200);
  const Answer own = shimin.get("/cases/" + id + "/records");
  EXPECT_EQ(at(own, "/items/0/actor_name"), "示例市民") << own.body;
  EXPECT_EQ(at(own, "/items/1/actor_name").substr(0, 4), "赵*") << own.body;
  EXPECT_EQ(own.body.find("赵示例"), std::string::npos);
  EXPECT_EQ(shimin.get("/cases/" + id).body.find("赵示例"), std::string::npos);
  const Answer theirs = zuoxi.get("/cases/" + id + "/records");
  EXPECT_EQ(theirs.body.find("示例市民"), std::string::npos) << theirs.body;
}

TEST_F(NamesTest, AStepWithoutAClockHasTheCasesDeadline) {
  city.officer("shencha", "市市场监管局", {{"reviewer"}});
  Person zuoxi = city.signIn("zuoxi");
  const Answer started = zuoxi.post(
      "/cases",
      {.body =
           R"({"pack":"demonstration","item":"food-licence","answers":{"title":"食品经营许可（示例）","shop":"槐花茶社（示例）","applicant":"示例申请人","phone":"13100000000","kind":"bakery","area":40,"region":"210202"}})"});
  ASSERT_EQ(started.status, 201) << started.body;
  const std::string id = at(started, "/case_id");
  Person window = city.signIn("chuangkou");
  const std::string intake = taskOf(window, id);
  ASSERT_EQ(window.post("/tasks/" + intake + "/claim").status, 200);
  ASSERT_EQ(
      window.post("/tasks/" + intake + "/completion", {.body = R"({"answers":{"complete":true}})"}).status,
      200);
  Person reviewer = city.signIn("shencha");
  const Answer list = reviewer.get("/tasks?list=role&role=reviewer");
  ASSERT_EQ(at(list, "/items/0/node"), "review") << list.body;
  const std::string due = at(reviewer.get("/cases/" + id), "/due");
  EXPECT_EQ(at(list, "/items/0/due"), due);
  EXPECT_EQ(at(list, "/items/0/due_of_case"), "true");
  EXPECT_EQ(at(list, "/items/0/light"), "green");
  const std::string task = "/tasks/" + id + '/' + at(list, "/items/0/number");
  EXPECT_EQ(at(reviewer.get(task), "/due_of_case"), "true");
  const Instant end = *parseInstant(due);
  city.clock().advance(std::chrono::duration_cast<Millis>(end - city.clock().now()) - std::chrono::hours{1});
  Person soon = city.signIn("shencha");
  EXPECT_EQ(at(soon.get(task), "/light"), "yellow");
  city.clock().advance(std::chrono::hours{1});
  Person late = city.signIn("shencha");
  EXPECT_EQ(at(late.get(task), "/light"), "red");
  EXPECT_EQ(at(late.get("/cases/" + id), "/overdue"), "true");
  // It is overdue by the case's deadline.
  const Answer overdue = late.get("/overdue");
  EXPECT_EQ(at(overdue, "/items/0/case_id"), id) << overdue.body;
  EXPECT_EQ(at(overdue, "/items/0/due"), due);
  EXPECT_EQ(at(overdue, "/items/0/due_of_case"), "true");
  EXPECT_EQ(at(overdue, "/items/0/light"), "red");
  EXPECT_EQ(at(overdue, "/items/0/name/zh"), "审查");
  EXPECT_EQ(at(overdue, "/items/0/name/en"), "review");
  EXPECT_EQ(at(overdue, "/items/1"), "(absent)");
  const Answer counts = late.get("/overdue/units");
  EXPECT_EQ(at(counts, "/count"), "1") << counts.body;
  EXPECT_EQ(at(counts, "/whole"), "true");
  EXPECT_EQ(at(counts, "/items/0/units/0"), "");
  EXPECT_EQ(at(counts, "/items/1"), "(absent)");
  EXPECT_EQ(at(late.get("/overdue?unit=dl-cgj,"), "/items/0/case_id"), id);
  EXPECT_EQ(at(late.get("/overdue?unit=dl-cgj"), "/items/0"), "(absent)");
  EXPECT_EQ(late.get("/overdue?unit=" + std::string(500, ',')).status, 200) << "one unit, told often";
  std::string many = "/overdue?unit=u";
  for (int i = 0; i < 101; ++i) many += ",u" + std::to_string(i);
  EXPECT_EQ(at(late.get(many), "/code"), "request.query");
  EXPECT_EQ(at(late.get("/overdue?process=order"), "/items/0"), "(absent)");
  // Scope and permission as for the cases.
  EXPECT_EQ(at(city.signIn("elsewhere").get("/overdue"), "/items/0"), "(absent)");
  EXPECT_EQ(at(city.signIn("elsewhere").get("/overdue/units"), "/count"), "0");
  EXPECT_EQ(city.signIn("shenji").get("/overdue").status, 403);
  EXPECT_EQ(city.nobody().get("/overdue/units").status, 401);
}

TEST_F(NamesTest, OneselfWorksInAUnitWithAName) {
  EXPECT_EQ(at(city.signIn("duban").get("/me"), "/unit_name/zh"), "市市场监管局");
  EXPECT_EQ(at(city.signIn("shimin").get("/me"), "/unit_name/zh"), "");
  // Also in one that goes by its name instead of its key.
  city.officer("called", "市市场监管局", {{"agent"}});
  EXPECT_EQ(at(city.signIn("called").get("/me"), "/unit_name/en"), "Municipal Market Regulation Bureau");
}

TEST_F(NamesTest, ARolesListHasWhatItsHolderMayClaimAndNothingOfOtherUnits) {
  city.officer("other-unit", "别的单位", {{"agent"}});
  city.officer("bounded", "12345", {{"agent", {{"12345"}, {}, {}}}});
  Person zuoxi = city.signIn("zuoxi");
  const std::string id = order(zuoxi);
  constexpr const char* list = "/tasks?list=role&role=agent";
  EXPECT_EQ(at(city.signIn("bounded").get(list), "/items/0/case_id"), id);
  const Answer theirs = city.signIn("other-unit").get(list);
  EXPECT_EQ(theirs.status, 200);
  EXPECT_EQ(at(theirs, "/items/0"), "(absent)") << theirs.body;
  const Answer own = zuoxi.get(list);
  ASSERT_EQ(at(own, "/items/0/case_id"), id) << own.body;
  EXPECT_EQ(zuoxi.post("/tasks/" + id + '/' + at(own, "/items/0/number") + "/claim").status, 200);
  EXPECT_EQ(at(zuoxi.get(list), "/items/0"), "(absent)");
}

TEST_F(NamesTest, ColleaguesHaveNamesAndNothingPersonalBeside) {
  Person duban = city.signIn("duban");
  const Answer list = duban.get("/colleagues?unit=dl-scjg");
  ASSERT_EQ(list.status, 200) << list.body;
  EXPECT_EQ(at(list, "/items/0/name"), "示例人员");
  EXPECT_EQ(at(list, "/items/0/unit_name/zh"), "市市场监管局");
  EXPECT_EQ(at(list, "/items/1"), "(absent)");
  EXPECT_EQ(list.body.find("13000000001"), std::string::npos);
  const Answer all = duban.get("/colleagues");
  EXPECT_EQ(json(all).at("items").as_array().size(), 5U) << "residents are no colleagues";
  EXPECT_EQ(json(duban.get("/colleagues?unit=no-such")).at("items").as_array().size(), 0U);
  EXPECT_EQ(duban.get("/colleagues?limit=0").status, 422);
  EXPECT_EQ(duban.get("/colleagues?after=nonsense").status, 400);
  EXPECT_EQ(duban.get("/colleagues?name=x").status, 400);
  EXPECT_EQ(city.signIn("zuoxi").get("/colleagues").status, 403);
  EXPECT_EQ(city.nobody().get("/colleagues").status, 401);
}

TEST_F(NamesTest, ApproversAreThoseWhoMaySuperviseTheCase) {
  Person zuoxi = city.signIn("zuoxi");
  const std::string id = order(zuoxi);
  const Answer found = zuoxi.get("/cases/" + id + "/approvers");
  ASSERT_EQ(found.status, 200) << found.body;
  ASSERT_EQ(json(found).at("items").as_array().size(), 1U) << "not who supervises elsewhere: " << found.body;
  EXPECT_EQ(at(found, "/items/0/account"), std::to_string(duban_id));
  EXPECT_EQ(at(found, "/items/0/name"), "示例人员");
  EXPECT_EQ(at(found, "/items/0/unit_name/zh"), "市市场监管局");
  Person duban = city.signIn("duban");
  EXPECT_EQ(json(duban.get("/cases/" + id + "/approvers")).at("items").as_array().size(), 0U)
      << "nobody approves his own extension";
  EXPECT_EQ(city.signIn("elsewhere").get("/cases/" + id + "/approvers").status, 404);
  EXPECT_EQ(zuoxi.get("/cases/987654321/approvers").status, 404);
  EXPECT_EQ(zuoxi.get("/cases/x/approvers").status, 404);
  EXPECT_EQ(city.signIn("shenji").get("/cases/" + id + "/approvers").status, 403);
  ASSERT_EQ(city.office().accounts().find(duban_id)->status, identity::AccountStatus::active);
}

TEST_F(NamesTest, CommentsAreForOfficersAndEachPartySeesItsOwn) {
  Person shimin = city.signIn("shimin");
  const std::string id = order(shimin);
  const std::string comments = "/cases/" + id + "/comments";
  Person zuoxi = city.signIn("zuoxi");
  ASSERT_EQ(zuoxi.post(comments, {.body = R"({"text":"内部意见（示例）"})"}).status, 200);
  ASSERT_EQ(shimin.post(comments, {.body = R"({"text":"当事人补充（示例）"})"}).status, 200);
  const Answer all = zuoxi.get(comments);
  EXPECT_EQ(at(all, "/items/0/text"), "内部意见（示例）") << all.body;
  EXPECT_EQ(at(all, "/items/0/actor"), account(zuoxi_id));
  EXPECT_EQ(at(all, "/items/1/text"), "当事人补充（示例）");
  const Answer own = shimin.get(comments);
  EXPECT_EQ(json(own).at("items").as_array().size(), 1U);
  EXPECT_EQ(at(own, "/items/0/text"), "当事人补充（示例）");
  EXPECT_EQ(zuoxi.get("/cases/" + id + "/records").body.find("内部意见"), std::string::npos);
  EXPECT_EQ(city.signIn("elsewhere").get(comments).status, 404);
  EXPECT_EQ(city.signIn("shenji").get(comments).status, 403);
  EXPECT_EQ(zuoxi.post(comments, {.body = R"({"text":""})"}).status, 422);
  EXPECT_EQ(zuoxi.post(comments, {.body = R"({"text":"x","colour":"red"})"}).status, 422);
  EXPECT_EQ(zuoxi.post(comments, {.body = R"({"text":)"}).status, 422);
  EXPECT_EQ(zuoxi.post("/cases/987654321/comments", {.body = R"({"text":"x"})"}).status, 404);
}

}  // namespace names_test
}  // namespace jinyue::api
