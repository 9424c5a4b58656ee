// How measures stand as of a day, from their ledger alone.

#include "planning/standing.h"

#include <fstream>
#include <sstream>

#include <gtest/gtest.h>

#include "planning/likeness.h"

namespace jinyue::planning {
namespace standing_test {

calendar::Calendar china() {
  std::ifstream in(JINYUE_SOURCE_DIR "/packs/china/calendar.json");
  std::ostringstream text;
  text << in.rdbuf();
  auto read = calendar::Calendar::read(text.str());
  if (!read) throw std::runtime_error(describe(read.error()));
  return std::move(*read);
}

feel::Number number(const char* text) { return *feel::Number::parse(text); }

class StandingTest : public testing::Test {
 protected:
  StandingTest() {
    rules.clock.id = "measure";
    rules.clock.name = {"举措", "measure"};
    rules.clock.amount = 365;
    rules.clock.yellow_percent = 80;
    rules.clock.source = "test";
    rules.calendar = &calendar;
    measure.case_id = 1;
    measure.leads = {"市商务局"};
    measure.drafted = makeDate(2026, 1, 5);
    measure.issued = makeDate(2026, 1, 10);
    measure.due = makeDate(2026, 4, 20);  // 100 days
    measure.route = {{"定方案", makeDate(2026, 2, 1)}};
    Part lead{10, "p/1", "市商务局", "", "牵头", makeDate(2026, 1, 12), makeDate(2026, 4, 20),
              {}, {},    {},         {}};
    Part area{
        11, "p/2", "中山区人民政府", "210202", "落实", makeDate(2026, 1, 12), makeDate(2026, 3, 31), {}, {},
        {}, {}};
    lead.reports = {{1, makeDate(2026, 2, 1), number("30"), "", {}, {{1, number("2")}}},
                    {2, makeDate(2026, 3, 1), number("60"), "", {}, {{1, number("3")}}}};
    area.orders = {{1, makeDate(2026, 2, 7), "late-report"}};
    measure.parts = {lead, area};
    measure.targets = {{"新开航线", Comparator::at_least, number("5"), "条", {}},
                       {"失业率", Comparator::at_most, number("4"), "%", {}}};
  }
  Standing on(int month, unsigned day) {
    return standingOf(measure, makeDate(2026, static_cast<unsigned>(month), day), rules);
  }
  static std::vector<std::string> codes(const Standing& standing) {
    std::vector<std::string> out;
    for (const Lateness& each : standing.late) out.push_back(each.code);
    return out;
  }

  calendar::Calendar calendar = china();
  StandingRules rules;
  LedgerMeasure measure;
};

TEST_F(StandingTest, ProgressIsTheMeanOfThePartsAndFollowsEachReport) {
  EXPECT_EQ(on(1, 20).progress, 0);
  EXPECT_EQ(on(2, 1).progress, 15);
  EXPECT_EQ(on(3, 1).progress, 30);
  measure.parts[1].closed = makeDate(2026, 3, 2);
  EXPECT_EQ(on(3, 1).progress, 30);
  EXPECT_EQ(on(3, 2).progress, 80);
}

TEST_F(StandingTest, IsLateFromTheDayAfterTheDeadline) {
  measure.parts.clear();
  EXPECT_EQ(on(4, 20).light, calendar::Light::yellow);
  EXPECT_TRUE(on(4, 20).late.empty());
  EXPECT_EQ(on(4, 21).light, calendar::Light::red);
  EXPECT_EQ(codes(on(4, 21)), (std::vector<std::string>{"measure.past-due", "measure.not-broken-down"}));
  EXPECT_EQ(on(4, 21).late[0].days, 1);
  EXPECT_EQ(on(3, 31).light, calendar::Light::green);
  EXPECT_EQ(on(4, 1).light, calendar::Light::yellow) << "80 of 100 days are over";
}

TEST_F(StandingTest, SaysWhyItIsLate) {
  EXPECT_TRUE(on(2, 6).late.empty());
  EXPECT_EQ(codes(on(2, 7)), std::vector<std::string>{"part.no-report"});
  measure.parts[1].reports = {{2, makeDate(2026, 2, 20), number("10"), "", {}, {}}};
  EXPECT_EQ(codes(on(2, 19)), std::vector<std::string>{"part.no-report"});
  EXPECT_TRUE(on(2, 20).late.empty());
  EXPECT_EQ(codes(on(4, 1)), std::vector<std::string>{"part.past-due"});
}

TEST_F(StandingTest, StagesFollowTheDays) {
  EXPECT_FALSE(isKnown(measure, makeDate(2026, 1, 4)));
  EXPECT_EQ(on(1, 9).stage, Stage::draft);
  EXPECT_EQ(on(1, 10).stage, Stage::issued);
  EXPECT_EQ(on(1, 12).stage, Stage::in_progress);
  measure.closed = makeDate(2026, 4, 1);
  EXPECT_EQ(on(3, 31).stage, Stage::in_progress);
  EXPECT_EQ(on(4, 1).stage, Stage::closed);
  EXPECT_FALSE(on(4, 30).light.has_value());
}

TEST_F(StandingTest, TheThreeListsBlockAndTheOrientationsDoNot) {
  const auto blocking = [&] {
    std::vector<std::string> out;
    for (const Gap& gap : gapsOf(measure)) {
      if (gap.blocks) out.push_back(gap.code);
    }
    return out;
  };
  EXPECT_TRUE(blocking().empty());
  EXPECT_EQ(gapsOf(measure).size(), 3U);
  measure.route.push_back({"没有日子", {}});
  measure.due.reset();
  measure.leads.clear();
  EXPECT_EQ(blocking(), (std::vector<std::string>{"route", "timetable", "owner"}));
}

TEST_F(StandingTest, TargetsAreJudgedTheRightWayRound) {
  EXPECT_TRUE(meets(Comparator::at_most, number("3.8"), number("4")));
  EXPECT_FALSE(meets(Comparator::at_most, number("4.1"), number("4")));
  EXPECT_TRUE(meets(Comparator::at_least, number("4"), number("4")));
  EXPECT_FALSE(meets(Comparator::more_than, number("4"), number("4")));
  EXPECT_FALSE(meets(Comparator::less_than, number("4"), number("4")));
  EXPECT_TRUE(meets(Comparator::equal, number("4.0"), number("4")));
}

TEST_F(StandingTest, AttainmentAddsAmountsAndNotRates) {
  measure.parts[1].reports = {
      {1, makeDate(2026, 2, 20), number("50"), "", {}, {{1, number("2")}, {2, number("5")}}}};
  measure.parts[0].reports[0].values.push_back({2, number("3.9")});
  const Date day = makeDate(2026, 3, 2);
  EXPECT_FALSE(attainmentOf(measure, 0, makeDate(2026, 1, 31)).value.has_value());
  EXPECT_EQ(attainmentOf(measure, 0, makeDate(2026, 2, 1)).percent, 40);
  EXPECT_EQ(attainmentOf(measure, 0, day).value, number("5"));
  EXPECT_TRUE(attainmentOf(measure, 0, day).attained);
  EXPECT_EQ(attainmentOf(measure, 1, day).value, number("3.9")) << "that of the lead unit counts";
  EXPECT_TRUE(attainmentOf(measure, 1, day).attained);
  EXPECT_FALSE(attainmentOf(measure, 1, day).percent.has_value());
}

TEST(Likeness, FindsTheSameNameAndNearlyTheSame) {
  EXPECT_EQ(plainName("推行“一网 通办”２.０。"), plainName("推行一网通办2.0"));
  EXPECT_EQ(likeness("推行证照联办", "推行证照联办"), 100);
  EXPECT_EQ(likeness("推行证照联办", "完善供水服务"), 0);
  const std::vector<std::string> texts{"推行证照联办改革", "完善供水服务", "推行证照联办"};
  const auto pairs = alikeAmong(texts);
  ASSERT_EQ(pairs.size(), 1U);
  EXPECT_EQ(pairs[0].one, 0U);
  EXPECT_EQ(pairs[0].other, 2U);
}

}  // namespace standing_test
}  // namespace jinyue::planning
