// /plans: the list, a plan at a glance, its measures; and the endpoints of all pages.

#include <algorithm>

#include "api/plan_pages.h"

namespace jinyue::api {
namespace {

int blockingGaps(const planning::LedgerMeasure& measure) {
  if (measure.case_id == 0) return 0;  // not all of it is known
  return static_cast<int>(std::ranges::count_if(planning::gapsOf(measure), &planning::Gap::blocks));
}

}  // namespace

Result<Answer<PlanList>> PlanPages::list(Call& call) const {
  PlanList plans;
  auto rows = planCases(rooms_.store, rooms_.engine.seal(), "plan", call.rows(), std::nullopt);
  std::ranges::reverse(rows);
  for (const PlanCase& row : rows) plans.items.push_back(lineOf(row));
  return plans;
}

Result<Answer<PlanOverview>> PlanPages::overview(Call& call, const std::string& plan,
                                                 const DayQuery& query) const {
  const store::RowScope scope = call.rows();
  const Date day = query.as_of.value_or(dateOf(call.now));
  PlanOverview view;
  view.as_of = day;
  const auto own = planCases(rooms_.store, rooms_.engine.seal(), "plan", scope, plan);
  if (!own.empty()) view.plan = lineOf(own.back());
  const auto measures = known(call, plan, day);
  if (!measures) return std::unexpected(measures.error());
  std::map<std::string, std::size_t> sections;
  std::int64_t progress = 0;
  for (const planning::LedgerMeasure& measure : *measures) count(measure, day, view, sections, progress);
  if (view.measures > 0) view.progress = static_cast<int>(progress / view.measures);
  for (SectionCount& each : view.sections) each.progress /= std::max(each.measures, 1);
  ledgers(plan, scope, day, view);
  return view;
}

Result<Answer<MeasureList>> PlanPages::measures(Call& call, const std::string& plan,
                                                const DayQuery& query) const {
  MeasureList list;
  list.as_of = query.as_of.value_or(dateOf(call.now));
  const auto all = known(call, plan, list.as_of);
  if (!all) return std::unexpected(all.error());
  for (const planning::LedgerMeasure& measure : *all) {
    const planning::Standing standing = standingOf(measure, list.as_of);
    MeasureLine line;
    putHead(line, measure);
    line.section = measure.section;
    line.subsection = measure.subsection;
    line.leads = measure.leads;
    line.assisting = measure.assisting;
    line.areas = measure.areas;
    line.previous = measure.previous;
    line.due = measure.due;
    line.issued = measure.issued;
    line.closed = measure.closed;
    line.stage = standing.stage;
    line.progress = standing.progress;
    line.light = standing.light;
    line.late = !standing.late.empty();
    line.parts = static_cast<int>(measure.parts.size());
    line.targets = static_cast<int>(measure.targets.size());
    line.gaps = blockingGaps(measure);
    list.items.push_back(std::move(line));
  }
  return list;
}

PlanLine PlanPages::lineOf(const PlanCase& row) {
  const Variables variables(row.variables);
  return {row.row.id,
          variables.text("plan"),
          variables.text("title"),
          variables.whole("first_year"),
          variables.whole("last_year"),
          variables.date("due"),
          variables.date("issued_on"),
          variables.date("closed_on"),
          variables.text("previous")};
}

planning::StandingRules PlanPages::rules() const {
  planning::StandingRules rules;
  rules.calendar = rooms_.calendar.get();
  if (const auto newest = rooms_.packs.newest(plan_pack)) {
    if (const auto definition = rooms_.definitions.find(newest->definition)) {
      if (const calendar::ClockRule* clock = (*definition)->model->clock("plan-measure"))
        rules.clock = *clock;
    }
  }
  return rules;
}

planning::Standing PlanPages::standingOf(const planning::LedgerMeasure& measure, Date day) const {
  return planning::standingOf(measure, day, rules());
}

Result<std::vector<planning::LedgerMeasure>> PlanPages::known(Call& call, const std::string& plan,
                                                              Date day) const {
  const store::RowScope scope = call.rows();
  auto all = ledgerOf(rooms_.store, rooms_.engine.seal(), plan, scope, day);
  if (all.empty() && planCases(rooms_.store, rooms_.engine.seal(), "plan", scope, plan).empty())
    return refuse(ProblemKind::not_found, "plan.unknown", {"没有这个方案", "there is no such plan"}, plan);
  std::erase_if(all,
                [&](const planning::LedgerMeasure& measure) { return !planning::isKnown(measure, day); });
  return all;
}

void PlanPages::count(const planning::LedgerMeasure& measure, Date day, PlanOverview& view,
                      std::map<std::string, std::size_t>& sections, std::int64_t& progress) const {
  const planning::Standing standing = standingOf(measure, day);
  ++view.measures;
  switch (standing.stage) {
    case planning::Stage::draft: ++view.draft; break;
    case planning::Stage::issued: ++view.issued; break;
    case planning::Stage::in_progress: ++view.in_progress; break;
    case planning::Stage::closed: ++view.closed; break;
    case planning::Stage::carried_over: ++view.carried_over; break;
  }
  progress += standing.progress;
  view.late += standing.late.empty() ? 0 : 1;
  view.incomplete += blockingGaps(measure) > 0 ? 1 : 0;
  view.parts += static_cast<int>(measure.parts.size());
  for (const planning::Part& part : measure.parts)
    view.orders += static_cast<int>(
        std::ranges::count_if(part.orders, [&](const auto& order) { return order.on <= day; }));
  for (std::size_t i = 0; i < measure.targets.size(); ++i) {
    ++view.targets;
    view.targets_attained += planning::attainmentOf(measure, i, day).attained ? 1 : 0;
  }
  const auto [place, is_new] = sections.try_emplace(measure.section, view.sections.size());
  if (is_new) view.sections.push_back({measure.section, 0, 0, 0, 0});
  SectionCount& section = view.sections[place->second];
  ++section.measures;
  section.closed += standing.stage == planning::Stage::closed ? 1 : 0;
  section.late += standing.late.empty() ? 0 : 1;
  section.progress += standing.progress;  // a mean in the end
}

void PlanPages::ledgers(const std::string& plan, const store::RowScope& scope, Date day,
                        PlanOverview& view) const {
  const auto each = [&](std::string_view process, const auto& add) {
    for (const PlanCase& row : planCases(rooms_.store, rooms_.engine.seal(), process, scope, std::nullopt)) {
      const Variables variables(row.variables);
      if (variables.text("plan") == plan && dateOf(row.row.opened) <= day) add(variables);
    }
  };
  const auto has = [&](const Variables& variables, std::string_view name) {
    const auto date = variables.date(name);
    return date && *date <= day;
  };
  each("problem", [&](const Variables& problem) {
    ++view.problems;
    view.problems_linked += has(problem, "linked_on") ? 1 : 0;
    view.problems_closed += has(problem, "closed_on") ? 1 : 0;
  });
  each("benchmark", [&](const Variables& benchmark) {
    ++view.benchmarks;
    view.benchmarks_adopted += benchmark.text("verdict") == "adopted" ? 1 : 0;
  });
  each("member-measure", [&](const Variables&) { ++view.members_measures; });
  each("innovation", [&](const Variables&) { ++view.brands; });
}

void addPlans(Endpoints& endpoints, const Rooms& rooms) {
  const auto plans = std::make_shared<const PlanPages>(rooms);
  const auto reads = [](std::string path, std::string name, Text summary) {
    return Description{.path = "/plans" + std::move(path),
                       .name = std::move(name),
                       .tag = "plans",
                       .summary = std::move(summary),
                       .access = needs(identity::Permission::case_read, Reach::rows)};
  };
  endpoints.add(reads("", "listPlans", {"行动方案", "action plans"}),
                [plans](Call& call, const In<>&) { return plans->list(call); });
  endpoints.add(
      reads("/{plan}", "readPlan",
            {"方案总览：阶段、灯、进度、台账", "a plan at a glance: stages, lights, progress, ledgers"}),
      [plans](Call& call, const In<PlanPath, DayQuery>& in) {
        return plans->overview(call, in.path.plan, in.query);
      });
  endpoints.add(reads("/{plan}/measures", "listMeasures", {"举措台账", "the measures of a plan"}),
                [plans](Call& call, const In<PlanPath, DayQuery>& in) {
                  return plans->measures(call, in.path.plan, in.query);
                });
  endpoints.add(
      reads("/{plan}/roadmap", "readRoadmap", {"路线图（甘特图数据）", "roadmap: data of a Gantt chart"}),
      [plans](Call& call, const In<PlanPath, DayQuery>& in) {
        return plans->roadmap(call, in.path.plan, in.query);
      });
  endpoints.add(reads("/{plan}/timetable", "readTimetable",
                      {"时间表：按日期排列", "timetable: everything that has a day, by day"}),
                [plans](Call& call, const In<PlanPath, DayQuery>& in) {
                  return plans->timetable(call, in.path.plan, in.query);
                });
  endpoints.add(reads("/{plan}/matrix", "readResponsibilities",
                      {"责任制：单位对举措", "responsibilities: units by measures"}),
                [plans](Call& call, const In<PlanPath, DayQuery>& in) {
                  return plans->matrix(call, in.path.plan, in.query);
                });
  endpoints.add(reads("/{plan}/late", "listLateMeasures", {"逾期及原因", "what is late, and why"}),
                [plans](Call& call, const In<PlanPath, DayQuery>& in) {
                  return plans->late(call, in.path.plan, in.query);
                });
  endpoints.add(reads("/{plan}/orders", "listOrders",
                      {"督办单和领导小组决议", "supervision orders and resolutions of the leading group"}),
                [plans](Call& call, const In<PlanPath, DayQuery>& in) {
                  return plans->orders(call, in.path.plan, in.query);
                });
  endpoints.add(
      reads("/{plan}/targets", "listTargets", {"量化目标完成情况", "how far each target is reached"}),
      [plans](Call& call, const In<PlanPath, DayQuery>& in) {
        return plans->targets(call, in.path.plan, in.query);
      });
  endpoints.add(reads("/{plan}/gaps", "listGaps", {"三清单缺项", "what the three lists lack"}),
                [plans](Call& call, const In<PlanPath, DayQuery>& in) {
                  return plans->gaps(call, in.path.plan, in.query);
                });
  endpoints.add(
      reads("/{plan}/duplicates", "listLikeMeasures",
            {"相近的成员单位举措", "members' measures that are nearly the same as others"}),
      [plans](Call& call, const In<PlanPath>& in) { return plans->duplicates(call, in.path.plan); });
  endpoints.add({.path = "/open/boards/{plan}",
                 .name = "readBoard",
                 .tag = "open",
                 .summary = {"挂牌督办公示板", "a board of projects under public supervision"},
                 .access = anyone()},
                [plans](Call& call, const In<PlanPath, DayQuery>& in) {
                  return plans->board(call, in.path.plan, in.query);
                });
}

}  // namespace jinyue::api
