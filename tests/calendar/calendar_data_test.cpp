// Bad calendar files are refused, with everything that is wrong with them in one answer.
#include <gmock/gmock.h>

#include "calendar/china.h"

namespace jinyue::calendar {
namespace calendar_data_test {

std::vector<std::string> problemsOf(const Problem& problem) {
  std::vector<std::string> seen;
  if (problem.causes.empty()) seen.push_back(problem.code + " " + problem.where);
  for (const Problem& cause : problem.causes) seen.push_back(cause.code + " " + cause.where);
  return seen;
}

std::vector<std::string> problemsOf(const CalendarData& data) {
  const auto made = Calendar::make(data);
  return made ? std::vector<std::string>{} : problemsOf(made.error());
}

/// Applies a change to the good data and says what is wrong with it then.
template <class Change>
std::vector<std::string> after(Change&& change) {
  CalendarData data = china().data();
  change(data);
  return problemsOf(data);
}

using testing::ElementsAre;
using testing::UnorderedElementsAre;

TEST(CalendarData, TheShippedOneIsGoodAndReadsBackTheSame) {
  EXPECT_THAT(problemsOf(china().data()), ElementsAre());
  const auto again = Calendar::read(toJson(china().data()));
  ASSERT_TRUE(again) << describe(again.error());
  EXPECT_EQ(again->data(), china().data());
}

TEST(CalendarData, NamesEveryProblemAtOnce) {
  EXPECT_THAT(
      after([](CalendarData& data) {
        data.version = " ";
        data.years[0].source.address = "";
        data.years[1].source.title.clear();
        data.years[1].holidays[0].name.en.clear();
        data.years[2].holidays[0].to = day("2023-12-31");
        data.years[3].holidays[1].made_up_on = {day("2025-02-07"), day("2025-05-03")};
        data.years[4].holidays[2].from = day("2026-02-20");
        data.years[4].holidays[0].made_up_on.push_back(day("2026-01-04"));
        data.years[4].holidays[6].made_up_on.push_back(day("2027-01-02"));
        data.hours.periods[1].from = data.hours.periods[0].from;
        data.hours.source.clear();
      }),
      UnorderedElementsAre(
          "calendar.empty /version", "calendar.source /years/0/source/address",
          "calendar.empty /years/1/source/title", "calendar.empty /years/1/holidays/0/name/en",
          "calendar.order /years/2/holidays/0/to", "calendar.not-weekend /years/3/holidays/1/made_up_on/0",
          "calendar.off-and-worked /years/3/holidays/1/made_up_on/1",
          "calendar.too-long /years/4/holidays/2/to",
          "calendar.worked-twice /years/4/holidays/0/made_up_on/1",
          "calendar.wrong-year /years/4/holidays/6/made_up_on/2", "calendar.hours-overlap /hours/periods/1",
          "calendar.empty /hours/source"));
}

TEST(CalendarData, RefusesGapsInTheYears) {
  EXPECT_THAT(after([](CalendarData& data) { data.years.erase(data.years.begin() + 2); }),
              ElementsAre("calendar.gap /years/2/year"));
  EXPECT_THAT(after([](CalendarData& data) { std::swap(data.years[0], data.years[1]); }),
              ElementsAre("calendar.gap /years/1/year", "calendar.gap /years/2/year"));
  EXPECT_THAT(after([](CalendarData& data) { data.years.clear(); }), ElementsAre("calendar.no-years /years"));
  EXPECT_THAT(after([](CalendarData& data) { data.years[0].year = 22; }),
              ElementsAre("calendar.year /years/0/year", "calendar.gap /years/1/year"));
}

TEST(CalendarData, AYearWithoutHolidaysIsNotAnnounced) {
  EXPECT_THAT(after([](CalendarData& data) { data.years.push_back({2027, data.years[4].source, {}}); }),
              ElementsAre("calendar.not-announced /years/5/holidays"));
}

TEST(CalendarData, RefusesADayOffTwice) {
  EXPECT_THAT(after([](CalendarData& data) { data.years[4].holidays[5].to = day("2026-10-01"); }),
              ElementsAre("calendar.off-twice /years/4/holidays/6"));
  // also when the notices of two years overlap
  EXPECT_THAT(
      after([](CalendarData& data) {
        data.years[0].holidays.push_back({{"元旦", "New Year"}, day("2022-12-31"), day("2022-12-31"), {}});
      }),
      ElementsAre("calendar.off-twice /years/1/holidays/0"));
}

TEST(CalendarData, RefusesHoursThatAreNone) {
  const auto time = [](int minutes) { return TimeOfDay{std::chrono::minutes{minutes}}; };
  EXPECT_THAT(after([](CalendarData& data) { data.hours.periods.clear(); }),
              ElementsAre("calendar.no-hours /hours/periods"));
  EXPECT_THAT(after([&](CalendarData& data) { data.hours.periods = {{time(600), time(600)}}; }),
              ElementsAre("calendar.hours /hours/periods/0"));
  EXPECT_THAT(after([&](CalendarData& data) { data.hours.periods = {{time(0), time(1441)}}; }),
              ElementsAre("calendar.hours /hours/periods/0"));
  EXPECT_THAT(after([&](CalendarData& data) { data.hours.periods = {{time(0), time(1440)}}; }),
              ElementsAre());
  EXPECT_THAT(after([&](CalendarData& data) {
                data.hours.periods = {{time(510), time(690)}, {time(690), time(1020)}};
              }),
              ElementsAre("calendar.hours-overlap /hours/periods/1"));
}

TEST(CalendarData, RefusesWhatCannotBeRead) {
  const auto refused = [](std::string_view part, std::string_view instead) {
    std::string text = toJson(china().data());
    const std::size_t found = text.find(part);
    if (found == std::string::npos) throw std::invalid_argument("not in the calendar: " + std::string(part));
    text.replace(found, part.size(), instead);
    const auto read = Calendar::read(text);
    return read ? std::vector<std::string>{} : problemsOf(read.error());
  };
  EXPECT_THAT(refused("2022-01-03", "2022-01-32"), ElementsAre("json.type /years/0/holidays/0/to"));
  EXPECT_THAT(refused("08:30", "8:30"), ElementsAre("json.type /hours/periods/0/from"));
  EXPECT_THAT(refused("08:30", "08:60"), ElementsAre("json.type /hours/periods/0/from"));
  EXPECT_THAT(refused("17:00", "24:01"), ElementsAre("json.type /hours/periods/1/to"));
  EXPECT_THAT(refused("17:00", "24:00"), ElementsAre());
  EXPECT_THAT(refused("\"source\"", "\"sauce\""),
              UnorderedElementsAre("json.unknown /years/0/sauce", "json.missing /years/0/source"));
  EXPECT_THAT(refused("\"version\"", "version"), ElementsAre("json.syntax "));
  EXPECT_FALSE(Calendar::read(""));
}

}  // namespace calendar_data_test
}  // namespace jinyue::calendar
