#include "planning/numbering.h"

#include <array>

#include "planning/letters.h"

namespace jinyue::planning {
namespace {

/// What the number of a line is read from.
class Start {
 public:
  explicit Start(std::u32string_view line) : line_(line) {
    while (at_ < line_.size() && isBlank(line_[at_])) ++at_;
    begin_ = at_;
  }

  std::optional<Numbered> read() {
    using Reader = std::optional<Numbered> (Start::*)();
    constexpr std::array readers{&Start::heading, &Start::ordinal,  &Start::round,
                                 &Start::chinese, &Start::firstly,  &Start::arabic,
                                 &Start::circled, &Start::labelled, &Start::bullet};
    for (const Reader reader : readers) {
      at_ = begin_;
      if (auto found = (this->*reader)()) return found;
    }
    return std::nullopt;
  }

 private:
  char32_t peek(std::size_t ahead = 0) const {
    return at_ + ahead < line_.size() ? line_[at_ + ahead] : U'\0';
  }
  bool skip(std::u32string_view any_of) {
    if (!isOneOf(peek(), any_of) || peek() == U'\0') return false;
    ++at_;
    return true;
  }
  void skipBlanks() {
    while (isBlank(peek())) ++at_;
  }
  std::u32string_view run(bool (*wanted)(char32_t)) {
    const std::size_t from = at_;
    while (at_ < line_.size() && wanted(line_[at_])) ++at_;
    return line_.substr(from, at_ - from);
  }
  static bool isAnyDigit(char32_t c) { return isDigit(c) || isChineseDigit(c); }

  Numbered done(NumberStyle style, int value, std::u32string number, int depth = 0) {
    skipBlanks();
    return {style, depth, value, std::move(number), at_};
  }

  std::optional<Numbered> heading() {
    int depth = 0;
    while (skip(U"#")) ++depth;
    if (depth == 0 || depth > 6) return std::nullopt;
    skipBlanks();
    if (at_ == line_.size()) return std::nullopt;
    if (auto inner = Start(line_.substr(at_)).read()) {  // "## 一、……": the number says more than the mark
      inner->length += at_;
      return inner;
    }
    return done(NumberStyle::heading, 0, {}, depth);
  }

  std::optional<Numbered> ordinal() {
    const std::size_t from = at_;
    if (!skip(U"第")) return std::nullopt;
    skipBlanks();
    const auto value = numberOf(run(isAnyDigit));
    if (!value) return std::nullopt;
    skipBlanks();
    std::optional<NumberStyle> style;
    if (skip(U"章篇编")) style = NumberStyle::part;
    else if (skip(U"节")) style = NumberStyle::clause;
    else if (skip(U"条")) style = NumberStyle::article;
    else if (line_.substr(at_, 2) == U"部分") {
      style = NumberStyle::part;
      at_ += 2;
    }
    if (!style) return std::nullopt;
    std::u32string number{line_.substr(from, at_ - from)};
    // "第七条规定的……" is running text: a number stands alone or before a blank or a sign.
    const std::size_t end = at_;
    skip(U"、：:.．");
    if (at_ == end && at_ < line_.size() && !isBlank(peek()) && !isOneOf(peek(), U"【〔[（("))
      return std::nullopt;
    return done(*style, *value, std::move(number));
  }

  std::optional<Numbered> round() {
    const std::size_t from = at_;
    if (!skip(U"（(【〔[")) return std::nullopt;
    skipBlanks();
    const auto digits = run(isAnyDigit);
    const auto value = numberOf(digits);
    skipBlanks();
    if (!value || digits.size() > 4 || !skip(U"）)】〕]")) return std::nullopt;
    const bool arabic = isDigit(digits.front());
    std::u32string number{line_.substr(from, at_ - from)};
    skip(U"、.");
    return done(arabic ? NumberStyle::arabic_round : NumberStyle::chinese_round, *value, std::move(number));
  }

  std::optional<Numbered> chinese() {
    const auto digits = run(isChineseDigit);
    const auto value = numberOf(digits);
    if (!value || digits.size() > 4) return std::nullopt;
    skipBlanks();
    if (!skip(U"、.，:：")) return std::nullopt;
    if (isChineseDigit(peek())) return std::nullopt;  // "七、八月"
    return done(NumberStyle::chinese, *value, std::u32string{digits});
  }

  std::optional<Numbered> firstly() {
    const auto digits = run(isChineseDigit);
    const auto value = numberOf(digits);
    if (!value || digits.size() > 2 || !skip(U"是")) return std::nullopt;
    std::u32string number{line_.substr(begin_, at_ - begin_)};
    skip(U"，,、：:");
    return done(NumberStyle::firstly, *value, std::move(number));
  }

  std::optional<Numbered> arabic() {
    const auto first = run(isDigit);
    auto value = numberOf(first);
    if (!value || *value == 0 || first.size() > 3) return std::nullopt;
    int depth = 1;
    while (depth < 4 && peek() == U'.' && isDigit(peek(1))) {
      ++at_;
      value = numberOf(run(isDigit));
      if (!value) return std::nullopt;
      ++depth;
    }
    std::u32string number{line_.substr(begin_, at_ - begin_)};
    const std::size_t end = at_;
    if (depth > 1) {  // "1.2 完善……", but not "3.0版本", "1.5亿元"
      skip(U".、");
      const bool parted = at_ > end || isBlank(peek());
      if (*value == 0 || !parted) return std::nullopt;
      return done(NumberStyle::dotted, *value, std::move(number), depth);
    }
    if (skip(U"）)")) return done(NumberStyle::arabic_half, *value, std::move(number) + line_[end]);
    skipBlanks();
    if (!skip(U".、")) return std::nullopt;
    if (isDigit(peek())) return std::nullopt;  // "5、6月"
    return done(NumberStyle::arabic, *value, std::move(number));
  }

  std::optional<Numbered> circled() {
    const char32_t c = peek();
    int value = 0;
    if (c >= U'①' && c <= U'⑳') value = static_cast<int>(c - U'①') + 1;
    else if (c >= U'㈠' && c <= U'㈩') value = static_cast<int>(c - U'㈠') + 1;
    else if (c >= U'⑴' && c <= U'⒇') value = static_cast<int>(c - U'⑴') + 1;
    else if (c >= U'⒈' && c <= U'⒛') value = static_cast<int>(c - U'⒈') + 1;
    if (value == 0) return std::nullopt;
    ++at_;
    std::u32string number{c};
    if (c >= U'㈠' && c <= U'㈩') return done(NumberStyle::chinese_round, value, std::move(number));
    if (c >= U'⑴' && c <= U'⒇') return done(NumberStyle::arabic_round, value, std::move(number));
    if (c >= U'⒈' && c <= U'⒛') return done(NumberStyle::arabic, value, std::move(number));
    return done(NumberStyle::circled, value, std::move(number));
  }

  std::optional<Numbered> labelled() {
    constexpr std::array<std::u32string_view, 7> kinds{U"举措", U"任务", U"措施", U"行动",
                                                       U"工程", U"项目", U"专项"};
    for (const auto label : kinds) {
      if (line_.substr(at_, label.size()) != label) continue;
      at_ += label.size();
      skipBlanks();
      const auto value = numberOf(run(isAnyDigit));
      std::u32string number{line_.substr(begin_, at_ - begin_)};
      if (!value || !skip(U"：:.、 \u3000")) return std::nullopt;
      return done(NumberStyle::labelled, *value, std::move(number));
    }
    return std::nullopt;
  }

  std::optional<Numbered> bullet() {
    if (!skip(U"-*+•●▪■◆·–—")) return std::nullopt;
    if (!isBlank(peek()) && !isHan(peek())) return std::nullopt;
    if (isHan(peek()) && isOneOf(line_[begin_], U"-*+·–—")) return std::nullopt;  // "——", "-某某"
    return done(NumberStyle::bullet, 0, {});
  }

  std::u32string_view line_;
  std::size_t at_ = 0;
  std::size_t begin_ = 0;
};

}  // namespace

std::optional<Numbered> numberedStart(std::u32string_view line) { return Start(line).read(); }

}  // namespace jinyue::planning
