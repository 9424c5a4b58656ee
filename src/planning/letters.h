// Text as code points, in which Chinese punctuation and digits are one character each.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace jinyue::planning {

/// Of valid UTF-8.
std::u32string toLetters(std::string_view text);
std::string toText(std::u32string_view letters);

/// Full-width digits, letters and signs that mean the same become half-width ones; Chinese punctuation stays.
/// Blanks of every kind become one of two: ' ' or (wide) U+3000.
std::u32string evened(std::u32string_view letters);

bool isDigit(char32_t c);
bool isHan(char32_t c);
bool isBlank(char32_t c);
/// Ends a sentence or a parenthesis, so that the line may well end here.
bool endsSentence(char32_t c);
bool isOpening(char32_t c);  ///< ( （ [ 【 〔
bool isClosing(char32_t c);
std::u32string_view trimmedLetters(std::u32string_view letters);
/// Without leading and trailing blanks and separators (、，；。 …).
std::u32string_view bare(std::u32string_view letters);
inline bool startsWith(std::u32string_view text, std::u32string_view word) { return text.starts_with(word); }
inline bool endsWith(std::u32string_view text, std::u32string_view word) { return text.ends_with(word); }
bool isOneOf(char32_t c, std::u32string_view set);

/// A whole number in Chinese or Arabic digits, up to 9999: "十二", "25", "两百", "〇". Nothing else.
std::optional<int> numberOf(std::u32string_view letters);
bool isChineseDigit(char32_t c);

/// Pieces between separators that are outside parentheses and book titles, bare, without empty ones.
std::vector<std::u32string_view> pieces(std::u32string_view letters, std::u32string_view separators);

}  // namespace jinyue::planning
