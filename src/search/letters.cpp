#include "search/letters.h"

#include <array>
#include <stdexcept>
#include <utility>

#include <unicode/bytestream.h>
#include <unicode/edits.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/uscript.h>
#include <unicode/utf8.h>

namespace jinyue::search {
namespace {

struct Span {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
};

/// The text folded, and for each byte of it the bytes that it comes from.
struct Folded {
  std::string text;
  std::vector<Span> from;
};

Folded fold(std::string_view text) {
  UErrorCode error = U_ZERO_ERROR;
  const icu::Normalizer2* folder = icu::Normalizer2::getNFKCCasefoldInstance(error);
  Folded folded;
  icu::StringByteSink<std::string> sink(&folded.text, static_cast<std::int32_t>(text.size()));
  icu::Edits edits;
  if (U_SUCCESS(error)) {
    folder->normalizeUTF8(0, icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())), sink,
                          &edits, error);
  }
  if (U_FAILURE(error)) throw std::runtime_error("ICU can't normalise a text");
  folded.from.resize(folded.text.size());
  auto edit = edits.getFineIterator();
  while (edit.next(error) != 0) {
    const auto source = static_cast<std::uint32_t>(edit.sourceIndex());
    const auto old_length = static_cast<std::uint32_t>(edit.oldLength());
    const auto target = static_cast<std::uint32_t>(edit.destinationIndex());
    for (std::uint32_t at = 0; at < static_cast<std::uint32_t>(edit.newLength()); ++at) {
      folded.from[target + at] =
          edit.hasChange() != 0 ? Span{source, source + old_length} : Span{source + at, source + at + 1};
    }
  }
  return folded;
}

bool hasNoBlanks(UChar32 letter) {
  if (letter < 0x1100) return false;
  if (u_hasBinaryProperty(letter, UCHAR_IDEOGRAPHIC) != 0) return true;
  UErrorCode error = U_ZERO_ERROR;
  switch (uscript_getScript(letter, &error)) {
    case USCRIPT_HIRAGANA:
    case USCRIPT_KATAKANA:
    case USCRIPT_HANGUL:
    case USCRIPT_BOPOMOFO: return true;
    default: return letter == 0x30FC;  // ー lengthens either Kana
  }
}

}  // namespace

std::vector<Letter> lettersOf(std::string_view text) {
  const Folded folded = fold(text);
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(folded.text.data());
  const auto size = static_cast<std::int32_t>(folded.text.size());
  std::vector<Letter> letters;
  letters.reserve(folded.text.size() / 2);
  bool after_gap = true;
  for (std::int32_t at = 0; at < size;) {
    const std::int32_t start = at;
    UChar32 value = 0;
    U8_NEXT(bytes, at, size, value);
    Letter letter;
    if (value >= 0 && hasNoBlanks(value)) {
      letter.kind = LetterKind::han;
    } else if (value >= 0 && u_isdigit(value) != 0) {
      letter.kind = LetterKind::digit;
    } else if (value >= 0 && u_isalpha(value) != 0) {
      letter.kind = LetterKind::alpha;
    } else if (value >= 0 && !after_gap && (U_GET_GC_MASK(value) & U_GC_M_MASK) != 0) {
      letter.kind = letters.back().kind;  // an accent belongs to its letter
    } else {
      after_gap = true;
      continue;
    }
    letter.value = static_cast<char32_t>(value);
    letter.after_gap = std::exchange(after_gap, false);
    letter.begin = folded.from[static_cast<std::size_t>(start)].begin;
    letter.end = folded.from[static_cast<std::size_t>(at - 1)].end;
    letters.push_back(letter);
  }
  return letters;
}

void appendUtf8(std::string& out, char32_t letter) {
  std::array<std::uint8_t, 4> bytes{};
  std::int32_t length = 0;
  U8_APPEND_UNSAFE(bytes, length, letter);
  out.append(reinterpret_cast<const char*>(bytes.data()), static_cast<std::size_t>(length));
}

}  // namespace jinyue::search
