// Which days are worked. A Calendar never changes once it is made and may be shared between threads.
//
// Inside the years it has data for it knows holidays and make-up days. Outside them it knows weekends only,
// and says so: isProvisional(). (China announces a year's holidays in the November before.)
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "calendar/data.h"

namespace jinyue::calendar {

class Calendar {
 public:
  static constexpr std::int64_t max_days = 2'000'000;

  /// Reads a calendar file (JSON of CalendarData). Refuses what cannot be read, then what makes no sense;
  /// either answer lists all it found.
  static Result<Calendar> read(std::string_view json);
  /// The same from data at hand; refuses what checkData() refuses.
  static Result<Calendar> make(CalendarData data);

  const CalendarData& data() const { return data_; }
  const std::string& id() const { return data_.id; }
  const std::string& version() const { return data_.version; }
  /// 1 January of the first year and 31 December of the last year with a notice.
  Date firstAnnouncedDay() const { return first_announced_; }
  Date lastAnnouncedDay() const { return last_announced_; }
  /// Nobody has announced the holidays of this day's year: only weekends are known.
  bool isProvisional(Date date) const { return date < first_announced_ || date > last_announced_; }

  bool isWorkingDay(Date date) const;
  /// A Saturday or Sunday that is worked.
  bool isMakeUpDay(Date date) const;
  /// The holiday this day is off for, or makes up for; null for any other day.
  const Holiday* holidayOf(Date date) const;
  /// The notice that says whether this day is worked; null when provisional.
  const CalendarYear* noticeFor(Date date) const;

  /// The first working day after the date.
  Date nextWorkingDay(Date date) const { return addWorkingDays(date, 1); }
  /// The last working day before the date.
  Date previousWorkingDay(Date date) const { return addWorkingDays(date, -1); }
  /// The date itself when it is worked, otherwise the first working day after it.
  Date rollForward(Date date) const { return isWorkingDay(date) ? date : nextWorkingDay(date); }
  /// The n-th working day after the date (n > 0) or before it (n < 0); the date itself is never counted, and
  /// is the answer for n = 0. Constant time, no allocation.
  Date addWorkingDays(Date date, std::int64_t n) const;
  /// How many days in (after, until] are worked; negative when until lies before after.
  /// workingDaysBetween(d, addWorkingDays(d, n)) is n for every n > 0.
  std::int64_t workingDaysBetween(Date after, Date until) const;

  /// A running number of working days: how many lie in [origin, date), for a fixed origin of this calendar;
  /// negative before it.
  std::int64_t workingDaysBefore(Date date) const;
  /// The working day with `index` working days before it, counted as in workingDaysBefore().
  Date workingDayAt(std::int64_t index) const;

  const std::vector<WorkingPeriod>& workingPeriods() const { return data_.hours.periods; }
  /// Length of the working periods of one day.
  Millis workingTimePerDay() const { return time_per_day_; }

 private:
  explicit Calendar(CalendarData data);

  struct Day {
    std::int32_t worked_before = 0;  ///< working days in [table_begin_, this day)
    std::int16_t year = -1;          ///< index of the year and the holiday in it, -1 for an ordinary day
    std::int16_t holiday = -1;
    bool worked = false;
  };

  bool isInTable(Date date) const { return date >= table_begin_ && date < table_end_; }
  const Day& dayAt(Date date) const {
    return table_[static_cast<std::size_t>((date - table_begin_).count())];
  }

  CalendarData data_;
  Date first_announced_;
  Date last_announced_;
  Date table_begin_;  ///< origin of the running number
  Date table_end_;
  std::vector<Day> table_;
  std::vector<Date> worked_;  ///< the working days of the table, by running number
  Millis time_per_day_{0};
};

}  // namespace jinyue::calendar
