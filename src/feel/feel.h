// FEEL expressions of DMN 1.5: compile once at deployment, evaluate often.
//
// A caller that evaluates the same variables again and again (a decision table) describes them once as an
// Environment and passes their values by position: no name is looked up and nothing is allocated on the plain
// path.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/problem.h"
#include "base/time.h"
#include "feel/compare.h"
#include "feel/function.h"
#include "feel/session.h"
#include "feel/text_form.h"
#include "feel/type.h"
#include "feel/value.h"

namespace jinyue::feel {

struct Node;  // ast.h

struct Variable {
  std::string name;
  Type type;
};

/// The variables that expressions may use, in the order of their slots, and the named types for `instance
/// of`, parameters of functions and the checker. "?" may be given a type here as the type of a tested value.
struct Environment {
  std::vector<Variable> variables;
  std::map<std::string, Type, std::less<>> types;
  Type tested;  ///< the type of "?" in unary tests
};

/// Unary tests of constants, for indexes and table analysis.
struct UnaryTests {
  struct Test {
    /// A range value (also for "< 5"), a list (satisfied by its items too) or a value to be equal to.
    Value value;
    /// "!= value": satisfied by everything that isn't equal.
    bool unequal = false;
  };
  bool any = false;      ///< "-"
  bool negated = false;  ///< not(…)
  std::vector<Test> tests;
};

/// A compiled expression. Immutable, may be shared by threads.
class Expression {
 public:
  /// Free names: every name that is not bound inside the text and is no built-in becomes a variable that is
  /// looked up at evaluation. `known` lists names with spaces or operators in them that the parser must know.
  static Result<Expression> compile(std::string_view text, std::span<const std::string> known = {});
  /// Unary tests (the cells of a decision table); the tested value is the variable "?".
  static Result<Expression> compileUnaryTests(std::string_view text, std::span<const std::string> known = {});
  /// For evaluation by slots; a name that the environment doesn't have is null with a diagnostic when it is
  /// used.
  static Result<Expression> compileIn(std::string_view text, const Environment& environment);
  static Result<Expression> compileUnaryTestsIn(std::string_view text, const Environment& environment);

  Expression(Expression&&) noexcept;
  Expression& operator=(Expression&&) noexcept;
  Expression(const Expression&);
  Expression& operator=(const Expression&);
  ~Expression();

  /// Variables are looked up in the scopes in order: the innermost first.
  Evaluation evaluate(std::span<const Context* const> scopes, const Facts& facts) const;
  Evaluation evaluate(const Context& variables, const Facts& facts) const;
  /// slots[i] is the value of the environment's variable i (Value::missing() for one without a value).
  /// Diagnostics go to the session.
  Value evaluate(std::span<const Value> slots, Session& session) const;
  /// Unary tests with the tested value: true, false, or null.
  Value evaluateTests(const Value& tested, std::span<const Value> slots, Session& session) const;

  const std::string& text() const;
  /// The free names of the expression, in order of first use ("?" not among them).
  const std::vector<std::string>& names() const;
  /// Those of them that the environment doesn't have.
  const std::vector<std::string>& unknownNames() const;
  /// The value when the expression is a constant, else null. Unary tests have none.
  const Value* constant() const;
  /// When these are unary tests and all of constants, else null.
  const UnaryTests* constantTests() const;
  bool isUnaryTests() const;
  /// Whether "?" is used.
  bool usesTested() const;
  const Node& ast() const;

 private:
  struct Body;
  struct Builder;
  explicit Expression(std::shared_ptr<const Body> body);
  std::shared_ptr<const Body> body_;
};

struct Checked {
  Type type;  ///< what the expression gives, as far as can be told
  std::vector<Diagnostic> diagnostics;
};
/// Finds what can't work before it runs: unknown names, impossible comparisons, wrong types, wrong arguments.
Checked check(const Expression& expression, const Environment& environment);

}  // namespace jinyue::feel
