// Unary tests, evaluation by slots, and what tables can read of a test.
#include "support.h"

namespace jinyue::feel {
namespace {

std::string tested(std::string_view text, const Value& value, const Environment& environment = {},
                   std::span<const Value> slots = {}) {
  const auto tests = Expression::compileUnaryTestsIn(text, environment);
  if (!tests) return "refused: " + describe(tests.error());
  const Facts known = testing::facts();
  Session session(known);
  return toLiteral(tests->evaluateTests(value, slots, session));
}

TEST(UnaryTests, onNumbers) {
  EXPECT_EQ(tested("-", Value()), "true");
  EXPECT_EQ(tested("5", 5), "true");
  EXPECT_EQ(tested("5, 6", 6), "true");
  EXPECT_EQ(tested("< 5", 5), "false");
  EXPECT_EQ(tested("<= 5", 5), "true");
  EXPECT_EQ(tested("[1..5)", 5), "false");
  EXPECT_EQ(tested("not(5)", 5), "false");
  EXPECT_EQ(tested("not(1, > 10)", 5), "true");
  EXPECT_EQ(tested("= 5", 5), "true");
  EXPECT_EQ(tested("!= 5", 5), "false");
  EXPECT_EQ(tested("? > 3 and ? < 10", 5), "true");
  EXPECT_EQ(tested("even(?)", 5), "false");
  EXPECT_EQ(tested("[1, 5]", 5), "true");
  EXPECT_EQ(tested("1 + 4", 5), "true");
  EXPECT_EQ(tested("not(even(?))", 5), "true");
  EXPECT_EQ(tested("not(true) or ? = 5", 5), "true");
  EXPECT_EQ(tested("-5", -5), "true");
}

TEST(UnaryTests, onOtherValues) {
  EXPECT_EQ(tested("\"a\", \"b\"", "b"), "true");
  EXPECT_EQ(tested("\"小型\"", "小型"), "true");
  EXPECT_EQ(tested("false", false), "true");
  EXPECT_EQ(tested("true", false), "false");
  EXPECT_EQ(tested("null", Value()), "true");
  EXPECT_EQ(tested("\"a\"", Value()), "false");
  EXPECT_EQ(tested("< 5", Value()), "null");
  EXPECT_EQ(tested("not(null)", 1), "true");
  EXPECT_EQ(tested("date(\"2026-01-01\")", CivilDate{2026, 1, 1}), "true");
  EXPECT_EQ(tested("> @\"2026-01-01\"", CivilDate{2026, 1, 2}), "true");
  EXPECT_EQ(tested("list contains(?, \"x\")", List{"x"}), "true");
  EXPECT_EQ(tested("[\"x\"]", List{"x"}), "true");
  EXPECT_EQ(tested("contains(?, \"ab\")", "cabd"), "true");
}

TEST(UnaryTests, useVariables) {
  const Environment environment{{{"limit", Type::number()}, {"open now", Type::boolean()}}, {}, {}};
  const Value slots[] = {10, true};
  EXPECT_EQ(tested("> limit", 11, environment, slots), "true");
  EXPECT_EQ(tested("[limit..limit + 5]", 15, environment, slots), "true");
  EXPECT_EQ(tested("limit * 2", 20, environment, slots), "true");
  EXPECT_EQ(tested("open now", 1, environment, slots), "true");
}

TEST(UnaryTests, areReadableForTables) {
  const auto tests = [](const char* text) { return *Expression::compileUnaryTestsIn(text, {}); };
  EXPECT_TRUE(tests("-").constantTests()->any);
  const auto several = tests("not(\"a\", < 5, [1..2], != 3)");
  ASSERT_NE(several.constantTests(), nullptr);
  EXPECT_TRUE(several.constantTests()->negated);
  ASSERT_EQ(several.constantTests()->tests.size(), 4U);
  EXPECT_EQ(several.constantTests()->tests[0].value, Value("a"));
  EXPECT_EQ(several.constantTests()->tests[1].value, Value(Range::comparison(RangeForm::less, 5)));
  EXPECT_EQ(several.constantTests()->tests[2].value, Value(Range{1, 2, true, true}));
  EXPECT_TRUE(several.constantTests()->tests[3].unequal);
  EXPECT_EQ(tests("? > 5").constantTests(), nullptr);
  EXPECT_EQ(tests("limit").constantTests(), nullptr);
  EXPECT_TRUE(tests("? > 5").usesTested());
  EXPECT_FALSE(tests("> 5").usesTested());
}

TEST(Slots, valuesByPosition) {
  const Environment environment{{{"a", Type::number()}, {"b c", Type::number()}}, {}, {}};
  const auto expression = Expression::compileIn("a * b c + later", environment);
  ASSERT_TRUE(expression);
  EXPECT_EQ(expression->names(), (std::vector<std::string>{"a", "b c", "later"}));
  EXPECT_EQ(expression->unknownNames(), (std::vector<std::string>{"later"}));
  const auto product = Expression::compileIn("a * b c", environment);
  const Facts known = testing::facts();
  Session session(known);
  const Value slots[] = {6, 7};
  EXPECT_EQ(product->evaluate(slots, session), Value(42));
  EXPECT_TRUE(session.diagnostics().empty());
  const Value unset[] = {6, Value::missing()};
  EXPECT_TRUE(product->evaluate(unset, session).isNull());
  EXPECT_EQ(session.diagnostics().front().code, "feel.unknown-name");
}

TEST(Slots, innermostScopeWins) {
  const auto expression = Expression::compile("x + y");
  const Context inner{{"x", 1}};
  const Context outer{{"x", 10}, {"y", 20}};
  const Context* scopes[] = {&inner, &outer};
  EXPECT_EQ(expression->evaluate(scopes, testing::facts()).value, Value(21));
}

TEST(Slots, functionsOutliveTheirEvaluation) {
  const Environment environment{{{"rate", Type::number()}}, {}, {}};
  const auto maker = Expression::compileIn("function(x) x * rate", environment);
  const Facts known = testing::facts();
  Session session(known);
  Value made;
  {
    const Value slots[] = {3};
    made = maker->evaluate(slots, session);
  }
  ASSERT_TRUE(made.is(Kind::function));
  const Value arguments[] = {14};
  EXPECT_EQ(made.asFunction()->call(arguments, session), Value(42));
}

TEST(Slots, nativeFunctionsAreCalledLikeOthers) {
  const auto scale = std::make_shared<const NativeFunction>(
      "scale", std::vector<Parameter>{{"value", Type::number()}, {"by", Type::number()}}, Type::number(),
      [](std::span<const Value> arguments, Session&) {
        return Value(arguments[0].number() * arguments[1].number());
      });
  const Context variables{{"scale", Value(std::shared_ptr<const Function>(scale))}};
  testing::check({{"scale(2, 3)", "6"},
                  {"scale(by: 2, value: 5)", "10"},
                  {"scale([2], 3)", "6"},
                  {"scale(\"a\", 3)", "null!feel.argument-type"},
                  {"scale(1)", "null!feel.arguments"},
                  {"for i in [1, 2] return scale(i, 10)", "[10, 20]"}},
                 variables);
}

}  // namespace
}  // namespace jinyue::feel
