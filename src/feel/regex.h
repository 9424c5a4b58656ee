// Regular expressions as XPath 2.0 has them (fn:matches, fn:replace, fn:tokenize), done by ICU with limits on
// time and memory. Empty when the pattern, a flag or the replacement is wrong, or matching takes too long.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace jinyue::feel {

/// Flags: "s" dot matches newlines, "m" lines, "i" case doesn't matter, "x" white space in the pattern is
/// ignored, "q" the pattern is plain text.
std::optional<bool> regexMatches(std::string_view text, std::string_view pattern, std::string_view flags);
std::optional<std::string> regexReplace(std::string_view text, std::string_view pattern,
                                        std::string_view replacement, std::string_view flags);
std::optional<std::vector<std::string>> regexSplit(std::string_view text, std::string_view pattern);

}  // namespace jinyue::feel
