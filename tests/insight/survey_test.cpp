// Surveys: what answers come to, and that nobody can tell whose they were.
#include <random>

#include <gmock/gmock.h>

#include "insight/counted_city.h"
#include "insight/surveys.h"
#include "ledger/record.h"

namespace jinyue::insight {
namespace survey_test {

SurveyDesign design() {
  const auto options = [] {
    return std::vector<SurveyOption>{
        {{"满意", "satisfied"}, 100}, {{"一般", "so so"}, 50}, {{"不满意", "dissatisfied"}, 0}};
  };
  return {{"企业满意度（示例）", "satisfaction of firms (example)"},
          "示例",
          {{"speed", {"办事快吗", "is it quick"}, options(), 1},
           {"manner", {"态度好吗", "is it polite"}, options(), 3}},
          {{"small", {"小微企业", "small firms"}, 1000}, {"large", {"大中型企业", "large firms"}, 100}},
          3};
}

TEST(SurveyIndex, ByHand) {
  const SurveyDesign of = design();
  EXPECT_EQ(indexOf(of, {{"speed", 0}, {"manner", 2}}), 25);
  EXPECT_EQ(indexOf(of, {{"speed", 1}, {"manner", 0}}), 88);  // 87.5
  // Small: 100, 50, 0 → mean 50, s² = 2500; large: 100, 100, 100, 0 → mean 75, s² = 2500.
  const std::vector<Tally> tallies{{"small", "", 100, 1},   {"small", "", 50, 1}, {"small", "", 0, 1},
                                   {"large", "", 100, 3},   {"large", "", 0, 1},  {"small", "speed", 0, 3},
                                   {"large", "speed", 2, 4}};
  const SurveyResults results = resultsOf(of, tallies, {{"small", 10}, {"large", 8}});
  EXPECT_EQ(results.strata[0].index, "50");
  EXPECT_EQ(results.strata[0].response_rate, "30");
  // 1.96 × √((1 − 3/1000) × 2500 / 3)
  EXPECT_EQ(results.strata[0].margin, "56.5");
  EXPECT_EQ(results.strata[1].index, "75");
  EXPECT_EQ(results.strata[1].margin, "48.01");  // 1.96 × √(0.96 × 2500 / 4)
  EXPECT_EQ(results.all.answers, 7);
  EXPECT_EQ(results.all.population, 1100);
  EXPECT_EQ(results.all.response_rate, "38.89");
  EXPECT_EQ(results.all.index, "52.27");   // (1000 × 50 + 100 × 75) / 1100
  EXPECT_EQ(results.all.margin, "51.54");  // 1.96 × √((10/11)² × 830.8333 + (1/11)² × 600)
  EXPECT_EQ(results.shares[0].share, "42.86");
}

TEST(SurveyIndex, WhoAnsweredForAllIsSure) {
  SurveyDesign of = design();
  of.strata = {{"all", {"全部", "all"}, 4}};
  const SurveyResults results = resultsOf(of, {{"all", "", 100, 3}, {"all", "", 0, 1}}, {{"all", 4}});
  EXPECT_EQ(results.all.index, "75");
  EXPECT_EQ(results.all.margin, "0");
  EXPECT_EQ(results.all.response_rate, "100");
}

TEST(SurveyIndex, FewAnswersAreNotShownNorWhatWouldGiveThemAway) {
  SurveyDesign of = design();
  of.strata.push_back({"middle", {"中型企业", "middle"}, 300});
  const SurveyResults results =
      resultsOf(of, {{"small", "", 100, 2}, {"large", "", 50, 5}, {"middle", "", 0, 9}}, {});
  EXPECT_FALSE(results.strata[0].answers);  // too few
  EXPECT_FALSE(results.strata[1].answers);  // the next smallest: else the whole less the rest gives the few
  EXPECT_EQ(results.strata[2].answers, 9);
  EXPECT_EQ(results.all.answers, 16);
  EXPECT_FALSE(resultsOf(of, {{"small", "", 100, 2}}, {}).all.answers);
}

TEST(SurveyDesigns, WhatIsWrongIsSaidAtOnce) {
  EXPECT_TRUE(checkDesign(design()));
  SurveyDesign wrong = design();
  wrong.title.en.clear();
  wrong.questions[1].id = "speed";
  wrong.questions[0].options.resize(1);
  wrong.strata[0].population = 0;
  wrong.least_answers = 1;
  const auto checked = checkDesign(wrong);
  ASSERT_FALSE(checked);
  EXPECT_EQ(checked.error().causes.size(), 5u);
}

class SurveysTest : public CountedCity {
 protected:
  void SetUp() override {
    open();
    surveys_ = std::make_unique<Surveys>(city_->store(), clock_.fn(), [this](std::size_t count) {
      std::string bytes;
      while (bytes.size() < count) bytes += static_cast<char>(random_());
      return bytes;
    });
  }
  Survey must(Result<Survey> survey) {
    EXPECT_TRUE(survey) << describe(survey.error());
    if (!survey) throw std::runtime_error(describe(survey.error()));
    return *survey;
  }
  Survey opened() {
    const Survey made =
        must(surveys_->create(design(), clock_.now(), clock_.now() + std::chrono::days{10}, "account:1"));
    return must(surveys_->open(made.id, made.version, "account:1"));
  }
  std::vector<std::string> codes(const Survey& survey, std::string_view stratum, int count) {
    auto made = surveys_->invite(survey.id, surveys_->find(survey.id)->version, stratum, count, "account:1");
    if (!made) throw std::runtime_error(describe(made.error()));
    return *made;
  }
  static std::string code(const Result<void>& result) { return result ? "done" : result.error().code; }
  Survey now(const Survey& survey) { return *surveys_->find(survey.id); }

  std::unique_ptr<Surveys> surveys_;
  std::mt19937 random_{3};
};
JINYUE_COUNTED_ON_BOTH_STORES(SurveysTest);

TEST_P(SurveysTest, ACodeIsGoodForOneAnswer) {
  const Survey survey = opened();
  const auto made = codes(survey, "small", 5);
  EXPECT_EQ(std::set<std::string>(made.begin(), made.end()).size(), 5u);
  const SurveyAnswers answers{{"speed", 0}, {"manner", 1}};
  EXPECT_EQ(code(surveys_->answer(survey.id, "WRONG", answers)), "survey.code");
  EXPECT_EQ(code(surveys_->answer(survey.id, made[0], {{"speed", 0}})), "survey.unanswered");
  EXPECT_EQ(code(surveys_->answer(survey.id, made[0], {{"speed", 9}, {"manner", 1}})), "survey.unanswered");
  EXPECT_EQ(code(surveys_->answer(survey.id, made[0], answers)), "done");
  EXPECT_EQ(code(surveys_->answer(survey.id, made[0], answers)), "survey.code");
  EXPECT_FALSE(surveys_->results(now(survey)));  // not while it is open
  for (int i = 1; i < 4; ++i)
    EXPECT_EQ(code(surveys_->answer(survey.id, made[static_cast<std::size_t>(i)], answers)), "done");
  Survey closed = must(surveys_->close(survey.id, now(survey).version, "account:1"));
  EXPECT_EQ(code(surveys_->answer(survey.id, made[4], answers)), "survey.not-open");
  const auto results = surveys_->results(closed);
  EXPECT_EQ(results->all.answers, 4);
  EXPECT_EQ(results->all.invited, 5);
  EXPECT_EQ(results->all.index, "63");  // (100 + 3 × 50) / 4, half up
  EXPECT_EQ(surveys_->publish(closed.id, closed.version, "account:1").error().code, "survey.same-person");
  EXPECT_EQ(must(surveys_->publish(closed.id, closed.version, "account:2")).status, SurveyStatus::published);
}

TEST_P(SurveysTest, NotBeforeItOpensNorAfterItCloses) {
  const Survey made = must(surveys_->create(design(), clock_.now() + std::chrono::days{1},
                                            clock_.now() + std::chrono::days{2}, "account:1"));
  const Survey survey = must(surveys_->open(made.id, made.version, "account:1"));
  const auto made_codes = codes(survey, "large", 2);
  const SurveyAnswers answers{{"speed", 0}, {"manner", 1}};
  EXPECT_EQ(code(surveys_->answer(survey.id, made_codes[0], answers)), "survey.not-open");
  clock_.advance(std::chrono::days{1});
  EXPECT_EQ(code(surveys_->answer(survey.id, made_codes[0], answers)), "done");
  clock_.advance(std::chrono::days{1});
  EXPECT_EQ(code(surveys_->answer(survey.id, made_codes[1], answers)), "survey.not-open");
  EXPECT_EQ(surveys_->invite(survey.id, now(survey).version, "large", 99, "account:1").error().code,
            "survey.count");
}

/// Two ways to hand out the same answers to the same codes leave the same database behind, but for codes:
/// so nothing in it can say who gave which.
TEST_P(SurveysTest, NothingTiesAnAnswerToWhoGaveIt) {
  const auto everything = [&](bool turned) {
    random_.seed(11);
    const Survey survey = opened();
    const auto made = codes(survey, "small", 6);
    for (std::size_t i = 0; i < made.size(); ++i) {
      const auto choice = static_cast<std::int64_t>((turned ? made.size() - 1 - i : i) % 3);
      EXPECT_EQ(code(surveys_->answer(survey.id, made[i], {{"speed", choice}, {"manner", 2 - choice}})),
                "done");
    }
    std::string all;
    const auto add = [&](const std::string& sql) {
      for (const auto& row : city_->store().query(store::statement(sql, survey.id))) {
        for (const auto& value : row.values) {
          if (const auto* number = std::get_if<std::int64_t>(&value)) all += std::to_string(*number) + ' ';
          else all += std::get<std::string>(value) + ' ';
        }
        all += '\n';
      }
    };
    add("SELECT stratum, question, choice, answers FROM survey_tallies WHERE survey = $1"
        " ORDER BY stratum, question, choice");
    add("SELECT stratum FROM survey_tokens WHERE survey = $1 ORDER BY token");
    // The log knows that it was opened and how many were invited, and nothing since.
    const auto records = city_->store().records(survey.id, 0, 100);
    EXPECT_EQ(records.size(), 3u);
    for (const auto& record : records) all += ledger::decodeRecord(record.record)->kind + '\n';
    return all;
  };
  EXPECT_EQ(everything(false), everything(true));
}

}  // namespace survey_test
}  // namespace jinyue::insight
