#include "calendar/explain.h"

#include "calendar/measure.h"

namespace jinyue::calendar {
namespace {

using std::chrono::days;

/// Walks from the start day to the last day; pauses and days are both in order, so each pause is met once.
class Explainer {
 public:
  Explainer(const ClockRule& rule, const ClockRun& run, const Calendar& calendar, Instant now,
            const Deadline& deadline)
      : rule_(rule), calendar_(calendar), deadline_(deadline), course_(rule, run, calendar, now), run_(run) {
    for (const ClockPause& pause : run.pauses) pauses_.push_back(knownPause(pause, run, now));
    start_ = dateOf(run.started);
    last_ = dateOf(deadline.due - Millis{1});
    if (deadline.statutory) statutory_last_ = dateOf(*deadline.statutory - Millis{1});
    unrolled_ = countsWholeDays(rule) ? course_.wholeDay(course_.promised()) : last_;
  }

  std::vector<ExplainedDay> days() {
    std::vector<ExplainedDay> days;
    days.reserve(static_cast<std::size_t>((last_ - start_).count()) + 1);
    for (Date date = start_; date <= last_; date += std::chrono::days{1}) days.push_back(explain(date));
    return days;
  }

 private:
  ExplainedDay explain(Date date) {
    ExplainedDay day;
    day.date = date;
    if (const Holiday* holiday = calendar_.holidayOf(date)) day.holiday = holiday->name;
    day.make_up = calendar_.isMakeUpDay(date);
    day.last = date == last_;
    day.statutory_last = date == statutory_last_;
    day.provisional = matters(date) && calendar_.isProvisional(date);
    for (; extension_ < run_.extensions.size() && dateOf(run_.extensions[extension_].at) <= date;
         ++extension_) {
      day.extended += run_.extensions[extension_].amount;
    }
    while (pause_ < pauses_.size() && pauses_[pause_].to <= startOf(date)) ++pause_;
    if (countsWholeDays(rule_)) explainWhole(day);
    else explainMeasured(day);
    return day;
  }

  /// Whether it makes a difference if this day is worked.
  bool matters(Date date) const { return countsWorkOnly(rule_.unit) || (rule_.roll && date >= unrolled_); }

  DayKind off(const ExplainedDay& day) const { return day.holiday ? DayKind::holiday : DayKind::weekend; }

  void explainWhole(ExplainedDay& day) {
    const bool worked = calendar_.isWorkingDay(day.date);
    const bool is_rolling = day.date > unrolled_;
    if (day.date == start_) {
      day.kind = DayKind::start;
    } else if (!worked && (is_rolling || countsWorkOnly(rule_.unit))) {
      day.kind = off(day);
    } else if (const ClockPause* pause = pausedAtEnd(day.date)) {
      day.kind = DayKind::paused;
      day.reason = pause->reason;
    } else if (is_rolling) {
      day.kind = DayKind::rolled;
    } else {
      day.kind = DayKind::counted;
      day.number = ++number_;
    }
  }

  const ClockPause* pausedAtEnd(Date date) const {
    const Instant end = startOf(date + std::chrono::days{1});
    for (std::size_t i = pause_; i < pauses_.size() && pauses_[i].from < end; ++i) {
      if (pauses_[i].to >= end) return &run_.pauses[i];
    }
    return nullptr;
  }

  void explainMeasured(ExplainedDay& day) {
    for (Span span : course_.countableSpans(day.date)) {
      span.from = std::max(span.from, course_.begin());
      span.to = std::min(span.to, deadline_.due);
      for (std::size_t i = pause_; i < pauses_.size() && pauses_[i].from < span.to && span.from < span.to;
           ++i) {
        const Span& pause = pauses_[i];
        if (pause.to <= span.from || pause.from == pause.to) continue;
        if (!day.reason) day.reason = run_.pauses[i].reason;
        if (span.from < pause.from) day.spans.push_back({span.from, pause.from});
        span.from = pause.to;
      }
      if (span.from < span.to) day.spans.push_back(span);
    }
    if (day.date == start_) day.kind = DayKind::start;
    else if (countsWorkOnly(rule_.unit) && !calendar_.isWorkingDay(day.date)) day.kind = off(day);
    else day.kind = day.spans.empty() ? DayKind::paused : DayKind::counted;
  }

  const ClockRule& rule_;
  const Calendar& calendar_;
  const Deadline& deadline_;
  Course course_;
  const ClockRun& run_;
  std::vector<Span> pauses_;
  Date start_;
  Date last_;
  Date unrolled_;
  std::optional<Date> statutory_last_;
  std::size_t pause_ = 0;      ///< the first pause that is not over when the day begins
  std::size_t extension_ = 0;  ///< the first extension not yet shown
  int number_ = 0;
};

std::vector<YearSource> sourcesOf(const std::vector<ExplainedDay>& days, const Calendar& calendar) {
  std::vector<YearSource> sources;
  for (const ExplainedDay& day : days) {
    const CalendarYear* notice = calendar.noticeFor(day.date);
    if (notice == nullptr) continue;
    const bool known =
        std::ranges::any_of(sources, [&](const YearSource& s) { return s.year == notice->year; });
    if (!known) sources.push_back({notice->year, notice->source});
  }
  std::ranges::sort(sources, {}, &YearSource::year);
  return sources;
}

}  // namespace

Explanation explain(const ClockRule& rule, const ClockRun& run, const Calendar& calendar, Instant now) {
  Explanation result;
  result.rule = rule;
  result.run = run;
  result.extended = extendedBy(run);
  result.deadline = deadline(rule, run, calendar, now);
  result.light = light(result.deadline, now);
  result.days = Explainer(rule, run, calendar, now, result.deadline).days();
  result.calendar = calendar.id();
  result.calendar_version = calendar.version();
  result.announced_until = calendar.lastAnnouncedDay();
  if (countsWorkOnly(rule.unit) || rule.roll) result.sources = sourcesOf(result.days, calendar);
  return result;
}

}  // namespace jinyue::calendar
