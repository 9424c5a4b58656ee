// Recursive descent over the grammar of DMN 1.5 section 10.3.1.2.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "feel/ast.h"
#include "feel/feel.h"
#include "feel/lexer.h"
#include "feel/names.h"

namespace jinyue::feel {

class Parser {
 public:
  Parser(std::string_view text, const Environment& environment);
  Result<std::unique_ptr<Node>> parse(Grammar grammar);

 private:
  using Tree = std::unique_ptr<Node>;
  struct Failure {
    std::size_t offset;
    Text message;
  };
  class Nesting;

  // parser.cpp: expressions by precedence
  Tree expression();
  Tree binary(int precedence);
  Tree comparisonTail(Tree left);
  Tree inTests(Tree value);
  Tree unary();
  Tree negated();
  Tree postfix();
  Tree pathTail(Tree target);
  Tree callTail(Tree callee);
  // parser_primary.cpp: what stands alone
  Tree primary();
  Tree numberLiteral();
  Tree atLiteral();
  Tree parenthesised();
  Tree bracketed();
  Tree rangeTail(Tree start, bool start_included, Position place);
  Tree context();
  Tree functionDefinition();
  Tree conditional();
  Tree iteration(NodeKind kind);
  Tree nameOrCall();
  // parser_names.cpp
  std::string name(bool as_member);
  std::string declaredName(std::string_view until);
  std::string entryKey();
  std::optional<std::string> argumentName();
  TypeNode type();
  std::string typeName();
  // unary tests
  Tree unaryTests();
  Tree testList();
  Tree positiveTest(bool whole);

  Tree node(NodeKind kind, std::size_t offset);
  Tree grown(Tree node);
  bool isClosingBracket(const Token& token) const;
  void advance() { token_ = lexer_.next(token_.end); }
  void goTo(std::size_t offset) { token_ = lexer_.next(offset); }
  bool take(std::string_view symbol);
  bool takeWord(std::string_view word);
  void expect(std::string_view symbol);
  void expectWord(std::string_view word);
  [[noreturn]] void fail(Text message) const;
  [[noreturn]] void failExpected(std::string_view what) const;

  Lexer lexer_;
  Token token_;
  KnownNames scope_;    ///< variables that can be used here
  KnownNames members_;  ///< entries seen anywhere: after a dot, and in filters
  KnownNames types_;
  std::uint32_t nesting_ = 0;
  int filters_ = 0;         ///< filters around this place
  bool range_end_ = false;  ///< the right endpoint of a range is being read: "[" may close it
};

}  // namespace jinyue::feel
