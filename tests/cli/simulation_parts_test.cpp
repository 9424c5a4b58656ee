// What a simulation is made of: chance, time, queues, and the file of a city.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include "calendar/calendar.h"
#include "cli/simulation/chance.h"
#include "cli/simulation/event_queue.h"
#include "cli/simulation/pool.h"
#include "cli/simulation/sim_city.h"
#include "support/test_city.h"

namespace jinyue::cli {
namespace simulation_parts_test {

std::string textOfFile(const std::string& path) {
  return readFile(std::string{JINYUE_SOURCE_DIR} + "/" + path).value();
}

TEST(SimChance, TheSameSeedGivesTheSameAndTheSharesAreRight) {
  Chance one = Chance::of(1, 2, 3);
  Chance two = Chance::of(1, 2, 3);
  Chance other = Chance::of(1, 2, 4);
  EXPECT_EQ(one.next(), two.next());
  EXPECT_NE(one.next(), other.next());
  Chance chance(42);
  constexpr int times = 20'000;
  int happened = 0;
  int below_median = 0;
  double arrivals = 0;
  int heavy = 0;
  const double weights[] = {1, 0, 3};
  for (int i = 0; i < times; ++i) {
    happened += chance.happens(0.3);
    below_median += chance.lognormal(10, 0.5) < 10;
    arrivals += chance.poisson(45);
    const std::size_t index = chance.weighted(weights);
    EXPECT_NE(index, 1U);
    heavy += index == 2;
  }
  EXPECT_NEAR(happened, times * 0.3, times * 0.02);
  EXPECT_NEAR(below_median, times * 0.5, times * 0.02);
  EXPECT_NEAR(arrivals / times, 45, 0.5);
  EXPECT_NEAR(heavy, times * 0.75, times * 0.02);
}

TEST(SimEventQueue, WhatHasTheSameTimeHappensInTheOrderItWasPutIn) {
  EventQueue<int> queue;
  const Instant noon = *parseInstant("2026-09-07T04:00:00Z");
  queue.at(noon + std::chrono::hours{1}, 3);
  queue.at(noon, 1);
  queue.at(noon, 2);
  EXPECT_EQ(*queue.next(), noon);
  EXPECT_EQ(queue.take(), 1);
  EXPECT_EQ(queue.take(), 2);
  EXPECT_EQ(queue.take(), 3);
  EXPECT_FALSE(queue.next());
}

TEST(SimOfficeTime, WorkGoesOnInTheHoursOfTheOfficeOnly) {
  const auto calendar = calendar::Calendar::read(textOfFile("packs/china/calendar.json"));
  ASSERT_TRUE(calendar);
  const OfficeTime time(*calendar);
  const auto at = [](const char* text) { return *parseInstant(text); };
  // Wednesday evening before the holiday of October: it goes on when the office
  // opens again.
  const Instant evening = at("2026-09-30T20:00:00+08:00");
  const Instant opens = time.nextOpen(evening, Shift::office);
  EXPECT_TRUE(calendar->isWorkingDay(dateOf(opens)));
  EXPECT_EQ(dateOf(opens), calendar->nextWorkingDay(dateOf(evening)));
  EXPECT_EQ(time.after(evening, std::chrono::minutes{30}, Shift::office), opens + std::chrono::minutes{30});
  EXPECT_EQ(time.after(evening, std::chrono::minutes{30}, Shift::always), evening + std::chrono::minutes{30});
  // A whole day's work ends when the next day begins.
  EXPECT_EQ(time.after(opens, calendar->workingTimePerDay(), Shift::office),
            time.nextOpen(startOf(calendar->nextWorkingDay(dateOf(opens))), Shift::office));
}

TEST(SimPool, EachDoesOneThingAtATimeAndNobodyWhatTheyMayNot) {
  Pool pool({{"a", "u", {"r"}}, {"b", "u", {"r"}}}, Shift::office);
  pool.add({{1, 1}, {}, {"a"}});
  pool.add({{2, 1}, {}, {"a"}});
  pool.add({{3, 1}, {}, {}});
  const auto first = pool.take();
  ASSERT_TRUE(first);
  EXPECT_EQ(first->person, 1U);  // a may not
  const auto second = pool.take();
  ASSERT_TRUE(second);
  EXPECT_EQ(second->work.task.case_id,
            3);  // the second work waits for b, so a takes the third
  EXPECT_FALSE(pool.take());
  EXPECT_EQ(pool.waiting(), 1U);
  pool.free(first->person);
  EXPECT_EQ(pool.take()->work.task.case_id, 2);
  EXPECT_TRUE(pool.anyoneBut({"a"}));
  EXPECT_FALSE(pool.anyoneBut({"a", "b"}));
}

TEST(SimCityFile, BothCitiesAreSoundAndSayWhatIsMadeUp) {
  for (const char* file : {"simulations/demonstration.json", "simulations/dalian.json"}) {
    const auto city = readSimCity(textOfFile(file));
    ASSERT_TRUE(city) << file << describe(city.error());
    EXPECT_FALSE(city->made_up.zh.empty());
    EXPECT_FALSE(city->made_up.en.empty());
    // Over a year the hours add up to what the rate says.
    const Stream& stream = city->streams.front();
    double year = 0;
    const Instant begin = startOf(makeDate(2026, 1, 1));
    for (int hour = 0; hour < 365 * 24; ++hour)
      year += meanArrivals(*city, stream, begin + std::chrono::hours{hour});
    EXPECT_NEAR(year, city->population / 1000 * stream.per_1000_a_year, year * 0.02);
    // Night is quieter than morning.
    EXPECT_LT(meanArrivals(*city, stream, begin + std::chrono::hours{3}),
              meanArrivals(*city, stream, begin + std::chrono::hours{9}) / 4);
    EXPECT_GT(stepTimeOf(*city, "hotline-order", "handle").wait, 0);
    EXPECT_EQ(stepTimeOf(*city, "no-such", "step").work, city->steps.at("default").work);
  }
}

TEST(SimCityFile, WhatIsWrongIsSaidAtOnce) {
  const auto wrong = readSimCity(
      R"({"population": 0, "tick_minutes": 7, "streams": [{"what": "hotline", "per_1000_a_year": 1, "hours": [1, 2]}],
          "chances": {"reached": 1.5}})");
  ASSERT_FALSE(wrong);
  EXPECT_EQ(wrong.error().code, "city.invalid");
  std::vector<std::string> where;
  for (const Problem& cause : wrong.error().causes) where.push_back(cause.where);
  EXPECT_THAT(where, testing::IsSupersetOf({"/population", "/tick_minutes", "/streams/0/hours",
                                            "/streams/0/source", "/chances/reached", "/matters"}));
  const auto unknown = readSimCity(R"({"populaton": 5})");
  ASSERT_FALSE(unknown);
}

}  // namespace simulation_parts_test
}  // namespace jinyue::cli
