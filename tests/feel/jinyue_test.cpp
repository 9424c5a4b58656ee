// Jinyue's own functions: facts come from outside.
#include <fstream>
#include <sstream>

#include "calendar/calendar.h"
#include "support.h"

namespace jinyue::feel {
namespace jinyue_test {

std::string withFacts(const char* text, const Facts& facts) {
  const Evaluation evaluation = Expression::compile(text)->evaluate(Context{}, facts);
  return toLiteral(evaluation.value) +
         (evaluation.diagnostics.empty() ? "" : "!" + evaluation.diagnostics.front().code);
}

/// 2026 with one holiday, 1 to 3 October, and one Saturday worked for it.
calendar::Calendar smallCalendar() {
  calendar::CalendarData data;
  data.id = "test";
  data.name = {"测试", "test"};
  data.version = "1";
  const calendar::Holiday holiday{
      {"国庆节", "National Day"}, makeDate(2026, 10, 1), makeDate(2026, 10, 3), {makeDate(2026, 10, 10)}};
  data.years = {{2026, {"notice", "https://example.org/notice"}, {holiday}}};
  data.hours = {{{{std::chrono::minutes{540}}, {std::chrono::minutes{1020}}}}, "test"};
  auto made = calendar::Calendar::make(data);
  if (!made) throw std::runtime_error(describe(made.error()));
  return *std::move(made);
}

TEST(JinyueFunctions, needFacts) {
  testing::check({{"is working day(@\"2026-11-23\")", "null!feel.no-facts"},
                  {"working days between(@\"2026-11-23\", @\"2026-11-27\")", "null!feel.no-facts"},
                  {"add working days(@\"2026-11-23\", 3)", "null!feel.no-facts"},
                  {"lookup(\"firms\", \"x\", @\"2026-11-23\")", "null!feel.no-facts"},
                  {"lookup(5, \"x\", @\"2026-11-23\")", "null!feel.argument-type"}});
}

TEST(JinyueFunctions, countWorkingDays) {
  const calendar::Calendar calendar = smallCalendar();
  Facts facts = testing::facts();
  facts.calendar = &calendar;
  EXPECT_EQ(withFacts("is working day(@\"2026-10-01\")", facts), "false");
  EXPECT_EQ(withFacts("is working day(@\"2026-10-10\")", facts), "true");
  EXPECT_EQ(withFacts("working days between(@\"2026-09-30\", @\"2026-10-12\")", facts), "7");
  EXPECT_EQ(withFacts("working days between(start: @\"2026-10-12\", end: @\"2026-09-30\")", facts), "-7");
  EXPECT_EQ(withFacts("add working days(@\"2026-09-30\", 1)", facts), "@\"2026-10-05\"");
  EXPECT_EQ(withFacts("add working days(date: @\"2026-09-30T12:00:00\", days: 0)", facts), "@\"2026-09-30\"");
  EXPECT_EQ(withFacts("add working days(@\"2026-09-30\", -1)", facts), "@\"2026-09-29\"");
  EXPECT_EQ(withFacts("add working days(@\"99999-01-01\", 1)", facts), "null!feel.out-of-range");
  EXPECT_EQ(withFacts("add working days(@\"2026-09-30\", 1.5)", facts), "null!feel.out-of-range");
  EXPECT_EQ(withFacts("add working days(@\"2026-09-30\", 100001)", facts), "null!feel.out-of-range");
  // The day is that of the place where the moment was written down.
  EXPECT_EQ(withFacts("is working day(@\"2026-10-10T23:30:00-10:00\")", facts), "true");
}

/// Nobody has announced the holidays of 2027: the answer says that it may change.
TEST(JinyueFunctions, SayWhenTheyAreProvisional) {
  const calendar::Calendar calendar = smallCalendar();
  Facts facts = testing::facts();
  facts.calendar = &calendar;
  EXPECT_EQ(withFacts("is working day(@\"2027-10-01\")", facts), "true!feel.provisional");
  EXPECT_EQ(withFacts("add working days(@\"2026-12-31\", 1)", facts), "@\"2027-01-01\"!feel.provisional");
  EXPECT_EQ(withFacts("add working days(@\"2026-12-30\", 1)", facts), "@\"2026-12-31\"");
  EXPECT_EQ(withFacts("working days between(@\"2026-12-31\", @\"2027-01-05\")", facts), "3!feel.provisional");
  EXPECT_EQ(withFacts("working days between(@\"2026-12-01\", @\"2026-12-31\")", facts), "22");
}

/// The examples of docs/feel.md, with the calendar of China.
TEST(JinyueFunctions, ReckonWithTheCalendarOfChina) {
  std::ifstream in(JINYUE_SOURCE_DIR "/packs/china/calendar.json");
  std::stringstream text;
  text << in.rdbuf();
  const auto calendar = calendar::Calendar::read(text.str());
  ASSERT_TRUE(calendar) << describe(calendar.error());
  Facts facts = testing::facts();
  facts.calendar = &*calendar;
  EXPECT_EQ(withFacts("add working days(@\"2026-09-30\", 1)", facts), "@\"2026-10-08\"");
  EXPECT_EQ(withFacts("working days between(@\"2026-09-30\", @\"2026-10-12\")", facts), "4");
  EXPECT_EQ(withFacts("[@\"2026-10-08\", @\"2026-10-10\", @\"2026-10-11\"][is working day(item)]", facts),
            "[@\"2026-10-08\", @\"2026-10-10\"]");
}

TEST(JinyueFunctions, lookUpOnADay) {
  Facts facts = testing::facts();
  facts.lookup = [](std::string_view name, const Value& key, Date day) {
    return Value(Context{{"register", name}, {"key", key}, {"day", Value::of(day)}});
  };
  EXPECT_EQ(withFacts("lookup(\"firms\", 7, @\"2026-11-23\")", facts),
            "{register: \"firms\", key: 7, day: @\"2026-11-23\"}");
  EXPECT_EQ(withFacts("lookup(\"firms\", 7, @\"2026-11-23T23:59:00+08:00\").day", facts), "@\"2026-11-23\"");
  EXPECT_EQ(withFacts("lookup(\"firms\", 7, @\"99999-11-23\")", facts), "null!feel.out-of-range");
  EXPECT_EQ(withFacts("lookup(register: \"firms\", key: [1], date: today()).key", facts), "[1]");
}

}  // namespace jinyue_test
}  // namespace jinyue::feel
