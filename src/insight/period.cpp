#include "insight/period.h"

#include <charconv>

#include <fmt/format.h>

namespace jinyue::insight {
namespace {

using std::chrono::days;
using std::chrono::months;
using std::chrono::year_month;
using std::chrono::year_month_day;

std::optional<int> digits(std::string_view text) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || value < 0) return std::nullopt;
  return value;
}

Date firstOf(year_month month) { return Date{month / std::chrono::day{1}}; }
Date lastOf(year_month month) { return firstOf(month + months{1}) - days{1}; }
year_month monthOf(Date day) {
  const year_month_day parts{day};
  return parts.year() / parts.month();
}

Period monthsFrom(year_month first, int count) { return {firstOf(first), lastOf(first + months{count - 1})}; }

/// How many whole months it is; 0 when it is not whole ones.
int wholeMonths(const Period& period) {
  const year_month first = monthOf(period.first);
  const year_month last = monthOf(period.last);
  if (firstOf(first) != period.first || lastOf(last) != period.last) return 0;
  return static_cast<int>((last - first).count()) + 1;
}

unsigned monthIn(Date day) { return static_cast<unsigned>(year_month_day{day}.month()); }
int yearIn(Date day) { return static_cast<int>(year_month_day{day}.year()); }

bool isQuarter(const Period& period) { return wholeMonths(period) == 3 && monthIn(period.first) % 3 == 1; }
bool isYear(const Period& period) { return wholeMonths(period) == 12 && monthIn(period.first) == 1; }

std::optional<Period> parseOne(std::string_view text) {
  if (text.size() == 10) {
    const auto day = parseDate(text);
    return day ? std::optional{Period{*day, *day}} : std::nullopt;
  }
  if (text.size() != 4 && text.size() != 7) return std::nullopt;
  const auto year = digits(text.substr(0, 4));
  if (!year || *year < 1970 || *year > 9998) return std::nullopt;
  const std::chrono::year of{*year};
  if (text.size() == 4) return monthsFrom(of / std::chrono::January, 12);
  if (text[4] != '-') return std::nullopt;
  if (text[5] == 'Q') {
    const auto quarter = digits(text.substr(6));
    if (!quarter || *quarter < 1 || *quarter > 4) return std::nullopt;
    return monthsFrom(of / std::chrono::month{static_cast<unsigned>(*quarter) * 3 - 2}, 3);
  }
  const auto month = digits(text.substr(5));
  if (!month || *month < 1 || *month > 12) return std::nullopt;
  return monthsFrom(of / std::chrono::month{static_cast<unsigned>(*month)}, 1);
}

}  // namespace

std::optional<Period> parsePeriod(std::string_view text) {
  const auto dots = text.find("..");
  if (dots == std::string_view::npos) return parseOne(text);
  const auto from = parseOne(text.substr(0, dots));
  const auto to = parseOne(text.substr(dots + 2));
  if (!from || !to || from->first > to->last) return std::nullopt;
  return Period{from->first, to->last};
}

std::string formatPeriod(const Period& period) {
  const auto month = [](Date day) { return formatDate(day).substr(0, 7); };
  if (isYear(period)) return fmt::format("{:04}", yearIn(period.first));
  if (isQuarter(period))
    return fmt::format("{:04}-Q{}", yearIn(period.first), (monthIn(period.first) + 2) / 3);
  if (wholeMonths(period) == 1) return month(period.first);
  if (wholeMonths(period) > 1) return month(period.first) + ".." + month(period.last);
  if (period.first == period.last) return formatDate(period.first);
  return formatDate(period.first) + ".." + formatDate(period.last);
}

std::int64_t monthNumber(Date day) { return std::int64_t{yearIn(day)} * 100 + monthIn(day); }

Period periodBefore(const Period& period) {
  if (const int count = wholeMonths(period); count > 0)
    return monthsFrom(monthOf(period.first) - months{count}, count);
  const days length = period.last - period.first + days{1};
  return {period.first - length, period.last - length};
}

Period yearBefore(const Period& period) {
  if (const int count = wholeMonths(period); count > 0)
    return monthsFrom(monthOf(period.first) - months{12}, count);
  const auto back = [](Date day) {
    const year_month_day parts{day};
    const year_month_day before = parts - std::chrono::years{1};
    return before.ok() ? Date{before} : lastOf(before.year() / before.month());
  };
  return {back(period.first), back(period.last)};
}

std::string periodTitleZh(const Period& period) {
  constexpr const char* quarters[] = {"一", "二", "三", "四"};
  const int year = yearIn(period.first);
  if (isYear(period)) return fmt::format("{}年", year);
  if (isQuarter(period)) return fmt::format("{}年第{}季度", year, quarters[(monthIn(period.first) - 1) / 3]);
  if (wholeMonths(period) == 1) return fmt::format("{}年{}月", year, monthIn(period.first));
  return fmt::format("{}至{}", formatDate(period.first), formatDate(period.last));
}

std::string periodTitleEn(const Period& period) {
  constexpr const char* names[] = {"January", "February", "March",     "April",   "May",      "June",
                                   "July",    "August",   "September", "October", "November", "December"};
  const int year = yearIn(period.first);
  if (isYear(period)) return fmt::format("{}", year);
  if (isQuarter(period)) return fmt::format("Q{} {}", (monthIn(period.first) + 2) / 3, year);
  if (wholeMonths(period) == 1) return fmt::format("{} {}", names[monthIn(period.first) - 1], year);
  return fmt::format("{} to {}", formatDate(period.first), formatDate(period.last));
}

}  // namespace jinyue::insight
