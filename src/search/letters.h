// A text as search compares it: compatibility forms and case folded away (full and half width, Ⅳ and iv, A
// and a), punctuation and blanks left out, each letter with its place in the text as it was written.
// Traditional and simplified characters stay apart.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace jinyue::search {

enum class LetterKind : std::uint8_t {
  han,    ///< of a script without blanks between words: Han, Kana, Hangul
  alpha,  ///< of any other script
  digit,
};

struct Letter {
  char32_t value = 0;
  LetterKind kind = LetterKind::alpha;
  bool after_gap = false;   ///< something that is no letter stands before it, or the text begins with it
  std::uint32_t begin = 0;  ///< bytes of the text that it comes from
  std::uint32_t end = 0;
};

/// The letters of a text. Bytes that are not UTF-8 are no letters.
std::vector<Letter> lettersOf(std::string_view text);

/// Whether two letters that follow each other belong to one word: no gap between them, both Han or neither.
inline bool areTogether(const Letter& before, const Letter& letter) {
  return !letter.after_gap && (before.kind == LetterKind::han) == (letter.kind == LetterKind::han);
}

void appendUtf8(std::string& out, char32_t letter);

}  // namespace jinyue::search
