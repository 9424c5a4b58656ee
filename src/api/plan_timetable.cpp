// /plans/{plan}/roadmap and timetable: what happens when.

#include <algorithm>

#include "api/plan_pages.h"

namespace jinyue::api {

Result<Answer<Roadmap>> PlanPages::roadmap(Call& call, const std::string& plan, const DayQuery& query) const {
  Roadmap map;
  map.as_of = query.as_of.value_or(dateOf(call.now));
  const auto all = known(call, plan, map.as_of);
  if (!all) return std::unexpected(all.error());
  const auto widen = [&](const std::optional<Date>& day) {
    if (!day) return;
    map.from = map.from ? std::min(*map.from, *day) : *day;
    map.until = map.until ? std::max(*map.until, *day) : *day;
  };
  for (const planning::LedgerMeasure& measure : *all) {
    const planning::Standing standing = standingOf(measure, map.as_of);
    RoadBar bar;
    putHead(bar, measure);
    bar.section = measure.section;
    bar.leads = measure.leads;
    bar.from = measure.issued;
    bar.until = measure.due;
    bar.closed = measure.closed;
    bar.stage = standing.stage;
    bar.progress = standing.progress;
    bar.light = standing.light;
    for (const planning::RouteStep& step : measure.route) {
      bar.steps.push_back({step.step, step.until, step.until && *step.until < map.as_of});
      widen(step.until);
    }
    for (const planning::Part& part : measure.parts) {
      if (!part.opened || *part.opened > map.as_of) continue;
      const bool open =
          !(part.closed && *part.closed <= map.as_of) && !(part.carried && *part.carried <= map.as_of);
      bar.parts.push_back(
          {part.case_id, part.unit, part.area, part.task, part.opened, part.due, part.closed,
           planning::progressOf(part, map.as_of),
           open ? planning::lightOf(part.opened, part.due, map.as_of, rules()) : std::nullopt});
      widen(part.opened);
      widen(part.due);
    }
    widen(bar.from);
    widen(bar.until);
    map.items.push_back(std::move(bar));
  }
  return map;
}

Result<Answer<Timetable>> PlanPages::timetable(Call& call, const std::string& plan,
                                               const DayQuery& query) const {
  Timetable table;
  const Date day = table.as_of = query.as_of.value_or(dateOf(call.now));
  const auto all = known(call, plan, day);
  if (!all) return std::unexpected(all.error());
  for (const planning::LedgerMeasure& measure : *all) {
    const bool closed = measure.closed && *measure.closed <= day;
    const auto add = [&](const std::optional<Date>& date, DateKind kind, std::string text, std::string unit,
                         bool done) {
      if (!date) return;
      TimetableLine line;
      putHead(line, measure);
      line.date = *date;
      line.kind = kind;
      line.text = std::move(text);
      line.unit = std::move(unit);
      line.done = done;
      line.overdue = !done && kind != DateKind::step && *date < day;
      table.items.push_back(std::move(line));
    };
    const std::string lead = measure.leads.empty() ? "" : measure.leads.front();
    for (const planning::RouteStep& step : measure.route)
      add(step.until, DateKind::step, step.step, lead, closed);
    for (const planning::Part& part : measure.parts)
      add(part.due, DateKind::part, part.task, part.unit, part.closed && *part.closed <= day);
    for (std::size_t i = 0; i < measure.targets.size(); ++i)
      add(measure.targets[i].until, DateKind::target, measure.targets[i].text, lead,
          planning::attainmentOf(measure, i, day).attained);
    add(measure.due, DateKind::measure, measure.title, lead, closed);
  }
  std::ranges::sort(table.items, {}, [](const TimetableLine& each) {
    return std::tie(each.date, each.id, each.kind, each.text, each.unit);
  });
  return table;
}

}  // namespace jinyue::api
