// Plans over the interface: looked at, corrected, imported, issued, reported; every page from the same
// ledger, as of any day.

#include <gtest/gtest.h>

#include "api/served_city.h"

namespace jinyue::api {
namespace {

using test::Answer;
using test::at;
using test::json;
using test::Person;
using test::Sent;
using test::ServedCity;

constexpr const char* plan_text = R"(示例市2026年营商环境行动方案
一、开放
（一）通关
1.推行预约通关。2026年6月底前上线预约。全年新开通预约时段不少于40个。（牵头单位：市口岸办、示例海关；责任地区：各区市县政府）
2.压减查验时间。查验等待时间控制在2小时以内。（牵头单位：示例海关）
3.公开作业时限。每季度公布一次。
二、品牌
1.中山区打造“示例办”服务品牌。围绕楼宇提供服务。
)";

class PlansTest : public testing::Test {
 protected:
  PlansTest() {
    for (const char* pack : {"/packs/dalian", "/packs/plan"}) {
      const auto read = packs::readPack(std::string{JINYUE_SOURCE_DIR} + pack);
      if (!read) throw std::runtime_error(describe(read.error()));
      if (const auto deployed = city.office().deploy(*read); !deployed)
        throw std::runtime_error(describe(deployed.error()));
    }
    city.officer("qicao", "市数据局", {{"plan-editor"}});
    city.officer("fuze", "市数据局", {{"plan-chief"}});
    city.officer("hecha", "市数据局", {{"plan-checker"}});
    city.officer("kouan", "市口岸办", {{"plan-unit"}});
    city.officer("zhongshan", "中山区人民政府", {{"plan-unit", {{}, {"210202"}, {}}}});
  }
  Answer preview(Person& who, const std::string& query = "") {
    return who.post("/plans/preview" + query, {.body = plan_text, .key = "", .media_type = "text/plain"});
  }
  /// Imports the example with the missing owner put in.
  Answer import(Person& who, const std::string& id, const std::string& key = "auto",
                const std::string& more = "") {
    boost::json::value plan = json(preview(who)).at("plan");
    plan.as_object()["measures"].as_array()[2].as_object()["leads"] = boost::json::array{"市口岸办"};
    const std::string body = R"({"id":")" + id + R"(","due":"2026-12-31",)" + more +
                             R"("steps_until_due":true,"plan":)" + boost::json::serialize(plan) + '}';
    return who.post("/plans", {.body = body, .key = key});
  }
  /// Completes an open task of a case.
  Answer complete(Person& who, const std::string& id, const std::string& node, const std::string& answers) {
    const Answer view = who.get("/cases/" + id);
    for (const auto& task : json(view).at("tasks").as_array()) {
      if (task.at("node").as_string() == node)
        return who.post("/tasks/" + id + "/" + boost::json::serialize(task.at("number")) + "/completion",
                        {.body = R"({"answers":)" + answers + '}'});
    }
    throw std::runtime_error("no open task " + node + " in " + view.body);
  }
  void pass(std::chrono::hours by) {
    for (std::chrono::hours gone{0}; gone < by; gone += std::chrono::hours{12}) {
      city.clock().advance(std::chrono::hours{12});
      for (int i = 0; i < 5; ++i) city.office().city().pump().runDue();
    }
  }
  void settle() {
    for (int i = 0; i < 10; ++i) city.office().city().pump().runDue();
  }
  static std::size_t count(const Answer& answer, const char* list = "items") {
    return json(answer).at(list).as_array().size();
  }

  ServedCity city;
};

TEST_F(PlansTest, APreviewSaysWhatWasReadAndWhatIsDoubtfulAndKeepsNothing) {
  Person editor = city.signIn("qicao");
  const Answer read = preview(editor);
  ASSERT_EQ(read.status, 200) << read.body;
  EXPECT_EQ(at(read, "/plan/title"), "示例市2026年营商环境行动方案");
  EXPECT_EQ(json(read).at("plan").at("measures").as_array().size(), 3U);
  EXPECT_EQ(at(read, "/plan/measures/0/leads/1"), "示例海关");
  EXPECT_EQ(at(read, "/plan/measures/1/targets/0/comparator"), "at_most");
  EXPECT_EQ(at(read, "/plan/brands/0/name"), "示例办");
  EXPECT_EQ(at(read, "/plan/doubts/0/code"), "owner.none");
  EXPECT_EQ(at(read, "/plan/doubts/0/measure"), "3");
  EXPECT_EQ(count(editor.get("/plans")), 0U);
  const Answer pdf =
      editor.post("/plans/preview", {.body = "%PDF-1.7", .key = "", .media_type = "text/plain"});
  EXPECT_EQ(at(pdf, "/code"), "plan.format") << pdf.body;
  Person checker = city.signIn("hecha");
  EXPECT_EQ(preview(checker).status, 403);
}

TEST_F(PlansTest, AnImportIsDoneOnceAndPutsMeasuresAndBrandsIntoTheirPlaces) {
  Person editor = city.signIn("qicao");
  const Answer done = import(editor, "example-2026", "the-key-of-the-import");
  ASSERT_EQ(done.status, 201) << done.body;
  EXPECT_EQ(at(done, "/measures"), "3");
  const Answer again = import(editor, "example-2026", "the-key-of-the-import");
  EXPECT_EQ(at(again, "/repeated"), "true") << again.body;
  EXPECT_EQ(at(import(editor, "example-2026"), "/code"), "plan.exists");
  EXPECT_EQ(at(import(editor, "Example 2026"), "/code"), "plan.id");
  const Answer list = editor.get("/plans/example-2026/measures");
  ASSERT_EQ(count(list), 3U) << list.body;
  EXPECT_EQ(at(list, "/items/0/due"), "2026-06-30");
  EXPECT_EQ(at(list, "/items/1/due"), "2026-12-31");
  EXPECT_EQ(at(list, "/items/0/stage"), "draft");
  const Answer brands = editor.get("/cases?process=innovation");
  EXPECT_EQ(at(brands, "/items/0/unit"), "中山区人民政府") << brands.body;
  EXPECT_EQ(at(brands, "/items/0/area"), "210202");
  EXPECT_EQ(editor.get("/plans/no-such").status, 404);
}

TEST_F(PlansTest, OnlyWhatIsCompleteIsIssuedAndTheRestIsListed) {
  Person editor = city.signIn("qicao");
  boost::json::value plan = json(preview(editor)).at("plan");  // measure 3 has no owner
  const std::string body = R"({"id":"example-2026","due":"2026-12-31","steps_until_due":true,"plan":)" +
                           boost::json::serialize(plan) + '}';
  ASSERT_EQ(editor.post("/plans", {.body = body}).status, 201);
  settle();
  const Answer gaps = editor.get("/plans/example-2026/gaps");
  EXPECT_EQ(at(gaps, "/incomplete"), "1") << gaps.body;
  EXPECT_EQ(at(gaps, "/complete"), "2");
  const Answer refused = editor.post("/plans/example-2026/issue", {.body = "{}"});
  EXPECT_EQ(at(refused, "/issued"), "0") << refused.body;  // who drafts does not issue
  EXPECT_EQ(count(refused, "refused"), 2U);
  Person chief = city.signIn("fuze");
  const Answer issued = chief.post("/plans/example-2026/issue", {.body = "{}"});
  EXPECT_EQ(at(issued, "/issued"), "2") << issued.body;
  EXPECT_EQ(at(issued, "/plan_issued"), "false");
  EXPECT_EQ(at(issued, "/gaps/0/number"), "3");
  EXPECT_EQ(at(issued, "/gaps/0/gaps/0/code"), "owner");
  const std::string third = at(issued, "/gaps/0/case_id");
  ASSERT_EQ(complete(editor, third, "draft", R"({"title":"公开作业时限","leads":["市口岸办"]})").status, 200);
  const Answer rest = chief.post("/plans/example-2026/issue", {.body = "{}"});
  EXPECT_EQ(at(rest, "/issued"), "1") << rest.body;
  EXPECT_EQ(at(rest, "/issued_before"), "2");
  EXPECT_EQ(at(rest, "/plan_issued"), "true");
  EXPECT_EQ(at(chief.get("/plans"), "/items/0/issued"), "2026-09-21");
}

TEST_F(PlansTest, TheListsAreJudgedAsTheyWereOnTheDay) {
  {
    Person editor = city.signIn("qicao");
    boost::json::value plan = json(preview(editor)).at("plan");  // measure 3 has no owner
    const std::string body = R"({"id":"example-2026","due":"2026-12-31","steps_until_due":true,"plan":)" +
                             boost::json::serialize(plan) + '}';
    ASSERT_EQ(editor.post("/plans", {.body = body}).status, 201);
    settle();
  }
  pass(std::chrono::hours{48});
  Person editor = city.signIn("qicao");
  const Answer gaps = editor.get("/plans/example-2026/gaps");
  EXPECT_EQ(at(gaps, "/as_of"), "2026-09-23") << gaps.body;
  ASSERT_EQ(complete(editor, at(gaps, "/items/2/case_id"), "draft",
                     R"({"title":"公开作业时限","leads":["市口岸办"]})")
                .status,
            200);
  EXPECT_EQ(at(editor.get("/plans/example-2026/gaps"), "/incomplete"), "0");
  const Answer before = editor.get("/plans/example-2026/gaps?as_of=2026-09-22");
  EXPECT_EQ(at(before, "/incomplete"), "1") << before.body;
  EXPECT_EQ(at(before, "/items/2/gaps/0/code"), "owner");
  EXPECT_EQ(at(editor.get("/plans/example-2026/measures"), "/items/2/leads/0"), "市口岸办");
  EXPECT_EQ(at(editor.get("/plans/example-2026/measures?as_of=2026-09-22"), "/items/2/leads/0"), "(absent)");
}

TEST_F(PlansTest, EveryPageComesFromTheSameLedgerAsOfADay) {
  Person editor = city.signIn("qicao");
  Person chief = city.signIn("fuze");
  Person unit = city.signIn("kouan");
  Person checker = city.signIn("hecha");
  ASSERT_EQ(import(editor, "example-2026").status, 201);
  ASSERT_EQ(at(chief.post("/plans/example-2026/issue", {.body = "{}"}), "/issued"), "3");
  const std::string plan = "/plans/example-2026";
  const std::string first = at(editor.get(plan + "/measures"), "/items/0/case_id");
  ASSERT_EQ(
      complete(
          unit, first, "decompose",
          R"({"parts":[{"unit":"市口岸办","task":"上线预约","due":"2026-12-31"},{"unit":"中山区人民政府","area":"210202","task":"落实","due":"2026-10-20"}]})")
          .status,
      200);
  settle();
  const Answer road = editor.get(plan + "/roadmap");
  ASSERT_EQ(json(road).at("items").at(0).at("parts").as_array().size(), 2U) << road.body;
  EXPECT_EQ(at(road, "/items/0/until"), "2026-06-30");
  const std::string part = at(road, "/items/0/parts/0/case_id");
  // The measure's own day is over on the day of the test; that shows at once.
  EXPECT_EQ(at(editor.get(plan + "/late"), "/items/0/reasons/0/code"), "measure.past-due");
  ASSERT_EQ(
      complete(
          unit, part, "report",
          R"({"progress":50,"summary":"示例","evidence":["示例文号1"],"values":[{"target":1,"value":10}],"finished":false})")
          .status,
      200);
  EXPECT_EQ(at(editor.get(plan + "/measures"), "/items/0/progress"), "0") << "nobody has checked it";
  ASSERT_EQ(complete(checker, part, "check", R"({"accepted":true})").status, 200);
  EXPECT_EQ(at(editor.get(plan + "/measures"), "/items/0/progress"), "25");
  const Answer targets = editor.get(plan + "/targets");
  EXPECT_EQ(at(targets, "/items/0/value"), "10") << targets.body;
  EXPECT_EQ(at(targets, "/items/0/percent"), "25");
  EXPECT_EQ(at(targets, "/items/0/attained"), "false");
  pass(std::chrono::hours{24 * 40});
  Person reader = city.signIn("qicao");  // sessions do not last that long
  const Answer late = reader.get(plan + "/late?as_of=2026-10-22");
  EXPECT_NE(late.body.find("part.past-due"), std::string::npos) << late.body;
  EXPECT_NE(late.body.find("中山区人民政府"), std::string::npos);
  EXPECT_NE(late.body.find("part.no-report"), std::string::npos);
  const Answer before = reader.get(plan + "/late?as_of=2026-09-30");
  EXPECT_EQ(before.body.find("part."), std::string::npos) << before.body;
  EXPECT_EQ(count(reader.get(plan + "/measures?as_of=2026-09-20")), 0U) << "there was no plan yet";
  EXPECT_EQ(at(reader.get(plan + "?as_of=2026-09-21"), "/progress"), "8");
  const Answer overview = reader.get(plan);
  EXPECT_EQ(at(overview, "/measures"), "3") << overview.body;
  EXPECT_NE(at(overview, "/orders"), "0");
  const Answer orders = reader.get(plan + "/orders");
  EXPECT_EQ(at(orders, "/open"), std::to_string(count(orders))) << orders.body;
  EXPECT_NE(orders.body.find("late-report"), std::string::npos) << orders.body;
  EXPECT_EQ(at(orders, "/resolved"), "0");
  EXPECT_EQ(count(reader.get(plan + "/orders?as_of=2026-09-21")), 0U) << "there was none yet";
  const Answer table = reader.get(plan + "/timetable");
  EXPECT_EQ(at(table, "/items/0/date"), "2026-06-30") << table.body;
  const Answer matrix = reader.get(plan + "/matrix");
  EXPECT_NE(matrix.body.find(R"("duty":"part")"), std::string::npos) << matrix.body;
  // An officer of a district sees its part and nothing else.
  Person district = city.signIn("zhongshan");
  const Answer own = district.get(plan + "/roadmap");
  ASSERT_EQ(count(own), 1U) << own.body;
  EXPECT_EQ(json(own).at("items").at(0).at("parts").as_array().size(), 1U);
  EXPECT_EQ(own.body.find("市口岸办"), std::string::npos);
  EXPECT_TRUE(city.faults().empty()) << city.faults().front();
}

TEST_F(PlansTest, ANewYearsMeasuresAreLinkedToThoseOfTheSameName) {
  Person editor = city.signIn("qicao");
  ASSERT_EQ(import(editor, "example-2026").status, 201);
  const Answer read = preview(editor, "?previous=example-2026");
  EXPECT_EQ(count(read, "links"), 3U) << read.body;
  EXPECT_EQ(at(read, "/links/2/previous"), "example-2026/3");
  const Answer next = import(editor, "example-2027", "auto", R"("previous":"example-2026",)");
  EXPECT_EQ(at(next, "/linked"), "3") << next.body;
  EXPECT_EQ(at(editor.get("/plans/example-2027/measures"), "/items/1/previous"), "example-2026/2");
}

TEST_F(PlansTest, ReportsOfMembersThatSayTheSameAreFound) {
  Person editor = city.signIn("qicao");
  Person unit = city.signIn("kouan");
  ASSERT_EQ(import(editor, "example-2026").status, 201);
  const Answer reported = unit.post(
      "/cases",
      {.body =
           R"({"pack":"plan","item":"member-measure","answers":{"plan":"example-2026","unit":"市口岸办","title":"推行预约通关改革","text":"示例"}})"});
  ASSERT_EQ(reported.status, 201) << reported.body;
  const Answer pairs = editor.get("/plans/example-2026/duplicates");
  EXPECT_EQ(at(pairs, "/items/0/other/title"), "推行预约通关") << pairs.body;
}

TEST_F(PlansTest, ABoardIsOpenAndJudgesEachComparisonItsOwnWay) {
  Person editor = city.signIn("qicao");
  Person unit = city.signIn("kouan");
  Person checker = city.signIn("hecha");
  EXPECT_EQ(count(city.nobody().get("/open/boards")), 0U);
  const auto project = [&](const std::string& title, const std::string& comparator, int planned,
                           const std::string& named = "") {
    const Answer started = editor.post(
        "/cases", {.body = R"({"pack":"plan","item":"project","answers":{"board":"board-2026",)" + named +
                           R"("item":"示例事项","title":")" + title +
                           R"(","unit":"市口岸办","comparator":")" + comparator + R"(","planned":)" +
                           std::to_string(planned) + R"(,"measured_in":"%","due":"2026-12-31"}})"});
    EXPECT_EQ(started.status, 201) << started.body;
    return at(started, "/case_id");
  };
  const std::string rate = project("失业率", "at_most", 4);
  EXPECT_EQ(at(city.nobody().get("/open/boards/board-2026"), "/title/zh"), "board-2026") << "not named yet";
  const std::string share = project("覆盖率", "at_least", 4,
                                    R"("board_title":"民生实事（示例）","board_title_en":"for residents",)");
  for (const std::string& id : {rate, share}) {
    ASSERT_EQ(complete(unit, id, "project-report",
                       R"({"done":3,"summary":"示例","evidence":["示例单"],"finished":false})")
                  .status,
              200);
    ASSERT_EQ(complete(checker, id, "project-check", R"({"accepted":true})").status, 200);
  }
  Person anybody = city.nobody();
  const Answer boards = anybody.get("/open/boards");
  EXPECT_EQ(count(boards), 1U) << boards.body;
  EXPECT_EQ(at(boards, "/items/0/board"), "board-2026");
  EXPECT_EQ(at(boards, "/items/0/projects"), "2");
  EXPECT_EQ(at(boards, "/items/0/title/zh"), "民生实事（示例）");
  EXPECT_EQ(anybody.get("/open/boards?limit=1").status, 400);
  const Answer board = anybody.get("/open/boards/board-2026");
  ASSERT_EQ(board.status, 200) << board.body;
  EXPECT_EQ(at(board, "/title/en"), "for residents");
  EXPECT_EQ(at(board, "/projects/0/attained"), "true") << board.body;
  EXPECT_EQ(at(board, "/projects/1/attained"), "false");
  EXPECT_EQ(at(board, "/projects/1/percent"), "75");
  EXPECT_EQ(at(board, "/projects/0/light"), "green");
  EXPECT_EQ(anybody.get("/open/boards/none").status, 404);
  EXPECT_EQ(anybody.get("/plans").status, 401);
}

}  // namespace
}  // namespace jinyue::api
