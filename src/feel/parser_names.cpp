// Names that may have spaces and operator characters, and types.
#include <fmt/format.h>

#include "feel/parser.h"

namespace jinyue::feel {

/// The longest known name here; or the words that stand side by side, since nothing else could be meant.
std::string Parser::name(bool as_member) {
  KnownNames::Match match;
  if (!as_member) match = scope_.longest(lexer_, token_);
  if (as_member || filters_ > 0) {
    if (auto other = members_.longest(lexer_, token_); other.parts > match.parts) match = std::move(other);
  }
  std::string found{token_.text};
  if (!match.name.empty()) {
    found = match.name;
    goTo(match.end);
  } else {
    advance();
  }
  while (token_.kind == TokenKind::word && !isKeyword(token_.text)) {
    found += ' ';
    found += token_.text;
    advance();
  }
  return found;
}

/// A name that is made here: of an iterator (up to `until`) or a parameter (up to punctuation).
std::string Parser::declaredName(std::string_view until) {
  if (token_.kind == TokenKind::string) {
    auto content = unquoted(token_.text);
    if (!content) fail({"文本里的转义不对", "a wrong escape in the string"});
    advance();
    return *std::move(content);
  }
  if (token_.kind != TokenKind::word) failExpected("a name / 名称");
  std::string found;
  std::size_t end = token_.begin;
  while ((token_.kind == TokenKind::word && (until.empty() || token_.text != until)) ||
         (!found.empty() && token_.kind == TokenKind::number) ||
         (!found.empty() && token_.kind == TokenKind::symbol &&
          token_.text.find_first_not_of("./-'+*") == std::string_view::npos)) {
    if (!found.empty() && token_.begin != end) found += ' ';
    found += token_.text;
    end = token_.end;
    advance();
  }
  if (found.empty()) failExpected("a name / 名称");
  return found;
}

std::string Parser::entryKey() { return declaredName(""); }

/// "name:" before an argument; empty (and nothing taken) when the argument has no name.
std::optional<std::string> Parser::argumentName() {
  const Token start = token_;
  if (token_.kind != TokenKind::word) return std::nullopt;
  std::string found = declaredName("");
  if (take(":")) return found;
  token_ = start;
  return std::nullopt;
}

std::string Parser::typeName() {
  if (token_.kind != TokenKind::word) failExpected("a type / 类型");
  std::string found;
  while (true) {
    if (const auto match = types_.longest(lexer_, token_); !match.name.empty()) {
      found += match.name;
      goTo(match.end);
    } else {
      found += token_.text;
      advance();
      while (token_.kind == TokenKind::word && !isKeyword(token_.text)) {
        found += ' ';
        found += token_.text;
        advance();
      }
    }
    if (!token_.is(".") || lexer_.next(token_.end).kind != TokenKind::word) return found;
    advance();
    found += '.';
  }
}

TypeNode Parser::type() {
  if (++nesting_ > max_nesting) fail({"类型嵌套过深", "the type is nested too deeply"});
  TypeNode tree;
  if (takeWord("function")) tree.name = "function";
  else tree.name = typeName();
  if (token_.is("<")) {
    const bool with_parts =
        tree.name == "list" || tree.name == "range" || tree.name == "context" || tree.name == "function";
    if (with_parts) {
      advance();
      if (!token_.is(">")) {
        do {
          if (tree.name == "context") {
            tree.keys.push_back(declaredName(""));
            expect(":");
          }
          tree.parts.push_back(type());
        } while (take(","));
      }
      expect(">");
      if ((tree.name == "list" || tree.name == "range") && tree.parts.size() != 1)
        failExpected("one type / 一个类型");
      if (tree.name == "function") {
        expect("->");
        tree.parts.push_back(type());
      }
    }
  }
  --nesting_;
  return tree;
}

}  // namespace jinyue::feel
