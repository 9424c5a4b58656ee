#include "feel/regex.h"

#include <optional>

#include <unicode/regex.h>
#include <unicode/unistr.h>

namespace jinyue::feel {

namespace {

/// In ICU's unit: about a thousand steps of its engine.
constexpr std::int32_t step_limit = 2000;
constexpr std::int32_t stack_limit = 4'000'000;

icu::UnicodeString toIcu(std::string_view text) {
  return icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())));
}

std::string fromIcu(const icu::UnicodeString& text) {
  std::string out;
  text.toUTF8String(out);
  return out;
}

/// XPath's differences from ICU: "$" is the very end unless lines count, "[a-z-[aeiou]]" subtracts, \i and \c
/// are the characters of XML names, and \p{IsX} is a block.
std::string translated(std::string_view pattern, bool lines, bool dot_is_all) {
  std::string out;
  int brackets = 0;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    const char c = pattern[i];
    if (c == '\\' && i + 1 < pattern.size()) {
      const char escaped = pattern[++i];
      switch (escaped) {
        case 'i': out += "[_:\\p{L}]"; break;
        case 'I': out += "[^_:\\p{L}]"; break;
        case 'c': out += "[-._:\\p{L}\\p{M}\\p{N}]"; break;
        case 'C': out += "[^-._:\\p{L}\\p{M}\\p{N}]"; break;
        case 'p':
        case 'P':
          out += c;
          out += escaped;
          if (pattern.substr(i + 1).starts_with("{Is")) {  // a block
            out += "{In";
            i += 3;
          }
          break;
        default: out += c; out += escaped;
      }
    } else if (c == '[') {
      const bool subtracts = brackets > 0 && pattern[i - 1] == '-';
      if (subtracts) out += "-[";
      else out += brackets > 0 ? "\\[" : "[";
      if (brackets == 0 || subtracts) ++brackets;
    } else if (c == ']' && brackets > 0) {
      --brackets;
      out += c;
    } else if (brackets == 0 && c == '$' && !lines) {
      out += "\\z";
    } else if (brackets == 0 && c == '.' && !dot_is_all) {
      out += "[^\\n\\r]";
    } else if (brackets > 0 && (c == '&' || (c == '-' && i + 1 < pattern.size() && pattern[i + 1] == '-'))) {
      out += '\\';
      out += c;
    } else {
      out += c;
    }
  }
  return out;
}

/// The pattern without white space, except in character classes (XPath's flag "x").
std::string withoutBlanks(std::string_view pattern) {
  std::string out;
  int brackets = 0;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    const char c = pattern[i];
    if (brackets == 0 && (c == ' ' || c == '\t' || c == '\n' || c == '\r')) continue;
    out += c;
    if (c == '\\' && i + 1 < pattern.size() &&
        (brackets > 0 || pattern[i + 1] == '[' || pattern[i + 1] == ']' || pattern[i + 1] == '\\')) {
      out += pattern[++i];
    } else if (c == '[') {
      ++brackets;
    } else if (c == ']' && brackets > 0) {
      --brackets;
    }
  }
  return out;
}

/// A back reference must name a group that is complete before it, and not stand in a character class.
bool hasSoundReferences(std::string_view pattern) {
  int opened = 0;
  std::vector<int> open_groups;
  std::vector<bool> complete(1, false);
  int brackets = 0;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    const char c = pattern[i];
    if (c == '\\' && i + 1 < pattern.size()) {
      const char next = pattern[++i];
      if (next < '0' || next > '9') continue;
      const auto group = static_cast<std::size_t>(next - '0');
      if (brackets > 0 || group == 0 || group >= complete.size() || !complete[group]) return false;
    } else if (c == '[') {
      ++brackets;
    } else if (c == ']' && brackets > 0) {
      --brackets;
    } else if (brackets == 0 && c == '(') {
      const bool captures = i + 1 >= pattern.size() || pattern[i + 1] != '?';
      if (captures) {
        ++opened;
        complete.push_back(false);
      }
      open_groups.push_back(captures ? opened : 0);
    } else if (brackets == 0 && c == ')' && !open_groups.empty()) {
      if (open_groups.back() > 0) complete[static_cast<std::size_t>(open_groups.back())] = true;
      open_groups.pop_back();
    }
  }
  return true;
}

/// XPath's replacement: $N, \$ and \\ only.
bool isReplacement(std::string_view replacement) {
  for (std::size_t i = 0; i < replacement.size(); ++i) {
    const char next = i + 1 < replacement.size() ? replacement[i + 1] : '\0';
    if (replacement[i] == '$' && (next < '0' || next > '9')) return false;
    if (replacement[i] == '\\') {
      if (next != '$' && next != '\\') return false;
      ++i;
    }
  }
  return true;
}

/// Appends what the replacement stands for. A group that the pattern doesn't have is nothing; of several
/// digits only as many count as there are groups.
void appendReplacement(icu::UnicodeString& out, std::string_view replacement,
                       const icu::RegexMatcher& matcher, UErrorCode& status) {
  std::string plain;
  const auto flush = [&] {
    out.append(toIcu(plain));
    plain.clear();
  };
  for (std::size_t i = 0; i < replacement.size(); ++i) {
    if (replacement[i] == '\\') {
      plain += replacement[++i];
    } else if (replacement[i] == '$') {
      int group = replacement[++i] - '0';
      while (i + 1 < replacement.size() && replacement[i + 1] >= '0' && replacement[i + 1] <= '9') {
        const int longer = group * 10 + (replacement[i + 1] - '0');
        if (longer > matcher.groupCount()) break;
        group = longer;
        ++i;
      }
      flush();
      if (group <= matcher.groupCount()) out.append(matcher.group(group, status));
    } else {
      plain += replacement[i];
    }
  }
  flush();
}

}  // namespace

struct Regex::Body {
  std::unique_ptr<icu::RegexPattern> pattern;
  bool is_plain = false;
  bool matches_empty = false;

  /// A matcher over a text, which must outlive it. Null when there is no memory for it.
  std::unique_ptr<icu::RegexMatcher> over(const icu::UnicodeString& text) const {
    UErrorCode status = U_ZERO_ERROR;
    std::unique_ptr<icu::RegexMatcher> matcher(pattern->matcher(text, status));
    if (U_FAILURE(status)) return nullptr;
    matcher->setTimeLimit(step_limit, status);
    matcher->setStackLimit(stack_limit, status);
    return U_FAILURE(status) ? nullptr : std::move(matcher);
  }
};

Regex::Regex(std::string_view pattern, std::string_view flags, std::unique_ptr<const Body> body)
    : pattern_(pattern), flags_(flags), body_(std::move(body)) {}
Regex::~Regex() = default;

std::shared_ptr<const Regex> Regex::compile(std::string_view pattern, std::string_view flags) {
  std::uint32_t options = UREGEX_UNIX_LINES;
  bool free_spacing = false;
  bool plain = false;
  for (const char flag : flags) {
    switch (flag) {
      case 's': options |= UREGEX_DOTALL; break;
      case 'm': options |= UREGEX_MULTILINE; break;
      case 'i': options |= UREGEX_CASE_INSENSITIVE; break;
      case 'x': free_spacing = true; break;
      case 'q': plain = true; break;
      default: return nullptr;
    }
  }
  if (plain) options |= UREGEX_LITERAL;
  const std::string compact = free_spacing && !plain ? withoutBlanks(pattern) : std::string{pattern};
  if (!plain && !hasSoundReferences(compact)) return nullptr;
  const std::string ready =
      plain ? compact
            : translated(compact, (options & UREGEX_MULTILINE) != 0, (options & UREGEX_DOTALL) != 0);
  auto body = std::make_unique<Body>();
  body->is_plain = plain;
  UErrorCode status = U_ZERO_ERROR;
  UParseError where;
  body->pattern.reset(icu::RegexPattern::compile(toIcu(ready), options, where, status));
  if (U_FAILURE(status)) return nullptr;
  const icu::UnicodeString empty;
  const auto matcher = body->over(empty);
  body->matches_empty = matcher != nullptr && matcher->find(0, status) != 0;
  return std::shared_ptr<const Regex>(new Regex(pattern, flags, std::move(body)));
}

std::expected<bool, RegexFault> Regex::matches(std::string_view text) const {
  const icu::UnicodeString subject = toIcu(text);
  const auto matcher = body_->over(subject);
  UErrorCode status = U_ZERO_ERROR;
  const bool found = matcher != nullptr && matcher->find(status) != 0;
  if (matcher == nullptr || U_FAILURE(status)) return std::unexpected(RegexFault::too_slow);
  return found;
}

std::expected<std::string, RegexFault> Regex::replace(std::string_view text,
                                                      std::string_view replacement) const {
  if (body_->matches_empty) return std::unexpected(RegexFault::empty_match);
  if (!body_->is_plain && !isReplacement(replacement)) return std::unexpected(RegexFault::replacement);
  const icu::UnicodeString subject = toIcu(text);
  const auto matcher = body_->over(subject);
  if (matcher == nullptr) return std::unexpected(RegexFault::too_slow);
  UErrorCode status = U_ZERO_ERROR;
  icu::UnicodeString out;
  std::int32_t last = 0;
  while (matcher->find(status) != 0 && U_SUCCESS(status)) {
    const std::int32_t begin = matcher->start(status);
    out.append(subject, last, begin - last);
    if (body_->is_plain) out.append(toIcu(replacement));
    else appendReplacement(out, replacement, *matcher, status);
    last = matcher->end(status);
  }
  if (U_FAILURE(status)) return std::unexpected(RegexFault::too_slow);
  out.append(subject, last, subject.length() - last);
  return fromIcu(out);
}

std::expected<std::vector<std::string>, RegexFault> Regex::split(std::string_view text) const {
  const icu::UnicodeString subject = toIcu(text);
  const auto matcher = body_->over(subject);
  if (matcher == nullptr) return std::unexpected(RegexFault::too_slow);
  UErrorCode status = U_ZERO_ERROR;
  std::vector<std::string> parts;
  std::int32_t last = 0;
  while (matcher->find(status) != 0 && U_SUCCESS(status)) {
    const std::int32_t begin = matcher->start(status);
    const std::int32_t end = matcher->end(status);
    if (end == begin && (begin == 0 || begin == subject.length()))
      continue;  // an empty match cuts between characters
    parts.push_back(fromIcu(subject.tempSubStringBetween(last, begin)));
    last = end;
  }
  if (U_FAILURE(status)) return std::unexpected(RegexFault::too_slow);
  parts.push_back(fromIcu(subject.tempSubStringBetween(last)));
  return parts;
}

}  // namespace jinyue::feel
