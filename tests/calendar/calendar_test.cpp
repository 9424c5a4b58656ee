// The calendar of China against known facts: every day, every month, and deadlines that people get wrong.
#include "calendar/calendar.h"

#include <gmock/gmock.h>

#include "calendar/china.h"

namespace jinyue::calendar {
namespace {

using std::chrono::days;

/// The table that EveryDayAgreesWithTheSharedTable compares with.
struct SharedTable {
  std::string source;
  std::map<std::string, std::vector<std::string>, std::less<>> papers;
  std::map<std::string, std::string, std::less<>> off;
  std::map<std::string, std::string, std::less<>> work;
};
BOOST_DESCRIBE_STRUCT(SharedTable, (), (source, papers, off, work))

struct WorkingDayVector {
  const char* start;
  int n;
  const char* deadline;
};
constexpr WorkingDayVector working_day_vectors[] = {
    {"2022-01-28", 1, "2022-01-29"},  {"2022-01-28", 3, "2022-02-07"},  {"2022-01-28", 5, "2022-02-09"},
    {"2022-01-28", 20, "2022-03-02"}, {"2022-04-01", 1, "2022-04-02"},  {"2022-04-29", 5, "2022-05-10"},
    {"2022-09-30", 1, "2022-10-08"},  {"2022-09-30", 2, "2022-10-09"},  {"2022-12-30", 1, "2023-01-03"},
    {"2023-01-20", 5, "2023-02-01"},  {"2023-04-28", 1, "2023-05-04"},  {"2023-06-21", 2, "2023-06-26"},
    {"2023-09-28", 1, "2023-10-07"},  {"2023-09-28", 5, "2023-10-11"},  {"2024-02-09", 1, "2024-02-18"},
    {"2024-02-08", 2, "2024-02-18"},  {"2024-04-03", 2, "2024-04-08"},  {"2024-09-13", 1, "2024-09-14"},
    {"2024-09-30", 3, "2024-10-10"},  {"2025-01-24", 1, "2025-01-26"},  {"2025-01-27", 5, "2025-02-10"},
    {"2025-04-30", 1, "2025-05-06"},  {"2025-09-26", 2, "2025-09-29"},  {"2025-09-30", 20, "2025-11-04"},
    {"2025-12-31", 1, "2026-01-04"},  {"2026-01-02", 1, "2026-01-04"},  {"2026-02-13", 1, "2026-02-14"},
    {"2026-02-13", 2, "2026-02-24"},  {"2026-02-13", 20, "2026-03-19"}, {"2026-04-30", 3, "2026-05-08"},
    {"2026-09-18", 1, "2026-09-20"},  {"2026-09-30", 5, "2026-10-13"},
};

struct NaturalDayVector {
  const char* start;
  int n;
  const char* plain;
  const char* rolled;
};
constexpr NaturalDayVector natural_day_vectors[] = {
    {"2022-01-12", 20, "2022-02-01", "2022-02-07"}, {"2022-09-12", 20, "2022-10-02", "2022-10-08"},
    {"2025-01-09", 20, "2025-01-29", "2025-02-05"}, {"2025-09-11", 20, "2025-10-01", "2025-10-09"},
    {"2026-01-28", 20, "2026-02-17", "2026-02-24"}, {"2022-04-15", 15, "2022-04-30", "2022-05-05"},
    {"2025-09-18", 15, "2025-10-03", "2025-10-09"}, {"2026-02-02", 15, "2026-02-17", "2026-02-24"},
};

struct YearOfWork {
  int year;
  int total;
  int months[12];
};
constexpr YearOfWork years_of_work[] = {
    {2022, 249, {21, 16, 23, 21, 20, 21, 21, 23, 21, 18, 22, 22}},
    {2023, 249, {18, 20, 23, 20, 21, 21, 21, 23, 20, 19, 22, 21}},
    {2024, 251, {22, 18, 21, 22, 21, 19, 23, 22, 21, 19, 21, 22}},
    {2025, 248, {19, 19, 21, 22, 19, 20, 23, 21, 23, 18, 20, 23}},
    {2026, 248, {21, 16, 22, 21, 19, 21, 23, 21, 22, 18, 21, 23}},
};

TEST(China, WorkingDayDeadlines) {
  for (const auto& [start, n, deadline] : working_day_vectors) {
    EXPECT_EQ(formatDate(china().addWorkingDays(day(start), n)), deadline) << start << " + " << n;
    EXPECT_EQ(china().workingDaysBetween(day(start), day(deadline)), n) << start << " to " << deadline;
  }
}

TEST(China, WorkingDayDeadlinesOfClocks) {
  for (const auto& [start, n, last] : working_day_vectors) {
    for (const char* time : {" 00:00", " 09:30", " 23:59"}) {
      const Deadline result =
          deadline(rule(ClockUnit::working_day, n), {at(start + std::string(time)), {}, {}, {}}, china(),
                   at("2026-01-01 00:00"));
      EXPECT_EQ(inChina(result.due), inChina(startOf(day(last) + days{1}))) << start << time << " + " << n;
      EXPECT_FALSE(result.provisional) << start << " + " << n;
    }
  }
}

TEST(China, NaturalDayDeadlinesOfClocks) {
  for (const auto& [start, n, plain, rolled] : natural_day_vectors) {
    for (const bool roll : {false, true}) {
      ClockRule natural = rule(ClockUnit::natural_day, n);
      natural.roll = roll;
      const Deadline result =
          deadline(natural, {at(start + std::string(" 15:00")), {}, {}, {}}, china(), at("2026-01-01 00:00"));
      const Date last = day(roll ? rolled : plain);
      EXPECT_EQ(inChina(result.due), inChina(startOf(last + days{1})))
          << start << " + " << n << " roll " << roll;
    }
    EXPECT_EQ(formatDate(china().rollForward(day(plain))), rolled);
  }
}

TEST(China, WorkingDaysOfEachMonth) {
  for (const auto& [year, total, months] : years_of_work) {
    int sum = 0;
    for (unsigned month = 1; month <= 12; ++month) {
      const Date first = makeDate(year, month, 1);
      const Date next = month == 12 ? makeDate(year + 1, 1, 1) : makeDate(year, month + 1, 1);
      EXPECT_EQ(china().workingDaysBetween(first - days{1}, next - days{1}), months[month - 1])
          << year << "-" << month;
      sum += months[month - 1];
    }
    EXPECT_EQ(sum, total) << year;
    EXPECT_EQ(china().workingDaysBetween(makeDate(year - 1, 12, 31), makeDate(year, 12, 31)), total) << year;
  }
}

TEST(China, EveryDayAgreesWithTheSharedTable) {
  std::string text;
  try {
    text = readText(JINYUE_SHARED_DATA "/calendar/holidays-cn-2022-2026.json");
  } catch (const std::exception& error) {
    FAIL()
        << "This test compares with a table kept outside the project; set JINYUE_SHARED_DATA to the folder "
           "that has calendar/holidays-cn-2022-2026.json. "
        << error.what();
  }
  const auto table = fromJson<SharedTable>(text);
  ASSERT_TRUE(table) << describe(table.error());
  const auto& [source, papers, off, work] = *table;
  int days_off = 0;
  int make_up_days = 0;
  for (Date date = makeDate(2022, 1, 1); date <= makeDate(2026, 12, 31); date += days{1}) {
    const std::string name = formatDate(date);
    const std::chrono::weekday weekday{date};
    const bool weekend = weekday == std::chrono::Saturday || weekday == std::chrono::Sunday;
    EXPECT_EQ(china().isWorkingDay(date), work.contains(name) || (!weekend && !off.contains(name))) << name;
    EXPECT_EQ(china().isMakeUpDay(date), work.contains(name)) << name;
    const Holiday* holiday = china().holidayOf(date);
    EXPECT_EQ(holiday != nullptr, off.contains(name) || work.contains(name)) << name;
    if (off.contains(name) && holiday != nullptr) {
      ++days_off;
      EXPECT_EQ(holiday->name.zh, off.at(name)) << name;
    }
    make_up_days += china().isMakeUpDay(date);
    EXPECT_FALSE(china().isProvisional(date)) << name;
  }
  EXPECT_EQ(days_off, 147);
  EXPECT_EQ(make_up_days, 33);
  for (const CalendarYear& year : china().data().years) {
    EXPECT_EQ(year.source.address, papers.at(std::to_string(year.year)).at(0));
  }
}

TEST(China, KnowsWhereItsFactsComeFrom) {
  // New Year 2023 began in 2022, and the notice for 2023 says so.
  EXPECT_EQ(china().holidayOf(day("2022-12-31"))->name.en, "New Year's Day");
  EXPECT_EQ(china().noticeFor(day("2022-12-31"))->year, 2023);
  EXPECT_EQ(china().noticeFor(day("2022-12-30"))->year, 2022);
  EXPECT_EQ(china().noticeFor(day("2021-12-31")), nullptr);
  EXPECT_EQ(china().noticeFor(day("2027-01-01")), nullptr);
  EXPECT_EQ(china().holidayOf(day("2026-09-20"))->name.zh, "国庆节");
  EXPECT_EQ(china().holidayOf(day("2026-09-21")), nullptr);
  EXPECT_EQ(china().version(), "2026.1");
}

TEST(China, OutsideTheAnnouncedYearsOnlyWeekendsAreKnown) {
  EXPECT_FALSE(china().isProvisional(day("2022-01-01")));
  EXPECT_TRUE(china().isProvisional(day("2021-12-31")));
  EXPECT_FALSE(china().isProvisional(day("2026-12-31")));
  EXPECT_TRUE(china().isProvisional(day("2027-01-01")));
  EXPECT_TRUE(china().isWorkingDay(day("2027-01-01")));   // a Friday; nobody has announced it as off
  EXPECT_FALSE(china().isWorkingDay(day("2027-01-02")));  // a Saturday
  EXPECT_EQ(formatDate(china().addWorkingDays(day("2026-12-31"), 2)), "2027-01-04");
  EXPECT_EQ(formatDate(china().addWorkingDays(day("2022-01-04"), -2)), "2021-12-30");
  EXPECT_EQ(formatDate(china().addWorkingDays(day("1970-01-03"), 1)), "1970-01-05");
  EXPECT_EQ(formatDate(china().addWorkingDays(day("1970-01-05"), -1)), "1970-01-02");
}

TEST(China, StepsFromDayToDay) {
  EXPECT_EQ(formatDate(china().nextWorkingDay(day("2026-09-30"))), "2026-10-08");
  EXPECT_EQ(formatDate(china().previousWorkingDay(day("2026-10-08"))), "2026-09-30");
  EXPECT_EQ(formatDate(china().rollForward(day("2026-10-03"))), "2026-10-08");
  EXPECT_EQ(formatDate(china().rollForward(day("2026-10-10"))), "2026-10-10");
  EXPECT_EQ(formatDate(china().addWorkingDays(day("2026-10-03"), 0)), "2026-10-03");
  EXPECT_EQ(china().workingDaysBetween(day("2026-10-08"), day("2026-09-30")), -1);
  EXPECT_THROW((void)china().addWorkingDays(day("2026-10-03"), Calendar::max_days + 1), std::out_of_range);
  EXPECT_THROW((void)china().addWorkingDays(day("2026-10-03"), std::numeric_limits<std::int64_t>::min()),
               std::out_of_range);
}

}  // namespace
}  // namespace jinyue::calendar
