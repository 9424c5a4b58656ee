// Regular expressions as XPath 2.0 has them (fn:matches, fn:replace, fn:tokenize), done by ICU with limits on
// time and memory.
#pragma once

#include <expected>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace jinyue::feel {

enum class RegexFault {
  replacement,  ///< only $N, \$ and \\ may stand in it
  empty_match,  ///< the pattern matches no text at all: XPath doesn't replace that
  too_slow,     ///< matching takes more time or memory than allowed
};

/// A compiled pattern. Immutable, may be shared by threads.
class Regex {
 public:
  /// Flags: "s" dot matches newlines, "m" lines, "i" case doesn't matter, "x" white space in the pattern is
  /// ignored, "q" the pattern is plain text. Null when the pattern or a flag is wrong.
  static std::shared_ptr<const Regex> compile(std::string_view pattern, std::string_view flags);
  ~Regex();

  bool isFor(std::string_view pattern, std::string_view flags) const {
    return pattern_ == pattern && flags_ == flags;
  }
  std::expected<bool, RegexFault> matches(std::string_view text) const;
  std::expected<std::string, RegexFault> replace(std::string_view text, std::string_view replacement) const;
  std::expected<std::vector<std::string>, RegexFault> split(std::string_view text) const;

 private:
  struct Body;
  Regex(std::string_view pattern, std::string_view flags, std::unique_ptr<const Body> body);

  std::string pattern_;
  std::string flags_;
  std::unique_ptr<const Body> body_;
};

}  // namespace jinyue::feel
