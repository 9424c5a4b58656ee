// What a calendar file says: which days are off, which weekends are worked to make up for them, by which
// notice.
//
// Facts only, dated and versioned; calendar.h makes an index of them that answers questions.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "base/json_read.h"
#include "base/problem.h"
#include "base/time.h"

namespace jinyue::calendar {

/// Minutes since midnight, 0 to 1440; in JSON "08:30", the end of a day is "24:00".
struct TimeOfDay {
  std::chrono::minutes since_midnight{0};
  auto operator<=>(const TimeOfDay&) const = default;
};

/// Where a fact comes from.
struct Source {
  std::string title;    ///< name of the notice, as published
  std::string address;  ///< http or https address of the notice
  bool operator==(const Source&) const = default;
};
BOOST_DESCRIBE_STRUCT(Source, (), (title, address))

/// Days off in a row, with the weekends inside them, and the weekend days worked to make up for them (调休).
struct Holiday {
  Text name;
  Date from;                     ///< first day off
  Date to;                       ///< last day off
  std::vector<Date> made_up_on;  ///< Saturdays and Sundays on which people work
  bool operator==(const Holiday&) const = default;
};
BOOST_DESCRIBE_STRUCT(Holiday, (), (name, from, to, made_up_on))

/// What the notice for one year says. Its New Year holiday may begin in December of the year before.
struct CalendarYear {
  int year = 0;
  Source source;
  std::vector<Holiday> holidays;
  bool operator==(const CalendarYear&) const = default;
};
BOOST_DESCRIBE_STRUCT(CalendarYear, (), (year, source, holidays))

/// A stretch of work within a day; `to` is the first instant after it.
struct WorkingPeriod {
  TimeOfDay from;
  TimeOfDay to;
  bool operator==(const WorkingPeriod&) const = default;
};
BOOST_DESCRIBE_STRUCT(WorkingPeriod, (), (from, to))

/// The hours of a working day, for clocks that count working hours.
struct WorkingHours {
  std::vector<WorkingPeriod> periods;  ///< in order, not touching
  std::string source;                  ///< who decided them, or that they are for demonstration only
  bool operator==(const WorkingHours&) const = default;
};
BOOST_DESCRIBE_STRUCT(WorkingHours, (), (periods, source))

struct CalendarData {
  std::string id;
  Text name;
  std::string version;              ///< changes whenever anything else here changes
  std::vector<CalendarYear> years;  ///< in order, without gaps
  WorkingHours hours;
  bool operator==(const CalendarData&) const = default;
};
BOOST_DESCRIBE_STRUCT(CalendarData, (), (id, name, version, years, hours))

/// Says everything that is wrong with the data in one answer, each with its JSON pointer: an empty text, a
/// year without source or holidays, years out of order or with a gap, a day off twice, a day both off and
/// worked, a make-up day that is not a weekend, a date outside its year, hours that overlap.
Result<void> checkData(const CalendarData& data);

}  // namespace jinyue::calendar

namespace jinyue {

template <>
struct JsonCodec<calendar::TimeOfDay> {
  static void write(std::string& out, const calendar::TimeOfDay& time);
  static bool read(JsonReader& in, simdjson::ondemand::value json, calendar::TimeOfDay& time);
};

}  // namespace jinyue
