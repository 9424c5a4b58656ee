#include "registry/pattern.h"

#include <vector>

#include <fmt/format.h>
#include <unicode/regex.h>
#include <unicode/unistr.h>

namespace jinyue::registry {

namespace {

/// In ICU's unit: about a thousand steps of its engine.
constexpr std::int32_t step_limit = 500;
constexpr int most_repetitions = 1000;
constexpr std::size_t longest_pattern = 500;

/// Translates for ICU while it checks. `why` says what is not allowed.
class Translator {
 public:
  explicit Translator(std::string_view text) : text_(text) {}

  bool run() {
    if (text_.size() > longest_pattern) return no({"正则表达式过长", "the pattern is too long"});
    groups_.push_back({});
    while (at_ < text_.size()) {
      if (!next()) return false;
    }
    return groups_.size() == 1 || no({"括号不成对", "a parenthesis is not closed"});
  }
  const std::string& result() const { return out_; }
  const Text& why() const { return why_; }

 private:
  /// What the group so far, or the last atom, holds.
  struct Group {
    bool has_quantifier = false;
  };
  enum class Atom { none, plain, group_with_quantifier };

  bool no(Text why) {
    why_ = std::move(why);
    return false;
  }

  bool next() {
    const char c = text_[at_++];
    switch (c) {
      case '^':
        out_ += c;
        last_ = Atom::none;
        return true;
      case '$':
        out_ += "\\z";
        last_ = Atom::none;
        return true;
      case '.':
        out_ += "[^\\n\\r\\u2028\\u2029]";
        last_ = Atom::plain;
        return true;
      case '|':
        out_ += c;
        last_ = Atom::none;
        return true;
      case '(':
        if (text_.substr(at_).starts_with("?:")) at_ += 2;
        else if (text_.substr(at_).starts_with("?"))
          return no({"不支持前后断言和命名分组", "look-around and named groups are not supported"});
        out_ += "(?:";
        groups_.push_back({});
        last_ = Atom::none;
        return true;
      case ')': {
        if (groups_.size() == 1) return no({"括号不成对", "a parenthesis is not opened"});
        const bool quantified = groups_.back().has_quantifier;
        groups_.pop_back();
        groups_.back().has_quantifier = groups_.back().has_quantifier || quantified;
        out_ += c;
        last_ = quantified ? Atom::group_with_quantifier : Atom::plain;
        return true;
      }
      case '[': return characterClass();
      case '?':
      case '*':
      case '+': return quantifier(std::string{c});
      case '{': return counted();
      case ']':
      case '}': return no({"“]”“}”前要加“\\”", "] and } need a backslash"});
      case '\\': {
        const auto escaped = escape(false);
        if (!escaped) return false;
        out_ += *escaped;
        last_ = Atom::plain;
        return true;
      }
      default:
        --at_;
        out_ += literal(false);
        last_ = Atom::plain;
        return true;
    }
  }

  bool quantifier(const std::string& form) {
    if (last_ == Atom::none) return no({"量词前面没有内容", "a quantifier has nothing before it"});
    if (last_ == Atom::group_with_quantifier)
      return no({"带量词的分组里不能再有量词", "a quantified group may not hold a quantifier"});
    out_ += form;
    groups_.back().has_quantifier = true;
    last_ = Atom::none;  // neither lazy nor possessive forms
    return true;
  }

  std::optional<int> number() {
    int value = 0;
    const std::size_t start = at_;
    while (at_ < text_.size() && text_[at_] >= '0' && text_[at_] <= '9' && value <= most_repetitions)
      value = value * 10 + (text_[at_++] - '0');
    return at_ > start ? std::optional{value} : std::nullopt;
  }

  bool counted() {
    const auto least = number();
    std::optional<int> most = least;
    std::string form = least ? fmt::format("{{{}", *least) : "";
    if (at_ < text_.size() && text_[at_] == ',') {
      ++at_;
      form += ',';
      most = number();
      if (most) form += fmt::format("{}", *most);
    }
    if (!least || at_ >= text_.size() || text_[at_] != '}')
      return no({"“{”后应为次数，如 {2,5}", "{ needs counts such as {2,5}"});
    ++at_;
    if (*least > most_repetitions || (most && (*most > most_repetitions || *most < *least)))
      return no({"重复次数最多 1000，且前小后大", "repetitions are at most 1000, the smaller first"});
    return quantifier(form + "}");
  }

  /// One character (a whole UTF-8 sequence), with a backslash where ICU needs one.
  std::string literal(bool in_class) {
    const std::size_t start = at_++;
    while (at_ < text_.size() && (static_cast<unsigned char>(text_[at_]) & 0xC0U) == 0x80) ++at_;
    const std::string_view whole = text_.substr(start, at_ - start);
    const bool special = in_class ? std::string_view{"[]&{}$:#-^~ \\"}.contains(whole.front())
                                  : std::string_view{"#& "}.contains(whole.front());
    return (special ? "\\" : "") + std::string{whole};
  }

  /// After a backslash.
  std::optional<std::string> escape(bool in_class) {
    if (at_ >= text_.size()) {
      no({"末尾多了“\\”", "a backslash at the end"});
      return std::nullopt;
    }
    const char c = text_[at_++];
    if (c == 'd') return in_class ? "0-9" : "[0-9]";
    if (c == 'w') return in_class ? "A-Za-z0-9_" : "[A-Za-z0-9_]";
    if (c == 't' || c == 'n' || c == 'r') return std::string{'\\', c};
    if (std::string_view{"^$\\.*+?()[]{}|/-"}.contains(c)) return std::string{'\\', c};
    no({fmt::format("不支持“\\{}”", c), fmt::format("\\{} is not supported", c)});
    return std::nullopt;
  }

  bool characterClass() {
    out_ += '[';
    if (at_ < text_.size() && text_[at_] == '^') {
      out_ += '^';
      ++at_;
    }
    const std::size_t start = at_;
    bool range_open = false;  // after "a-"
    bool can_start_range = false;
    while (at_ < text_.size() && text_[at_] != ']') {
      if (text_[at_] == '[') return no({"字符集里的“[”前要加“\\”", "[ in a class needs a backslash"});
      if (text_[at_] == '-' && can_start_range && at_ + 1 < text_.size() && text_[at_ + 1] != ']') {
        ++at_;
        out_ += '-';
        range_open = true;
        can_start_range = false;
        continue;
      }
      bool is_set = false;
      if (text_[at_] == '\\') {
        ++at_;
        is_set = at_ < text_.size() && (text_[at_] == 'd' || text_[at_] == 'w');
        const auto escaped = escape(true);
        if (!escaped) return false;
        if (is_set && range_open) return no({"区间两端应为单个字符", "a range is between two characters"});
        out_ += *escaped;
      } else {
        out_ += literal(true);
      }
      can_start_range = !is_set && !range_open;
      range_open = false;
    }
    if (at_ >= text_.size() || at_ == start)
      return no({"字符集为空或没有结束", "a class is empty or not closed"});
    ++at_;
    out_ += ']';
    last_ = Atom::plain;
    return true;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::string out_;
  Text why_;
  std::vector<Group> groups_;
  Atom last_ = Atom::none;
};

}  // namespace

struct Pattern::Compiled {
  std::unique_ptr<icu::RegexPattern> pattern;
};

Result<Pattern> Pattern::compile(std::string_view text) {
  const auto refused = [&](Text why) {
    return refuse(ProblemKind::invalid, "pattern.invalid",
                  {fmt::format("正则表达式“{}”不可用：{}", text, why.zh),
                   fmt::format("the pattern “{}” can't be used: {}", text, why.en)});
  };
  Translator translator(text);
  if (!translator.run()) return refused(translator.why());
  UErrorCode status = U_ZERO_ERROR;
  UParseError place{};
  auto compiled = std::make_shared<Compiled>();
  compiled->pattern.reset(
      icu::RegexPattern::compile(icu::UnicodeString::fromUTF8(translator.result()), 0, place, status));
  if (U_FAILURE(status)) return refused({"写法不对", "it is malformed"});
  return Pattern(std::move(compiled));
}

bool Pattern::foundIn(std::string_view text) const {
  UErrorCode status = U_ZERO_ERROR;
  const auto subject =
      icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())));
  const std::unique_ptr<icu::RegexMatcher> matcher(compiled_->pattern->matcher(subject, status));
  if (U_FAILURE(status)) return false;
  matcher->setTimeLimit(step_limit, status);
  const bool found = matcher->find(status);
  return U_SUCCESS(status) && found;
}

}  // namespace jinyue::registry
