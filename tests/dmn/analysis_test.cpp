#include "dmn/analysis.h"

#include <set>

#include <fmt/ranges.h>

#include "dmn/random_table.h"

namespace jinyue::dmn {
namespace {

using feel::Value;

Analysis analysed(const TableText& table, const AnalysisLimits& limits = {}) {
  return analyse(modelOf(tableModel(table)), 0, limits);
}

std::string text(const Region& region) {
  std::vector<std::string> parts;
  for (const auto& input : region) parts.push_back(describe(input));
  return fmt::format("{}", fmt::join(parts, " | "));
}

std::vector<std::string> gapsOf(const Analysis& analysis) {
  std::vector<std::string> out;
  for (const auto& gap : analysis.gaps) out.push_back(text(gap.region) + (gap.is_certain ? "" : " ?"));
  std::ranges::sort(out);
  return out;
}

using Texts = std::vector<std::string>;

TEST(TableAnalysis, FindsGaps) {
  EXPECT_EQ(gapsOf(analysed({"UNIQUE", {{"x", "", ""}}, {{}}, {{{"< 5"}, {"1"}}, {{"> 5"}, {"2"}}}})),
            Texts{"5"});
  EXPECT_EQ(gapsOf(analysed({"UNIQUE", {{"x", "", ""}}, {{}}, {{{"[0..5)"}, {"1"}}, {{"(7..10]"}, {"2"}}}})),
            Texts{"< 0, [5..7], > 10"});
  EXPECT_EQ(gapsOf(analysed({"UNIQUE", {{"x", "", ""}}, {{}}, {{{"\"a\""}, {"1"}}, {{"\"b\""}, {"2"}}}})),
            Texts{"not(\"a\", \"b\")"});
  EXPECT_EQ(
      gapsOf(analysed(
          {"UNIQUE", {{"x", "", "\"a\", \"b\", \"c\""}}, {{}}, {{{"\"a\""}, {"1"}}, {{"\"b\""}, {"2"}}}})),
      Texts{"\"c\""});
  EXPECT_EQ(gapsOf(analysed({"UNIQUE", {{"x", "", "[0..10]"}}, {{}}, {{{"<= 5"}, {"1"}}, {{"> 7"}, {"2"}}}})),
            Texts{"(5..7]"});
  EXPECT_EQ(gapsOf(analysed({"UNIQUE",
                             {{"x", "", ""}, {"y", "", ""}},
                             {{}},
                             {{{"true", "< 3"}, {"1"}}, {{"false", "-"}, {"2"}}}})),
            Texts{"true | >= 3"});
  EXPECT_EQ(gapsOf(analysed({"UNIQUE", {{"x", "", ""}}, {{}}, {{{"-"}, {"1"}}}})), Texts{});
  EXPECT_EQ(gapsOf(analysed({"UNIQUE", {{"x", "", ""}}, {{}}, {}})), Texts{"-"});
  // Between two days that follow each other there is nothing.
  EXPECT_EQ(gapsOf(analysed({"UNIQUE",
                             {{"x", "", ""}},
                             {{}},
                             {{{"<= @\"2026-01-01\""}, {"1"}}, {{">= @\"2026-01-02\""}, {"2"}}}})),
            Texts{});
  EXPECT_EQ(gapsOf(analysed({"UNIQUE",
                             {{"x", "", ""}, {"y", "", ""}},
                             {{}},
                             {{{"< 5", "-"}, {"1"}}, {{">= 5", "? > x"}, {"2"}}}})),
            Texts{">= 5 | - ?"});
}

TEST(TableAnalysis, FindsOverlaps) {
  const auto analysis = analysed({"UNIQUE",
                                  {{"x", "", ""}, {"y", "", ""}},
                                  {{}},
                                  {{{"[0..10]", "\"a\""}, {"1"}},
                                   {{"[5..20]", "-"}, {"2"}},
                                   {{"10", "not(\"a\")"}, {"1.0"}},
                                   {{"[10..10]", "\"b\""}, {"1"}}}});
  ASSERT_EQ(analysis.overlaps.size(), 4U);
  EXPECT_EQ(text(analysis.overlaps[0].region), "[5..10] | \"a\"");
  EXPECT_TRUE(analysis.overlaps[0].differs);
  EXPECT_EQ(std::pair(analysis.overlaps[3].first, analysis.overlaps[3].second), std::pair(2U, 3U));
  EXPECT_EQ(text(analysis.overlaps[3].region), "10 | \"b\"");
  EXPECT_FALSE(analysis.overlaps[3].differs);
}

TEST(TableAnalysis, FindsRulesThatNeverDecide) {
  const std::vector<RuleText> rules{
      {{"< 5"}, {"1"}}, {{">= 5"}, {"2"}}, {{"[3..8]"}, {"3"}}, {{"(9..9)"}, {"4"}}};
  const auto first = analysed({"FIRST", {{"x", "", ""}}, {{}}, rules});
  ASSERT_EQ(first.dead_rules.size(), 2U);
  EXPECT_EQ(first.dead_rules[0].rule, 2U);
  EXPECT_EQ(first.dead_rules[0].why, DeadRule::Why::masked);
  EXPECT_EQ(first.dead_rules[0].by, (std::vector<std::uint32_t>{0, 1}));
  EXPECT_EQ(first.dead_rules[1].rule, 3U);
  EXPECT_EQ(first.dead_rules[1].why, DeadRule::Why::impossible);
  EXPECT_EQ(analysed({"COLLECT", {{"x", "", ""}}, {{}}, rules}).dead_rules.size(), 1U);
  const auto priority = analysed(
      {"PRIORITY", {{"x", "", ""}}, {{"", "", "1, 2, 3, 4", ""}}, {{{"[1..2]"}, {"3"}}, {{"-"}, {"1"}}}});
  ASSERT_EQ(priority.dead_rules.size(), 1U);
  EXPECT_EQ(priority.dead_rules[0].rule, 0U);
  const auto any =
      analysed({"ANY", {{"x", "", ""}}, {{}}, {{{"< 5"}, {"1"}}, {{"< 3"}, {"1"}}, {{"< 2"}, {"2"}}}});
  ASSERT_EQ(any.dead_rules.size(), 1U);
  EXPECT_EQ(any.dead_rules[0].why, DeadRule::Why::redundant);
}

TEST(TableAnalysis, SaysWhenItDidNotFinish) {
  TableMaker make(7);
  const auto table = make.table(4, 200, false, "FIRST");
  const auto cut = analysed(table, {.work = 1000});
  EXPECT_FALSE(cut.isComplete());
  EXPECT_TRUE(analysed(table).isComplete());
}

/// A thousand rules that take a domain apart, over nine inputs, with one hole and one rule too many.
TEST(TableAnalysis, HandlesTablesOfRealSize) {
  TableText table{"UNIQUE", {}, {{}}, {}};
  for (int i = 1; i <= 9; ++i) table.inputs.push_back({fmt::format("i{}", i), "", ""});
  table.inputs[0].allowed = "\"k0\", \"k1\", \"k2\", \"k3\", \"k4\", \"k5\", \"k6\", \"k7\", \"k8\", \"k9\"";
  table.inputs[1].allowed = "[0..1000]";
  for (int kind = 0; kind < 10; ++kind) {
    for (int band = 0; band < 10; ++band) {
      for (int age = 0; age < 10; ++age) {
        if (kind == 3 && band == 4 && age == 5) continue;
        std::vector<std::string> conditions(9, "-");
        conditions[0] = fmt::format("\"k{}\"", kind);
        conditions[1] = fmt::format("[{}..{}{}", band * 100, band * 100 + 100, band == 9 ? "]" : ")");
        conditions[2] = age == 0   ? "< 10"
                        : age == 9 ? ">= 90"
                                   : fmt::format("[{}..{})", age * 10, age * 10 + 10);
        conditions[3] = age == 7 ? "true, false" : "-";
        table.rules.push_back({conditions, {"1"}});
      }
    }
  }
  auto extra = table.rules[500].conditions;
  extra[8] = "> 5";
  table.rules.push_back({extra, {"2"}});
  const auto analysis = analysed(table);
  EXPECT_TRUE(analysis.isComplete());
  EXPECT_EQ(gapsOf(analysis), Texts{"\"k3\" | [400..500) | [50..60) | - | - | - | - | - | -"});
  ASSERT_EQ(analysis.overlaps.size(), 1U);
  EXPECT_EQ(std::pair(analysis.overlaps[0].first, analysis.overlaps[0].second), std::pair(500U, 999U));
  ASSERT_EQ(analysis.dead_rules.size(), 1U);
  EXPECT_EQ(analysis.dead_rules[0].rule, 999U);
  EXPECT_EQ(analysis.dead_rules[0].by, std::vector<std::uint32_t>{500});
}

/// A point of each piece of every input's domain, found from the numbers, texts and dates that TableMaker
/// uses.
std::vector<Value> samples(const TableText& table, std::size_t input) {
  std::vector<Value> out;
  std::set<std::string> kinds;
  for (const auto& rule : table.rules) {
    const auto& cell = rule.conditions[input];
    if (cell.find('@') != std::string::npos) kinds.insert("date");
    else if (cell.find('"') != std::string::npos) kinds.insert("text");
    else if (cell == "true" || cell == "false") kinds.insert("boolean");
    else if (cell != "-") kinds.insert("number");
  }
  if (kinds.contains("date"))
    for (int i = 0; i < 9; ++i) out.push_back(value(fmt::format("date(2026, 1, 1) + duration(\"P{}D\")", i)));
  else if (kinds.contains("text"))
    for (const auto* name : {"a", "b", "c", "d", "other"}) out.emplace_back(name);
  else if (kinds.contains("boolean")) out = {Value(true), Value(false)};
  else if (kinds.contains("number"))
    for (int i = -1; i < 16; ++i) out.push_back(value(fmt::format("{} / 2", i)));
  else out = {Value(1)};
  return out;
}

bool isIn(const InputRegion& region, const Value& point) {
  if (region.is_any) return true;
  if (region.has_others) return std::ranges::find(region.named, point) == region.named.end();
  Shape shape;
  shape.intervals = region.intervals;
  return accepts(shape, point);
}

bool isIn(const Region& region, const std::vector<Value>& point) {
  for (std::size_t i = 0; i < region.size(); ++i) {
    if (!isIn(region[i], point[i])) return false;
  }
  return true;
}

TEST(TableAnalysisProperty, AgreesWithTryingEveryPoint) {
  int gaps = 0;
  int dead = 0;
  for (std::uint32_t seed = 0; seed < 120; ++seed) {
    TableMaker make(seed);
    const std::vector<std::string> policies{"FIRST", "UNIQUE", "PRIORITY"};
    const auto table = make.table(1 + make.below(3), 1 + make.below(9), false, make.oneOf(policies));
    const auto model = modelOf(tableModel(table));
    const auto analysis = analyse(model, 0);
    ASSERT_TRUE(analysis.isComplete());
    // The same table as a list of all matching rules.
    auto collect = table;
    collect.policy = "RULE ORDER";
    const auto all = modelOf(tableModel(collect));
    std::vector<std::vector<Value>> domains;
    for (std::size_t i = 0; i < table.inputs.size(); ++i) domains.push_back(samples(table, i));
    std::set<std::uint32_t> decides;
    std::set<std::pair<std::uint32_t, std::uint32_t>> pairs;
    Outcome outcome;
    const feel::Facts facts{};
    std::vector<std::size_t> at(domains.size());
    for (bool more = true; more;) {
      std::vector<Value> point;
      for (std::size_t i = 0; i < domains.size(); ++i) point.push_back(domains[i][at[i]]);
      all.evaluate(0, point, {}, facts, outcome);
      const auto matched = outcome.table(0).matched;
      const auto holds =
          std::ranges::count_if(analysis.gaps, [&](const Gap& gap) { return isIn(gap.region, point); });
      ASSERT_EQ(holds, matched.empty() ? 1 : 0)
          << "seed " << seed << " at " << feel::toLiteral(Value(feel::List(point))) << "\n"
          << tableModel(table);
      if (!matched.empty() && table.policy == "FIRST") decides.insert(matched.front());
      if (matched.size() == 1 && table.policy == "UNIQUE") decides.insert(matched.front());
      if (!matched.empty() && table.policy == "PRIORITY") {
        decides.insert(*std::ranges::min_element(
            matched, {}, [&](std::uint32_t rule) { return std::pair(table.rules[rule].results[0], rule); }));
      }
      for (const auto a : matched) {
        for (const auto b : matched) {
          if (a < b) {
            pairs.emplace(a, b);
            const auto overlap = std::ranges::find_if(
                analysis.overlaps, [&](const Overlap& o) { return o.first == a && o.second == b; });
            ASSERT_TRUE(overlap != analysis.overlaps.end() && isIn(overlap->region, point))
                << "seed " << seed;
          }
        }
      }
      more = false;
      for (std::size_t i = 0; i < at.size(); ++i) {
        if (++at[i] < domains[i].size()) {
          more = true;
          break;
        }
        at[i] = 0;
      }
    }
    EXPECT_EQ(analysis.overlaps.size(), pairs.size()) << "seed " << seed;
    std::set<std::uint32_t> dead_rules;
    for (const auto& rule : analysis.dead_rules) dead_rules.insert(rule.rule);
    for (std::uint32_t rule = 0; rule < table.rules.size(); ++rule) {
      EXPECT_NE(decides.contains(rule), dead_rules.contains(rule))
          << "seed " << seed << " rule " << rule << "\n"
          << tableModel(table);
    }
    gaps += analysis.gaps.empty() ? 0 : 1;
    dead += dead_rules.empty() ? 0 : 1;
  }
  EXPECT_GT(gaps, 20);
  EXPECT_GT(dead, 20);
}

}  // namespace
}  // namespace jinyue::dmn
