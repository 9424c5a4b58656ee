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

std::vector<std::string> gapsBetween(const std::string& first, const std::string& second) {
  return gapsOf(analysed({"UNIQUE", {{"x", "", ""}}, {{}}, {{{first}, {"1"}}, {{second}, {"2"}}}}));
}

TEST(TableAnalysis, FindsGapsInTimes) {
  // A day has a beginning and an end.
  EXPECT_EQ(gapsBetween("[@\"00:00:00\"..@\"12:00:00\")", ">= @\"12:00:00\""), Texts{});
  EXPECT_EQ(gapsBetween("[@\"00:00:00\"..@\"12:00:00\")", "[@\"13:00:00\"..@\"23:59:59.999\"]"),
            Texts{"[@\"12:00:00\"..@\"13:00:00\")"});
  // The same moment in two zones.
  EXPECT_EQ(gapsBetween("< @\"2026-01-01T00:00:00Z\"", ">= @\"2026-01-01T08:00:00@Asia/Shanghai\""), Texts{});
  EXPECT_EQ(gapsBetween("< @\"2026-01-01T00:00:00Z\"", ">= @\"2026-01-01T08:00:01+08:00\""),
            Texts{"[@\"2026-01-01T00:00:00Z\"..@\"2026-01-01T08:00:01+08:00\")"});
  // Between two months there is nothing.
  EXPECT_EQ(gapsBetween("<= @\"P1Y\"", ">= @\"P13M\""), Texts{});
  EXPECT_EQ(gapsBetween("<= @\"P1D\"", "> @\"PT25H\""), Texts{"(@\"P1D\"..@\"P1DT1H\"]"});
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

/// A point of each piece of an input's domain: the constants of its cells and what lies next to them.
std::vector<Value> samples(const TableText& table, const std::vector<int>& kinds, std::size_t input) {
  // How far apart two values of the kind are at least; numbers and texts have others between any two.
  static constexpr const char* steps[] = {"0.5",
                                          "",
                                          "@\"P1D\"",
                                          "",
                                          "@\"PT0.001S\"",
                                          "@\"PT0.001S\"",
                                          "@\"PT0.001S\"",
                                          "@\"PT0.001S\"",
                                          "@\"PT0.000000001S\"",
                                          "@\"P1M\""};
  const int kind = kinds[input];
  if (kind == 1) return {"a", "b", "c", "d", "other"};
  if (kind == 3) return {true, false};
  std::set<std::string> literals;
  if (kind == 5) literals = {"@\"00:00:00+18:00\"", "@\"23:59:59.999-18:00\""};  // the ends of the domain
  for (const auto& rule : table.rules) {
    std::string_view cell = rule.conditions[input];
    while (true) {
      const auto from = kind == 0 ? cell.find_first_of("0123456789") : cell.find('@');
      if (from == std::string_view::npos) break;
      const auto size = kind == 0 ? 1 : cell.find('"', from + 2) + 1 - from;
      literals.emplace(cell.substr(from, size));
      cell.remove_prefix(from + size);
    }
  }
  std::vector<Value> out;
  for (const auto& literal : literals) {
    for (const char* form : {"{}", "{} + {}", "{} - {}"})
      out.push_back(value(fmt::format(fmt::runtime(form), literal, steps[kind])));
  }
  if (out.empty()) out = {Value(1)};
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
    const auto table = make.table(1 + make.below(3), 1 + make.below(9), false, make.oneOf(policies),
                                  TableMaker::kind_count - 1);
    const auto model = modelOf(tableModel(table));
    const auto analysis = analyse(model, 0);
    ASSERT_TRUE(analysis.isComplete());
    // The same table as a list of all matching rules.
    auto collect = table;
    collect.policy = "RULE ORDER";
    const auto all = modelOf(tableModel(collect));
    std::vector<std::vector<Value>> domains;
    for (std::size_t i = 0; i < table.inputs.size(); ++i) domains.push_back(samples(table, make.kinds, i));
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
