// Clocks by example: each start rule and unit, pauses, extensions, lights, and what is refused.
#include "calendar/clock.h"

#include <gmock/gmock.h>

#include "calendar/china.h"

namespace jinyue::calendar {
namespace clock_test {

using enum ClockUnit;
using enum ClockStart;
using testing::ElementsAre;
using testing::UnorderedElementsAre;

const Instant long_after = at("2026-12-31 12:00");

std::string dueOf(const ClockRule& rule, const ClockRun& run, Instant now = long_after) {
  return inChina(deadline(rule, run, china(), now).due);
}

std::string yellowOf(const ClockRule& rule, const ClockRun& run, Instant now = long_after) {
  return inChina(deadline(rule, run, china(), now).yellow);
}

ClockRun started(std::string_view text) { return *start(at(text)); }

ClockRun paused(ClockRun run, std::string_view from, std::string_view to = {}) {
  run = *pause(std::move(run), at(from), "补正材料");
  return to.empty() ? run : *resume(std::move(run), at(to));
}

template <class T>
std::string codeOf(const Result<T>& result) {
  return result ? "accepted" : result.error().code + " " + result.error().where;
}

std::vector<std::string> problemsOf(const Result<void>& result) {
  std::vector<std::string> seen;
  if (result) return seen;
  if (result.error().causes.empty()) return {result.error().code + " " + result.error().where};
  for (const Problem& cause : result.error().causes) seen.push_back(cause.code + " " + cause.where);
  return seen;
}

// --- what counts ---

TEST(Clock, WholeWorkingDaysDoNotCountTheStartDay) {
  EXPECT_EQ(dueOf(rule(working_day, 1), started("2026-03-02 00:00")), "2026-03-04 00:00");
  EXPECT_EQ(dueOf(rule(working_day, 1), started("2026-03-02 23:59")), "2026-03-04 00:00");
  EXPECT_EQ(dueOf(rule(working_day, 1), started("2026-03-06 10:00")), "2026-03-10 00:00");
  EXPECT_EQ(dueOf(rule(working_day, 1), started("2026-03-07 10:00")), "2026-03-10 00:00");  // a Saturday
}

TEST(Clock, WorkingDaysFromAnInstantEndAtTheSameTimeOfDay) {
  EXPECT_EQ(dueOf(rule(working_day, 1, same_instant), started("2026-03-06 10:00")), "2026-03-09 10:00");
  EXPECT_EQ(dueOf(rule(working_day, 5, same_instant), started("2026-09-29 16:30")), "2026-10-12 16:30");
  // Begun on a day off it has no time of day to end at: it has all of Monday.
  EXPECT_EQ(dueOf(rule(working_day, 1, same_instant), started("2026-03-07 10:00")), "2026-03-10 00:00");
}

TEST(Clock, NaturalDays) {
  EXPECT_EQ(dueOf(rule(natural_day, 20), started("2022-01-12 09:00")), "2022-02-02 00:00");
  EXPECT_EQ(dueOf(rule(natural_day, 20, same_instant), started("2022-01-12 09:00")), "2022-02-01 09:00");
}

TEST(Clock, Hours) {
  EXPECT_EQ(dueOf(rule(hour, 24, same_instant), started("2026-09-30 16:45")), "2026-10-01 16:45");
  EXPECT_EQ(dueOf(rule(hour, 24), started("2026-09-30 16:45")), "2026-10-02 00:00");
}

TEST(Clock, WorkingHoursLieInTheWorkingPeriods) {
  EXPECT_EQ(dueOf(rule(working_hour, 1, same_instant), started("2026-03-02 08:45")), "2026-03-02 09:45");
  EXPECT_EQ(dueOf(rule(working_hour, 1, same_instant), started("2026-03-02 11:00")), "2026-03-02 13:30");
  EXPECT_EQ(dueOf(rule(working_hour, 1, same_instant), started("2026-03-02 16:30")), "2026-03-03 09:00");
  EXPECT_EQ(dueOf(rule(working_hour, 1, same_instant), started("2026-03-02 05:00")), "2026-03-02 09:30");
  EXPECT_EQ(dueOf(rule(working_hour, 1, same_instant), started("2026-09-30 16:30")), "2026-10-08 09:00");
  EXPECT_EQ(dueOf(rule(working_hour, 1, same_instant), started("2026-09-19 12:00")), "2026-09-20 09:30");
  EXPECT_EQ(dueOf(rule(working_hour, 14), started("2026-03-02 09:00")),
            "2026-03-04 17:00");  // two days of seven
}

TEST(Clock, EndsWithTheWorkNotWithTheNextBeginning) {
  EXPECT_EQ(dueOf(rule(working_hour, 3, same_instant), started("2026-03-02 08:30")), "2026-03-02 11:30");
  EXPECT_EQ(dueOf(rule(working_hour, 7, same_instant), started("2026-03-06 08:30")), "2026-03-06 17:00");
  EXPECT_EQ(dueOf(rule(working_day, 1, same_instant), started("2026-03-06 00:00")), "2026-03-07 00:00");
}

TEST(Clock, TheClassicMistake) {
  // Sent on the last day before National Day 2022 with two working days: due on a Sunday, and rightly so.
  EXPECT_EQ(dueOf(rule(working_day, 2), started("2022-09-30 17:00")), "2022-10-10 00:00");
}

TEST(Clock, APenaltyPaidWithinFifteenDays) {
  ClockRule fine = rule(natural_day, 15);  // 行政处罚法 art 67, received on 15 April
  EXPECT_EQ(dueOf(fine, started("2022-04-15 11:00")), "2022-05-01 00:00");
  fine.roll = true;
  EXPECT_EQ(dueOf(fine, started("2022-04-15 11:00")), "2022-05-06 00:00");
}

// --- pauses ---

TEST(Pause, TheDayOfThePauseDoesNotCountTheDayOfResumptionDoes) {
  const ClockRule five = rule(working_day, 5);
  const ClockRun run = started("2026-03-02 10:00");  // a Monday; due at the end of the next Monday
  EXPECT_EQ(dueOf(five, run), "2026-03-10 00:00");
  EXPECT_EQ(dueOf(five, paused(run, "2026-03-04 09:00", "2026-03-06 16:00")), "2026-03-12 00:00");
  EXPECT_EQ(dueOf(five, paused(run, "2026-03-04 00:00", "2026-03-06 00:00")), "2026-03-12 00:00");
  EXPECT_EQ(dueOf(five, paused(run, "2026-03-04 23:59", "2026-03-05 00:00")), "2026-03-11 00:00");
  EXPECT_EQ(dueOf(five, paused(run, "2026-03-06 12:00", "2026-03-09 12:00")), "2026-03-11 00:00");
}

TEST(Pause, WithinADayOrOverAWeekendItChangesNothing) {
  const ClockRule five = rule(working_day, 5);
  const ClockRun run = started("2026-03-02 10:00");
  EXPECT_EQ(dueOf(five, paused(run, "2026-03-04 09:00", "2026-03-04 17:00")), dueOf(five, run));
  EXPECT_EQ(dueOf(five, paused(run, "2026-03-07 00:00", "2026-03-09 12:00")), dueOf(five, run));
  EXPECT_EQ(dueOf(five, paused(run, "2026-03-02 11:00", "2026-03-03 12:00")), dueOf(five, run));  // start day
}

TEST(Pause, OnTheLastDayHoldsTheClock) {
  const ClockRule one = rule(working_day, 1);
  const ClockRun run = paused(started("2026-03-02 10:00"), "2026-03-03 16:59");
  EXPECT_EQ(dueOf(one, run, at("2026-03-03 17:00")), "2026-03-04 00:00");
  EXPECT_EQ(dueOf(one, run, at("2026-03-04 00:00")), "2026-03-05 00:00");
  EXPECT_EQ(dueOf(one, run, at("2026-03-06 10:00")), "2026-03-07 00:00");
  EXPECT_EQ(dueOf(one, run, at("2026-03-07 10:00")), "2026-03-10 00:00");
  EXPECT_EQ(dueOf(one, *resume(run, at("2026-03-06 10:00"))), "2026-03-07 00:00");
}

TEST(Pause, OnTheDayThatALastDayRolledToHoldsTheClock) {
  ClockRule fine = rule(natural_day, 2);
  fine.roll = true;
  const ClockRun run = started("2022-04-28 11:00");  // ends on 30 April, rolls to 5 May
  EXPECT_EQ(dueOf(fine, run), "2022-05-06 00:00");
  EXPECT_EQ(dueOf(fine, paused(run, "2022-05-05 11:00"), at("2022-05-06 09:00")), "2022-05-07 00:00");
  EXPECT_EQ(dueOf(fine, paused(run, "2022-05-01 11:00", "2022-05-05 09:00")), "2022-05-06 00:00");
}

TEST(Pause, AfterTheDeadlineComesTooLate) {
  const ClockRule one = rule(working_day, 1);
  const ClockRun run = started("2026-03-02 10:00");
  EXPECT_EQ(dueOf(one, paused(run, "2026-03-04 00:00", "2026-03-20 00:00")), dueOf(one, run));
}

TEST(Pause, OfMeasuredTimeMovesTheDeadlineByItsLength) {
  EXPECT_EQ(dueOf(rule(hour, 24, same_instant),
                  paused(started("2026-03-02 10:00"), "2026-03-02 11:15", "2026-03-02 12:00")),
            "2026-03-03 10:45");
  EXPECT_EQ(dueOf(rule(working_hour, 2, same_instant),
                  paused(started("2026-03-02 10:00"), "2026-03-02 11:00", "2026-03-02 13:30")),
            "2026-03-02 14:30");
  EXPECT_EQ(dueOf(rule(working_day, 2, same_instant),
                  paused(started("2026-03-05 10:00"), "2026-03-06 08:00", "2026-03-10 08:00")),
            "2026-03-11 10:00");
}

TEST(Pause, AtTheVeryDeadlineComesTooLate) {
  const ClockRule day_long = rule(hour, 24, same_instant);
  const ClockRun run = started("2026-03-02 10:00");
  EXPECT_EQ(dueOf(day_long, paused(run, "2026-03-03 10:00", "2026-03-05 10:00")), "2026-03-03 10:00");
  EXPECT_EQ(dueOf(day_long, paused(run, "2026-03-03 09:59", "2026-03-05 09:59")), "2026-03-05 10:00");
}

TEST(Pause, StillOpenWhenTheClockStoppedEndsWithIt) {
  const ClockRun open = paused(started("2026-03-02 10:00"), "2026-03-04 09:00");
  const ClockRun closed = *stop(open, at("2026-03-06 16:00"));
  EXPECT_EQ(closed.pauses.back().to, at("2026-03-06 16:00"));
  ClockRun left_open = open;  // as a file may say it
  left_open.stopped = closed.stopped;
  EXPECT_EQ(dueOf(rule(working_day, 5), left_open), "2026-03-12 00:00");
  EXPECT_EQ(dueOf(rule(working_day, 5), closed), "2026-03-12 00:00");
}

TEST(Pause, MayBeLookedAtFromAnyTime) {
  const ClockRun run = paused(started("2026-03-02 10:00"), "2026-03-04 09:00");
  EXPECT_EQ(dueOf(rule(natural_day, 5), run, Instant::max()), "2200-01-04 00:00");
  EXPECT_EQ(dueOf(rule(natural_day, 5), run, Instant::min()), "2026-03-08 00:00");
}

TEST(Pause, DoesNotHurryAClockThatHasNotBegun) {
  const ClockRule next_morning = rule(hour, 1);
  EXPECT_EQ(dueOf(next_morning, paused(started("2026-03-02 10:00"), "2026-03-02 11:00", "2026-03-02 23:00")),
            "2026-03-03 01:00");
  EXPECT_EQ(dueOf(next_morning, paused(started("2026-03-02 10:00"), "2026-03-02 11:00", "2026-03-03 08:00")),
            "2026-03-03 09:00");
}

// --- the law's time, extensions, announced years ---

TEST(Extension, AddsToTheAmountAndToTheLawOnlyBeyondIt) {
  ClockRule licence = rule(working_day, 5);
  licence.statutory = 20;
  const auto days = [&](const ClockRun& run) {
    const Deadline result = deadline(licence, run, china(), long_after);
    const auto since = [&](Instant until) {
      return china().workingDaysBetween(dateOf(run.started), dateOf(until - Millis{1}));
    };
    return std::pair{since(result.due), since(*result.statutory)};
  };
  ClockRun run = started("2026-03-02 10:00");
  EXPECT_EQ(days(run), std::pair(5L, 20L));
  run = *extend(licence, run, at("2026-03-03 10:00"), 10, "案情复杂", "局长");
  EXPECT_EQ(days(run), std::pair(15L, 20L));
  run = *extend(licence, run, at("2026-03-04 10:00"), 10, "案情复杂", "局长");
  EXPECT_EQ(days(run), std::pair(25L, 25L));
}

TEST(Clock, PastTheAnnouncedYearsItIsProvisional) {
  const ClockRun run = started("2026-12-29 10:00");
  const auto provisional = [&](const ClockRule& rule) {
    return deadline(rule, run, china(), long_after).provisional;
  };
  EXPECT_FALSE(provisional(rule(working_day, 2)));
  EXPECT_TRUE(provisional(rule(working_day, 3)));
  EXPECT_FALSE(provisional(rule(working_day, 2, same_instant)));
  EXPECT_TRUE(provisional(rule(working_hour, 21, same_instant)));
  EXPECT_FALSE(provisional(rule(natural_day, 30)));  // holidays have no say
  EXPECT_FALSE(provisional(rule(hour, 300, same_instant)));
  ClockRule rolled = rule(natural_day, 2);
  rolled.roll = true;
  EXPECT_FALSE(provisional(rolled));
  rolled.amount = 3;
  EXPECT_TRUE(provisional(rolled));
  ClockRule with_law = rule(working_day, 1);
  with_law.statutory = 20;
  EXPECT_TRUE(provisional(with_law));
  EXPECT_TRUE(deadline(rule(working_day, 5), started("2021-12-30 10:00"), china(), long_after).provisional);
}

TEST(Clock, BeforeTheAnnouncedYearsARollIsProvisional) {
  CalendarData data = china().data();
  data.years.erase(data.years.begin());  // begins with 2023, whose first holiday is the last day of 2022
  const auto from_2023 = Calendar::make(data);
  ASSERT_TRUE(from_2023);
  ClockRule rolled = rule(natural_day, 2);
  rolled.roll = true;
  const Deadline result = deadline(rolled, started("2022-12-29 10:00"), *from_2023, long_after);
  EXPECT_EQ(inChina(result.due), "2023-01-04 00:00");
  EXPECT_TRUE(result.provisional);
}

// --- light ---

TEST(Light, TurnsWithTheShareOfDaysUsed) {
  const ClockRun run = started("2026-03-02 10:00");
  EXPECT_EQ(yellowOf(rule(working_day, 5), run), "2026-03-07 00:00");   // four of five days are used
  EXPECT_EQ(yellowOf(rule(working_day, 20), run), "2026-03-25 00:00");  // sixteen of twenty
  EXPECT_EQ(yellowOf(rule(working_day, 1), run), "2026-03-03 00:00");   // the last day is always yellow
  EXPECT_EQ(yellowOf(rule(hour, 10, same_instant), run), "2026-03-02 18:00");
  EXPECT_EQ(yellowOf(rule(working_hour, 10, same_instant), run), "2026-03-03 11:00");
  const Deadline five = deadline(rule(working_day, 5), run, china(), long_after);
  EXPECT_EQ(light(five, at("2026-03-06 23:59")), Light::green);
  EXPECT_EQ(light(five, at("2026-03-07 00:00")), Light::yellow);
  EXPECT_EQ(light(five, at("2026-03-09 23:59")), Light::yellow);
  EXPECT_EQ(light(five, at("2026-03-10 00:00")), Light::red);
}

TEST(Light, APausedClockKeepsItsColour) {
  const ClockRule five = rule(working_day, 5);
  const auto colour = [&](const char* paused_at) {
    const ClockRun run = paused(started("2026-03-02 10:00"), paused_at);
    const Deadline result = deadline(five, run, china(), long_after);
    EXPECT_TRUE(result.paused);
    return light(result, long_after);
  };
  EXPECT_EQ(colour("2026-03-06 23:59"), Light::green);
  EXPECT_EQ(colour("2026-03-07 00:00"), Light::yellow);
  EXPECT_EQ(colour("2026-03-09 23:59"), Light::yellow);
  EXPECT_EQ(colour("2026-03-10 00:00"), Light::red);
}

TEST(Light, APausedClockKeepsItsColourHoweverOldTheDeadlineIs) {
  const ClockRun run = paused(started("2026-03-02 10:00"), "2026-03-06 23:00");
  const Deadline computed_then = deadline(rule(working_day, 5), run, china(), at("2026-03-06 23:30"));
  EXPECT_EQ(light(computed_then, long_after), Light::green);
}

TEST(Light, AStoppedClockIsJudgedAtItsStop) {
  const ClockRule five = rule(working_day, 5);
  const auto colour = [&](const char* stopped_at) {
    const Deadline result =
        deadline(five, *stop(started("2026-03-02 10:00"), at(stopped_at)), china(), long_after);
    return light(result, long_after);
  };
  EXPECT_EQ(colour("2026-03-06 23:59"), Light::green);
  EXPECT_EQ(colour("2026-03-09 23:59"), Light::yellow);
  EXPECT_EQ(colour("2026-03-10 00:00"), Light::red);
}

TEST(Light, AClockStoppedWhilePausedKeepsTheColourOfThePause) {
  const ClockRule five = rule(working_day, 5);
  const ClockRun run = *stop(paused(started("2026-03-02 10:00"), "2026-03-06 23:00"), at("2026-08-01 10:00"));
  const Deadline result = deadline(five, run, china(), long_after);
  EXPECT_FALSE(result.paused);
  EXPECT_EQ(light(result, long_after), Light::green);
}

// --- what is refused ---

TEST(Operations, RefuseWhatIsNotPossible) {
  const ClockRule five = rule(working_day, 5);
  const ClockRun run = started("2026-03-02 10:00");
  const ClockRun held = paused(run, "2026-03-03 10:00");
  const ClockRun done = *stop(run, at("2026-03-03 10:00"));
  const Instant later = at("2026-03-04 10:00");

  EXPECT_EQ(codeOf(resume(run, later)), "clock.not-paused ");
  EXPECT_EQ(codeOf(pause(held, later, "听证")), "clock.paused ");
  EXPECT_EQ(codeOf(pause(done, later, "听证")), "clock.stopped ");
  EXPECT_EQ(codeOf(resume(done, later)), "clock.stopped ");
  EXPECT_EQ(codeOf(extend(five, done, later, 1, "复杂", "局长")), "clock.stopped ");
  EXPECT_EQ(codeOf(stop(done, later)), "clock.stopped ");

  EXPECT_EQ(codeOf(pause(run, at("2026-03-02 09:59"), "听证")), "clock.backwards /at");
  EXPECT_EQ(codeOf(resume(held, at("2026-03-03 09:59"))), "clock.backwards /at");
  EXPECT_EQ(codeOf(stop(held, at("2026-03-03 09:59"))), "clock.backwards /at");
  EXPECT_EQ(codeOf(pause(paused(run, "2026-03-03 10:00", "2026-03-05 10:00"), later, "听证")),
            "clock.backwards /at");
  const ClockRun extended = *extend(five, run, later, 1, "复杂", "局长");
  EXPECT_EQ(codeOf(pause(extended, at("2026-03-04 09:59"), "听证")), "clock.backwards /at");

  EXPECT_EQ(codeOf(pause(run, later, " 　\t")), "clock.reason /reason");
  EXPECT_EQ(codeOf(pause(run, later, "\xff")), "clock.reason /reason");
  EXPECT_EQ(codeOf(pause(run, later, std::string(2001, 'x'))), "clock.reason /reason");
  EXPECT_EQ(codeOf(pause(run, later, std::string(2000, 'x'))), "accepted");
  EXPECT_EQ(codeOf(extend(five, run, later, 1, "", "局长")), "clock.reason /reason");
  EXPECT_EQ(codeOf(extend(five, run, later, 1, "复杂", "")), "clock.approver /approved_by");

  EXPECT_EQ(codeOf(start(at("1899-12-31 12:00"))), "clock.time-range /at");
  EXPECT_EQ(codeOf(start(Instant::max())), "clock.time-range /at");
  EXPECT_EQ(codeOf(stop(run, at("2200-01-01 00:00"))), "clock.time-range /at");
}

TEST(Operations, RefuseExtensionsOutOfRange) {
  ClockRule five = rule(working_day, 5);
  const ClockRun run = started("2026-03-02 10:00");
  const Instant later = at("2026-03-04 10:00");
  const auto extendBy = [&](const ClockRun& before, int amount) {
    return extend(five, before, later, amount, "复杂", "局长");
  };
  EXPECT_EQ(codeOf(extendBy(run, 0)), "clock.amount /amount");
  EXPECT_EQ(codeOf(extendBy(run, -3)), "clock.amount /amount");
  EXPECT_EQ(codeOf(extendBy(run, max_clock_amount - 4)), "clock.amount /amount");
  EXPECT_EQ(codeOf(extendBy(run, max_clock_amount - 5)), "accepted");
  EXPECT_EQ(codeOf(extendBy(*extendBy(run, max_clock_amount - 5), 1)), "clock.amount /amount");
  five.extension_limit = 10;
  EXPECT_EQ(codeOf(extendBy(run, 11)), "clock.amount /amount");
  EXPECT_EQ(codeOf(extendBy(*extendBy(run, 7), 4)), "clock.amount /amount");
  EXPECT_EQ(codeOf(extendBy(*extendBy(run, 7), 3)), "accepted");
  five.extension_limit = 0;
  EXPECT_EQ(codeOf(extendBy(run, 1)), "clock.amount /amount");
}

TEST(Operations, TakeBackNoMoreThanWasAdded) {
  ClockRule five = rule(working_day, 5);
  five.extension_limit = 10;
  const ClockRun run = started("2026-03-02 10:00");
  const auto extendBy = [&](const ClockRun& before, int amount) {
    return extend(five, before, at("2026-03-04 10:00"), amount, "更正", "局长");
  };
  const ClockRun longer = *extendBy(run, 7);
  EXPECT_EQ(codeOf(extendBy(longer, -8)), "clock.amount /amount");
  const ClockRun again = *extendBy(longer, -7);
  EXPECT_EQ(extendedBy(again), 0);
  EXPECT_TRUE(checkRun(five, again));
  EXPECT_EQ(codeOf(extendBy(again, 10)), "accepted") << "what is taken back can be given again";
  EXPECT_EQ(codeOf(extendBy(again, -1)), "clock.amount /amount");
  ClockRun wrong = run;
  wrong.extensions = {{at("2026-03-03 10:00"), -2, "更正", "局长"},
                      {at("2026-03-04 10:00"), 2, "更正", "局长"}};
  EXPECT_FALSE(checkRun(five, wrong)) << "taken back before it was added";
}

TEST(Operations, LimitHowOftenAClockCanBePaused) {
  ClockRun run = started("2026-03-02 10:00");
  for (std::size_t i = 0; i < max_clock_events; ++i)
    run = paused(std::move(run), "2026-03-02 10:00", "2026-03-02 10:00");
  EXPECT_EQ(codeOf(pause(run, at("2026-03-02 10:00"), "听证")), "clock.too-many ");
  EXPECT_TRUE(checkRun(rule(working_day, 5), run));
}

TEST(Rule, NamesEveryProblemAtOnce) {
  ClockRule bad;
  bad.statutory = 0;
  bad.extension_limit = -1;
  bad.start = same_instant;
  bad.roll = true;
  bad.yellow_percent = 0;
  EXPECT_THAT(
      problemsOf(checkRule(bad)),
      UnorderedElementsAre("clock.empty /id", "clock.empty /name/zh", "clock.empty /name/en",
                           "clock.amount /amount", "clock.amount /statutory", "clock.amount /extension_limit",
                           "clock.roll /roll", "clock.percent /yellow_percent", "clock.empty /source"));
  ClockRule broken_promise = rule(working_day, 21);
  broken_promise.statutory = 20;
  EXPECT_THAT(problemsOf(checkRule(broken_promise)), ElementsAre("clock.beyond-law /statutory"));
  ClockRule rolling_hours = rule(hour, 2);
  rolling_hours.roll = true;
  EXPECT_THAT(problemsOf(checkRule(rolling_hours)), ElementsAre("clock.roll /roll"));
  EXPECT_THAT(problemsOf(checkRule(rule(working_day, max_clock_amount))), ElementsAre());
  EXPECT_THAT(problemsOf(checkRule(rule(working_day, max_clock_amount + 1))),
              ElementsAre("clock.amount /amount"));
}

TEST(Run, NamesEveryProblemAtOnce) {
  ClockRun bad{at("2026-03-02 10:00"), {}, {}, at("2026-03-02 09:00")};
  bad.pauses.push_back({at("2026-03-01 10:00"), std::nullopt, ""});
  bad.pauses.push_back({at("2026-03-03 10:00"), at("2026-03-03 09:00"), "听证"});
  bad.extensions.push_back({at("2026-03-01 10:00"), 0, "", ""});
  EXPECT_THAT(problemsOf(checkRun(rule(working_day, 5), bad)),
              UnorderedElementsAre("clock.backwards /pauses/0/from", "clock.open-pause /pauses/0/to",
                                   "clock.reason /pauses/0/reason", "clock.backwards /pauses/1/to",
                                   "clock.backwards /extensions/0/at", "clock.amount /extensions/0/amount",
                                   "clock.reason /extensions/0/reason",
                                   "clock.approver /extensions/0/approved_by", "clock.backwards /stopped"));
  EXPECT_THROW((void)deadline(rule(working_day, 5), bad, china(), long_after), std::invalid_argument);
  EXPECT_THROW((void)deadline(rule(working_day, 0), started("2026-03-02 10:00"), china(), long_after),
               std::invalid_argument);
  ClockRun too_much = started("2026-03-02 10:00");
  too_much.extensions.assign(2, {at("2026-03-03 10:00"), std::numeric_limits<int>::max(), "复杂", "局长"});
  EXPECT_THAT(problemsOf(checkRun(rule(working_day, 5), too_much)), ElementsAre("clock.amount /extensions"));
}

}  // namespace clock_test
}  // namespace jinyue::calendar
