#include "evidence/file_name.h"

#include <algorithm>

#include "base/text.h"

namespace jinyue::evidence {
namespace {

constexpr std::size_t most_characters = 100;

std::size_t lengthAt(std::string_view text, std::size_t at) {
  const auto first = static_cast<unsigned char>(text[at]);
  return first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
}

/// Characters that are not seen and change how the rest reads: zero width, directional marks and overrides,
/// the byte order mark, the line and paragraph separators.
bool isHidden(std::string_view character) {
  if (character.size() != 3) return character.size() == 2 && character[0] == '\xC2' && character < "\xC2\xA0";
  return (character >= "\xE2\x80\x8B" && character <= "\xE2\x80\x8F") ||
         (character >= "\xE2\x80\xA8" && character <= "\xE2\x80\xAE") ||
         (character >= "\xE2\x81\xA0" && character <= "\xE2\x81\xAF") || character == "\xEF\xBB\xBF";
}

bool isUnwelcome(std::string_view character) {
  if (character.size() > 1) return isHidden(character);
  const auto code = static_cast<unsigned char>(character[0]);
  return code < ' ' || code == 0x7F || std::string_view{"<>:\"|?*%"}.contains(character[0]);
}

std::string_view withoutPath(std::string_view name) {
  const auto slash = name.find_last_of("/\\");
  return slash == std::string_view::npos ? name : name.substr(slash + 1);
}

}  // namespace

std::string keptName(std::string_view given, std::string_view extension) {
  std::string clean;
  std::size_t count = 0;
  const std::string_view name = isValidUtf8(given) ? withoutPath(given) : std::string_view{};
  for (std::size_t at = 0; at < name.size() && count < most_characters; at += lengthAt(name, at)) {
    const std::string_view character = name.substr(at, lengthAt(name, at));
    if (isUnwelcome(character)) continue;
    clean += character;
    ++count;
  }
  const auto dot = clean.rfind('.');
  if (dot != std::string::npos && clean.size() - dot <= 6) clean.resize(dot);
  while (!clean.empty() && (clean.back() == '.' || clean.back() == ' ')) clean.pop_back();
  const auto begin = std::min(clean.find_first_not_of(". "), clean.size());
  clean.erase(0, begin);
  if (clean.empty()) clean = "附件";
  return clean + '.' + std::string{extension};
}

}  // namespace jinyue::evidence
