// Tokens of FEEL (DMN 1.5 section 10.3.1.2). Names with spaces need to know what names there are, so the
// parser puts words together; here a word is a run of name characters.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "feel/session.h"

namespace jinyue::feel {

enum class TokenKind : std::uint8_t { end, word, number, string, symbol, broken };

struct Token {
  TokenKind kind = TokenKind::end;
  std::string_view text;  ///< as written; of a string with its quotes
  std::size_t begin = 0;  ///< offset in the text
  std::size_t end = 0;
  bool is(std::string_view symbol) const { return kind == TokenKind::symbol && text == symbol; }
  bool isWord(std::string_view word) const { return kind == TokenKind::word && text == word; }
};

class Lexer {
 public:
  explicit Lexer(std::string_view text) : text_(text) {}
  /// The token at or after `offset`, past white space and comments.
  Token next(std::size_t offset) const;
  std::string_view text() const { return text_; }
  /// Fast when called with growing offsets.
  Position positionOf(std::size_t offset);

 private:
  std::size_t skipBlanks(std::size_t offset) const;
  std::string_view text_;
  std::size_t known_offset_ = 0;  ///< the last one asked for, and where it is
  Position known_position_;
};

/// The content of a string literal; empty when an escape is wrong.
std::optional<std::string> unquoted(std::string_view literal);
bool isKeyword(std::string_view word);
/// The words and symbols of a name: "profit + loss" and "profit+loss" give the same. Empty when it can't be a
/// name.
std::vector<std::string> partsOfName(std::string_view name);

}  // namespace jinyue::feel
