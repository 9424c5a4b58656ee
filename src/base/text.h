// UTF-8 text. Every text that enters Jinyue is valid UTF-8 or is refused.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace jinyue {

bool isValidUtf8(std::string_view text);
/// Number of code points; text must be valid UTF-8.
std::size_t countCodePoints(std::string_view text);
/// The text without white space at either end (ASCII blanks, U+3000 and U+00A0).
std::string_view trimmed(std::string_view text);
/// Appends text as a JSON string with quotes; control characters escaped, all else as it is.
void appendJsonString(std::string& out, std::string_view text);
/// Two lower-case digits a byte.
std::string toHex(std::string_view bytes);
/// The bytes that toHex would have written so; nothing for any other text.
std::optional<std::string> fromHex(std::string_view hex);

}  // namespace jinyue
