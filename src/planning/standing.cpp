#include "planning/standing.h"

#include <algorithm>

#include <fmt/format.h>

namespace jinyue::planning {
namespace {

bool hasBeen(const std::optional<Date>& day, Date as_of) { return day && *day <= as_of; }
int daysBetween(Date from, Date to) { return static_cast<int>((to - from).count()); }

bool isOpen(const Part& part, Date as_of) {
  return hasBeen(part.opened, as_of) && !hasBeen(part.closed, as_of) && !hasBeen(part.carried, as_of);
}

int wholePercent(const feel::Number& value) {
  const auto whole = value.rounded(0, feel::Rounding::floor).toInt64().value_or(0);
  return static_cast<int>(std::clamp<std::int64_t>(whole, 0, 100));
}

const Report* lastReport(const Part& part, Date as_of) {
  const Report* last = nullptr;
  for (const Report& each : part.reports) {
    if (each.on <= as_of) last = &each;
  }
  return last;
}

/// Whether an order for a missed report still stands: nothing was reported since.
const Order* missedReport(const Part& part, Date as_of) {
  const Report* report = lastReport(part, as_of);
  const Order* missed = nullptr;
  for (const Order& each : part.orders) {
    const bool answered = report != nullptr && (report->cycle > each.cycle || report->on > each.on);
    if (each.on <= as_of && each.reason == "late-report" && !answered)
      missed = missed == nullptr ? &each : missed;
  }
  return missed;
}

void addLatePart(const Part& part, Date as_of, std::vector<Lateness>& late) {
  if (!isOpen(part, as_of)) return;
  if (part.due && *part.due < as_of) {
    const int days = daysBetween(*part.due, as_of);
    late.push_back(
        {"part.past-due",
         part.id,
         part.unit,
         days,
         {fmt::format("{}：应于 {} 完成，已过 {} 天", part.unit, formatDate(*part.due), days),
          fmt::format("{} was to be done by {}, {} days ago", part.unit, formatDate(*part.due), days)}});
  }
  if (const Order* missed = missedReport(part, as_of)) {
    late.push_back({"part.no-report",
                    part.id,
                    part.unit,
                    daysBetween(missed->on, as_of),
                    {fmt::format("{}：第 {} 期没有按期报告，{} 起督办", part.unit, missed->cycle,
                                 formatDate(missed->on)),
                     fmt::format("{} did not report for period {}; ordered on {}", part.unit, missed->cycle,
                                 formatDate(missed->on))}});
  }
}

/// Values of these are no amounts that add up.
bool addsUp(const LedgerTarget& target) {
  for (const char* each :
       {"%", "百分点", "‰", "位", "名", "强", "倍", "工作日", "自然日", "小时", "分钟", "天", "日", "个月"}) {
    if (target.unit.ends_with(each)) return false;
  }
  return true;
}

}  // namespace

bool isKnown(const LedgerMeasure& measure, Date as_of) {
  if (hasBeen(measure.drafted, as_of)) return true;
  return !measure.drafted &&
         std::ranges::any_of(measure.parts, [&](const Part& part) { return hasBeen(part.opened, as_of); });
}

int progressOf(const Part& part, Date as_of) {
  if (hasBeen(part.closed, as_of)) return 100;
  const Report* report = lastReport(part, as_of);
  return report == nullptr ? 0 : wholePercent(report->progress);
}

std::optional<calendar::Light> lightOf(std::optional<Date> from, std::optional<Date> due, Date as_of,
                                       const StandingRules& rules) {
  if (!from || !due) return std::nullopt;
  if (as_of > *due) return calendar::Light::red;
  const int days = daysBetween(*from, *due);
  if (days < 1 || days > calendar::max_clock_amount || rules.calendar == nullptr)
    return calendar::Light::yellow;
  calendar::ClockRule rule = rules.clock;
  rule.unit = calendar::ClockUnit::natural_day;
  rule.start = calendar::ClockStart::next_day;
  rule.roll = false;
  rule.amount = days;
  rule.statutory.reset();
  calendar::ClockRun run;
  run.started = startOf(*from);
  return calendar::light(calendar::deadline(rule, run, *rules.calendar, startOf(as_of)), startOf(as_of));
}

Standing standingOf(const LedgerMeasure& measure, Date as_of, const StandingRules& rules) {
  Standing standing;
  std::int64_t sum = 0;
  std::int64_t count = 0;
  for (const Part& part : measure.parts) {
    if (!hasBeen(part.opened, as_of)) continue;
    ++count;
    sum += progressOf(part, as_of);
  }
  standing.progress = count == 0 ? 0 : static_cast<int>(sum / count);
  if (hasBeen(measure.closed, as_of)) {
    standing.stage = Stage::closed;
    standing.progress = 100;
    return standing;
  }
  if (hasBeen(measure.carried, as_of)) {
    standing.stage = Stage::carried_over;
    return standing;
  }
  if (count > 0) standing.stage = Stage::in_progress;
  else if (hasBeen(measure.issued, as_of)) standing.stage = Stage::issued;
  if (standing.stage == Stage::draft) return standing;
  standing.light = lightOf(measure.issued, measure.due, as_of, rules);
  if (measure.due && *measure.due < as_of) {
    const int days = daysBetween(*measure.due, as_of);
    standing.late.push_back(
        {"measure.past-due",
         {},
         measure.leads.empty() ? "" : measure.leads.front(),
         days,
         {fmt::format("应于 {} 完成，已过 {} 天", formatDate(*measure.due), days),
          fmt::format("was to be done by {}, {} days ago", formatDate(*measure.due), days)}});
    if (standing.stage == Stage::issued) {
      standing.late.push_back({"measure.not-broken-down",
                               {},
                               measure.leads.empty() ? "" : measure.leads.front(),
                               days,
                               {"一直没有分解到承办单位", "it was never broken down to units"}});
    }
  }
  for (const Part& part : measure.parts) addLatePart(part, as_of, standing.late);
  return standing;
}

std::vector<Gap> gapsOf(const LedgerMeasure& measure) {
  std::vector<Gap> gaps;
  const auto lacks = [&](const char* code, bool blocks, Text text) {
    gaps.push_back({code, blocks, std::move(text)});
  };
  if (measure.route.empty()) {
    lacks("route", true, {"没有路线图", "there is no route"});
  } else if (std::ranges::any_of(measure.route, [](const RouteStep& step) { return !step.until; })) {
    lacks("route", true, {"路线图有步骤没有完成日", "a step of the route has no day"});
  }
  if (!measure.due) lacks("timetable", true, {"没有时间表（完成日）", "there is no timetable (last day)"});
  if (measure.leads.empty()) lacks("owner", true, {"没有责任单位", "nobody is responsible"});
  if (measure.problem.empty())
    lacks("problem", false, {"没有写明针对的问题", "it does not say which problem it answers"});
  if (measure.goal.empty()) lacks("goal", false, {"没有写明目标", "it does not say what it aims at"});
  if (measure.result.empty())
    lacks("result", false, {"没有写明结果", "it does not say what people get from it"});
  if (measure.due && std::ranges::any_of(measure.route, [&](const RouteStep& step) {
        return step.until && *step.until > *measure.due;
      }))
    lacks("route.after-due", false,
          {"路线图有步骤晚于完成日", "a step of the route lies after the last day"});
  return gaps;
}

bool meets(Comparator comparator, const feel::Number& done, const feel::Number& planned) {
  switch (comparator) {
    case Comparator::at_least: return done >= planned;
    case Comparator::more_than: return done > planned;
    case Comparator::equal: return done == planned;
    case Comparator::at_most: return done <= planned;
    case Comparator::less_than: return done < planned;
  }
  return false;
}

Attainment attainmentOf(const LedgerMeasure& measure, std::size_t target, Date as_of) {
  const LedgerTarget& wanted = measure.targets.at(target);
  Attainment attainment;
  bool by_lead = false;
  for (const Part& part : measure.parts) {
    const TargetValue* last = nullptr;
    Date on{};
    for (const Report& report : part.reports) {
      if (report.on > as_of) continue;
      for (const TargetValue& value : report.values) {
        if (value.target != static_cast<int>(target) + 1) continue;
        last = &value;
        on = report.on;
      }
    }
    if (last == nullptr) continue;
    const bool lead = std::ranges::find(measure.leads, part.unit) != measure.leads.end();
    const bool first = !attainment.value;
    if (addsUp(wanted)) {
      attainment.value = first ? last->value : *attainment.value + last->value;
      attainment.on = first ? on : std::max(*attainment.on, on);
    } else if (first || (lead && !by_lead) || (lead == by_lead && on >= *attainment.on)) {
      attainment.value = last->value;
      attainment.on = on;
      by_lead = lead;
    }
  }
  if (!attainment.value) return attainment;
  attainment.attained = meets(wanted.comparator, *attainment.value, wanted.value);
  const bool upwards = wanted.comparator == Comparator::at_least ||
                       wanted.comparator == Comparator::more_than || wanted.comparator == Comparator::equal;
  if (upwards && wanted.value > feel::Number{0})
    attainment.percent = wholePercent(*attainment.value * feel::Number{100} / wanted.value);
  return attainment;
}

}  // namespace jinyue::planning
