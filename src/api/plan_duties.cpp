// /plans/{plan}: who does what, what is late, how far targets are reached, what is lacking, what is said
// twice.

#include <algorithm>
#include <set>

#include "api/plan_pages.h"
#include "planning/likeness.h"

namespace jinyue::api {

Result<Answer<Matrix>> PlanPages::matrix(Call& call, const std::string& plan, const DayQuery& query) const {
  Matrix matrix;
  matrix.as_of = query.as_of.value_or(dateOf(call.now));
  const auto all = known(call, plan, matrix.as_of);
  if (!all) return std::unexpected(all.error());
  std::map<std::string, UnitRow> rows;
  for (const planning::LedgerMeasure& measure : *all) {
    const planning::Standing standing = standingOf(measure, matrix.as_of);
    const auto add = [&](const std::string& unit, const char* duty, int UnitRow::* counter,
                         std::optional<calendar::Light> light) {
      UnitRow& row = rows[unit];
      row.unit = unit;
      ++(row.*counter);
      row.measures.push_back({measure.id, measure.number, measure.title, duty, light});
    };
    for (const std::string& unit : measure.leads) add(unit, "lead", &UnitRow::leads, standing.light);
    for (const std::string& unit : measure.assisting) add(unit, "assist", &UnitRow::assists, standing.light);
    for (const std::string& area : measure.areas) add(area, "area", &UnitRow::areas, standing.light);
    for (const planning::Part& part : measure.parts)
      add(part.unit, "part", &UnitRow::parts,
          planning::lightOf(part.opened, part.due, matrix.as_of, rules()));
    std::set<std::string> late;
    for (const planning::Lateness& each : standing.late) late.insert(each.unit);
    for (const std::string& unit : late) {
      rows[unit].unit = unit;
      ++rows[unit].late;
    }
  }
  for (auto& [unit, row] : rows) matrix.items.push_back(std::move(row));
  return matrix;
}

Result<Answer<LateList>> PlanPages::late(Call& call, const std::string& plan, const DayQuery& query) const {
  LateList list;
  list.as_of = query.as_of.value_or(dateOf(call.now));
  const auto all = known(call, plan, list.as_of);
  if (!all) return std::unexpected(all.error());
  for (const planning::LedgerMeasure& measure : *all) {
    planning::Standing standing = standingOf(measure, list.as_of);
    if (standing.late.empty()) continue;
    LateMeasure late;
    putHead(late, measure);
    late.leads = measure.leads;
    late.due = measure.due;
    late.progress = standing.progress;
    late.reasons = std::move(standing.late);
    list.items.push_back(std::move(late));
  }
  return list;
}

Result<Answer<TargetList>> PlanPages::targets(Call& call, const std::string& plan,
                                              const DayQuery& query) const {
  TargetList list;
  const Date day = list.as_of = query.as_of.value_or(dateOf(call.now));
  const auto all = known(call, plan, day);
  if (!all) return std::unexpected(all.error());
  for (const planning::LedgerMeasure& measure : *all) {
    for (std::size_t i = 0; i < measure.targets.size(); ++i) {
      const planning::LedgerTarget& target = measure.targets[i];
      const planning::Attainment found = planning::attainmentOf(measure, i, day);
      TargetLine line;
      putHead(line, measure);
      line.target = static_cast<int>(i) + 1;
      line.text = target.text;
      line.comparator = target.comparator;
      line.planned = target.value.toString();
      line.unit = target.unit;
      line.until = target.until;
      if (found.value) line.value = found.value->toString();
      line.reported = found.on;
      line.attained = found.attained;
      line.percent = found.percent;
      line.overdue = target.until && *target.until < day && !found.attained;
      list.items.push_back(std::move(line));
    }
  }
  return list;
}

Result<Answer<GapList>> PlanPages::gaps(Call& call, const std::string& plan, const DayQuery& query) const {
  GapList list;
  list.as_of = query.as_of.value_or(dateOf(call.now));
  const auto all = known(call, plan, list.as_of);
  if (!all) return std::unexpected(all.error());
  for (const planning::LedgerMeasure& measure : *all) {
    if (measure.case_id == 0) continue;
    GapLine line;
    putHead(line, measure);
    line.gaps = planning::gapsOf(measure);
    line.blocks = std::ranges::any_of(line.gaps, &planning::Gap::blocks);
    (line.blocks ? list.incomplete : list.complete) += 1;
    if (!line.gaps.empty()) list.items.push_back(std::move(line));
  }
  return list;
}

Result<Answer<OrderList>> PlanPages::orders(Call& call, const std::string& plan,
                                            const DayQuery& query) const {
  OrderList list;
  const Date day = list.as_of = query.as_of.value_or(dateOf(call.now));
  for (const PlanCase& row :
       planCases(rooms_.store, rooms_.engine.seal(), "supervision", call.rows(), std::nullopt)) {
    const Variables order(row.variables);
    const auto by = [&](std::string_view name) {
      const auto date = order.date(name);
      return date && *date <= day ? date : std::nullopt;
    };
    OrderLine line;
    line.ordered = by("ordered_on");
    if (order.text("plan") != plan || !line.ordered) continue;
    line.case_id = row.row.id;
    line.measure_id = order.text("measure_id");
    line.measure_title = order.text("measure_title");
    line.unit = order.text("unit");
    line.area = order.text("area");
    line.reason = order.text("reason");
    line.cycle = order.whole("cycle");
    line.times = order.whole("times");
    line.escalated = by("escalated_on");
    line.resolved = by("resolved_on");
    line.closed = by("closed_on");
    if (line.resolved) {
      line.resolution = order.text("resolution");
      line.resolution_number = order.text("resolution_number");
      line.assigned_unit = order.text("assigned_unit");
      line.resolve_by = order.date("resolve_by");
    }
    if (line.closed) line.carried_out = order.text("carried_out");
    list.open += line.closed ? 0 : 1;
    list.escalated += line.escalated ? 1 : 0;
    list.resolved += line.resolved ? 1 : 0;
    list.items.push_back(std::move(line));
  }
  std::ranges::reverse(list.items);  // the newest first
  return list;
}

Result<Answer<LikeList>> PlanPages::duplicates(Call& call, const std::string& plan) const {
  const store::RowScope scope = call.rows();
  std::vector<LikeText> texts;
  std::vector<std::string> titles;
  const auto add = [&](const PlanCase& row, const std::string& unit) {
    const std::string title = Variables(row.variables).text("title");
    texts.push_back({row.row.id, unit, title});
    titles.push_back(title);
  };
  constexpr std::size_t most = 3000;
  for (const PlanCase& row :
       planCases(rooms_.store, rooms_.engine.seal(), "member-measure", scope, std::nullopt)) {
    if (Variables(row.variables).text("plan") == plan && titles.size() < most)
      add(row, Variables(row.variables).text("unit"));
  }
  const std::size_t members = titles.size();
  for (const PlanCase& row : planCases(rooms_.store, rooms_.engine.seal(), "measure", scope, plan))
    add(row, row.row.unit);
  LikeList list;
  for (const planning::Alike& pair : planning::alikeAmong(titles)) {
    if (pair.one >= members) continue;  // both are of the plan itself
    list.items.push_back({pair.percent, texts[pair.one], texts[pair.other]});
  }
  return list;
}

}  // namespace jinyue::api
