// FEEL expressions of DMN 1.5: compile once at deployment, evaluate often.
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/problem.h"
#include "base/time.h"
#include "feel/value.h"

namespace jinyue::calendar {
class Calendar;
}

namespace jinyue::feel {

/// What an expression may use from outside its variables; passed in, so that evaluation is pure.
struct Facts {
  Instant now;                                    ///< now() and today()
  const calendar::Calendar* calendar = nullptr;   ///< working-day functions; null result with a diagnostic without it
  /// The entry of a register that is valid on a day, or null: lookup(register, key, as of).
  std::function<Value(std::string_view, const Value&, Date)> lookup;
};

/// Why a result is null, or doubtful: what happened and where in the text.
struct Diagnostic {
  std::string code;  ///< stable: "feel.type", "feel.unknown-name", …
  Text message;
  int line = 1;      ///< from 1
  int column = 1;    ///< from 1, in code points
  bool operator==(const Diagnostic&) const = default;
};

struct Evaluation {
  Value value;
  std::vector<Diagnostic> diagnostics;
};

/// A compiled expression. Immutable, may be shared by threads.
class Expression {
 public:
  /// Free names: every name that is not bound inside the text and is no built-in becomes a variable that is
  /// looked up at evaluation. `known` lists names with spaces or operators in them that the parser must know.
  static Result<Expression> compile(std::string_view text, std::span<const std::string> known = {});
  /// Unary tests (the cells of a decision table); the tested value is the variable "?".
  static Result<Expression> compileUnaryTests(std::string_view text, std::span<const std::string> known = {});

  Expression(Expression&&) noexcept;
  Expression& operator=(Expression&&) noexcept;
  Expression(const Expression&);
  Expression& operator=(const Expression&);
  ~Expression();

  /// Variables are looked up in the scopes in order: the innermost first.
  Evaluation evaluate(std::span<const Context* const> scopes, const Facts& facts) const;
  Evaluation evaluate(const Context& variables, const Facts& facts) const;

  const std::string& text() const;
  /// The free names of the expression, in order of first use.
  const std::vector<std::string>& names() const;

 private:
  struct Body;
  explicit Expression(std::shared_ptr<const Body> body);
  std::shared_ptr<const Body> body_;
};

}  // namespace jinyue::feel
