// Hostile and accidental extremes end with an error, never with a crash or an endless wait.
#include "feel/ast.h"
#include "support.h"

namespace jinyue::feel {
namespace {

using testing::result;

std::string repeated(std::string_view text, int count) {
  std::string out;
  for (int i = 0; i < count; ++i) out += text;
  return out;
}

TEST(Limits, deepTexts) {
  for (const char* open : {"(", "[", "{a:", "-", "not(", "a[", "if ", "for x in ", "function() ", "1 in (",
                           "x instance of list<", "f(", "[1..", "{a:["}) {
    EXPECT_FALSE(Expression::compile(repeated(open, 100'000))) << open;
  }
  EXPECT_TRUE(Expression::compile(repeated("(", 50) + "1" + repeated(")", 50)));
  EXPECT_EQ(Expression::compile(repeated("(", 1000) + "1" + repeated(")", 1000)).error().code, "feel.syntax");
}

TEST(Limits, longTexts) {
  EXPECT_EQ(Expression::compile(std::string(max_text_size + 1, ' ')).error().code, "feel.too-long");
  EXPECT_FALSE(Expression::compile("1" + repeated(" + 1", 100'000)));
  EXPECT_FALSE(Expression::compile("a" + repeated(".b", 100'000)));
  EXPECT_EQ(result("1" + repeated(" + 1", 500)), "501");
  EXPECT_EQ(result("true" + repeated(" and true", 10'000)), "true");
  EXPECT_EQ(result("count([1" + repeated(", 1", 59'999) + "])"), "60000");
}

TEST(Limits, endlessRecursion) {
  EXPECT_EQ(result("{f: function(n) f(n + 1), x: f(0)}.x"), "null!feel.too-deep");
  EXPECT_EQ(result("{f: function(n) 1 + f(n), x: f(0)}.x"), "null!feel.too-deep");
  EXPECT_EQ(result("{f: function(n) if n = 0 then 0 else 1 + f(n - 1), x: f(100)}.x"), "100");
}

TEST(Limits, aRunawayEvaluationStopsAtOnce) {
  const Evaluation evaluation = testing::evaluate("{f: function(n) f(n + 1) + f(n + 2), x: f(0)}.x");
  EXPECT_TRUE(evaluation.value.isNull());
  ASSERT_EQ(evaluation.diagnostics.size(), 1U);
  EXPECT_EQ(evaluation.diagnostics.front().code, "feel.too-deep");
}

TEST(Limits, hugeLoops) {
  EXPECT_EQ(result("for i in 1..1000000000000 return i"), "null!feel.too-large");
  EXPECT_EQ(result("some i in 1..1000000000000 satisfies i < 0"), "null!feel.too-much-work");
  EXPECT_EQ(result("count(for i in 1..3000, j in 1..3000, k in 1..3000 return 1)"), "null!feel.too-large");
  EXPECT_EQ(result("count(for i in 1..1000000 return i)"), "1000000");
}

TEST(Limits, hugeAndDeepValues) {
  EXPECT_EQ(result("for i in 1..200 return partial"), "null!feel.too-large");
  EXPECT_EQ(result("for i in 1..100000 return if i = 1 then [] else [partial[-1]]"), "null!feel.too-large");
  EXPECT_EQ(result("for i in 1..1000 return function() partial"), "null!feel.too-large");
  EXPECT_EQ(result("{a: \"0123456789012345678901234567890123456789\", f: function(s, n) if n = 0 then s else "
                   "f(s + s, n - 1), x: f(a, 60)}.x"),
            "null!feel.too-large");
}

TEST(Limits, diagnosticsAreCounted) {
  const Evaluation evaluation = testing::evaluate("count(for i in 1..100000 return i + null)");
  EXPECT_EQ(evaluation.value, Value(100'000));
  EXPECT_EQ(evaluation.diagnostics.size(), 100U);
}

TEST(Limits, workIsSharedByNestedCalls) {
  const auto expression = Expression::compile("f()");
  int calls = 0;
  const auto again = std::make_shared<const NativeFunction>(
      "f", std::vector<Parameter>{}, Type::any(), [&](std::span<const Value>, Session& session) {
        ++calls;
        const Value slots[] = {Value()};
        return session.isExhausted() ? Value() : expression->evaluate(slots, session);
      });
  const Context variables{{"f", Value(std::shared_ptr<const Function>(again))}};
  const Facts known = testing::facts();
  EXPECT_TRUE(expression->evaluate(variables, known).value.isNull());
  EXPECT_EQ(calls, 1);
}

}  // namespace
}  // namespace jinyue::feel
