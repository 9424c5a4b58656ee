// What is true of every clock, whatever happened to it. Each function gives a sentence that says what is
// wrong, or nothing; property tests and the fuzzer both ask.
#pragma once

#include "calendar/explain.h"
#include "calendar/measure.h"

namespace jinyue::calendar {

using Complaint = std::optional<std::string>;

inline Light rawLight(const Deadline& deadline, Instant at) {
  return at >= deadline.due ? Light::red : at >= deadline.yellow ? Light::yellow : Light::green;
}

inline Complaint wrongDeadline(const ClockRule& rule, const ClockRun& run, const Calendar& calendar,
                               Instant now) {
  const Deadline result = deadline(rule, run, calendar, now);
  if (result.yellow > result.due) return "yellow comes after the deadline";
  if (result.statutory.has_value() != rule.statutory.has_value())
    return "the law's deadline is lost or invented";
  if (result.statutory && *result.statutory < result.due) return "the promise is longer than the law";
  if (result.due <= run.started) return "the deadline does not lie after the start";
  const bool open = !run.pauses.empty() && !run.pauses.back().to && !run.stopped;
  if (result.paused != open) return "paused is wrong";
  if (open && now >= run.pauses.back().from) {
    const Light before =
        rawLight(deadline(rule, run, calendar, run.pauses.back().from), run.pauses.back().from);
    if (light(result, now) != before) return "the pause changed the light";
    if (rawLight(result, now) != before) return "the dates of a paused clock changed its light";
    if (before != Light::red && result.due <= now) return "the clock ran out while it was paused";
    if (const auto resumed = resume(run, now)) {  // refused when a clock cannot reach that far
      const Deadline next = deadline(rule, *resumed, calendar, now);
      if (next.due != result.due || next.yellow != result.yellow) return "resuming moved the deadline";
    }
  }
  return {};
}

inline Complaint wrongExplanation(const ClockRule& rule, const ClockRun& run, const Calendar& calendar,
                                  Instant now) {
  const Explanation told = explain(rule, run, calendar, now);
  if (told.deadline != deadline(rule, run, calendar, now)) return "it explains another deadline";
  if (told.light != light(told.deadline, now)) return "it shows another light";
  if (told.days.empty() || told.days.front().date != dateOf(run.started))
    return "it does not begin with the start";
  if (told.days.front().kind != DayKind::start) return "the first day is not the start day";
  if (!told.days.back().last || told.days.back().date != dateOf(told.deadline.due - Millis{1})) {
    return "it does not end with the last day";
  }
  const bool whole = countsWholeDays(rule);
  const bool work_only = countsWorkOnly(rule.unit);
  const int total = rule.amount + told.extended;
  int counted = 0;
  Millis measured{0};
  bool provisional = false;
  bool after_last_counted = false;
  for (std::size_t i = 0; i < told.days.size(); ++i) {
    const ExplainedDay& day = told.days[i];
    if (i > 0 && day.date != told.days[i - 1].date + std::chrono::days{1}) return "a day is missing";
    if (i > 0 && day.kind == DayKind::start) return "it starts twice";
    if (day.last != (i + 1 == told.days.size())) return "the last day is not marked";
    provisional = provisional || day.provisional;
    const bool worked = calendar.isWorkingDay(day.date);
    if (day.number && (day.kind != DayKind::counted || *day.number != ++counted)) return "a number is wrong";
    if (whole && day.kind == DayKind::counted && !day.number) return "a counted day has no number";
    if (whole && !day.spans.empty()) return "whole days have no spans";
    if (day.kind == DayKind::paused && !day.reason) return "a paused day has no reason";
    if ((day.kind == DayKind::weekend || day.kind == DayKind::holiday) && worked)
      return "a working day is called off";
    if (day.kind == DayKind::holiday && !day.holiday) return "a holiday has no name";
    if (work_only && !worked && day.kind == DayKind::counted) return "a day off was counted";
    if (day.kind == DayKind::rolled && !(rule.roll && worked && day.last)) return "it rolled for no reason";
    if (after_last_counted && !rule.roll) return "there are days after the last one counted";
    if (day.number == total) after_last_counted = true;
    for (const Span& span : day.spans) {
      if (span.from >= span.to || dateOf(span.from) != day.date || dateOf(span.to - Millis{1}) != day.date) {
        return "a span is not within its day";
      }
      measured += span.to - span.from;
    }
  }
  if (whole && counted != total) return "the counted days are not the amount";
  const bool is_day = rule.unit == ClockUnit::working_day || rule.unit == ClockUnit::natural_day;
  if (!whole && measured != total * (is_day ? Millis{std::chrono::days{1}} : Millis{std::chrono::hours{1}})) {
    return "the spans are not the amount";
  }
  const bool law_matters = told.deadline.statutory && *told.deadline.statutory > told.deadline.due;
  if (provisional && !told.deadline.provisional) return "a provisional day makes no provisional deadline";
  if (!provisional && told.deadline.provisional && !law_matters)
    return "it is provisional without a day that is";
  return {};
}

}  // namespace jinyue::calendar
