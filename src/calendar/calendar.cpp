#include "calendar/calendar.h"

#include <stdexcept>

namespace jinyue::calendar {
namespace {

using std::chrono::days;

constexpr Date some_monday = makeDate(1970, 1, 5);

constexpr std::int64_t floorDiv(std::int64_t a, std::int64_t b) { return a / b - (a % b < 0 ? 1 : 0); }

bool isWeekend(Date date) {
  const std::chrono::weekday weekday{date};
  return weekday == std::chrono::Saturday || weekday == std::chrono::Sunday;
}

/// Mondays to Fridays in [some_monday, date).
std::int64_t weekdaysBefore(Date date) {
  const std::int64_t day = (date - some_monday).count();
  const std::int64_t week = floorDiv(day, 7);
  return week * 5 + std::min<std::int64_t>(day - week * 7, 5);
}

/// The Monday to Friday with that many before it.
Date weekdayAt(std::int64_t index) {
  const std::int64_t week = floorDiv(index, 5);
  return some_monday + days{week * 7 + (index - week * 5)};
}

}  // namespace

Result<Calendar> Calendar::read(std::string_view json) {
  auto data = fromJson<CalendarData>(json);
  if (!data) return std::unexpected(std::move(data).error());
  return make(*std::move(data));
}

Result<Calendar> Calendar::make(CalendarData data) {
  if (auto checked = checkData(data); !checked) return std::unexpected(std::move(checked).error());
  return Calendar(std::move(data));
}

Calendar::Calendar(CalendarData data) : data_(std::move(data)) {
  first_announced_ = makeDate(data_.years.front().year, 1, 1);
  last_announced_ = makeDate(data_.years.back().year, 12, 31);
  table_begin_ =
      makeDate(data_.years.front().year - 1, 12, 1);  // the first notice may speak about this December
  table_end_ = last_announced_ + days{1};
  table_.resize(static_cast<std::size_t>((table_end_ - table_begin_).count()));
  const auto at = [&](Date date) -> Day& {
    return table_[static_cast<std::size_t>((date - table_begin_).count())];
  };
  for (Date date = table_begin_; date < table_end_; date += days{1}) at(date).worked = !isWeekend(date);
  for (std::size_t y = 0; y < data_.years.size(); ++y) {
    const auto& holidays = data_.years[y].holidays;
    for (std::size_t h = 0; h < holidays.size(); ++h) {
      const auto mark = [&](Date date, bool worked) {
        at(date) = {0, static_cast<std::int16_t>(y), static_cast<std::int16_t>(h), worked};
      };
      for (Date date = holidays[h].from; date <= holidays[h].to; date += days{1}) mark(date, false);
      for (const Date date : holidays[h].made_up_on) mark(date, true);
    }
  }
  for (Date date = table_begin_; date < table_end_; date += days{1}) {
    at(date).worked_before = static_cast<std::int32_t>(worked_.size());
    if (at(date).worked) worked_.push_back(date);
  }
  for (const WorkingPeriod& period : data_.hours.periods) {
    time_per_day_ += period.to.since_midnight - period.from.since_midnight;
  }
}

bool Calendar::isWorkingDay(Date date) const {
  return isInTable(date) ? dayAt(date).worked : !isWeekend(date);
}

bool Calendar::isMakeUpDay(Date date) const {
  return isInTable(date) && dayAt(date).worked && isWeekend(date);
}

const Holiday* Calendar::holidayOf(Date date) const {
  if (!isInTable(date) || dayAt(date).year < 0) return nullptr;
  const Day& day = dayAt(date);
  return &data_.years[static_cast<std::size_t>(day.year)].holidays[static_cast<std::size_t>(day.holiday)];
}

const CalendarYear* Calendar::noticeFor(Date date) const {
  if (isProvisional(date)) return nullptr;
  const Day& day = dayAt(date);
  if (day.year >= 0) return &data_.years[static_cast<std::size_t>(day.year)];
  const int year = static_cast<int>(std::chrono::year_month_day{date}.year());
  return &data_.years[static_cast<std::size_t>(year - data_.years.front().year)];
}

std::int64_t Calendar::workingDaysBefore(Date date) const {
  if (isInTable(date)) return dayAt(date).worked_before;
  if (date < table_begin_) return weekdaysBefore(date) - weekdaysBefore(table_begin_);
  return std::ssize(worked_) + weekdaysBefore(date) - weekdaysBefore(table_end_);
}

Date Calendar::workingDayAt(std::int64_t index) const {
  const std::int64_t known = std::ssize(worked_);
  if (index < 0) return weekdayAt(weekdaysBefore(table_begin_) + index);
  if (index >= known) return weekdayAt(weekdaysBefore(table_end_) + index - known);
  return worked_[static_cast<std::size_t>(index)];
}

Date Calendar::addWorkingDays(Date date, std::int64_t n) const {
  if (n > max_days || n < -max_days) throw std::out_of_range("addWorkingDays: too many days");
  if (n == 0) return date;
  return workingDayAt(n > 0 ? workingDaysBefore(date + days{1}) + n - 1 : workingDaysBefore(date) + n);
}

std::int64_t Calendar::workingDaysBetween(Date after, Date until) const {
  return workingDaysBefore(until + days{1}) - workingDaysBefore(after + days{1});
}

}  // namespace jinyue::calendar
