// When people work: the office's days and hours from the calendar, or shifts around the clock.
#pragma once

#include "calendar/calendar.h"

namespace jinyue::cli {

enum class Shift : std::int8_t { office = 0, always = 1 };
BOOST_DESCRIBE_ENUM(Shift, office, always)

class OfficeTime {
 public:
  explicit OfficeTime(const calendar::Calendar& calendar) : calendar_(&calendar) {}

  /// When so much work is done that begins at `from`; nobody works outside the hours of the shift.
  Instant after(Instant from, Millis work, Shift shift) const;
  /// `from`, or when the next hours begin.
  Instant nextOpen(Instant from, Shift shift) const { return after(from, Millis{0}, shift); }

 private:
  const calendar::Calendar* calendar_;
};

}  // namespace jinyue::cli
