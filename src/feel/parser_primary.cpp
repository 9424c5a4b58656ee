// What stands alone in an expression: literals, lists, ranges, contexts, functions, if, for, some, every.
#include <fmt/format.h>

#include "feel/parser.h"

namespace jinyue::feel {

Parser::Tree Parser::primary() {
  const std::size_t at = token_.begin;
  switch (token_.kind) {
    case TokenKind::number: return numberLiteral();
    case TokenKind::string: {
      auto content = unquoted(token_.text);
      if (!content) fail({"文本里的转义不对", "a wrong escape in the string"});
      Tree tree = node(NodeKind::literal, at);
      tree->value = *content;
      advance();
      return tree;
    }
    case TokenKind::word: return nameOrCall();
    case TokenKind::symbol:
      if (token_.text == "(") return parenthesised();
      if (token_.text == "[" || token_.text == "]") return bracketed();
      if (token_.text == "{") return context();
      if (token_.text == "@") return atLiteral();
      if (token_.text == "?") {
        advance();
        return node(NodeKind::tested, at);
      }
      break;
    case TokenKind::broken:
      if (token_.text.starts_with('"')) fail({"文本没有结束的引号", "the string has no closing quote"});
      if (token_.text.starts_with("/*")) fail({"注释没有结束", "the comment has no end"});
      break;
    case TokenKind::end: break;
  }
  failExpected("an expression / 表达式");
}

Parser::Tree Parser::numberLiteral() {
  Tree tree = node(NodeKind::literal, token_.begin);
  const auto number = Number::parse(token_.text);
  if (!number) fail({"数太大", "the number is too large"});
  tree->value = *number;
  advance();
  return tree;
}

Parser::Tree Parser::atLiteral() {
  Tree tree = node(NodeKind::literal, token_.begin);
  advance();
  if (token_.kind != TokenKind::string) failExpected("a string / 文本");
  const std::string text = unquoted(token_.text).value_or("");
  if (const auto date = parseCivilDate(text)) tree->value = *date;
  else if (const auto moment = parseDateTime(text)) tree->value = *moment;
  else if (const auto time = parseClockTime(text)) tree->value = *time;
  else if (const auto days = parseDaysDuration(text)) tree->value = *days;
  else if (const auto years = parseYearsDuration(text)) tree->value = *years;
  else tree->text = text;  // no such value: null with a diagnostic when it is evaluated
  advance();
  return tree;
}

Parser::Tree Parser::parenthesised() {
  const Position place = lexer_.positionOf(token_.begin);
  expect("(");
  constexpr std::string_view comparisons[] = {"<", "<=", ">", ">=", "=", "!="};
  for (const std::string_view comparison : comparisons) {
    if (!token_.is(comparison)) continue;
    Tree tree = positiveTest(true);
    expect(")");
    return tree;
  }
  Tree inner = expression();
  if (take("..")) return rangeTail(std::move(inner), false, place);
  expect(")");
  return inner;
}

Parser::Tree Parser::bracketed() {
  const std::size_t at = token_.begin;
  const Position place = lexer_.positionOf(at);
  const bool open = token_.is("]");
  advance();
  if (open) {
    Tree start = expression();
    expect("..");
    return rangeTail(std::move(start), false, place);
  }
  if (take("]")) return node(NodeKind::list, at);
  Tree first = expression();
  if (take("..")) return rangeTail(std::move(first), true, place);
  auto tree = std::make_unique<Node>(NodeKind::list, place);
  tree->add(std::move(first));
  while (take(",")) tree->add(expression());
  expect("]");
  return grown(std::move(tree));
}

Parser::Tree Parser::rangeTail(Tree start, bool start_included, Position place) {
  auto tree = std::make_unique<Node>(NodeKind::range, place);
  tree->start_included = start_included;
  tree->add(std::move(start));
  const bool outer = std::exchange(range_end_, true);
  tree->add(binary(1));
  range_end_ = outer;
  if (take("]")) tree->end_included = true;
  else if (!take(")") && !take("[")) failExpected("\"]\", \")\" / \"[\"");
  return grown(std::move(tree));
}

Parser::Tree Parser::context() {
  Tree tree = node(NodeKind::context, token_.begin);
  expect("{");
  const std::size_t mark = scope_.size();
  if (!token_.is("}")) {
    do {
      if (token_.kind == TokenKind::string) {
        auto key = unquoted(token_.text);
        if (!key) fail({"文本里的转义不对", "a wrong escape in the string"});
        tree->names.push_back(*std::move(key));
        advance();
      } else {
        tree->names.push_back(entryKey());
      }
      expect(":");
      tree->add(expression());
      scope_.add(tree->names.back());
      members_.add(tree->names.back());
    } while (take(","));
  }
  expect("}");
  scope_.cutTo(mark);
  return grown(std::move(tree));
}

Parser::Tree Parser::functionDefinition() {
  Tree tree = node(NodeKind::function, token_.begin);
  expectWord("function");
  expect("(");
  const std::size_t mark = scope_.size();
  if (!token_.is(")")) {
    do {
      std::string parameter = declaredName("");
      scope_.add(parameter);
      tree->names.push_back(std::move(parameter));
      tree->types.push_back(take(":") ? type() : TypeNode{});
    } while (take(","));
  }
  expect(")");
  if (take(":")) type();  // a result type, which some modelers write
  if (takeWord("external")) tree->kind = NodeKind::external;
  tree->add(expression());
  scope_.cutTo(mark);
  return grown(std::move(tree));
}

Parser::Tree Parser::conditional() {
  Tree tree = node(NodeKind::conditional, token_.begin);
  expectWord("if");
  tree->add(expression());
  expectWord("then");
  tree->add(expression());
  expectWord("else");
  tree->add(expression());
  return grown(std::move(tree));
}

Parser::Tree Parser::iteration(NodeKind kind) {
  Tree tree = node(kind, token_.begin);
  advance();
  const std::size_t mark = scope_.size();
  do {
    std::string variable = declaredName("in");
    expectWord("in");
    const Position place = lexer_.positionOf(token_.begin);
    Tree domain = expression();
    if (take("..")) {
      auto steps = std::make_unique<Node>(NodeKind::steps, place);
      steps->add(std::move(domain));
      steps->add(expression());
      domain = std::move(steps);
    }
    tree->add(std::move(domain));
    scope_.add(variable);
    tree->names.push_back(std::move(variable));
  } while (take(","));
  expectWord(kind == NodeKind::iteration ? "return" : "satisfies");
  tree->add(expression());
  scope_.cutTo(mark);
  return grown(std::move(tree));
}

Parser::Tree Parser::nameOrCall() {
  const std::size_t at = token_.begin;
  const bool longer = !scope_.longest(lexer_, token_).name.empty();
  if (!longer) {
    const auto literal = [&](Value value) {
      Tree tree = node(NodeKind::literal, at);
      tree->value = std::move(value);
      advance();
      return tree;
    };
    if (token_.text == "null") return literal({});
    if (token_.text == "true") return literal(true);
    if (token_.text == "false") return literal(false);
    if (token_.text == "if") return conditional();
    if (token_.text == "for") return iteration(NodeKind::iteration);
    if (token_.text == "some") return iteration(NodeKind::some);
    if (token_.text == "every") return iteration(NodeKind::every);
    if (token_.text == "function") return functionDefinition();
    if (isKeyword(token_.text) && token_.text != "external") failExpected("an expression / 表达式");
  }
  Tree tree = node(NodeKind::name, at);
  tree->text = name(false);
  return tree;
}

}  // namespace jinyue::feel
