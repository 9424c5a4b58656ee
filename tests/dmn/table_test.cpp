#include "dmn/model_text.h"

namespace jinyue::dmn {
namespace table_test {

using feel::Value;

TableText grades(std::string policy) {
  return {std::move(policy),
          {{"score", "", ""}, {"kind", "", ""}},
          {{"", "", "\"A\", \"B\", \"C\"", ""}},
          {{{">= 60", "-"}, {"\"C\""}},
           {{">= 80", "-"}, {"\"B\""}},
           {{">= 90", "\"exam\""}, {"\"A\""}},
           {{"[90..100]", "\"exam\", \"talk\""}, {"\"A\""}}}};
}

Value result(const TableText& table, const feel::Context& inputs) {
  return evaluated(modelOf(tableModel(table)), inputs).value;
}

TEST(DecisionTable, HitPoliciesOfOneResult) {
  const feel::Context best{{"score", 95}, {"kind", "exam"}};
  const feel::Context low{{"score", 65}, {"kind", "exam"}};
  EXPECT_EQ(result(grades("FIRST"), best), Value("C"));
  EXPECT_EQ(result(grades("PRIORITY"), best), Value("A"));
  EXPECT_EQ(result(grades("UNIQUE"), best), Value{});
  EXPECT_EQ(result(grades("UNIQUE"), low), Value("C"));
  EXPECT_EQ(result(grades("ANY"), best), Value{});
  EXPECT_EQ(result(grades("ANY"), low), Value("C"));
}

TEST(DecisionTable, HitPoliciesOfManyResults) {
  const feel::Context best{{"score", 95}, {"kind", "exam"}};
  EXPECT_EQ(result(grades("RULE ORDER"), best), value("[\"C\", \"B\", \"A\", \"A\"]"));
  EXPECT_EQ(result(grades("OUTPUT ORDER"), best), value("[\"A\", \"A\", \"B\", \"C\"]"));
  EXPECT_EQ(result(grades("COLLECT"), best), value("[\"C\", \"B\", \"A\", \"A\"]"));
  EXPECT_EQ(result(grades("COLLECT COUNT"), best), Value(4));
  EXPECT_EQ(result(grades("COLLECT MAX"), best), Value("C"));
  EXPECT_EQ(result(grades("COLLECT MIN"), best), Value("A"));
}

TEST(DecisionTable, Sum) {
  const TableText table{"COLLECT SUM",
                        {{"x", "", ""}},
                        {{}},
                        {{{"> 1"}, {"1.5"}}, {{"> 2"}, {"x * 2"}}, {{"> 3"}, {"\"no number\""}}}};
  EXPECT_EQ(result(table, {{"x", 2}}), value("1.5"));
  EXPECT_EQ(result(table, {{"x", 3}}), value("7.5"));
  EXPECT_EQ(result(table, {{"x", 4}}), Value{});
}

TEST(DecisionTable, DefaultWhenNoRuleMatches) {
  TableText table{
      "UNIQUE", {{"x", "", ""}}, {{"n", "", "", "0"}, {"s", "", "", ""}}, {{{"1"}, {"10", "\"ten\""}}}};
  EXPECT_EQ(result(table, {{"x", 1}}), value("{n: 10, s: \"ten\"}"));
  EXPECT_EQ(result(table, {{"x", 2}}), value("{n: 0, s: null}"));
  table.outputs = {{}};
  table.rules = {{{"1"}, {"10"}}};
  EXPECT_EQ(result(table, {{"x", 2}}), Value{});
}

TEST(DecisionTable, SaysWhyThereIsNoResult) {
  const auto model = modelOf(tableModel(grades("UNIQUE")));
  const auto none = evaluated(model, {{"score", 10}, {"kind", "exam"}});
  ASSERT_EQ(none.diagnostics.size(), 1U);
  EXPECT_EQ(none.diagnostics[0].code, "dmn.no-rule");
  EXPECT_EQ(none.diagnostics[0].where, "m.dmn:7 (t)");
  const auto two = evaluated(model, {{"score", 85}, {"kind", "exam"}});
  ASSERT_EQ(two.diagnostics.size(), 1U);
  EXPECT_EQ(two.diagnostics[0].code, "dmn.not-unique");
  EXPECT_EQ(two.diagnostics[0].message.en, "only one rule may match; these do: 1, 2");
}

TEST(DecisionTable, SaysWhichInputsCouldNotMatchAnything) {
  const auto outcome = evaluated(modelOf(tableModel(grades("FIRST"))), {{"score", "95"}, {"kind", "exam"}});
  ASSERT_EQ(outcome.diagnostics.size(), 2U);
  EXPECT_EQ(outcome.diagnostics[1].code, "dmn.input-kind");
  EXPECT_EQ(outcome.diagnostics[1].message.en,
            "the value of input 1 is string, the cells of its column are number: they can't be compared");
  const TableText day{"FIRST", {{"at", "", ""}}, {{}}, {{{"< @\"12:00:00\""}, {"1"}}}};
  const auto zoned = evaluated(modelOf(tableModel(day)), {{"at", value("@\"10:00:00Z\"")}});
  EXPECT_EQ(zoned.value, Value{});
  EXPECT_EQ(zoned.diagnostics.at(1).message.en,
            "the value of input 1 is time with a zone, the cells of its column are time without a zone: they "
            "can't be compared");
}

TEST(DecisionTable, SaysWhereACellWentWrong) {
  const TableText table{"FIRST",
                        {{"x", "", ""}, {"y", "", ""}},
                        {{}},
                        {{{"> 100", "-"}, {"1"}}, {{"? + y > 1", "-"}, {"2"}}, {{"-", "-"}, {"x * y"}}}};
  const auto text = tableModel(table);
  const auto outcome = evaluated(modelOf(text), {{"x", 1}, {"y", "a"}});
  EXPECT_EQ(outcome.value, Value{});
  const auto lineOf = [&](std::string_view part) {
    return std::ranges::count(text.substr(0, text.find(part)), '\n') + 1;
  };
  ASSERT_EQ(outcome.diagnostics.size(), 3U);
  EXPECT_EQ(outcome.diagnostics[0].code, "feel.arithmetic");
  EXPECT_TRUE(outcome.diagnostics[0].where.starts_with(fmt::format("m.dmn:{}:3", lineOf("? + y"))));
  EXPECT_EQ(outcome.diagnostics[1].code, "feel.comparison");
  EXPECT_EQ(outcome.diagnostics[2].code, "feel.arithmetic");
  EXPECT_TRUE(outcome.diagnostics[2].where.starts_with(fmt::format("m.dmn:{}:3", lineOf("x * y"))));
}

TEST(DecisionTable, TellsWhichRulesMatchedForWhichInputs) {
  const auto model = modelOf(tableModel(grades("COLLECT")));
  const auto outcome = evaluated(model, {{"score", 85}, {"kind", "talk"}});
  ASSERT_EQ(outcome.tableCount(), 1U);
  const auto trace = outcome.table(0);
  EXPECT_EQ(trace.table->owner, "d");
  EXPECT_EQ(std::vector(trace.matched.begin(), trace.matched.end()), (std::vector<std::uint32_t>{0, 1}));
  EXPECT_EQ(std::vector(trace.inputs.begin(), trace.inputs.end()), (std::vector<Value>{85, "talk"}));
  EXPECT_EQ(trace.table->rules[1].id, "r2");
  EXPECT_EQ(trace.table->rules[1].conditions, (std::vector<std::string>{">= 80", "-"}));
  EXPECT_TRUE(outcome.missingInputs().empty());
  const auto missing = evaluated(model, {{"score", 85}});
  ASSERT_EQ(missing.missingInputs().size(), 1U);
  EXPECT_EQ(model.inputs()[missing.missingInputs()[0]].name, "kind");
}

TEST(DecisionTable, InputsAndCellsOfEveryKind) {
  const TableText table{"COLLECT",
                        {{"x", "", ""}, {"y", "", ""}},
                        {{}},
                        {{{"-", "-"}, {"1"}},
                         {{"null", "-"}, {"2"}},
                         {{"not(1, 2)", "-"}, {"3"}},
                         {{"date(\"2026-01-01\")", "-"}, {"4"}},
                         {{"y", "-"}, {"5"}},
                         {{"? > y", "-"}, {"6"}},
                         {{"\"a\", [5..7)", "-"}, {"7"}},
                         {{"-", "x"}, {"8"}}}};
  const auto model = modelOf(tableModel(table));
  const auto of = [&](Value x, Value y) {
    return evaluated(model, {{"x", std::move(x)}, {"y", std::move(y)}}).value;
  };
  EXPECT_EQ(of(1, 1), value("[1, 5, 8]"));
  EXPECT_EQ(of(5, 4), value("[1, 3, 6, 7]"));
  EXPECT_EQ(of(7, 8), value("[1, 3]"));
  EXPECT_EQ(of("a", 1), value("[1, 7]"));
  EXPECT_EQ(of(value("@\"2026-01-01\""), 1), value("[1, 4]"));
  EXPECT_EQ(of(Value{}, Value{}), value("[1, 2, 3, 5, 8]"));
}

TEST(DecisionTable, AllowedInputs) {
  const TableText table{"FIRST", {{"x", "", "\"a\", \"b\""}}, {{}}, {{{"-"}, {"1"}}}};
  EXPECT_EQ(result(table, {{"x", "a"}}), Value(1));
  EXPECT_EQ(result(table, {{"x", "z"}}), Value{});
  const TableText typed{"FIRST", {{"x", "number", ""}}, {{}}, {{{"null"}, {"0"}}, {{"-"}, {"1"}}}};
  EXPECT_EQ(result(typed, {{"x", 5}}), Value(1));
  EXPECT_EQ(result(typed, {{"x", "five"}}), Value(0));
}

TEST(DecisionTable, FirstHitStops) {
  // The second rule would note an error.
  const TableText table{"FIRST", {{"x", "", ""}}, {{}}, {{{"1"}, {"1"}}, {{"? + \"no\" = 2"}, {"2"}}}};
  EXPECT_TRUE(evaluated(modelOf(tableModel(table)), {{"x", 1}}).diagnostics.empty());
}

TEST(DecisionTable, RefusesAtDeployment) {
  TableText table{"FIRST", {{"x", "", ""}}, {{}}, {{{"> > 1"}, {"1"}}, {{"1"}, {"unknown thing"}}}};
  const auto model = Model::read(File{"m.dmn", tableModel(table)});
  ASSERT_FALSE(model);
  ASSERT_EQ(model.error().causes.size(), 2U) << describe(model.error());
  EXPECT_EQ(model.error().causes[1].code, "feel.unknown-name");
  EXPECT_EQ(model.error().causes[0].where, "m.dmn:8:3");
  const auto lenient = Model::read(File{"m.dmn", tableModel(table)}, {.strict = false});
  ASSERT_TRUE(lenient);
  EXPECT_EQ(lenient->problems().size(), 2U);
}

}  // namespace table_test
}  // namespace jinyue::dmn
