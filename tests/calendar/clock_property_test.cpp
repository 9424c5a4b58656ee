// What holds for every calendar, every rule and everything that can happen to a clock.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "calendar/china.h"
#include "calendar/invariants.h"
#include "calendar/naive.h"
#include "calendar/story.h"

namespace jinyue::calendar {
namespace {

using std::chrono::days;

/// The whole range from the first case on.
int choose(int low, int high) { return *rc::gen::resize(rc::kNominalSize, rc::gen::inRange(low, high + 1)); }

/// China mostly, because its edges are known; any other calendar now and then.
Calendar anyCalendar() {
  if (choose(0, 2) > 0) return china();
  auto made = Calendar::make(randomCalendar(choose));
  RC_ASSERT(made.has_value());
  return *std::move(made);
}

Story anyStory() {
  Story story = randomStory(choose);
  RC_LOG() << toJson(story.rule) << "\n" << toJson(story.run) << "\nnow " << formatInstant(story.now) << "\n";
  return story;
}

Deadline deadlineOf(const Story& story, const Calendar& calendar) {
  return deadline(story.rule, story.run, calendar, story.now);
}

/// Neither due date, nor yellow, nor the law's is earlier.
void requireNotEarlier(const Deadline& later, const Deadline& earlier) {
  RC_ASSERT(later.due >= earlier.due);
  RC_ASSERT(later.yellow >= earlier.yellow);
  if (later.statutory && earlier.statutory) RC_ASSERT(*later.statutory >= *earlier.statutory);
}

void requireSame(const Deadline& a, const Deadline& b) {
  RC_ASSERT(a.due == b.due);
  RC_ASSERT(a.yellow == b.yellow);
  RC_ASSERT(a.statutory == b.statutory);
}

// --- calendar ---

RC_GTEST_PROP(CalendarProperty, CountsAsANaiveLoopDoes, ()) {
  const Calendar calendar = anyCalendar();
  const Date from = calendar.firstAnnouncedDay() + days{choose(-400, 1900)};
  const int length = choose(0, 500);
  std::int64_t worked = 0;
  for (int i = 1; i <= length; ++i) worked += calendar.isWorkingDay(from + days{i});
  RC_ASSERT(calendar.workingDaysBetween(from, from + days{length}) == worked);
  RC_ASSERT(calendar.workingDaysBetween(from + days{length}, from) == -worked);
}

RC_GTEST_PROP(CalendarProperty, AddsAsANaiveLoopDoes, ()) {
  const Calendar calendar = anyCalendar();
  const Date from = calendar.firstAnnouncedDay() + days{choose(-400, 1900)};
  const int n = choose(-300, 300);
  Date date = from;
  for (int left = n; left != 0;) {
    date += days{n > 0 ? 1 : -1};
    if (calendar.isWorkingDay(date)) left -= n > 0 ? 1 : -1;
  }
  RC_ASSERT(calendar.addWorkingDays(from, n) == date);
}

RC_GTEST_PROP(CalendarProperty, AddingIsUndoneBySubtracting, ()) {
  const Calendar calendar = anyCalendar();
  const Date from = calendar.rollForward(calendar.firstAnnouncedDay() + days{choose(-4000, 9000)});
  const int n = choose(-5000, 5000);
  const Date there = calendar.addWorkingDays(from, n);
  RC_ASSERT(calendar.addWorkingDays(there, -n) == from);
  RC_ASSERT(calendar.workingDaysBetween(from, there) == n);
  RC_ASSERT(n == 0 || calendar.isWorkingDay(there));
  const int m = choose(-5000, 5000);
  RC_ASSERT(calendar.addWorkingDays(there, m) == calendar.addWorkingDays(from, n + m));
}

RC_GTEST_PROP(CalendarProperty, SaysWhatItsDataSays, ()) {
  const CalendarData data = randomCalendar(choose);
  const auto calendar = Calendar::read(toJson(data));
  RC_ASSERT(calendar.has_value());
  RC_ASSERT(calendar->data() == data);
  for (const CalendarYear& year : data.years) {
    for (const Holiday& holiday : year.holidays) {
      for (Date date = holiday.from; date <= holiday.to; date += days{1}) {
        RC_ASSERT(!calendar->isWorkingDay(date));
        RC_ASSERT(*calendar->holidayOf(date) == holiday);
        if (!calendar->isProvisional(date)) RC_ASSERT(*calendar->noticeFor(date) == year);
      }
      for (const Date date : holiday.made_up_on) RC_ASSERT(calendar->isMakeUpDay(date));
    }
  }
}

// --- clocks ---

RC_GTEST_PROP(ClockProperty, AgreesWithACountOnFingers, ()) {
  const Calendar calendar = anyCalendar();
  const Story story = anyStory();
  const auto& [rule, run, now] = story;
  const Deadline result = deadlineOf(story, calendar);
  const int total = rule.amount + extendedBy(run);
  RC_ASSERT(inChina(result.due) == inChina(naiveDue(rule, run, calendar, now, total)));
  if (rule.statutory) {
    const int law = std::max(*rule.statutory, total);
    RC_ASSERT(inChina(*result.statutory) == inChina(naiveDue(rule, run, calendar, now, law)));
  }
  if (countsWholeDays(rule)) {
    const int share = total * rule.yellow_percent / 100;
    RC_ASSERT(inChina(result.yellow) == inChina(naiveEnd(rule, run, calendar, now, share)));
  } else if (total * rule.yellow_percent % 100 == 0) {
    const int share = total * rule.yellow_percent / 100;
    RC_ASSERT(inChina(result.yellow) == inChina(naiveEnd(rule, run, calendar, now, share)));
  }
}

RC_GTEST_PROP(ClockProperty, HoldsWhatEveryDeadlineHolds, ()) {
  const Calendar calendar = anyCalendar();
  const auto [rule, run, now] = anyStory();
  RC_ASSERT(checkRule(rule).has_value());
  RC_ASSERT(checkRun(rule, run).has_value());
  RC_ASSERT(wrongDeadline(rule, run, calendar, now) == Complaint{});
}

RC_GTEST_PROP(ClockProperty, ExplanationAgreesWithTheDeadline, ()) {
  const Calendar calendar = anyCalendar();
  const auto [rule, run, now] = anyStory();
  RC_ASSERT(wrongExplanation(rule, run, calendar, now) == Complaint{});
}

RC_GTEST_PROP(ClockProperty, APauseOfNWorkingDaysMovesTheDeadlineByN, ()) {
  const Calendar calendar = anyCalendar();
  ClockRule rule = randomRule(choose);
  rule.unit = ClockUnit::working_day;
  rule.start = ClockStart::next_day;
  const Instant begin =
      startOf(makeDate(choose(2020, 2026), 1, 1) + days{choose(0, 364)}) + std::chrono::hours{10};
  const ClockRun run = *start(begin);
  const Date last = dateOf(deadline(rule, run, calendar, begin).due - Millis{1});
  // paused on a day that would count, resumed n working days later, each at any time of day
  const Date from = calendar.addWorkingDays(dateOf(begin), choose(1, rule.amount));
  const int n = choose(0, 30);
  const Date to = calendar.addWorkingDays(from, n);
  const std::chrono::minutes from_time{choose(0, 1439)};
  const std::chrono::minutes to_time{choose(n == 0 ? static_cast<int>(from_time.count()) : 0, 1439)};
  const ClockRun paused = *resume(*pause(run, startOf(from) + from_time, "听证"), startOf(to) + to_time);
  const Deadline result = deadline(rule, paused, calendar, begin);
  RC_ASSERT(formatDate(dateOf(result.due - Millis{1})) == formatDate(calendar.addWorkingDays(last, n)));
}

RC_GTEST_PROP(ClockProperty, APauseOfMeasuredWorkingDaysMovesTheDeadlineByN, ()) {
  const Calendar calendar = anyCalendar();
  ClockRule rule = randomRule(choose);
  rule.unit = ClockUnit::working_day;
  rule.start = ClockStart::same_instant;
  rule.roll = false;
  const auto time = [] { return std::chrono::minutes{choose(1, 1438)}; };
  const Date first = calendar.rollForward(makeDate(choose(2020, 2026), 1, 1) + days{choose(0, 364)});
  const ClockRun run = *start(startOf(first) + time());
  const Instant due = deadline(rule, run, calendar, run.started).due;
  const Instant from = startOf(calendar.addWorkingDays(first, choose(0, rule.amount))) + time();
  RC_PRE(from >= run.started && from < due);
  const int n = choose(0, 30);
  const Instant to = startOf(calendar.addWorkingDays(dateOf(from), n)) + (from - startOf(dateOf(from)));
  const Deadline moved = deadline(rule, *resume(*pause(run, from, "听证"), to), calendar, run.started);
  RC_ASSERT(inChina(moved.due) ==
            inChina(startOf(calendar.addWorkingDays(dateOf(due), n)) + (due - startOf(dateOf(due)))));
}

RC_GTEST_PROP(ClockProperty, ResumingUndoesNothing, ()) {
  const Calendar calendar = anyCalendar();
  Story story = anyStory();
  RC_PRE(!story.run.stopped && !deadlineOf(story, calendar).paused);
  const Deadline before = deadlineOf(story, calendar);
  const Instant paused_at = later(choose, lastEvent(story.run));
  story.run = *pause(story.run, paused_at, "听证");
  const Instant resumed_at = later(choose, paused_at);
  story.now = resumed_at;
  const Deadline while_paused = deadlineOf(story, calendar);
  story.run = *resume(story.run, resumed_at);
  story.now = later(choose, resumed_at);
  const Deadline after = deadlineOf(story, calendar);
  requireSame(after, while_paused);
  requireNotEarlier(after, before);
  if (resumed_at == paused_at) requireSame(after, before);
}

RC_GTEST_PROP(ClockProperty, APauseInTwoPartsIsOnePause, ()) {
  const Calendar calendar = anyCalendar();
  Story story = anyStory();
  RC_PRE(!story.run.stopped && !deadlineOf(story, calendar).paused);
  const Instant from = later(choose, lastEvent(story.run));
  const Instant between = later(choose, from);
  const Instant to = later(choose, between);
  Story parts = story;
  story.run = *resume(*pause(story.run, from, "听证"), to);
  parts.run = *resume(*pause(*resume(*pause(parts.run, from, "听证"), between), between, "检验"), to);
  requireSame(deadlineOf(parts, calendar), deadlineOf(story, calendar));
}

RC_GTEST_PROP(ClockProperty, MorePauseIsNeverEarlier, ()) {
  const Calendar calendar = anyCalendar();
  Story story = anyStory();
  RC_PRE(!story.run.pauses.empty());
  const Deadline before = deadlineOf(story, calendar);
  const auto index = static_cast<std::size_t>(choose(0, static_cast<int>(story.run.pauses.size()) - 1));
  ClockPause& pause = story.run.pauses[index];
  const bool is_last = index + 1 == story.run.pauses.size();
  if (!pause.to) {
    story.now = later(choose, story.now);
  } else if (is_last && story.run.stopped) {
    pause.to = std::min(*story.run.stopped, later(choose, *pause.to));
  } else {
    const Instant longer = later(choose, *pause.to);
    pause.to = is_last ? longer : std::min(longer, story.run.pauses[index + 1].from);
  }
  requireNotEarlier(deadlineOf(story, calendar), before);
}

RC_GTEST_PROP(ClockProperty, MoreDaysAreNeverEarlier, ()) {
  const Calendar calendar = anyCalendar();
  Story story = anyStory();
  const Deadline before = deadlineOf(story, calendar);
  const int more = choose(0, 5);
  story.rule.amount += more;
  if (story.rule.statutory) *story.rule.statutory += more + choose(0, 5);
  requireNotEarlier(deadlineOf(story, calendar), before);
}

RC_GTEST_PROP(ClockProperty, AnExtensionIsNeverEarlier, ()) {
  const Calendar calendar = anyCalendar();
  Story story = anyStory();
  story.rule.extension_limit.reset();
  RC_PRE(!story.run.stopped);
  const Deadline before = deadlineOf(story, calendar);
  story.run = *extend(story.rule, story.run, lastEvent(story.run), choose(1, 9), "复杂", "局长");
  const Deadline after = deadlineOf(story, calendar);
  requireNotEarlier(after, before);
  RC_ASSERT(after.due > before.due || story.rule.roll);  // two days may roll to the same one
}

RC_GTEST_PROP(ClockProperty, ALaterStartIsNeverEarlier, ()) {
  const Calendar calendar = anyCalendar();
  Story story = anyStory();
  const Deadline before = deadlineOf(story, calendar);
  const Instant started = later(choose, story.run.started);
  const bool is_free = story.run.pauses.empty() && story.run.extensions.empty() && !story.run.stopped;
  RC_PRE(is_free || started <= [&] {
    Instant first = story.run.stopped.value_or(Instant::max());
    if (!story.run.pauses.empty()) first = std::min(first, story.run.pauses.front().from);
    if (!story.run.extensions.empty()) first = std::min(first, story.run.extensions.front().at);
    return first;
  }());
  story.run.started = started;
  requireNotEarlier(deadlineOf(story, calendar), before);
}

RC_GTEST_PROP(ClockProperty, StoppingDoesNotMoveTheDeadline, ()) {
  const Calendar calendar = anyCalendar();
  Story story = anyStory();
  RC_PRE(!story.run.stopped);
  story.now = std::max(story.now, lastEvent(story.run));
  const Deadline running = deadlineOf(story, calendar);
  const Light colour = light(running, story.now);
  const Instant stopped = story.now;
  story.run = *stop(story.run, stopped);
  story.now = later(choose, stopped);
  requireSame(deadlineOf(story, calendar), running);
  RC_ASSERT(light(deadlineOf(story, calendar), story.now) == colour);
}

RC_GTEST_PROP(ClockProperty, ReadsBackTheSameFromJson, ()) {
  const auto [rule, run, now] = anyStory();
  const auto rule_again = fromJson<ClockRule>(toJson(rule));
  const auto run_again = fromJson<ClockRun>(toJson(run));
  RC_ASSERT(rule_again.has_value() && *rule_again == rule);
  RC_ASSERT(run_again.has_value() && *run_again == run);
  const Explanation told = explain(rule, run, china(), now);
  const auto told_again = fromJson<Explanation>(toJson(told));
  RC_ASSERT(told_again.has_value() && *told_again == told);
  const auto deadline_again = fromJson<Deadline>(toJson(told.deadline));
  RC_ASSERT(deadline_again.has_value() && *deadline_again == told.deadline);
}

}  // namespace
}  // namespace jinyue::calendar
