// A null that comes from an error says why and where, however deep in functions, filters and loops the error
// is.
#include <random>

#include "feel/builtins.h"
#include "support.h"

namespace jinyue::feel {
namespace {

using testing::evaluate;

/// "code@line:column" of everything that was noted.
std::string noted(std::string_view text, const Context& variables = {}) {
  std::string out;
  for (const auto& one : evaluate(text, variables).diagnostics) {
    EXPECT_FALSE(one.message.zh.empty()) << text;
    EXPECT_FALSE(one.message.en.empty()) << text;
    out += fmt::format("{}{}@{}:{}", out.empty() ? "" : " ", one.code, one.line, one.column);
  }
  return out;
}

TEST(Diagnostics, sayWhereInsideFunctions) {
  EXPECT_EQ(noted("{f: function(x) x.nome, r: f({name: 1})}.r"), "feel.no-entry@1:18");
  EXPECT_EQ(noted("{f: function(x)\n  x +\n  \"a\",\n r: f(1)}.r"), "feel.arithmetic@2:5");
  EXPECT_EQ(noted("(function(x: number) x)(\"a\")"), "feel.argument-type@1:24");
  EXPECT_EQ(noted("(function(x) x)()"), "feel.arguments@1:16");
  EXPECT_EQ(noted("(function(x) x)(y: 1)"), "feel.arguments@1:16");
  EXPECT_EQ(noted("{f: function(n) if n = 0 then 1 + null else f(n - 1), r: f(3)}.r"),
            "feel.null-operand@1:33");
  EXPECT_EQ(noted("{g: function(x) -x, f: function(x) g(x), r: f(\"a\")}.r"), "feel.arithmetic@1:17");
  EXPECT_EQ(noted("sort([3, \"a\"], function(x, y) x < y)"), "feel.comparison@1:33");
  EXPECT_EQ(noted("(function() ?)()"), "feel.unknown-name@1:13");
  EXPECT_EQ(noted("(function() 金额 + 1)()"), "feel.unknown-name@1:13 feel.null-operand@1:16");
}

TEST(Diagnostics, sayWhereInsideFilters) {
  EXPECT_EQ(noted("[{a: 1}, {a: \"x\"}][a > 0]"), "feel.comparison@1:22");
  EXPECT_EQ(noted("[1, 2][item + \"x\" = 1]"), "feel.arithmetic@1:13 feel.arithmetic@1:13");
  EXPECT_EQ(noted("[1, 2][\"x\"]"), "feel.filter@1:7 feel.filter@1:7");
  EXPECT_EQ(noted("[1, 2][5]"), "feel.index@1:7");
  EXPECT_EQ(noted("[1, 2][n]", {{"n", 5}}), "feel.index@1:7");
  EXPECT_EQ(noted("[][n]", {{"n", 1}}), "feel.index@1:3");
  EXPECT_EQ(noted("[][x > 1]"), "");
  EXPECT_EQ(noted("[{b: [1, 2]}][b[item > \"x\"] = [1]]"), "feel.comparison@1:22 feel.comparison@1:22");
}

TEST(Diagnostics, sayWhereInsideLoops) {
  EXPECT_EQ(noted("for i in [1, \"a\"] return i * 2"), "feel.arithmetic@1:28");
  EXPECT_EQ(noted("for i in [1], j in null return i"), "feel.iteration@1:20");
  EXPECT_EQ(noted("for i in 1..\"a\" return i"), "feel.iteration@1:10");
  EXPECT_EQ(noted("some i in [\"a\"] satisfies i > 1"), "feel.comparison@1:29");
  EXPECT_EQ(noted("every i in [1, \"a\"]\nsatisfies\n i > 0"), "feel.comparison@3:4");
  EXPECT_EQ(noted("for i in 1..2 return for j in [i, \"b\"] return i + j"),
            "feel.arithmetic@1:49 feel.arithmetic@1:49");
}

TEST(Diagnostics, sayWhereInsideTests) {
  EXPECT_EQ(noted("5 in (\"a\", > null)"), "feel.comparison@1:3");
  EXPECT_EQ(noted("5 in [1..\"b\"]"), "feel.range@1:6");
  EXPECT_EQ(noted("if \"x\" then 1 else 2"), "feel.condition@1:1");
  EXPECT_EQ(noted("5 between 1 and \"x\""), "feel.comparison@1:3");
  EXPECT_EQ(noted("5 instance of tUnknown"), "feel.unknown-type@1:3");
}

TEST(Diagnostics, sayWhatIsWrongWithAPattern) {
  EXPECT_EQ(noted("matches(\"a\", \"(\")"), "feel.pattern@1:8");
  EXPECT_EQ(noted("matches(\"a\", \"a\", \"y\")"), "feel.pattern@1:8");
  EXPECT_EQ(evaluate("matches(\"a\", \"(\")").diagnostics[0].message.en,
            "the pattern \"(\" or its flags \"\" are wrong");
  EXPECT_EQ(evaluate("replace(\"a\", \"a\", \"$x\")").diagnostics[0].message.en,
            "a replacement may use $0 to $9, \\$ and \\\\ only");
  EXPECT_EQ(evaluate("replace(\"a\", \"a*\", \"x\")").diagnostics[0].message.en,
            "a pattern that matches no text can't be replaced");
  EXPECT_EQ(
      evaluate("matches(\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\", \"^(a+)+$b\")").diagnostics[0].message.en,
      "stopped: matching takes too long");
}

TEST(Diagnostics, aRunawayPatternUsesUpTheWork) {
  const auto evaluation = evaluate(
      "for i in 1..1000 return matches(\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\" + string(i), \"^(a+)+$b\")");
  EXPECT_TRUE(evaluation.value.isNull());
  EXPECT_EQ(evaluation.diagnostics.back().code, "feel.too-much-work");
}

/// Built-in functions that may give null because that is the answer.
bool mayAnswerNull(std::string_view name, std::span<const Value> arguments) {
  const bool is_list = arguments.size() == 1 && arguments[0].is(Kind::list);
  const auto items = is_list ? std::span<const Value>(arguments[0].list()) : arguments;
  static constexpr std::string_view of_nothing[] = {"min", "max", "mean", "median", "sum", "mode"};
  if (std::ranges::find(of_nothing, name) != std::end(of_nothing)) return items.empty();
  if (name == "stddev") return items.size() < 2;
  static constexpr std::string_view others[] = {"all", "any", "is", "get value", "lookup", "not", "string"};
  if (std::ranges::find(others, name) != std::end(others)) return true;
  // One item is passed on as it is.
  return std::ranges::any_of(arguments, [](const Value& value) {
    return value.is(Kind::list) && std::ranges::any_of(value.list(), &Value::isNull);
  });
}

TEST(Diagnostics, everyBuiltInFunctionSaysWhyItGivesNull) {
  const std::vector<Value> values{Value(),
                                  0,
                                  1,
                                  -3,
                                  Number::scaled(15, -1),
                                  1'000'000'000'000,
                                  "",
                                  "a",
                                  "(",
                                  "2026-13-01",
                                  "PT",
                                  "near",
                                  true,
                                  CivilDate{2026, 11, 22},
                                  ClockTime{0, {}},
                                  DateTime{{2026, 11, 22}, {0, {0, nullptr}}},
                                  DaysDuration{nanos_per_day},
                                  YearsDuration{5},
                                  List{},
                                  List{1, 2},
                                  List{"a", 1},
                                  List{Context{{"key", "a"}}},
                                  Context{},
                                  Context{{"a", 1}},
                                  Range{1, 2, true, false},
                                  Range::comparison(RangeForm::less, 5)};
  std::mt19937 random(1);
  const Facts known = testing::facts();
  int nulls = 0;
  for (const auto name : namesOfBuiltins()) {
    const auto function = findBuiltin(name);
    for (int round = 0; round < 3000; ++round) {
      List arguments(random() % 5);
      for (auto& argument : arguments) argument = values[random() % values.size()];
      Session session(known);
      session.place = {3, 7};
      const Value result = function->call(arguments, session);
      if (!result.isNull() || mayAnswerNull(name, arguments)) continue;
      ++nulls;
      ASSERT_FALSE(session.diagnostics().empty()) << name << toLiteral(Value(arguments));
      EXPECT_EQ(session.diagnostics()[0].line, 3);
      EXPECT_EQ(session.diagnostics()[0].column, 7);
    }
  }
  EXPECT_GT(nulls, 50'000);
}

}  // namespace
}  // namespace jinyue::feel
