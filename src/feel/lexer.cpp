#include "feel/lexer.h"

#include <algorithm>
#include <array>

namespace jinyue::feel {

namespace {

struct CodePoint {
  char32_t value = 0;
  std::size_t size = 0;  ///< 0 at the end
};

/// The text is valid UTF-8 (checked before).
CodePoint codePointAt(std::string_view text, std::size_t offset) {
  if (offset >= text.size()) return {};
  const auto byte = [&](std::size_t i) -> char32_t {
    return offset + i < text.size() ? static_cast<unsigned char>(text[offset + i]) : 0U;
  };
  const char32_t first = byte(0);
  if (first < 0x80) return {first, 1};
  if (first < 0xE0) return {(first & 0x1FU) << 6U | (byte(1) & 0x3FU), 2};
  if (first < 0xF0) return {(first & 0x0FU) << 12U | (byte(1) & 0x3FU) << 6U | (byte(2) & 0x3FU), 3};
  return {(first & 0x07U) << 18U | (byte(1) & 0x3FU) << 12U | (byte(2) & 0x3FU) << 6U | (byte(3) & 0x3FU), 4};
}

struct Span {
  char32_t first;
  char32_t last;
};

bool isAmong(char32_t c, const auto& spans) {
  return std::ranges::any_of(spans, [c](const Span& span) { return c >= span.first && c <= span.last; });
}

/// Grammar rules 28 and 29; "?" is a token of its own here. Beyond ASCII.
constexpr std::array<Span, 13> name_starts{{{0xC0, 0xD6},
                                            {0xD8, 0xF6},
                                            {0xF8, 0x2FF},
                                            {0x370, 0x37D},
                                            {0x37F, 0x1FFF},
                                            {0x200C, 0x200D},
                                            {0x2070, 0x218F},
                                            {0x2C00, 0x2FEF},
                                            {0x3001, 0xD7FF},
                                            {0xF900, 0xFDCF},
                                            {0xFDF0, 0xFEFE},
                                            {0xFF00, 0xFFFD},
                                            {0x10000, 0xEFFFF}}};
constexpr std::array<Span, 3> more_name_parts{{{0xB7, 0xB7}, {0x300, 0x36F}, {0x203F, 0x2040}}};
/// Grammar rules 61 and 62.
constexpr std::array<Span, 11> blanks{{{0x09, 0x0D},
                                       {0x20, 0x20},
                                       {0x85, 0x85},
                                       {0xA0, 0xA0},
                                       {0x1680, 0x1680},
                                       {0x180E, 0x180E},
                                       {0x2000, 0x200B},
                                       {0x2028, 0x2029},
                                       {0x202F, 0x205F},
                                       {0x3000, 0x3000},
                                       {0xFEFF, 0xFEFF}}};

bool isBlank(char32_t c) {
  if (c < 0x80) return c == ' ' || (c >= 0x09 && c <= 0x0D);
  return isAmong(c, blanks);
}

bool isNameStart(char32_t c) {
  if (c < 0x80) return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  return !isBlank(c) && isAmong(c, name_starts);
}

bool isNamePart(char32_t c) {
  return (c >= '0' && c <= '9') || isNameStart(c) || (c >= 0x80 && isAmong(c, more_name_parts));
}

bool isDigit(char c) { return c >= '0' && c <= '9'; }

constexpr std::array<std::string_view, 18> keywords{
    "for", "return",  "in",       "if",       "then",      "else", "some",  "every", "and",
    "or",  "between", "instance", "function", "satisfies", "true", "false", "null",  "external"};

int hexValue(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

void appendUtf8(std::string& out, char32_t c) {
  const auto put = [&](char32_t byte) { out += static_cast<char>(byte); };
  if (c < 0x80) {
    put(c);
  } else if (c < 0x800) {
    put(0xC0U | c >> 6U);
    put(0x80U | (c & 0x3FU));
  } else if (c < 0x10000) {
    put(0xE0U | c >> 12U);
    put(0x80U | (c >> 6U & 0x3FU));
    put(0x80U | (c & 0x3FU));
  } else {
    put(0xF0U | c >> 18U);
    put(0x80U | (c >> 12U & 0x3FU));
    put(0x80U | (c >> 6U & 0x3FU));
    put(0x80U | (c & 0x3FU));
  }
}

std::optional<char32_t> hexAt(std::string_view text, std::size_t from, std::size_t count) {
  if (from + count > text.size()) return std::nullopt;
  char32_t value = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const int digit = hexValue(text[from + i]);
    if (digit < 0) return std::nullopt;
    value = value * 16 + static_cast<char32_t>(digit);
  }
  return value;
}

}  // namespace

bool isKeyword(std::string_view word) { return std::ranges::find(keywords, word) != keywords.end(); }

std::size_t Lexer::skipBlanks(std::size_t offset) const {
  while (offset < text_.size()) {
    if (text_.substr(offset).starts_with("//")) {
      offset = std::min(text_.find_first_of("\n\r", offset), text_.size());
    } else if (text_.substr(offset).starts_with("/*")) {
      const std::size_t end = text_.find("*/", offset + 2);
      if (end == std::string_view::npos) return offset;  // the lexer stumbles over it
      offset = end + 2;
    } else {
      const CodePoint c = codePointAt(text_, offset);
      if (!isBlank(c.value)) return offset;
      offset += c.size;
    }
  }
  return offset;
}

Token Lexer::next(std::size_t offset) const {
  const std::size_t begin = skipBlanks(offset);
  const auto token = [&](TokenKind kind, std::size_t end) {
    return Token{kind, text_.substr(begin, end - begin), begin, end};
  };
  if (begin >= text_.size()) return token(TokenKind::end, text_.size());
  const char first = text_[begin];
  const auto at = [&](std::size_t i) { return i < text_.size() ? text_[i] : '\0'; };

  if (isDigit(first) || (first == '.' && isDigit(at(begin + 1)))) {
    std::size_t i = begin;
    while (isDigit(at(i))) ++i;
    if (at(i) == '.' && isDigit(at(i + 1))) {
      ++i;
      while (isDigit(at(i))) ++i;
    }
    if (at(i) == 'e' || at(i) == 'E') {
      const std::size_t sign = at(i + 1) == '+' || at(i + 1) == '-' ? 1 : 0;
      if (isDigit(at(i + 1 + sign))) {
        i += 1 + sign;
        while (isDigit(at(i))) ++i;
      }
    }
    return token(TokenKind::number, i);
  }
  if (first == '"') {
    for (std::size_t i = begin + 1; i < text_.size(); ++i) {
      if (text_[i] == '\\') ++i;
      else if (text_[i] == '"') return token(TokenKind::string, i + 1);
    }
    return token(TokenKind::broken, text_.size());
  }
  if (CodePoint c = codePointAt(text_, begin); isNameStart(c.value)) {
    std::size_t i = begin;
    while (c.size != 0 && isNamePart(c.value)) {
      i += c.size;
      c = codePointAt(text_, i);
    }
    return token(TokenKind::word, i);
  }
  if (text_.substr(begin).starts_with("/*")) return token(TokenKind::broken, text_.size());
  constexpr std::array<std::string_view, 6> pairs{"..", "**", "<=", ">=", "!=", "->"};
  for (const std::string_view pair : pairs) {
    if (text_.substr(begin).starts_with(pair)) return token(TokenKind::symbol, begin + 2);
  }
  constexpr std::string_view singles = "()[]{}<>=+-*/.,:?@'";
  if (singles.find(first) != std::string_view::npos) return token(TokenKind::symbol, begin + 1);
  return token(TokenKind::broken, begin + codePointAt(text_, begin).size);
}

Position Lexer::positionOf(std::size_t offset) {
  if (offset < known_offset_) {
    known_offset_ = 0;
    known_position_ = {};
  }
  while (known_offset_ < offset && known_offset_ < text_.size()) {
    if (text_[known_offset_] == '\n') {
      ++known_position_.line;
      known_position_.column = 1;
      ++known_offset_;
    } else {
      ++known_position_.column;
      known_offset_ += codePointAt(text_, known_offset_).size;
    }
  }
  return known_position_;
}

std::optional<std::string> unquoted(std::string_view literal) {
  const std::string_view text = literal.substr(1, literal.size() - 2);
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\\') {
      out += text[i];
      continue;
    }
    if (++i == text.size()) return std::nullopt;
    switch (text[i]) {
      case 'n': out += '\n'; break;
      case 'r': out += '\r'; break;
      case 't': out += '\t'; break;
      case '"': out += '"'; break;
      case '\'': out += '\''; break;
      case '\\': out += '\\'; break;
      case 'u':
      case 'U': {
        const std::size_t count = text[i] == 'u' ? 4 : 6;
        auto code = hexAt(text, i + 1, count);
        if (!code) return std::nullopt;
        i += count;
        if (*code >= 0xD800 && *code < 0xDC00 && text.substr(i + 1).starts_with("\\u")) {
          const auto low = hexAt(text, i + 3, 4);
          if (!low || *low < 0xDC00 || *low > 0xDFFF) return std::nullopt;
          code = 0x10000U + ((*code - 0xD800U) << 10U) + (*low - 0xDC00U);
          i += 6;
        }
        if (*code > 0x10FFFF || (*code >= 0xD800 && *code <= 0xDFFF)) return std::nullopt;
        appendUtf8(out, *code);
        break;
      }
      default:  // an unknown escape stands for itself: patterns such as "\d" are common
        out += '\\';
        out += text[i];
    }
  }
  return out;
}

std::vector<std::string> partsOfName(std::string_view name) {
  constexpr std::string_view symbols = "./-'+*";
  std::vector<std::string> parts;
  for (std::size_t i = 0; i < name.size();) {
    const CodePoint c = codePointAt(name, i);
    if (isBlank(c.value)) {
      i += c.size;
    } else if (c.value < 0x80 && symbols.find(static_cast<char>(c.value)) != std::string_view::npos) {
      parts.emplace_back(1, static_cast<char>(c.value));
      i += c.size;
    } else {
      const std::size_t begin = i;
      for (CodePoint part = c; part.size != 0 && isNamePart(part.value); part = codePointAt(name, i))
        i += part.size;
      if (i == begin) return {};
      parts.emplace_back(name.substr(begin, i - begin));
    }
  }
  return parts;
}

}  // namespace jinyue::feel
