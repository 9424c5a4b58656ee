// Finds the end of a JSON value without building anything. Stricter than JSON in one point: no white space.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace jinyue::ledger {

/// The length of the JSON object that `text` begins with: RFC 8259 without white space between tokens, at
/// most `max_json_depth` deep. Nothing when it begins with no such object. UTF-8 is not looked at.
std::optional<std::size_t> scanObject(std::string_view text);
/// The same for a JSON string, with its quotes.
std::optional<std::size_t> scanString(std::string_view text);

}  // namespace jinyue::ledger
