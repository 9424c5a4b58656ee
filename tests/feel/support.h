// What the tests of FEEL share: evaluate a text, see the value as a literal.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "feel/feel.h"

namespace jinyue::feel::testing {

/// 22 November 2026, 12:38:21.000 in China.
inline Facts facts() {
  Facts known;
  known.now = *parseInstant("2026-11-22T04:38:21Z");
  return known;
}

inline Evaluation evaluate(std::string_view text, const Context& variables = {}) {
  std::vector<std::string> names;
  for (const auto& [name, value] : variables) names.push_back(name);
  const auto expression = Expression::compile(text, names);
  if (!expression) {
    ADD_FAILURE() << text << "\n" << describe(expression.error());
    return {};
  }
  return expression->evaluate(variables, facts());
}

/// The value of the text as a literal; "null!code" when it is null and something was noted.
inline std::string result(std::string_view text, const Context& variables = {}) {
  const Evaluation evaluation = evaluate(text, variables);
  std::string shown = toLiteral(evaluation.value);
  if (evaluation.value.isNull() && !evaluation.diagnostics.empty())
    shown += '!' + evaluation.diagnostics.front().code;
  return shown;
}

struct Case {
  const char* text;
  const char* expected;
};

inline void check(std::initializer_list<Case> cases, const Context& variables = {}) {
  for (const Case& one : cases) EXPECT_EQ(result(one.text, variables), one.expected) << one.text;
}

}  // namespace jinyue::feel::testing
