// Surveys, evaluations and appeals over the interface: who may, what is refused, and that a sample can be
// drawn again.

#include <set>

#include <gtest/gtest.h>

#include "api/served_city.h"
#include "insight/reports.h"
#include "packs/pack.h"

namespace jinyue::api {
namespace assessment_test {

using test::Answer;
using test::at;
using test::json;
using test::Person;
using test::Sent;
using test::ServedCity;

constexpr const char* survey_body = R"-({"design":{
  "title":{"zh":"企业满意度（示例）","en":"firms, made up"},"source":"示例",
  "questions":[{"id":"speed","title":{"zh":"办事快吗","en":"is it quick"},"weight":1,
    "options":[{"title":{"zh":"满意","en":"yes"},"score":100},{"title":{"zh":"不满意","en":"no"},"score":0}]}],
  "strata":[{"id":"firms","title":{"zh":"企业","en":"firms"},"population":5}],"least_answers":3},
  "opens":"2026-09-21T00:00:00Z","closes":"2026-10-21T00:00:00Z"})-";

class AssessmentTest : public testing::Test {
 protected:
  AssessmentTest() {
    for (const char* pack : {"/packs/dalian", "/packs/assessment"}) {
      const auto read = packs::readPack(std::string{JINYUE_SOURCE_DIR} + pack);
      if (!read) throw std::runtime_error(describe(read.error()));
      if (const auto deployed = city.office().deploy(*read); !deployed)
        throw std::runtime_error(describe(deployed.error()));
    }
    while (city.office().recount().step()) {
    }
    city.officer("analyst", "市示例局", {{"analyst"}});
    city.officer("chief", "市示例局", {{"report-chief"}});
    city.officer("elsewhere", "市另一局", {{"analyst", {.units = {"市另一局"}}}});
    city.officer("agent", "12345", {{"agent"}});
    city.officer("filer", "市示例局", {{"appeal-filer"}});
    city.officer("reviewer", "市示例局", {{"appeal-reviewer"}});
    city.officer("evaluator", "市示例局", {{"evaluator"}});
  }
  static Sent body(std::string text) { return {.body = std::move(text)}; }
  static std::string tagOf(const Answer& answer) { return answer.header("etag"); }
  void settle() {
    for (int i = 0; i < 10; ++i) city.office().city().pump().runDue();
  }
  std::string survey(Person& who) {
    const Answer made = who.post("/surveys", body(survey_body));
    EXPECT_EQ(made.status, 200) << made.body;
    return "/surveys/" + at(made, "/id");
  }
  Answer act(Person& who, Person& reader, const std::string& path, const std::string& verb,
             const std::string& text = {}) {
    Sent sent{.body = text, .if_match = tagOf(reader.get(path))};
    if (text.empty()) sent.media_type.clear();
    return who.post(path + "/" + verb, sent);
  }
  Answer appeal(Person& who, const std::string& report) {
    const Answer made = who.post(
        "/cases", body(R"({"pack":"assessment","item":"appeal","answers":{"subject":"误计一件（示例）",)"
                       R"("unit":"市示例局","report":)" +
                       report + R"(,"claim":"不属本单位职责（示例）"}})"));
    EXPECT_EQ(made.status, 201) << made.body;
    settle();
    return who.get("/cases/" + at(made, "/case_id"));
  }

  ServedCity city{testing_support::StoreKind::sqlite, [](cli::OfficeOptions& options, http::ServerOptions&) {
                    options.recount_grace = Millis{0};
                  }};
};

TEST_F(AssessmentTest, WhoMayNotIsTurnedAwayFromSurveys) {
  Person analyst = city.signIn("analyst");
  Person chief = city.signIn("chief");
  Person agent = city.signIn("agent");
  Person nobody = city.nobody();
  const std::string path = survey(analyst);
  EXPECT_EQ(agent.get("/surveys").status, 403);
  EXPECT_EQ(nobody.get("/surveys").status, 401);
  EXPECT_EQ(agent.get(path).status, 403);
  EXPECT_EQ(chief.get(path).status, 200);
  EXPECT_EQ(chief.post("/surveys", body(survey_body)).status, 403);
  EXPECT_EQ(act(chief, analyst, path, "open").status, 403);
  EXPECT_EQ(act(analyst, analyst, path, "publish").status, 403);
  EXPECT_EQ(nobody.get("/open" + path).status, 404);  // a draft
}

TEST_F(AssessmentTest, WhatIsWrongWithASurveyIsSaid) {
  Person analyst = city.signIn("analyst");
  std::string backwards = survey_body;
  backwards.replace(backwards.find("2026-10-21"), 10, "2026-08-21");
  EXPECT_EQ(at(analyst.post("/surveys", body(backwards)), "/code"), "survey.times");
  std::string no_options = survey_body;
  const auto from = no_options.find(R"({"title":{"zh":"满意")");
  no_options.erase(from, no_options.find(R"({"title":{"zh":"不满意")") - from);
  EXPECT_GE(analyst.post("/surveys", body(no_options)).status, 400);
  EXPECT_GE(analyst.post("/surveys", body("{}")).status, 400);
  EXPECT_EQ(analyst.get("/surveys/999999").status, 404);
  EXPECT_EQ(at(analyst.get("/surveys?after=x"), "/code"), "request.cursor");
  const std::string path = survey(analyst);
  EXPECT_EQ(analyst.post(path + "/open", {.media_type = ""}).status, 428);
  EXPECT_EQ(act(analyst, analyst, path, "close").status, 409);
  const std::string invitations = R"({"stratum":"none","count":1})";
  EXPECT_EQ(at(act(analyst, analyst, path, "invitations", invitations), "/code"), "survey.stratum");
  EXPECT_EQ(at(act(analyst, analyst, path, "invitations", R"({"stratum":"firms","count":6})"), "/code"),
            "survey.count");
}

TEST_F(AssessmentTest, AnswersAreAnonymousAndShownOnceThereAreEnough) {
  Person analyst = city.signIn("analyst");
  Person chief = city.signIn("chief");
  Person nobody = city.nobody();
  const std::string path = survey(analyst);
  ASSERT_EQ(act(analyst, analyst, path, "open").status, 200);
  const Answer codes = act(analyst, analyst, path, "invitations", R"({"stratum":"firms","count":5})");
  ASSERT_EQ(codes.status, 200) << codes.body;
  const auto answer = [&](const std::string& code, const std::string& choice) {
    return nobody.post("/open" + path + "/answers",
                       body(R"({"code":")" + code + R"(","answers":{"speed":)" + choice + "}}"));
  };
  EXPECT_EQ(at(answer("NOSUCHCODE", "0"), "/code"), "survey.code");
  EXPECT_EQ(answer(at(codes, "/codes/0"), "7").status, 422);
  EXPECT_EQ(answer(at(codes, "/codes/0"), "0").status, 204);
  EXPECT_EQ(at(answer(at(codes, "/codes/0"), "0"), "/code"), "survey.code");
  EXPECT_EQ(answer(at(codes, "/codes/1"), "1").status, 204);
  EXPECT_EQ(answer(at(codes, "/codes/2"), "0").status, 204);
  EXPECT_EQ(answer(at(codes, "/codes/3"), "1").status, 204);
  EXPECT_EQ(at(analyst.get(path), "/results"), "(absent)");
  ASSERT_EQ(act(analyst, analyst, path, "close").status, 200);
  EXPECT_EQ(at(analyst.get(path), "/results/all/index"), "50");
  EXPECT_EQ(answer(at(codes, "/codes/4"), "0").status, 409);
  EXPECT_EQ(nobody.get("/open" + path).status, 404);
  ASSERT_EQ(act(chief, analyst, path, "publish").status, 200);
  EXPECT_EQ(at(nobody.get("/open" + path), "/results/all/answers"), "4");
}

TEST_F(AssessmentTest, ASampleIsDrawnFromARegisterAndCanBeDrawnAgain) {
  Person analyst = city.signIn("analyst");
  const std::string path = survey(analyst);
  const std::string wanted = R"({"stratum":"firms","register_name":"firms","filters":{},"count":2})";
  const Answer drawn = act(analyst, analyst, path, "samples", wanted);
  ASSERT_EQ(drawn.status, 200) << drawn.body;
  EXPECT_EQ(json(drawn).at("keys").as_array().size(), 2U);
  EXPECT_EQ(at(drawn, "/as_of"), "2026-09-21");
  const Answer again = analyst.get(path + "/samples/1");
  EXPECT_EQ(at(again, "/keys/0"), at(drawn, "/keys/0")) << again.body;
  EXPECT_EQ(at(again, "/keys/1"), at(drawn, "/keys/1"));
  EXPECT_EQ(at(again, "/seed"), at(drawn, "/seed"));
  EXPECT_EQ(at(again, "/unchanged"), "true");
  EXPECT_EQ(at(analyst.get(path), "/samples/0/digest"), at(drawn, "/digest"));
  EXPECT_EQ(analyst.get(path + "/samples/2").status, 404);
  EXPECT_EQ(analyst.get(path + "/samples/0").status, 404);
  const Answer other = act(analyst, analyst, path, "samples", wanted);
  EXPECT_NE(at(other, "/seed"), at(drawn, "/seed")) << other.body;
  const auto refused = [&](const std::string& text) {
    return at(act(analyst, analyst, path, "samples", text), "/code");
  };
  EXPECT_EQ(refused(R"({"stratum":"firms","register_name":"firms","filters":{},"count":99999})"),
            "survey.population");
  EXPECT_EQ(refused(R"({"stratum":"firms","register_name":"no-such","filters":{},"count":1})"),
            "register.unknown");
  EXPECT_EQ(refused(R"({"stratum":"firms","register_name":"firms","filters":{"phone":"1"},"count":1})"),
            "register.no-filter");
  EXPECT_EQ(refused(R"({"stratum":"none","register_name":"firms","filters":{},"count":1})"),
            "survey.stratum");
  Person elsewhere = city.signIn("elsewhere");
  EXPECT_EQ(act(elsewhere, analyst, path, "samples", wanted).status, 403);
  EXPECT_EQ(elsewhere.get(path + "/samples/1").status, 403);
  Person chief = city.signIn("chief");
  EXPECT_EQ(chief.get(path + "/samples/1").status, 403);
}

TEST_F(AssessmentTest, AnEvaluationIsWhatItsCasesSayInReach) {
  Person evaluator = city.signIn("evaluator");
  Person analyst = city.signIn("analyst");
  const Answer empty = analyst.get("/evaluations/national?year=2026");
  ASSERT_EQ(empty.status, 200) << empty.body;
  EXPECT_EQ(json(empty).at("leaves").as_array().size(), 18U);
  EXPECT_EQ(json(analyst.get("/evaluations/b-ready?year=2026")).at("leaves").as_array().size(), 30U);
  EXPECT_EQ(at(analyst.get("/evaluations/no-such?year=2026"), "/code"), "evaluation.unknown");
  EXPECT_EQ(analyst.get("/evaluations/national?year=1026").status / 100, 4);
  EXPECT_EQ(analyst.get("/evaluations/national?year=soon").status / 100, 4);
  EXPECT_EQ(evaluator.get("/evaluations/national?year=2026").status, 403);
  EXPECT_EQ(city.signIn("agent").get("/evaluations/national?year=2026").status, 403);
  EXPECT_EQ(city.nobody().get("/evaluations/national?year=2026").status, 401);
}

TEST_F(AssessmentTest, AnAppealIsTakenAgainstAPublishedEditionInItsTermOnly) {
  city.hotlineCase();
  city.clock().advance(std::chrono::days{105});  // the year is over
  std::string report;
  {
    Person analyst = city.signIn("analyst");
    const Answer draft = analyst.post(
        "/reports/drafts", body(R"({"pack":"demonstration","bulletin":"hotline-yearly","period":"2026"})"));
    ASSERT_EQ(draft.status, 200) << draft.body;
    report = at(draft, "/id");
    Person filer = city.signIn("filer");
    const Answer too_early = appeal(filer, report);
    EXPECT_EQ(at(too_early, "/status"), "completed") << too_early.body;
    EXPECT_NE(too_early.body.find("没有这份已发布的通报"), std::string::npos) << too_early.body;
    Person chief = city.signIn("chief");
    ASSERT_EQ(act(analyst, analyst, "/reports/" + report, "freeze").status, 200);
    ASSERT_EQ(act(chief, analyst, "/reports/" + report, "publish").status, 200);
    EXPECT_EQ(at(appeal(filer, "999999"), "/status"), "completed");
    const Answer taken = appeal(filer, report);
    EXPECT_EQ(at(taken, "/status"), "active") << taken.body;
    EXPECT_EQ(at(taken, "/tasks/0/node"), "check");
  }
  city.clock().advance(std::chrono::days{11});
  Person filer = city.signIn("filer");
  const Answer late = appeal(filer, report);
  EXPECT_EQ(at(late, "/status"), "completed");
  EXPECT_NE(late.body.find("申诉期为发布后 10 日"), std::string::npos) << late.body;
}

}  // namespace assessment_test
}  // namespace jinyue::api
