#include "planning/letters.h"

namespace jinyue::planning {

std::u32string toLetters(std::string_view text) {
  std::u32string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size();) {
    const auto first = static_cast<unsigned char>(text[i]);
    const std::size_t length = first < 0x80U ? 1 : first < 0xE0U ? 2 : first < 0xF0U ? 3 : 4;
    char32_t point = length == 1 ? first : first & (0x7FU >> length);
    for (std::size_t k = 1; k < length && i + k < text.size(); ++k)
      point = (point << 6U) | (static_cast<unsigned char>(text[i + k]) & 0x3FU);
    out += point;
    i += length;
  }
  return out;
}

std::string toText(std::u32string_view letters) {
  std::string out;
  out.reserve(letters.size() * 3);
  const auto put = [&](char32_t bits) { out += static_cast<char>(static_cast<unsigned char>(bits)); };
  for (const char32_t c : letters) {
    if (c < 0x80) {
      put(c);
    } else if (c < 0x800) {
      put(0xC0U | (c >> 6U));
      put(0x80U | (c & 0x3FU));
    } else if (c < 0x10000) {
      put(0xE0U | (c >> 12U));
      put(0x80U | ((c >> 6U) & 0x3FU));
      put(0x80U | (c & 0x3FU));
    } else {
      put(0xF0U | (c >> 18U));
      put(0x80U | ((c >> 12U) & 0x3FU));
      put(0x80U | ((c >> 6U) & 0x3FU));
      put(0x80U | (c & 0x3FU));
    }
  }
  return out;
}

std::u32string evened(std::u32string_view letters) {
  std::u32string out;
  out.reserve(letters.size());
  for (char32_t c : letters) {
    const bool wide_word =
        (c >= U'０' && c <= U'９') || (c >= U'Ａ' && c <= U'Ｚ') || (c >= U'ａ' && c <= U'ｚ');
    if (wide_word || isOneOf(c, U"．％＋＃＊＜＞＝～－｜＆＠／")) c -= 0xFEE0;
    else if (isOneOf(c, U"\t\u00A0\u2002\u2003\u2009\u202F")) c = c == U'\u2003' ? U'\u3000' : U' ';
    else if (isOneOf(c, U"\u200B\u200C\u200D\u2060\uFEFF\u00AD\r")) continue;
    else if (c < 0x20 && c != U'\n') c = U' ';
    else if (c == U'﹪') c = U'%';
    else if (c == U'〇') c = U'零';
    out += c;
  }
  return out;
}

bool isOneOf(char32_t c, std::u32string_view set) { return set.find(c) != std::u32string_view::npos; }
bool isDigit(char32_t c) { return c >= U'0' && c <= U'9'; }
bool isHan(char32_t c) { return (c >= 0x3400 && c <= 0x9FFF) || (c >= 0x20000 && c <= 0x323AF); }
bool isBlank(char32_t c) { return c == U' ' || c == U'\u3000' || c == U'\t' || c == U'\n' || c == U'\r'; }
bool endsSentence(char32_t c) { return isOneOf(c, U"。；;！!？?：:）)】]〕”」』》…"); }
bool isOpening(char32_t c) { return isOneOf(c, U"（([【〔"); }
bool isClosing(char32_t c) { return isOneOf(c, U"）)]】〕"); }

std::u32string_view trimmedLetters(std::u32string_view letters) {
  while (!letters.empty() && isBlank(letters.front())) letters.remove_prefix(1);
  while (!letters.empty() && isBlank(letters.back())) letters.remove_suffix(1);
  return letters;
}

std::u32string_view bare(std::u32string_view letters) {
  constexpr std::u32string_view set = U" \u3000\t\n、，,；;。.：:|";
  while (!letters.empty() && isOneOf(letters.front(), set)) letters.remove_prefix(1);
  while (!letters.empty() && isOneOf(letters.back(), set)) letters.remove_suffix(1);
  return letters;
}

namespace {

constexpr std::u32string_view chinese_digits = U"零一二三四五六七八九";

std::optional<int> digitOf(char32_t c) {
  if (isDigit(c)) return static_cast<int>(c - U'0');
  if (c == U'两') return 2;
  const auto at = chinese_digits.find(c);
  return at == std::u32string_view::npos ? std::nullopt : std::optional{static_cast<int>(at)};
}

int powerOf(char32_t c) {
  if (c == U'十') return 10;
  if (c == U'百') return 100;
  return c == U'千' ? 1000 : 0;
}

}  // namespace

bool isChineseDigit(char32_t c) { return digitOf(c).has_value() ? !isDigit(c) : powerOf(c) != 0; }

std::optional<int> numberOf(std::u32string_view letters) {
  if (letters.empty() || letters.size() > 8) return std::nullopt;
  int whole = 0;
  std::optional<int> pending;
  bool powers = false;
  for (const char32_t c : letters) {
    if (const auto digit = digitOf(c)) {
      // Digits in a row ("二五", "25") are a number by place; after a power only one may follow.
      pending = pending && !powers ? *pending * 10 + *digit : *digit;
      if (*pending > 9999) return std::nullopt;
      continue;
    }
    const int power = powerOf(c);
    if (power == 0) return std::nullopt;
    whole += (pending ? *pending : 1) * power;
    pending.reset();
    powers = true;
    if (whole > 9999) return std::nullopt;
  }
  whole += pending.value_or(0);
  return whole > 9999 ? std::nullopt : std::optional{whole};
}

std::vector<std::u32string_view> pieces(std::u32string_view letters, std::u32string_view separators) {
  std::vector<std::u32string_view> out;
  std::size_t from = 0;
  int depth = 0;
  const auto take = [&](std::size_t to) {
    const auto piece = bare(letters.substr(from, to - from));
    if (!piece.empty()) out.push_back(piece);
    from = to + 1;
  };
  for (std::size_t i = 0; i < letters.size(); ++i) {
    if (isOpening(letters[i]) || letters[i] == U'《') ++depth;
    if ((isClosing(letters[i]) || letters[i] == U'》') && depth > 0) --depth;
    if (depth == 0 && isOneOf(letters[i], separators)) take(i);
  }
  take(letters.size());
  return out;
}

}  // namespace jinyue::planning
