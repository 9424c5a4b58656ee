#include "feel/regex.h"

#include <memory>

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

/// A matcher over a text, with the text that it needs to outlive it.
class Matcher {
 public:
  static std::unique_ptr<Matcher> make(std::string_view text, std::string_view pattern,
                                       std::string_view flags) {
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
    UErrorCode status = U_ZERO_ERROR;
    auto made = std::make_unique<Matcher>();
    made->text = toIcu(text);
    made->matcher = std::make_unique<icu::RegexMatcher>(toIcu(ready), options, status);
    if (U_FAILURE(status)) return nullptr;
    made->matcher->setTimeLimit(step_limit, status);
    made->matcher->setStackLimit(stack_limit, status);
    made->matcher->reset(made->text);
    return U_FAILURE(status) ? nullptr : std::move(made);
  }

  /// Whether the pattern matches nothing at all: XPath refuses that where it would cut or replace.
  bool matchesEmpty() {
    const icu::UnicodeString empty;
    matcher->reset(empty);
    UErrorCode status = U_ZERO_ERROR;
    const bool found = matcher->find(0, status) != 0;
    matcher->reset(text);
    return found;
  }

  icu::UnicodeString text;
  std::unique_ptr<icu::RegexMatcher> matcher;
};

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

std::optional<bool> regexMatches(std::string_view text, std::string_view pattern, std::string_view flags) {
  const auto made = Matcher::make(text, pattern, flags);
  if (!made) return std::nullopt;
  UErrorCode status = U_ZERO_ERROR;
  const bool found = made->matcher->find(status) != 0;
  return U_FAILURE(status) ? std::nullopt : std::optional{found};
}

std::optional<std::string> regexReplace(std::string_view text, std::string_view pattern,
                                        std::string_view replacement, std::string_view flags) {
  const bool plain = flags.find('q') != std::string_view::npos;
  const auto made = Matcher::make(text, pattern, flags);
  if (!made || made->matchesEmpty() || (!plain && !isReplacement(replacement))) return std::nullopt;
  UErrorCode status = U_ZERO_ERROR;
  icu::UnicodeString out;
  std::int32_t last = 0;
  while (made->matcher->find(status) != 0 && U_SUCCESS(status)) {
    const std::int32_t begin = made->matcher->start(status);
    out.append(made->text, last, begin - last);
    if (plain) out.append(toIcu(replacement));
    else appendReplacement(out, replacement, *made->matcher, status);
    last = made->matcher->end(status);
  }
  if (U_FAILURE(status)) return std::nullopt;
  out.append(made->text, last, made->text.length() - last);
  return fromIcu(out);
}

std::optional<std::vector<std::string>> regexSplit(std::string_view text, std::string_view pattern) {
  const auto made = Matcher::make(text, pattern, {});
  if (!made) return std::nullopt;
  UErrorCode status = U_ZERO_ERROR;
  std::vector<std::string> parts;
  std::int32_t last = 0;
  while (made->matcher->find(status) != 0 && U_SUCCESS(status)) {
    const std::int32_t begin = made->matcher->start(status);
    const std::int32_t end = made->matcher->end(status);
    if (end == begin && (begin == 0 || begin == made->text.length()))
      continue;  // an empty match cuts between characters
    parts.push_back(fromIcu(made->text.tempSubStringBetween(last, begin)));
    last = end;
  }
  if (U_FAILURE(status)) return std::nullopt;
  parts.push_back(fromIcu(made->text.tempSubStringBetween(last)));
  return parts;
}

}  // namespace jinyue::feel
