// Random calendars and clocks, made from choices; who chooses is a parameter, so that property tests and the
// fuzzer tell the same stories.
#pragma once

#include <concepts>
#include <set>

#include "calendar/clock.h"

namespace jinyue::calendar {

/// choose(low, high) gives a number from low to high, both included.
template <class C>
concept Chooser = requires(C& choose) {
  { choose(0, 1) } -> std::convertible_to<int>;
};

/// Data that the reader accepts: some years with holidays and make-up days anywhere.
template <Chooser C>
CalendarData randomCalendar(C&& choose) {
  using std::chrono::days;
  CalendarData data{"test", {"测试", "test"}, "1", {}, {{}, "测试"}};
  const int first = choose(2019, 2024);
  const int count = choose(1, 4);
  std::set<Date> taken;
  for (int y = 0; y < count; ++y) {
    CalendarYear year{first + y, {"通知", "https://example.org/" + std::to_string(first + y)}, {}};
    const Date begin = makeDate(year.year - 1, 12, 1);
    const int length = static_cast<int>((makeDate(year.year, 12, 31) - begin).count());
    const int wanted = choose(1, 9);
    for (int h = 0; h < wanted || year.holidays.empty(); ++h) {
      Holiday holiday{{"假日", "holiday"}, begin + days{choose(0, length)}, {}, {}};
      while (taken.contains(holiday.from))
        holiday.from = begin + days{(holiday.from - begin).count() % length + 1};
      holiday.to = holiday.from;
      taken.insert(holiday.from);
      for (int more = choose(0, 9); more > 0; --more) {
        const Date next = holiday.to + days{1};
        if (next > begin + days{length} || !taken.insert(next).second) break;
        holiday.to = next;
      }
      for (int more = choose(0, 2); more > 0; --more) {
        const Date near = std::clamp(holiday.from + days{choose(-20, 20)}, begin, begin + days{length});
        const std::chrono::weekday weekday{near};
        const bool weekend = weekday == std::chrono::Saturday || weekday == std::chrono::Sunday;
        if (weekend && taken.insert(near).second) holiday.made_up_on.push_back(near);
      }
      year.holidays.push_back(std::move(holiday));
    }
    data.years.push_back(std::move(year));
  }
  for (int from = choose(0, 700); from < 1440 && data.hours.periods.size() < 3;) {
    const int to = std::min(1440, from + choose(15, 400));
    data.hours.periods.push_back({{std::chrono::minutes{from}}, {std::chrono::minutes{to}}});
    from = to + choose(1, 200);
  }
  return data;
}

template <Chooser C>
ClockRule randomRule(C&& choose) {
  ClockRule rule;
  rule.id = "r";
  rule.name = {"规则", "rule"};
  rule.source = "测试";
  rule.unit = static_cast<ClockUnit>(choose(0, 3));
  rule.start = static_cast<ClockStart>(choose(0, 1));
  rule.amount = choose(1, 12);
  if (choose(0, 2) == 0) rule.statutory = rule.amount + choose(0, 9);
  if (choose(0, 4) == 0) rule.extension_limit = choose(0, 9);
  rule.roll = countsWholeDays(rule) && choose(0, 1) == 1;
  rule.yellow_percent = choose(1, 100);
  return rule;
}

/// A clock with what happened to it, and the moment at which somebody looks.
struct Story {
  ClockRule rule;
  ClockRun run;
  Instant now;
};

/// Whole minutes, so that a naive clock can follow; often at midnight, where mistakes live.
template <Chooser C>
Instant later(C&& choose, Instant at) {
  using namespace std::chrono;
  switch (choose(0, 3)) {
    case 0: return at;
    case 1: return at + minutes{choose(0, 600)};
    case 2: return at + minutes{choose(0, 9 * 1440)};
    default: return startOf(dateOf(at) + days{choose(1, 9)});
  }
}

template <Chooser C>
Story randomStory(C&& choose) {
  Story story{randomRule(choose), {}, {}};
  Instant at = startOf(makeDate(choose(2019, 2027), 1, 1) + std::chrono::days{choose(0, 364)});
  story.run = *start(at += std::chrono::minutes{choose(0, 1439)});
  for (int events = choose(0, 6); events > 0; --events) {
    at = later(choose, at);
    const bool is_paused = !story.run.pauses.empty() && !story.run.pauses.back().to;
    const int what = choose(0, 9);
    if (what == 0) {
      auto extended = extend(story.rule, story.run, at, choose(1, 5), "复杂", "局长");
      if (extended) story.run = *std::move(extended);  // a rule may allow no more
    } else if (what == 1 && events == 1) {
      story.run = *stop(std::move(story.run), at);
    } else if (is_paused) {
      story.run = *resume(std::move(story.run), at);
    } else {
      story.run = *pause(std::move(story.run), at, "听证");
    }
  }
  story.now = later(choose, at);
  return story;
}

}  // namespace jinyue::calendar
