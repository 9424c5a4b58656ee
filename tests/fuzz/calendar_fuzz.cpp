// The calendar reader and the clocks under any input. JSON is read as a calendar and as a clock; other bytes
// are choices from which a calendar, a rule and a run of allowed and forbidden operations are made. Whatever
// was accepted must hold the invariants, and agree with the naive clock.
#include <cstdio>
#include <cstdlib>

#include "calendar/china.h"
#include "calendar/invariants.h"
#include "calendar/naive.h"
#include "calendar/story.h"

namespace jinyue::calendar {
namespace {

void require(bool good, const char* what) {
  if (good) return;
  std::fprintf(stderr, "broken: %s\n", what);
  std::abort();
}

void requireNothing(const Complaint& complaint) { require(!complaint, complaint ? complaint->c_str() : ""); }

/// Choices from bytes; when they run out, the lowest.
class Bytes {
 public:
  explicit Bytes(std::string_view bytes) : bytes_(bytes) {}
  int operator()(int low, int high) {
    unsigned value = 0;
    for (int i = 0; i < 2 && !bytes_.empty(); ++i) {
      value = value * 256 + static_cast<unsigned char>(bytes_.front());
      bytes_.remove_prefix(1);
    }
    return low + static_cast<int>(value % static_cast<unsigned>(high - low + 1));
  }

 private:
  std::string_view bytes_;
};

struct Clock {
  ClockRule rule;
  ClockRun run;
  Instant now;
};
BOOST_DESCRIBE_STRUCT(Clock, (), (rule, run, now))

void checkCalendar(const Calendar& calendar) {
  const auto again = Calendar::read(toJson(calendar.data()));
  require(again && again->data() == calendar.data(), "a calendar does not read back the same");
  const Date begin = makeDate(calendar.data().years.front().year - 2, 12, 25);
  const Date end = begin + std::chrono::days{1200};
  std::int64_t worked = 0;
  for (Date date = begin; date < end; date += std::chrono::days{1}) {
    require(calendar.workingDaysBetween(begin - std::chrono::days{1}, date - std::chrono::days{1}) == worked,
            "working days are miscounted");
    if (calendar.isWorkingDay(date)) {
      require(calendar.addWorkingDays(begin - std::chrono::days{1}, worked + 1) == date,
              "days are added wrongly");
      require(calendar.addWorkingDays(date, -worked) == calendar.rollForward(begin),
              "days are subtracted wrongly");
      ++worked;
    }
  }
}

void checkClock(const ClockRule& rule, const ClockRun& run, const Calendar& calendar, Instant now) {
  if (!checkRule(rule) || !checkRun(rule, run)) return;
  requireNothing(wrongDeadline(rule, run, calendar, now));
  requireNothing(wrongExplanation(rule, run, calendar, now));
}

/// Tries any operation, allowed or not.
Result<ClockRun> tryOperation(Bytes& choose, const ClockRule& rule, const ClockRun& run, Instant at) {
  const std::string reason = choose(0, 9) == 0 ? "" : "听证";
  switch (choose(0, 4)) {
    case 0: return pause(run, at, reason);
    case 1: return resume(run, at);
    case 2: return extend(rule, run, at, choose(-1, 40), reason, "局长");
    case 3: return choose(0, 5) == 0 ? stop(run, at) : pause(run, at, reason);
    default: return resume(run, at);
  }
}

void playStory(Bytes choose) {
  const bool is_china = choose(0, 1) == 0;
  const auto made = is_china ? Result<Calendar>(china()) : Calendar::make(randomCalendar(choose));
  require(made.has_value(), "a good calendar was refused");
  if (!is_china) checkCalendar(*made);
  Story story = randomStory(choose);
  for (int tries = choose(0, 12); tries > 0; --tries) {
    const Instant at =
        later(choose, lastEvent(story.run)) - std::chrono::minutes{choose(0, 3) == 0 ? choose(0, 2000) : 0};
    const auto after = tryOperation(choose, story.rule, story.run, at);
    if (!after) {
      require(!after.error().code.empty() && !after.error().title.zh.empty(), "a refusal without words");
      continue;
    }
    require(at >= lastEvent(story.run), "something happened before what had already happened");
    require(!story.run.stopped, "something happened to a stopped clock");
    require(checkRun(story.rule, *after).has_value(), "an operation made a bad run");
    story.run = *after;
    story.now = std::max(story.now, at);
  }
  checkClock(story.rule, story.run, *made, story.now);
  const int total = story.rule.amount + extendedBy(story.run);
  require(deadline(story.rule, story.run, *made, story.now).due ==
              naiveDue(story.rule, story.run, *made, story.now, total),
          "the deadline is not that of the naive clock");
}

void readJsonAsEither(std::string_view text) {
  if (const auto calendar = Calendar::read(text)) {
    checkCalendar(*calendar);
    const Instant at = startOf(calendar->lastAnnouncedDay()) - std::chrono::hours{2000};
    for (const ClockUnit unit : {ClockUnit::working_day, ClockUnit::working_hour}) {
      for (const ClockStart begin : {ClockStart::same_instant, ClockStart::next_day}) {
        checkClock(rule(unit, 30, begin), *pause(*start(at), at + std::chrono::hours{99}, "听证"), *calendar,
                   at + std::chrono::hours{300});
      }
    }
  } else {
    require(!calendar.error().code.empty(), "a refusal without a code");
  }
  if (const auto clock = fromJson<Clock>(text)) {
    const auto again = fromJson<ClockRun>(toJson(clock->run));
    if (checkRun(clock->rule, clock->run))
      require(again && *again == clock->run, "a run does not read back the same");
    checkClock(clock->rule, clock->run, china(), clock->now);
  }
}

}  // namespace
}  // namespace jinyue::calendar

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  if (bytes.starts_with('{')) jinyue::calendar::readJsonAsEither(bytes);
  else jinyue::calendar::playStory(jinyue::calendar::Bytes(bytes));
  return 0;
}
