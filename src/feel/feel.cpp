#include "feel/feel.h"

#include "feel/ast.h"
#include "feel/compiler.h"

namespace jinyue::feel {

struct Expression::Body {
  std::string text;
  std::unique_ptr<Node> ast;
  Compiled code;
};

struct Expression::Builder {
  static Result<Expression> build(std::string_view text, Grammar grammar, const Environment& environment,
                                  bool open) {
    auto ast = parse(text, grammar, environment);
    if (!ast) return std::unexpected(std::move(ast.error()));
    auto body = std::make_shared<Body>();
    body->text = text;
    body->ast = *std::move(ast);
    body->code = feel::compile(*body->ast, environment, open);
    return Expression(std::move(body));
  }

  static Environment known(std::span<const std::string> names) {
    Environment environment;
    for (const std::string& name : names) environment.variables.push_back({name, {}});
    return environment;
  }
};

Expression::Expression(std::shared_ptr<const Body> body) : body_(std::move(body)) {}
Expression::Expression(Expression&&) noexcept = default;
Expression& Expression::operator=(Expression&&) noexcept = default;
Expression::Expression(const Expression&) = default;
Expression& Expression::operator=(const Expression&) = default;
Expression::~Expression() = default;

Result<Expression> Expression::compile(std::string_view text, std::span<const std::string> known) {
  return Builder::build(text, Grammar::expression, Builder::known(known), true);
}
Result<Expression> Expression::compileUnaryTests(std::string_view text, std::span<const std::string> known) {
  return Builder::build(text, Grammar::unary_tests, Builder::known(known), true);
}
Result<Expression> Expression::compileIn(std::string_view text, const Environment& environment) {
  return Builder::build(text, Grammar::expression, environment, false);
}
Result<Expression> Expression::compileUnaryTestsIn(std::string_view text, const Environment& environment) {
  return Builder::build(text, Grammar::unary_tests, environment, false);
}

Evaluation Expression::evaluate(std::span<const Context* const> scopes, const Facts& facts) const {
  const Compiled& code = body_->code;
  const auto find = [&](std::string_view name) -> const Value* {
    for (const Context* scope : scopes) {
      if (const Value* value = scope->find(name)) return value;
    }
    return nullptr;
  };
  std::vector<Value> slots(code.slots.size(), Value::missing());
  for (const std::size_t slot : code.used) {
    if (const Value* value = find(code.slots[slot])) slots[slot] = *value;
  }
  Session session(facts);
  const Value* tested = code.uses_tested ? find("?") : nullptr;
  Value value = tested != nullptr ? evaluateTests(*tested, slots, session) : evaluate(slots, session);
  return {std::move(value), session.takeDiagnostics()};
}

Evaluation Expression::evaluate(const Context& variables, const Facts& facts) const {
  const Context* scope = &variables;
  return evaluate(std::span(&scope, 1), facts);
}

Value Expression::evaluate(std::span<const Value> slots, Session& session) const {
  const Compiled& code = body_->code;
  const Session::Level level(session, static_cast<std::int32_t>(body_->ast->height));
  if (level.tooDeep()) return {};
  if (code.registers == 0) {
    Frame frame{slots, nullptr, nullptr, session};
    return code.root->eval(frame);
  }
  Registers registers(code.registers);
  Frame frame{slots, registers.data(), nullptr, session};
  return code.root->eval(frame);
}

Value Expression::evaluateTests(const Value& tested, std::span<const Value> slots, Session& session) const {
  const Compiled& code = body_->code;
  const Session::Level level(session, static_cast<std::int32_t>(body_->ast->height));
  if (level.tooDeep()) return {};
  if (code.registers == 0) {
    Frame frame{slots, nullptr, &tested, session};
    return code.root->eval(frame);
  }
  Registers registers(code.registers);
  Frame frame{slots, registers.data(), &tested, session};
  return code.root->eval(frame);
}

const std::string& Expression::text() const { return body_->text; }
const std::vector<std::string>& Expression::names() const { return body_->code.names; }
const std::vector<std::string>& Expression::unknownNames() const { return body_->code.unknown; }
const Value* Expression::constant() const { return body_->code.root->constant(); }
const UnaryTests* Expression::constantTests() const {
  return body_->code.tests ? &*body_->code.tests : nullptr;
}
bool Expression::isUnaryTests() const { return body_->ast->kind == NodeKind::tests; }
bool Expression::usesTested() const { return mentionsTested(*body_->ast); }
const Node& Expression::ast() const { return *body_->ast; }

}  // namespace jinyue::feel
