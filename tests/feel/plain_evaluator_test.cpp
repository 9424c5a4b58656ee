// The compiled form against a plain walk over the tree: the same values, and the same complaints at the same
// places.
#include "plain_evaluator.h"

#include <algorithm>
#include <cstdlib>

#include "feel/ast.h"
#include "random_expression.h"
#include "support.h"

namespace jinyue::feel::testing {
namespace {

/// Two functions are the same when both are functions.
bool isSame(const Value& a, const Value& b) {
  if (a.kind() != b.kind()) return false;
  if (a.is(Kind::function)) return true;
  if (const List* left = a.asList()) return std::ranges::equal(*left, b.list(), isSame);
  if (const Context* left = a.asContext()) {
    return left->size() == b.context().size() && std::ranges::all_of(*left, [&](const auto& entry) {
             const Value* other = b.context().find(entry.name);
             return other != nullptr && isSame(entry.value, *other);
           });
  }
  if (const Range* left = a.asRange()) {
    const Range& right = *b.asRange();
    return left->form == right.form && left->start_included == right.start_included &&
           left->end_included == right.end_included && isSame(left->start, right.start) &&
           isSame(left->end, right.end);
  }
  return a == b;
}

std::string describe(const std::vector<Diagnostic>& diagnostics) {
  std::string out;
  for (const auto& one : diagnostics) out += fmt::format(" {}@{}:{}", one.code, one.line, one.column);
  return out;
}

/// So many random cases, and JINYUE_TEST_ROUNDS times as many when that is set.
std::uint32_t rounds(std::uint32_t usual) {
  const char* times = std::getenv("JINYUE_TEST_ROUNDS");
  return usual * static_cast<std::uint32_t>(times != nullptr ? std::max(1, std::atoi(times)) : 1);
}

/// The value with null for every empty list in it.
Value withoutEmptyLists(const Value& value) {
  if (const List* list = value.asList()) {
    List out;
    for (const Value& item : *list) out.push_back(withoutEmptyLists(item));
    return out.empty() ? Value() : Value(std::move(out));
  }
  if (const Context* context = value.asContext()) {
    Context out;
    for (const auto& entry : *context) out.set(entry.name, withoutEmptyLists(entry.value));
    return Value(std::move(out));
  }
  return value;
}

struct Tally {
  int values = 0;
  int nulls = 0;
  int refused = 0;
};

/// Slots for the environment's variables.
std::vector<Value> slotsOf(const Environment& environment, const Context& variables) {
  std::vector<Value> slots;
  for (const auto& variable : environment.variables) {
    const Value* value = variables.find(variable.name);
    slots.push_back(value != nullptr ? *value : Value::missing());
  }
  return slots;
}

void compare(const std::string& text, const Context& variables, const Value* tested, Tally& tally) {
  const Environment& environment = ExpressionMaker::environment();
  const auto compiled = tested != nullptr ? Expression::compileUnaryTestsIn(text, environment)
                                          : Expression::compileIn(text, environment);
  if (!compiled) {
    ++tally.refused;
    ADD_FAILURE() << text << "\n" << jinyue::describe(compiled.error());
    return;
  }
  const Facts known = facts();
  const auto slots = slotsOf(environment, variables);
  Session compiled_session(known);
  const Value got = tested != nullptr ? compiled->evaluateTests(*tested, slots, compiled_session)
                                      : compiled->evaluate(slots, compiled_session);
  const PlainWorld world{environment, false, variables};
  Session plain_session(known);
  const Value wanted = evaluatePlainly(compiled->ast(), world, tested, plain_session);
  ++(wanted.isNull() ? tally.nulls : tally.values);
  const std::string where = text + "\nwith " + toLiteral(Value(variables)) +
                            (tested != nullptr ? " testing " + toLiteral(*tested) : "");
  ASSERT_TRUE(isSame(got, wanted)) << where << "\ncompiled: " << toLiteral(got)
                                   << describe(compiled_session.diagnostics())
                                   << "\nplain: " << toLiteral(wanted)
                                   << describe(plain_session.diagnostics());
  ASSERT_EQ(describe(compiled_session.diagnostics()), describe(plain_session.diagnostics())) << where;
  const auto back = parse(print(compiled->ast()),
                          tested != nullptr ? Grammar::unary_tests : Grammar::expression, environment);
  ASSERT_TRUE(back) << where << "\n" << print(compiled->ast()) << "\n" << jinyue::describe(back.error());
  ASSERT_TRUE(**back == compiled->ast()) << where << "\n" << print(compiled->ast()) << "\n" << print(**back);
}

TEST(PlainEvaluator, AgreesOnExpressions) {
  Tally tally;
  for (std::uint32_t seed = 0; seed < rounds(5'000) && !HasFatalFailure(); ++seed) {
    ExpressionMaker make(seed);
    const auto text = make.any(1 + make.below(4));
    for (int round = 0; round < 3 && !HasFatalFailure(); ++round)
      compare(text, make.variables(), nullptr, tally);
  }
  EXPECT_GT(tally.values, 5'000);
  EXPECT_GT(tally.nulls, 1'250);
  EXPECT_EQ(tally.refused, 0);
}

TEST(PlainEvaluator, AgreesOnUnaryTests) {
  Tally tally;
  for (std::uint32_t seed = 0; seed < rounds(5'000) && !HasFatalFailure(); ++seed) {
    ExpressionMaker make(seed);
    const auto text = make.tests(1 + make.below(3));
    for (int round = 0; round < 3 && !HasFatalFailure(); ++round) {
      const Value tested = make.below(10) == 0 ? Value() : make.value();
      compare(text, make.variables(), &tested, tally);
    }
  }
  EXPECT_GT(tally.values, 5'000);
  EXPECT_EQ(tally.refused, 0);
}

/// What the checker says of an expression that it has nothing against is true of its value.
TEST(PlainEvaluator, TypesOfTheCheckerAreRight) {
  int told = 0;
  for (std::uint32_t seed = 0; seed < rounds(20'000); ++seed) {
    ExpressionMaker make(seed);
    const auto text = make.any(1 + make.below(4));
    const auto compiled = Expression::compileIn(text, ExpressionMaker::environment());
    ASSERT_TRUE(compiled) << text;
    const auto checked = check(*compiled, ExpressionMaker::environment());
    const bool has_functions =
        checked.type.toString().contains("function");  // their results are guessed twice
    if (!checked.diagnostics.empty() || checked.type.isAny() || has_functions) continue;
    ++told;
    const auto variables = make.properVariables();
    const Facts known = facts();
    Session session(known);
    const Value value = compiled->evaluate(slotsOf(ExpressionMaker::environment(), variables), session);
    // An index that turns out to be null selects nothing, whatever the items are.
    const Value told_of = withoutEmptyLists(value);
    ASSERT_TRUE(told_of.isNull() || converted(told_of, checked.type))
        << text << "\nis said to be " << checked.type.toString() << ", gave " << toLiteral(value) << "\nwith "
        << toLiteral(Value(variables));
  }
  EXPECT_GT(told, 4'000);
}

/// An unknown expression's free names are looked up when it is evaluated.
TEST(PlainEvaluator, AgreesOnOpenExpressions) {
  std::vector<std::string> names;
  for (const auto& variable : ExpressionMaker::environment().variables) {
    if (variable.name.size() > 1) names.push_back(variable.name);
  }
  for (std::uint32_t seed = 0; seed < rounds(3'000); ++seed) {
    ExpressionMaker make(seed);
    const auto text = make.any(1 + make.below(4));
    const auto compiled = Expression::compile(text, names);
    ASSERT_TRUE(compiled) << text;
    const auto variables = make.variables();
    PlainWorld world;
    for (const auto& name : names) world.environment.variables.push_back({name, {}});
    world.variables = variables;
    const Facts known = facts();
    Session session(known);
    const Value wanted = evaluatePlainly(compiled->ast(), world, nullptr, session);
    const auto got = compiled->evaluate(variables, known);
    ASSERT_TRUE(isSame(got.value, wanted)) << text << "\nwith " << toLiteral(Value(variables)) << "\n"
                                           << toLiteral(got.value) << " " << toLiteral(wanted);
    ASSERT_EQ(describe(got.diagnostics), describe(session.diagnostics())) << text;
  }
}

}  // namespace
}  // namespace jinyue::feel::testing
