// String functions: DMN 1.5 section 10.3.4.3. Positions and lengths count code points.
#include <algorithm>

#include <fmt/format.h>
#include <unicode/locid.h>
#include <unicode/unistr.h>

#include "base/text.h"
#include "feel/builtins.h"
#include "feel/regex.h"
#include "feel/text_form.h"

namespace jinyue::feel {

namespace {

/// Offset of the code point with this index, or the end.
std::size_t offsetOf(std::string_view text, std::int64_t index) {
  std::size_t offset = 0;
  for (; index > 0 && offset < text.size(); --index) {
    ++offset;
    while (offset < text.size() && (static_cast<unsigned char>(text[offset]) & 0xC0U) == 0x80U) ++offset;
  }
  return offset;
}

/// A whole number; fractions are cut.
std::optional<std::int64_t> whole(const Value& value) {
  return value.number().rounded(0, Rounding::down).toInt64();
}

Value substring(std::span<const Value> arguments, Session& session) {
  const std::string_view text = arguments[0].string();
  const auto size = static_cast<std::int64_t>(countCodePoints(text));
  const auto start = whole(arguments[1]);
  if (!start || *start == 0 || *start > size || *start < -size) {
    session.note("feel.position", {"起始位置不在文本之内", "the start position is outside the string"});
    return {};
  }
  const std::int64_t from = *start > 0 ? *start - 1 : size + *start;
  std::int64_t count = size - from;
  if (arguments.size() > 2) {
    const auto length = whole(arguments[2]);
    if (!length || *length < 1) {
      session.note("feel.position", {"长度应至少为 1", "the length must be at least 1"});
      return {};
    }
    count = std::min(count, *length);
  }
  const std::size_t begin = offsetOf(text, from);
  return text.substr(begin, offsetOf(text.substr(begin), count));
}

Value stringLength(std::span<const Value> arguments, Session&) {
  return static_cast<std::int64_t>(countCodePoints(arguments[0].string()));
}

icu::UnicodeString toIcu(std::string_view text) {
  return icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())));
}

Value fromIcu(const icu::UnicodeString& text) {
  std::string out;
  text.toUTF8String(out);
  return out;
}

Value upperCase(std::span<const Value> arguments, Session&) {
  return fromIcu(toIcu(arguments[0].string()).toUpper(icu::Locale::getRoot()));
}

Value lowerCase(std::span<const Value> arguments, Session&) {
  return fromIcu(toIcu(arguments[0].string()).toLower(icu::Locale::getRoot()));
}

Value substringBefore(std::span<const Value> arguments, Session&) {
  const std::string_view text = arguments[0].string();
  const std::size_t at = text.find(arguments[1].string());
  return at == std::string_view::npos ? Value("") : Value(text.substr(0, at));
}

Value substringAfter(std::span<const Value> arguments, Session&) {
  const std::string_view text = arguments[0].string();
  const std::string_view match = arguments[1].string();
  const std::size_t at = text.find(match);
  return at == std::string_view::npos ? Value("") : Value(text.substr(at + match.size()));
}

Value containsText(std::span<const Value> arguments, Session&) {
  return arguments[0].string().find(arguments[1].string()) != std::string_view::npos;
}
Value startsWith(std::span<const Value> arguments, Session&) {
  return arguments[0].string().starts_with(arguments[1].string());
}
Value endsWith(std::span<const Value> arguments, Session&) {
  return arguments[0].string().ends_with(arguments[1].string());
}

std::string_view flagsAt(std::span<const Value> arguments, std::size_t index) {
  return arguments.size() > index && arguments[index].is(Kind::string) ? arguments[index].string()
                                                                       : std::string_view{};
}

/// Null (and noted) when the pattern or its flags are wrong. Matching is work that grows with the text.
const Regex* regexOf(std::span<const Value> arguments, std::size_t flags, Session& session) {
  if (!session.spend(1 + static_cast<std::int64_t>(arguments[0].string().size() / 32))) return nullptr;
  const Regex* regex = session.regex(arguments[1].string(), flagsAt(arguments, flags));
  if (regex == nullptr) {
    session.note("feel.pattern", {fmt::format("正则表达式“{}”或其标志“{}”不对", arguments[1].string(),
                                              flagsAt(arguments, flags)),
                                  fmt::format("the pattern \"{}\" or its flags \"{}\" are wrong",
                                              arguments[1].string(), flagsAt(arguments, flags))});
  }
  return regex;
}

Value faulty(RegexFault fault, Session& session) {
  switch (fault) {
    case RegexFault::replacement:
      session.note("feel.pattern", {"替换文本里只能用 $0 到 $9、\\$ 和 \\\\",
                                    "a replacement may use $0 to $9, \\$ and \\\\ only"});
      break;
    case RegexFault::empty_match:
      session.note("feel.pattern", {"能匹配空文本的正则表达式不能用于替换",
                                    "a pattern that matches no text can't be replaced"});
      break;
    case RegexFault::too_slow: {
      constexpr std::int64_t as_much_as_this = 1'000'000;
      session.note("feel.pattern", {"匹配过于费时，已停止", "stopped: matching takes too long"});
      session.spend(as_much_as_this);
    }
  }
  return {};
}

Value matches(std::span<const Value> arguments, Session& session) {
  const Regex* regex = regexOf(arguments, 2, session);
  if (regex == nullptr) return {};
  const auto found = regex->matches(arguments[0].string());
  return found ? Value(*found) : faulty(found.error(), session);
}

Value replace(std::span<const Value> arguments, Session& session) {
  const Regex* regex = regexOf(arguments, 3, session);
  if (regex == nullptr) return {};
  const auto text = regex->replace(arguments[0].string(), arguments[2].string());
  return text ? Value(*text) : faulty(text.error(), session);
}

Value split(std::span<const Value> arguments, Session& session) {
  constexpr std::size_t no_flags = 2;
  const Regex* regex = regexOf(arguments, no_flags, session);
  if (regex == nullptr) return {};
  const auto parts = regex->split(arguments[0].string());
  return parts ? Value(List(parts->begin(), parts->end())) : faulty(parts.error(), session);
}

Value stringJoin(std::span<const Value> arguments, Session& session) {
  std::string joined;
  bool first = true;
  for (const Value& item : arguments[0].list()) {
    if (item.isNull()) continue;
    if (!item.is(Kind::string)) {
      session.note("feel.argument-type", {"“string join”只连接文本", "\"string join\" joins strings only"});
      return {};
    }
    if (!std::exchange(first, false)) joined += flagsAt(arguments, 1);
    joined += item.string();
    if (!session.spend(1 + static_cast<std::int64_t>(flagsAt(arguments, 1).size() / 32))) return {};
  }
  return joined;
}

constexpr BuiltinRow string_rows[] = {
    {"substring", "string: string, start position: number, length?: number", "string", substring},
    {"string length", "string: string", "number", stringLength},
    {"upper case", "string: string", "string", upperCase},
    {"lower case", "string: string", "string", lowerCase},
    {"substring before", "string: string, match: string", "string", substringBefore},
    {"substring after", "string: string, match: string", "string", substringAfter},
    {"replace", "input: string, pattern: string, replacement: string, flags?: string|null", "string",
     replace},
    {"contains", "string: string, match: string", "boolean", containsText},
    {"starts with", "string: string, match: string", "boolean", startsWith},
    {"ends with", "string: string, match: string", "boolean", endsWith},
    {"matches", "input: string, pattern: string, flags?: string|null", "boolean", matches},
    {"split", "string: string, delimiter: string", "list", split},
    {"string join", "list: list, delimiter?: string|null", "string", stringJoin},
};

}  // namespace

std::span<const BuiltinRow> stringBuiltins() { return string_rows; }

std::optional<PatternPlaces> patternPlaces(std::string_view function, std::span<const std::string> names,
                                           std::size_t count) {
  const bool splits = function == "split";
  if (!splits && function != "matches" && function != "replace") return std::nullopt;
  const auto placeOf = [&](std::string_view name, std::size_t position) -> std::optional<std::size_t> {
    if (names.empty()) return position < count ? std::optional{position} : std::nullopt;
    const auto found = std::ranges::find(names, name);
    return found != names.end() ? std::optional{static_cast<std::size_t>(found - names.begin())}
                                : std::nullopt;
  };
  const auto pattern = placeOf(splits ? "delimiter" : "pattern", 1);
  if (!pattern) return std::nullopt;
  return PatternPlaces{*pattern, splits ? std::nullopt : placeOf("flags", function == "matches" ? 2 : 3)};
}

}  // namespace jinyue::feel
