#include "feel/parser.h"

#include <fmt/format.h>

#include "base/text.h"
#include "feel/builtins.h"

namespace jinyue::feel {

class Parser::Nesting {
 public:
  explicit Nesting(Parser& parser) : parser_(parser) {
    if (++parser_.nesting_ > max_nesting) {
      parser_.fail({fmt::format("嵌套超过 {} 层", max_nesting),
                    fmt::format("nested more than {} levels", max_nesting)});
    }
  }
  Nesting(const Nesting&) = delete;
  Nesting& operator=(const Nesting&) = delete;
  ~Nesting() { --parser_.nesting_; }

 private:
  Parser& parser_;
};

namespace {

struct BinaryOperator {
  int precedence = 0;  ///< 0: none
  Operation operation = Operation::none;
};

constexpr int or_precedence = 1;
constexpr int and_precedence = 2;
constexpr int comparison_precedence = 3;
constexpr int sum_precedence = 4;

BinaryOperator binaryOperator(const Token& token) {
  if (token.kind == TokenKind::word) {
    if (token.text == "or") return {or_precedence, Operation::none};
    if (token.text == "and") return {and_precedence, Operation::none};
    if (token.text == "between" || token.text == "in") return {comparison_precedence, Operation::none};
    return {};
  }
  if (token.kind != TokenKind::symbol) return {};
  if (token.text == "=") return {comparison_precedence, Operation::equal};
  if (token.text == "!=") return {comparison_precedence, Operation::unequal};
  if (token.text == "<") return {comparison_precedence, Operation::less};
  if (token.text == "<=") return {comparison_precedence, Operation::less_equal};
  if (token.text == ">") return {comparison_precedence, Operation::greater};
  if (token.text == ">=") return {comparison_precedence, Operation::greater_equal};
  if (token.text == "+") return {sum_precedence, Operation::add};
  if (token.text == "-") return {sum_precedence, Operation::subtract};
  if (token.text == "*") return {5, Operation::multiply};
  if (token.text == "/") return {5, Operation::divide};
  if (token.text == "**") return {6, Operation::power};
  return {};
}

}  // namespace

Parser::Parser(std::string_view text, const Environment& environment) : lexer_(text) {
  for (const std::string_view built_in : namesOfBuiltins()) scope_.add(built_in);
  constexpr std::string_view properties[] = {"time offset", "start included", "end included"};
  for (const std::string_view property : properties) members_.add(property);
  for (const Variable& variable : environment.variables) {
    scope_.add(variable.name);
    members_.addMembers(variable.type);
  }
  members_.addMembers(environment.tested);
  constexpr std::string_view plain_types[] = {"date and time", "days and time duration",
                                              "years and months duration"};
  for (const std::string_view type : plain_types) types_.add(type);
  for (const auto& [name, type] : environment.types) {
    types_.add(name);
    members_.addMembers(type);
  }
  goTo(0);
}

Result<std::unique_ptr<Node>> Parser::parse(Grammar grammar) {
  try {
    Tree tree = grammar == Grammar::unary_tests ? unaryTests() : expression();
    if (token_.kind != TokenKind::end) {
      fail({fmt::format("这里不应有“{}”", token_.text),
            fmt::format("\"{}\" doesn't belong here", token_.text)});
    }
    return tree;
  } catch (const Failure& failure) {
    const Position at = lexer_.positionOf(failure.offset);
    return refuse(ProblemKind::invalid, "feel.syntax", failure.message,
                  fmt::format("{}:{}", at.line, at.column));
  }
}

void Parser::fail(Text message) const { throw Failure{token_.begin, std::move(message)}; }

void Parser::failExpected(std::string_view what) const {
  if (token_.kind == TokenKind::end) {
    fail({fmt::format("表达式在这里断了，应有{}", what),
          fmt::format("the expression ends where {} is expected", what)});
  }
  fail({fmt::format("应有{}，而不是“{}”", what, token_.text),
        fmt::format("expected {}, found \"{}\"", what, token_.text)});
}

bool Parser::take(std::string_view symbol) {
  if (!token_.is(symbol)) return false;
  advance();
  return true;
}

bool Parser::takeWord(std::string_view word) {
  if (!token_.isWord(word)) return false;
  advance();
  return true;
}

void Parser::expect(std::string_view symbol) {
  if (!take(symbol)) failExpected(fmt::format("\"{}\"", symbol));
}

void Parser::expectWord(std::string_view word) {
  if (!takeWord(word)) failExpected(fmt::format("\"{}\"", word));
}

Parser::Tree Parser::node(NodeKind kind, std::size_t offset) {
  constexpr std::uint64_t most = 20'000'000;
  if (scope_.work() + members_.work() > most) fail({"名称过多", "too many names that are alike"});
  return std::make_unique<Node>(kind, lexer_.positionOf(offset));
}

Parser::Tree Parser::grown(Tree tree) {
  if (tree->height > max_height) {
    fail({fmt::format("表达式超过 {} 层", max_height),
          fmt::format("the expression has more than {} levels", max_height)});
  }
  return tree;
}

Parser::Tree Parser::expression() {
  const Nesting nesting(*this);
  const bool outer = std::exchange(range_end_, false);
  Tree tree = binary(or_precedence);
  range_end_ = outer;
  return tree;
}

Parser::Tree Parser::binary(int precedence) {
  Tree left = unary();
  while (true) {
    const BinaryOperator found = binaryOperator(token_);
    if (found.precedence < precedence || found.precedence == 0) return left;
    if (found.precedence == comparison_precedence) {
      left = grown(comparisonTail(std::move(left)));
      continue;
    }
    const Position place = lexer_.positionOf(token_.begin);
    advance();
    Tree right = binary(found.precedence + 1);
    if (found.precedence <= and_precedence) {
      const NodeKind kind = found.precedence == or_precedence ? NodeKind::disjunction : NodeKind::conjunction;
      if (left->kind != kind) {  // "(a or b) or c" means the same as "a or b or c"
        auto tree = std::make_unique<Node>(kind, place);
        tree->add(std::move(left));
        left = std::move(tree);
      }
      left->add(std::move(right));
    } else {
      auto tree = std::make_unique<Node>(NodeKind::arithmetic, place);
      tree->operation = found.operation;
      tree->add(std::move(left));
      tree->add(std::move(right));
      left = std::move(tree);
    }
    left = grown(std::move(left));
  }
}

Parser::Tree Parser::comparisonTail(Tree left) {
  const std::size_t at = token_.begin;
  if (takeWord("between")) {
    Tree tree = node(NodeKind::between, at);
    tree->add(std::move(left));
    tree->add(binary(sum_precedence));
    expectWord("and");
    tree->add(binary(sum_precedence));
    return tree;
  }
  if (takeWord("in")) {
    Tree tree = node(NodeKind::in, at);
    tree->add(std::move(left));
    return inTests(std::move(tree));
  }
  Tree tree = node(NodeKind::comparison, at);
  tree->operation = binaryOperator(token_).operation;
  advance();
  tree->add(std::move(left));
  tree->add(binary(sum_precedence));
  return tree;
}

/// After "in": one test, or tests in parentheses. "(1..5]" is a range, "(1, 2)" are tests, "(a) + 1" is
/// neither.
Parser::Tree Parser::inTests(Tree tree) {
  const Nesting nesting(*this);
  if (!token_.is("(")) {
    tree->add(positiveTest(false));
    return tree;
  }
  const Position place = lexer_.positionOf(token_.begin);
  advance();
  Tree first = positiveTest(true);
  if (take("..")) {
    tree->add(rangeTail(std::move(first), false, place));
    return tree;
  }
  tree->add(std::move(first));
  while (take(",")) tree->add(positiveTest(true));
  expect(")");
  return tree;
}

/// "-a": closer than "instance of", or "-1 instance of number" would negate a boolean.
Parser::Tree Parser::negated() {
  const Nesting nesting(*this);
  const std::size_t at = token_.begin;
  if (!take("-")) return postfix();
  Tree tree = node(NodeKind::negation, at);
  tree->add(negated());
  return grown(std::move(tree));
}

Parser::Tree Parser::unary() {
  Tree tree = negated();
  while (token_.isWord("instance")) {
    const std::size_t place = token_.begin;
    advance();
    expectWord("of");
    Tree test = node(NodeKind::instance_of, place);
    test->add(std::move(tree));
    test->types.push_back(type());
    tree = grown(std::move(test));
  }
  return tree;
}

bool Parser::isClosingBracket(const Token& token) const {
  if (!range_end_ || !token.is("[")) return false;
  const Token after = lexer_.next(token.end);
  if (after.kind == TokenKind::end || after.is(",") || after.is(")") || after.is("]") || after.is("}") ||
      after.is("."))
    return true;
  constexpr std::string_view words[] = {"and",       "or", "then",    "else",    "return",
                                        "satisfies", "in", "between", "instance"};
  for (const std::string_view word : words) {
    if (after.isWord(word)) return true;
  }
  return binaryOperator(after).precedence != 0 && !after.is("-");
}

Parser::Tree Parser::postfix() {
  Tree tree = primary();
  while (true) {
    if (token_.is(".")) {
      tree = grown(pathTail(std::move(tree)));
    } else if (token_.is("[") && !isClosingBracket(token_)) {
      Tree filter = node(NodeKind::filter, token_.begin);
      advance();
      ++filters_;
      filter->add(std::move(tree));
      filter->add(expression());
      --filters_;
      expect("]");
      tree = grown(std::move(filter));
    } else if (token_.is("(")) {
      tree = grown(callTail(std::move(tree)));
    } else {
      return tree;
    }
  }
}

Parser::Tree Parser::pathTail(Tree target) {
  Tree tree = node(NodeKind::path, token_.begin);
  advance();
  if (token_.kind != TokenKind::word) failExpected("a name / 名称");
  tree->text = name(true);
  tree->add(std::move(target));
  return tree;
}

Parser::Tree Parser::callTail(Tree callee) {
  Tree tree = node(NodeKind::call, token_.begin);
  expect("(");
  tree->add(std::move(callee));
  if (take(")")) return tree;
  auto first = argumentName();
  const bool named = first.has_value();
  while (true) {
    if (named) {
      // NOLINTNEXTLINE(bugprone-use-after-move): set anew at the end of each turn
      if (!first) failExpected("a parameter's name / 参数名");
      tree->names.push_back(*std::move(first));
    }
    tree->add(expression());
    if (!take(",")) break;
    if (named) first = argumentName();
  }
  expect(")");
  return tree;
}

Parser::Tree Parser::unaryTests() {
  const std::size_t at = token_.begin;
  if (token_.is("-") && lexer_.next(token_.end).kind == TokenKind::end) {
    advance();
    return node(NodeKind::tests, at);
  }
  if (token_.isWord("not") && lexer_.next(token_.end).is("(")) {
    const Token start = token_;
    try {
      advance();
      advance();
      Tree tree = testList();
      tree->negated = true;
      expect(")");
      if (token_.kind == TokenKind::end) return tree;
    } catch (const Failure&) {  // NOLINT(bugprone-empty-catch): then it is an expression that begins with
                                // not(…); a real error shows again
    }
    token_ = start;
    nesting_ = 0;
    filters_ = 0;
    range_end_ = false;
  }
  return testList();
}

Parser::Tree Parser::testList() {
  Tree tree = node(NodeKind::tests, token_.begin);
  do tree->add(positiveTest(true));
  while (take(","));
  return tree;
}

/// `whole`: an expression of any kind; else what may follow "in" without parentheses.
Parser::Tree Parser::positiveTest(bool whole) {
  const BinaryOperator found = binaryOperator(token_);
  if (token_.kind == TokenKind::symbol && found.precedence == comparison_precedence) {
    Tree tree = node(NodeKind::half_range, token_.begin);
    tree->operation = found.operation;
    advance();
    tree->add(binary(sum_precedence));
    return tree;
  }
  if (whole) return expression();
  return binary(sum_precedence);
}

Result<std::unique_ptr<Node>> parse(std::string_view text, Grammar grammar, const Environment& environment) {
  if (text.size() > max_text_size) {
    return refuse(ProblemKind::invalid, "feel.too-long", {"表达式过长", "the expression is too long"}, "1:1");
  }
  if (!isValidUtf8(text)) {
    return refuse(ProblemKind::invalid, "feel.utf8", {"不是有效的 UTF-8 文本", "not valid UTF-8"}, "1:1");
  }
  return Parser(text, environment).parse(grammar);
}

}  // namespace jinyue::feel
