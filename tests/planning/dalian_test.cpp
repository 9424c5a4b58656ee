// The action plan of 2025 as it was published, read in place. What must come out is counted by hand.

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include <gtest/gtest.h>

#include "base/json_write.h"
#include "planning/reader.h"

namespace jinyue::planning {
namespace dalian_test {

class DalianPlan : public testing::Test {
 protected:
  void SetUp() override {
    const auto path = std::filesystem::path(JINYUE_SHARED_DATA) / "plan" / "dalian-2025.txt";
    std::ifstream in(path, std::ios::binary);
    ASSERT_TRUE(in) << "the published plan is missing: " << path << " (set JINYUE_SHARED_DATA)";
    std::ostringstream text;
    text << in.rdbuf();
    auto read = readPlan(text.str());
    ASSERT_TRUE(read.has_value()) << describe(read.error());
    plan = std::move(*read);
  }

  const Measure& number(const std::string& wanted) const {
    const auto found = std::ranges::find(plan.measures, wanted, &Measure::number);
    if (found == plan.measures.end()) throw std::runtime_error("no measure " + wanted);
    return *found;
  }
  /// The targets of a measure as "comparator value unit until".
  static std::multiset<std::string> targets(const std::vector<Target>& all) {
    std::multiset<std::string> out;
    for (const Target& each : all)
      out.insert(std::string{toJson(each.comparator)} + " " + each.value + " " + each.unit + " " +
                 (each.until ? formatDate(*each.until) : "-"));
    return out;
  }

  PlanText plan;
};

TEST_F(DalianPlan, HasFortyEightMeasuresInFourSections) {
  EXPECT_EQ(plan.measures.size(), 48U);
  std::vector<int> counts;
  for (const Section& each : plan.sections) {
    if (each.measures > 0) counts.push_back(each.measures);
  }
  EXPECT_EQ(counts, (std::vector<int>{25, 6, 7, 10}));
  for (std::size_t i = 0; i < plan.measures.size(); ++i)
    EXPECT_EQ(plan.measures[i].number, std::to_string(i + 1));
  EXPECT_EQ(plan.measures[0].section, "一、推进重点领域改革提升");
  EXPECT_EQ(plan.measures[0].subsection, "(一)持续放宽市场准入");
  EXPECT_EQ(plan.measures[0].title, "破除市场准入壁垒");
  EXPECT_EQ(plan.measures[47].title, "推进数据要素市场化配置改革");
  EXPECT_EQ(plan.measures[4].title, "不动产登记业务“跨省通办”");
}

TEST_F(DalianPlan, NamesItsLeadUnits) {
  std::size_t assignments = 0;
  std::size_t several = 0;
  std::set<std::string> units;
  for (const Measure& each : plan.measures) {
    EXPECT_FALSE(each.leads.empty()) << each.number;
    EXPECT_TRUE(each.assisting.empty()) << each.number;
    assignments += each.leads.size();
    several += each.leads.size() > 1 ? 1 : 0;
    units.insert(each.leads.begin(), each.leads.end());
  }
  EXPECT_EQ(assignments, 84U);
  EXPECT_EQ(several, 18U);
  EXPECT_EQ(units.size(), 39U);
  EXPECT_EQ(number("16").leads, (std::vector<std::string>{"市税务局", "市工商联"}));
  EXPECT_EQ(number("7").leads.size(), 6U);
}

TEST_F(DalianPlan, NamesItsAreas) {
  std::size_t all = 0;
  std::size_t named = 0;
  std::size_t without = 0;
  for (const Measure& each : plan.measures) {
    if (each.all_areas) ++all;
    else if (!each.areas.empty()) ++named;
    else ++without;
    if (each.all_areas)
      EXPECT_EQ(each.areas, (std::vector<std::string>{"各区市县政府", "先导区管委会"})) << each.number;
  }
  EXPECT_EQ(all, 31U);
  EXPECT_EQ(named, 1U);
  EXPECT_EQ(without, 16U);
  EXPECT_EQ(number("13").areas, (std::vector<std::string>{"大连自贸区", "长兴岛经济技术开发区"}));
}

TEST_F(DalianPlan, HasTwelveBrandsOfAreas) {
  std::vector<std::string> areas;
  for (const Brand& each : plan.brands) areas.push_back(each.area);
  EXPECT_EQ(areas, (std::vector<std::string>{"中山区", "西岗区", "沙河口区", "甘井子区", "旅顺口区",
                                             "普兰店区", "瓦房店市", "庄河市", "长海县", "金普新区",
                                             "高新技术产业园区", "长兴岛经济技术开发区"}));
  EXPECT_EQ(plan.brands[0].name, "中意办");
  EXPECT_EQ(plan.brands[7].name, "庄兴百业 河润万商");
}

TEST_F(DalianPlan, HasItsTargets) {
  const auto has = [&](const std::vector<Target>& all, const std::string& wanted) {
    const auto found = targets(all);
    EXPECT_TRUE(found.contains(wanted)) << wanted << " is not in " << toJson(all);
  };
  has(number("5").targets, R"("equal" 13 项 2025-12-31)");
  has(number("13").targets, R"("equal" 5 个 2025-12-31)");
  has(number("15").targets, R"("equal" 4 条 2025-12-31)");
  has(number("31").targets, R"("at_least" 100 批次 2025-12-31)");
  has(number("40").targets, R"("equal" 7 个 2025-12-31)");
  has(number("43").targets, R"("at_least" 10 项 2025-12-31)");
  has(number("44").targets, R"("more_than" 600 亿元 2025-12-31)");
  has(number("44").targets, R"("equal" 100 场 2025-12-31)");
  has(number("44").targets, R"("equal" 10 家 2025-12-31)");
  has(number("45").targets, R"("at_least" 15 % 2025-12-31)");
  has(number("47").targets, R"("equal" 10 个 2025-12-31)");
  has(number("47").targets, R"("equal" 4 个 2025-12-31)");
  has(number("47").targets, R"("equal" 2 个 2025-12-31)");
  has(plan.brands[10].targets, R"("at_least" 50 家 2025-12-31)");
  EXPECT_TRUE(number("44").targets[0].until_stated);
  EXPECT_FALSE(number("13").targets[0].until_stated);
  // Versions, names and durations of law are none.
  for (const char* none : {"1", "2", "30", "33", "18", "39"})
    EXPECT_TRUE(number(none).targets.empty()) << toJson(number(none).targets);
}

TEST_F(DalianPlan, HasDeadlinesAndSaysWhatIsDoubtful) {
  EXPECT_EQ(number("23").deadlines, (std::vector<Deadline>{{"2025年底前", makeDate(2025, 12, 31)}}));
  std::multiset<std::string> codes;
  for (const Doubt& each : plan.doubts) codes.insert(each.code);
  EXPECT_EQ(codes, (std::multiset<std::string>{"title.none", "year.guessed"})) << toJson(plan.doubts);
  EXPECT_EQ(plan.last_year, 2025);
}

}  // namespace dalian_test
}  // namespace jinyue::planning
