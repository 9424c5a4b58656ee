#include "planning/moment.h"

#include "planning/letters.h"

namespace jinyue::planning {
namespace {

Date lastOf(int year, unsigned month) {
  return std::chrono::local_days{std::chrono::year{year} / std::chrono::month{month} / std::chrono::last};
}

class Times {
 public:
  Times(std::u32string_view text, std::optional<int> year) : text_(text), year_(year) {}

  std::vector<Moment> all() {
    int titles = 0;
    for (at_ = 0; at_ < text_.size();) {
      if (text_[at_] == U'《') ++titles;
      if (text_[at_] == U'》' && titles > 0) --titles;
      const std::size_t from = at_;
      if (titles == 0 && (from == 0 || !isDigit(text_[from - 1]))) {
        if (auto found = moment(from)) {
          const bool past = from >= 2 && text_.substr(from - 2, 2) == U"截至";
          if (from > 0 && isOneOf(text_[from - 1], U"到至于在"))
            found->is_limit = found->is_limit || text_[from - 1] != U'在';
          if (!past) found_.push_back(*found);
          at_ = std::max(found->end, from + 1);
          continue;
        }
      }
      at_ = from + 1;
    }
    return std::move(found_);
  }

 private:
  bool skip(std::u32string_view word) {
    if (text_.substr(at_, word.size()) != word) return false;
    at_ += word.size();
    return true;
  }
  std::optional<int> digits(std::size_t most) {
    const std::size_t from = at_;
    while (at_ < text_.size() && at_ - from < most && isDigit(text_[at_])) ++at_;
    const auto value = numberOf(text_.substr(from, at_ - from));
    if (!value) at_ = from;
    return value;
  }
  void blanks() {
    while (at_ < text_.size() && text_[at_] == U' ') ++at_;
  }

  std::optional<Moment> done(std::size_t from, Date until, bool limit, bool unclear = false) {
    return Moment{from, at_, until, limit, unclear};
  }

  std::optional<Moment> moment(std::size_t from) {
    at_ = from;
    std::optional<int> year;
    if (isDigit(text_[from])) {
      const auto value = digits(4);
      blanks();
      if (value && *value >= 1990 && *value < 2200 && skip(U"年")) {
        year = value;
        if (skip(U"版") || skip(U"度版")) return std::nullopt;
        skip(U"度");
        blanks();
      } else {
        at_ = from;
      }
    } else if (skip(U"今年") || skip(U"本年度") || skip(U"本年")) {
      year = year_;
    }
    const bool named = year.has_value();
    if (!year) year = year_;
    if (!year) return std::nullopt;
    if (auto found = quarter(from, *year)) return found;
    if (auto found = month(from, *year)) return found;
    if (skip(U"上半年")) return limit(from, lastOf(*year, 6));
    if (skip(U"下半年")) return limit(from, lastOf(*year, 12));
    const Date end = lastOf(*year, 12);
    if (named) {
      if (skip(U"年底") || skip(U"底") || skip(U"末") || skip(U"内") || skip(U"全年")) {
        skip(U"前") || skip(U"以前") || skip(U"之前");
        return done(from, end, true);
      }
      if (skip(U"前")) return done(from, lastOf(*year - 1, 12), true, true);
      return done(from, end, false);
    }
    if (skip(U"年底") || skip(U"年末")) {
      skip(U"前") || skip(U"以前") || skip(U"之前");
      return done(from, end, true);
    }
    const bool alone =
        from == 0 || !(isHan(text_[from - 1]) || isDigit(text_[from - 1])) || text_[from - 1] == U'，';
    if (alone && skip(U"年内")) return done(from, end, true);
    if (skip(U"全年") && (from == 0 || text_[from - 1] != U'季')) return done(from, end, false);
    return std::nullopt;
  }

  /// "前", "底前", "末" after a quarter or half a year.
  std::optional<Moment> limit(std::size_t from, Date until) {
    const std::size_t before = at_;
    skip(U"度");
    skip(U"底") || skip(U"末") || skip(U"结束") || skip(U"内");
    skip(U"前") || skip(U"以前") || skip(U"之前");
    return done(from, until, at_ > before);
  }

  std::optional<Moment> quarter(std::size_t from, int year) {
    const std::size_t before = at_;
    skip(U"第");
    std::optional<int> number;
    if (at_ < text_.size() && (isChineseDigit(text_[at_]) || isDigit(text_[at_]))) {
      number = numberOf(text_.substr(at_, 1));
      ++at_;
    }
    if (number && *number >= 1 && *number <= 4 && (skip(U"季度") || skip(U"个季度")))
      return limit(from, lastOf(year, static_cast<unsigned>(*number) * 3));
    at_ = before;
    return std::nullopt;
  }

  std::optional<Moment> month(std::size_t from, int year) {
    const std::size_t before = at_;
    const auto number = digits(2);
    blanks();
    if (!number || *number < 1 || *number > 12 || !skip(U"月")) {
      at_ = before;
      return std::nullopt;
    }
    const auto in = static_cast<unsigned>(*number);
    blanks();
    const std::size_t after_month = at_;
    if (const auto day = digits(2); day && *day >= 1 && (skip(U"日") || skip(U"号"))) {
      const std::chrono::year_month_day date{std::chrono::year{year}, std::chrono::month{in},
                                             std::chrono::day{static_cast<unsigned>(*day)}};
      if (!date.ok()) return std::nullopt;
      const bool before_it = skip(U"前") || skip(U"之前") || skip(U"以前");
      return done(from, std::chrono::local_days{date}, before_it);
    }
    at_ = after_month;
    skip(U"份");
    if (skip(U"底") || skip(U"末") || skip(U"内")) {
      skip(U"前") || skip(U"之前") || skip(U"以前");
      return done(from, lastOf(year, in), true);
    }
    if (skip(U"上旬")) return done(from, makeDate(year, in, 10), skip(U"前"));
    if (skip(U"中旬")) return done(from, makeDate(year, in, 20), skip(U"前"));
    if (skip(U"下旬")) return done(from, lastOf(year, in), skip(U"前"));
    if (skip(U"前") || skip(U"之前") || skip(U"以前"))
      return done(from, in == 1 ? lastOf(year - 1, 12) : lastOf(year, in - 1), true, true);
    return done(from, lastOf(year, in), false);
  }

  std::u32string_view text_;
  std::optional<int> year_;
  std::size_t at_ = 0;
  std::vector<Moment> found_;
};

}  // namespace

std::vector<Moment> momentsIn(std::u32string_view text, std::optional<int> year) {
  return Times(text, year).all();
}

}  // namespace jinyue::planning
