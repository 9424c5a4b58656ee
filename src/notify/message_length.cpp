#include "notify/message_length.h"

#include <algorithm>

namespace jinyue::notify {

MessageLength measureMessage(std::string_view text) {
  // The accented and Greek letters of the default alphabet are left out: gateways differ in them.
  const bool plain = std::ranges::all_of(
      text, [](char c) { return (c >= ' ' && c <= '~' && c != '`') || c == '\n' || c == '\r'; });
  MessageLength length;
  if (plain) {
    for (const char c : text) length.characters += std::string_view{"^{}\\[~]|"}.contains(c) ? 2 : 1;
  } else {
    for (const char c : text) {
      const auto byte = static_cast<unsigned char>(c);
      if ((byte & 0xC0U) != 0x80U) length.characters += byte >= 0xF0 ? 2 : 1;
    }
  }
  const std::size_t single = plain ? 160 : 70;
  const std::size_t joined = plain ? 153 : 67;
  length.in_part = length.characters <= single ? single : joined;
  length.parts = (length.characters + length.in_part - 1) / length.in_part;
  return length;
}

}  // namespace jinyue::notify
