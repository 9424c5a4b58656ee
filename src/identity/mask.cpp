#include "identity/mask.h"

#include <algorithm>
#include <vector>

namespace jinyue::identity {
namespace {

/// Bytes of each character; the text is valid UTF-8.
std::vector<std::string_view> charactersOf(std::string_view text) {
  std::vector<std::string_view> list;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t length = 1;
    while (at + length < text.size() && (static_cast<unsigned char>(text[at + length]) & 0xC0U) == 0x80)
      ++length;
    list.push_back(text.substr(at, length));
    at += length;
  }
  return list;
}

std::string firstOf(const std::vector<std::string_view>& characters, std::size_t count) {
  std::string out;
  for (std::size_t i = 0; i < count && i < characters.size(); ++i) out += characters[i];
  return out;
}

std::string lastOf(const std::vector<std::string_view>& characters, std::size_t count) {
  std::string out;
  for (std::size_t i = characters.size() - std::min(count, characters.size()); i < characters.size(); ++i) {
    out += characters[i];
  }
  return out;
}

std::string maskedEmail(std::string_view value) {
  const std::size_t at = value.find('@');
  if (at == std::string_view::npos || at == 0) return "****";
  return firstOf(charactersOf(value.substr(0, at)), 1) + "***" + std::string(value.substr(at));
}

/// Full-width ASCII (U+FF01 to U+FF5E) as ASCII.
std::string narrowed(std::string_view value) {
  std::string out;
  for (const std::string_view character : charactersOf(value)) {
    if (character.size() == 3 && character[0] == '\xEF') {
      const unsigned code = (static_cast<unsigned>(static_cast<unsigned char>(character[1]) & 0x3FU) << 6U |
                             (static_cast<unsigned char>(character[2]) & 0x3FU));
      if (code >= 0xF01 && code <= 0xF5E) {
        out += static_cast<char>(code - 0xF00 + 0x20);
        continue;
      }
    }
    if (character == "\u3000" || character == "\u00A0") continue;
    out += character;
  }
  return out;
}

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }
char upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; }

}  // namespace

std::string masked(FieldClass field, std::string_view value) {
  if (value.empty()) return {};
  const auto characters = charactersOf(value);
  const std::size_t length = characters.size();
  switch (field) {
    case FieldClass::name:
      return length < 2 ? "*" : firstOf(characters, 1) + std::string(length == 2 ? 1 : 2, '*');
    case FieldClass::phone:
      return length < 10 ? "****" : firstOf(characters, 3) + "****" + lastOf(characters, 4);
    case FieldClass::id_number:
      return length < 12 ? "****"
                         : firstOf(characters, 3) + std::string(length - 7, '*') + lastOf(characters, 4);
    case FieldClass::email: return maskedEmail(value);
    case FieldClass::address: return length < 10 ? "****" : firstOf(characters, 6) + "****";
    case FieldClass::bank_account: return length < 8 ? "****" : "****" + lastOf(characters, 4);
    case FieldClass::other: return "****";
  }
  return "****";
}

std::string normalised(FieldClass field, std::string_view value) {
  std::string out;
  const bool keep_signs = field == FieldClass::name || field == FieldClass::address;
  for (const char c : narrowed(value)) {
    if (c == ' ' || c == '\t' || (!keep_signs && c == '-' && field != FieldClass::email)) continue;
    if (field == FieldClass::id_number) out += upper(c);
    else if (field == FieldClass::email) out += lower(c);
    else out += c;
  }
  if (field == FieldClass::phone) {
    for (const std::string_view prefix : {"+86", "0086"}) {
      if (out.starts_with(prefix)) return out.substr(prefix.size());
    }
  }
  return out;
}

std::string_view wordOf(FieldClass field) { return boost::describe::enum_to_string(field, "other"); }

FieldClass fieldClassOf(std::string_view word) {
  FieldClass field = FieldClass::other;
  boost::describe::enum_from_string(std::string(word).c_str(), field);
  return field;
}

}  // namespace jinyue::identity
