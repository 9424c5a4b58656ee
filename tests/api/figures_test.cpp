// Figures and bulletins over the interface: who sees what, and what everybody sees once it is published.

#include <gtest/gtest.h>

#include "api/served_city.h"
#include "insight/reports.h"

namespace jinyue::api {
namespace figures_test {

using test::Answer;
using test::at;
using test::Person;
using test::Sent;
using test::ServedCity;

class FiguresTest : public testing::Test {
 protected:
  FiguresTest() {
    while (city.office().recount().step()) {
    }
    city.officer("analyst", "市示例局", {{"analyst"}});
    city.officer("chief", "市示例局", {{"report-chief"}});
    city.officer("elsewhere", "市另一局", {{"analyst", {.units = {"市另一局"}}}});
    city.officer("agent", "12345", {{"agent"}});
  }
  static Sent body(std::string text) { return {.body = std::move(text)}; }
  static std::string tagOf(const Answer& answer) { return answer.header("etag"); }
  /// Waits until September is over, which ends all sessions, and drafts its bulletin.
  std::string drafted() {
    city.hotlineCase();
    city.hotlineCase();
    city.clock().advance(std::chrono::days{20});
    Person analyst = city.signIn("analyst");
    const Answer draft =
        analyst.post("/reports/drafts",
                     body(R"({"pack":"demonstration","bulletin":"hotline-monthly","period":"2026-09"})"));
    EXPECT_EQ(draft.status, 200) << draft.body;
    return "/reports/" + at(draft, "/id");
  }
  Answer act(Person& person, const std::string& path, const std::string& verb, const std::string& text = {}) {
    Person reader = city.signIn("analyst");
    Sent sent{.body = text, .if_match = tagOf(reader.get(path))};
    if (text.empty()) sent.media_type.clear();
    return person.post(path + "/" + verb, sent);
  }

  ServedCity city{testing_support::StoreKind::sqlite, [](cli::OfficeOptions& options, http::ServerOptions&) {
                    options.recount_grace = Millis{0};
                  }};
  static constexpr const char* received = "/figures?indicators=demonstration/hotline-received&period=2026-09";
};

TEST_F(FiguresTest, ACaseShowsAtOnceAndSoDoesWhatIsBehindIt) {
  Person analyst = city.signIn("analyst");
  EXPECT_EQ(at(analyst.get(received), "/items/0/figures/0/value"), "0");
  const auto id = city.hotlineCase();
  const Answer now = analyst.get(received);
  EXPECT_EQ(at(now, "/items/0/figures/0/value"), "1") << now.body;
  EXPECT_EQ(at(now, "/items/0/figures/0/of"), "1");
  EXPECT_EQ(at(now, "/computed_at"), "2026-09-21T01:00:00.000Z");
  EXPECT_EQ(at(now, "/complete"), "true");
  const Answer behind =
      analyst.get("/figures/behind?indicator=demonstration/hotline-received&period=2026-09");
  EXPECT_EQ(at(behind, "/items/0/id"), std::to_string(id)) << behind.body;
  EXPECT_EQ(at(behind, "/items/0/title"), "(absent)");  // an analyst does not read cases
  const Answer months = analyst.get(std::string{received} + "&by=month");
  EXPECT_EQ(at(months, "/items/0/month"), "2026-09");
  const Answer compared = analyst.get(std::string{received} + "&compare=true");
  EXPECT_EQ(at(compared, "/items/0/figures/0/before"), "0") << compared.body;
  EXPECT_NE(analyst.get("/figures/indicators").body.find("hotline-satisfaction"), std::string::npos);
}

TEST_F(FiguresTest, OutsideOnesScopeNothingIsCounted) {
  city.hotlineCase();
  Person elsewhere = city.signIn("elsewhere");
  EXPECT_EQ(at(elsewhere.get(received), "/items/0/figures/0/value"), "0");
  EXPECT_EQ(at(elsewhere.get("/figures/behind?indicator=demonstration/hotline-received&period=2026-09"),
               "/items/0"),
            "(absent)");
  EXPECT_EQ(city.signIn("agent").get(received).status, 403);
  EXPECT_EQ(city.nobody().get(received).status, 401);
}

TEST_F(FiguresTest, WhatCantBeIsRefused) {
  Person analyst = city.signIn("analyst");
  EXPECT_EQ(at(analyst.get("/figures?indicators=demonstration/no&period=2026-09"), "/code"),
            "figure.unknown");
  EXPECT_EQ(at(analyst.get("/figures?indicators=demonstration/hotline-received&period=yesterday"), "/code"),
            "figure.period");
  EXPECT_EQ(at(analyst.get(std::string{received} + "&by=colour"), "/code"), "figure.by");
  EXPECT_EQ(at(analyst.get("/figures/behind?indicator=demonstration/hotline-received&period=2026-09&after=x"),
               "/code"),
            "request.cursor");
}

TEST_F(FiguresTest, ABulletinIsOpenOnceItIsPublished) {
  const std::string path = drafted();
  Person analyst = city.signIn("analyst");
  Person chief = city.signIn("chief");
  Person nobody = city.nobody();
  const Answer read = analyst.get(path);
  EXPECT_EQ(at(read, "/content/city/figures/0/value"), "2") << read.body;
  EXPECT_EQ(at(read, "/status"), "draft");
  EXPECT_EQ(at(read, "/drafted_by_name"), "示例人员");
  EXPECT_EQ(at(read, "/frozen_by_name"), "");
  EXPECT_EQ(nobody.get("/open" + path).status, 404);
  EXPECT_EQ(city.signIn("elsewhere").get(path).status, 404);
  EXPECT_EQ(chief.post(path + "/freeze", {.if_match = tagOf(read)}).status, 403);
  const Answer frozen = act(analyst, path, "freeze");
  ASSERT_EQ(frozen.status, 200) << frozen.body;
  EXPECT_EQ(act(analyst, path, "freeze").status, 409);
  EXPECT_EQ(nobody.get("/open" + path).status, 404);
  ASSERT_EQ(act(chief, path, "publish").status, 200);
  const Answer open = nobody.get("/open" + path);
  EXPECT_EQ(at(open, "/content/city/figures/0/value"), "2") << open.body;
  EXPECT_EQ(at(open, "/drafted_by"), "(absent)");
  EXPECT_EQ(at(nobody.get("/open/reports"), "/items/0/period"), "2026-09");
  const Answer pdf = nobody.get("/open" + path + "/file?format=pdf");
  EXPECT_EQ(pdf.status, 200);
  EXPECT_TRUE(pdf.body.starts_with("%PDF-"));
  const Answer xlsx = analyst.get(path + "/file?format=xlsx");
  EXPECT_TRUE(xlsx.body.starts_with("PK"));
  EXPECT_EQ(at(analyst.get(path + "/changes"), "/items/0"), "(absent)");
  EXPECT_EQ(at(analyst.get("/reports/kinds"), "/items/0/pack"), "demonstration");
}

TEST_F(FiguresTest, WhoWasSlowerIsTold) {
  const std::string path = drafted();
  Person analyst = city.signIn("analyst");
  const std::string old = tagOf(analyst.get(path));
  ASSERT_EQ(analyst
                .post("/reports/drafts",
                      body(R"({"pack":"demonstration","bulletin":"hotline-monthly","period":"2026-09"})"))
                .status,
            200);
  EXPECT_EQ(analyst.post(path + "/freeze", {.if_match = old, .media_type = ""}).status, 412);
  EXPECT_EQ(analyst.post(path + "/freeze", {.media_type = ""}).status, 428);
}

TEST_F(FiguresTest, FiguresAreThereAfterARestart) {
  city.hotlineCase();
  city.restart();
  EXPECT_EQ(at(city.signIn("analyst").get(received), "/items/0/figures/0/value"), "1");
}

}  // namespace figures_test
}  // namespace jinyue::api
