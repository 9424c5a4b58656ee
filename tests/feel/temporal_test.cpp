// Dates, times, durations, zones and ranges.
#include "feel/temporal.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include "support.h"

namespace jinyue::feel {
namespace temporal_test {

using testing::check;

TEST(Temporal, conversions) {
  check(
      {{"date(\"2026-11-22\")", "@\"2026-11-22\""},
       {"date(2026, 2, 29)", "null!feel.conversion"},
       {"date(2028, 2, 29)", "@\"2028-02-29\""},
       {"date(\"-0044-03-15\")", "@\"-0044-03-15\""},
       {"date(\"999999999-12-31\")", "@\"999999999-12-31\""},
       {"date(\"1000000000-01-01\")", "null!feel.conversion"},
       {"date(\"02026-01-01\")", "null!feel.conversion"},
       {"date(\"2026-1-1\")", "null!feel.conversion"},
       {"date(\"2026-11-22Z\")", "null!feel.conversion"},
       {"date(@\"2026-11-22T23:00:00\")", "@\"2026-11-22\""},
       {"date(year: 2026, month: 1, day: 2)", "@\"2026-01-02\""},
       {"time(\"10:20:30\")", "@\"10:20:30\""},
       {"time(\"24:00:00\")", "@\"00:00:00\""},
       {"time(\"24:00:01\")", "null!feel.conversion"},
       {"time(\"10:20\")", "null!feel.conversion"},
       {"time(\"10:20:30.123456789+08:00\")", "@\"10:20:30.123456789+08:00\""},
       {"time(\"10:20:30@Mars/Base\")", "null!feel.conversion"},
       {"time(\"10:20:30+19:00\")", "null!feel.conversion"},
       {"time(10, 20, 30.5, duration(\"PT8H\"))", "@\"10:20:30.5+08:00\""},
       {"time(10, 20, 30, null)", "@\"10:20:30\""},
       {"time(25, 0, 0)", "null!feel.conversion"},
       {"time(date(\"2026-11-22\"))", "@\"00:00:00Z\""},
       {"date and time(\"2026-11-22T10:20:30Z\")", "@\"2026-11-22T10:20:30Z\""},
       {"date and time(\"2026-12-31T24:00:00\")", "@\"2027-01-01T00:00:00\""},
       {"date and time(date(\"2026-11-22\"), time(\"10:00:00+08:00\"))", "@\"2026-11-22T10:00:00+08:00\""},
       {"date and time(2026, 11, 22, 10, 0, 0, @\"PT8H\")", "@\"2026-11-22T10:00:00+08:00\""},
       {"date and time(2026, 11, 22, 10, 0, 0, \"Asia/Shanghai\")", "@\"2026-11-22T10:00:00@Asia/Shanghai\""},
       {"date and time(\"2026-11-22\")", "@\"2026-11-22T00:00:00\""},
       {"duration(\"P1DT2H3M4.5S\")", "@\"P1DT2H3M4.5S\""},
       {"duration(\"P14M\")", "@\"P1Y2M\""},
       {"duration(\"P1Y1D\")", "null!feel.conversion"},
       {"duration(\"P\")", "null!feel.conversion"},
       {"duration(\"PT\")", "null!feel.conversion"},
       {"duration(\"PT1M1H\")", "null!feel.conversion"},
       {"duration(\"PT90M\")", "@\"PT1H30M\""},
       {"years and months duration(@\"2011-12-22\", @\"2013-08-24\")", "@\"P1Y8M\""},
       {"years and months duration(@\"2013-08-24\", @\"2011-12-25\")", "@\"-P1Y7M\""},
       {"years and months duration(from: @\"2026-01-31\", to: @\"2026-02-28\")", "@\"P0M\""}});
}

TEST(Temporal, questions) {
  check({{"day of year(@\"2026-12-31\")", "365"},
         {"day of week(@\"2026-11-22\")", "\"Sunday\""},
         {"month of year(@\"2026-11-22T10:00:00\")", "\"November\""},
         {"week of year(@\"2005-01-01\")", "53"},
         {"week of year(@\"2003-12-29\")", "1"},
         {"now()", "@\"2026-11-22T12:38:21+08:00\""},
         {"today()", "@\"2026-11-22\""},
         {"now().time offset", "@\"PT8H\""}});
}

TEST(Temporal, ranges) {
  check({{"before(1, 10)", "true"},
         {"before(1, (1..10])", "true"},
         {"before(1, [1..10])", "false"},
         {"before([1..5), 5)", "true"},
         {"before([1..5], [6..10])", "true"},
         {"before([1..5), [5..10])", "true"},
         {"after(12, [2..11])", "true"},
         {"after([11..20], 10)", "true"},
         {"after((10..20], [1..10])", "true"},
         {"meets([1..5], [5..10])", "true"},
         {"meets([1..5), [5..10])", "false"},
         {"met by([5..10], [1..5])", "true"},
         {"overlaps([5..10], [1..6])", "true"},
         {"overlaps((5..10], [1..5])", "false"},
         {"overlaps before([1..5], [3..10])", "true"},
         {"overlaps before([1..5), [1..5])", "false"},
         {"overlaps before([1..5], (1..5])", "true"},
         {"overlaps after([3..10], [1..5])", "true"},
         {"overlaps after((1..5], [1..5))", "true"},
         {"finishes(5, [1..5])", "true"},
         {"finishes(5, [1..5))", "false"},
         {"finishes([3..5], [1..5])", "true"},
         {"finished by([1..5], 5)", "true"},
         {"finished by([1..5), (3..5))", "true"},
         {"includes([1..10], 5)", "true"},
         {"includes((1..10], [1..5])", "false"},
         {"includes([1..10], [4..6])", "true"},
         {"during(5, [1..10])", "true"},
         {"during([4..6], (4..10))", "false"},
         {"starts(1, [1..10])", "true"},
         {"starts((1..5), (1..5])", "true"},
         {"started by([1..10], 1)", "true"},
         {"started by([1..10], [1..5])", "true"},
         {"coincides([1..5], [1..5])", "true"},
         {"coincides(3, 3)", "true"},
         {"coincides([1..5], [1..5))", "false"},
         {"before(point1: @\"2026-01-01\", point2: @\"2026-01-02\")", "true"},
         {"before(point: 1, range: [2..3])", "true"},
         {"during(point: 5, range: (< 6))", "true"},
         {"before(1, \"a\")", "null!feel.comparison"},
         {"meets(1, 2)", "null!feel.argument-type"}});
}

RC_GTEST_PROP(TemporalProperty, daysCountThereAndBack, ()) {
  const auto days = *rc::gen::inRange<std::int64_t>(-365'000'000'000, 365'000'000'000);
  const auto date = fromDays(days);
  RC_ASSERT(date.has_value());
  RC_ASSERT(isRealDate(date->year, date->month, date->day));
  RC_ASSERT(toDays(*date) == days);
  RC_ASSERT(parseCivilDate(toString(*date)) == date);
}

RC_GTEST_PROP(TemporalProperty, textsComeBack, ()) {
  const auto nanos = *rc::gen::inRange<std::int64_t>(0, nanos_per_day);
  const auto minutes = *rc::gen::inRange(-18 * 60, 18 * 60 + 1);
  const bool local = *rc::gen::arbitrary<bool>();
  const DateTime moment{*fromDays(*rc::gen::inRange<std::int64_t>(-800'000, 800'000)),
                        {nanos, local ? Zone{} : Zone{minutes * 60, nullptr}}};
  RC_ASSERT(parseDateTime(toString(moment)) == moment);
  RC_ASSERT(fromEpochNanos(epochNanos(moment), moment.time.zone) == moment);
  const DaysDuration duration{Int128{*rc::gen::arbitrary<std::int64_t>()} * 1000};
  RC_ASSERT(parseDaysDuration(toString(duration)) == duration);
}

}  // namespace temporal_test
}  // namespace jinyue::feel
