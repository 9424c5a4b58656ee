// Base64 (RFC 4648 §4).
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace jinyue::notify {

std::string toBase64(std::string_view bytes);
/// Strict: with padding, without white space.
std::optional<std::string> fromBase64(std::string_view text);

}  // namespace jinyue::notify
