#include "api/plan_rows.h"

#include <algorithm>
#include <map>

#include "api/case_views.h"

namespace jinyue::api {
namespace {

std::optional<Date> dayOf(const feel::Value& value) {
  if (const auto text = value.asString()) return parseDate(*text);
  return value.asBaseDate();
}

planning::Comparator comparatorOf(const std::string& word) {
  using planning::Comparator;
  if (word == "at_least") return Comparator::at_least;
  if (word == "more_than") return Comparator::more_than;
  if (word == "at_most") return Comparator::at_most;
  return word == "less_than" ? Comparator::less_than : Comparator::equal;
}

planning::Part partOf(const PlanCase& row) {
  const Variables variables(row.variables);
  planning::Part part;
  part.case_id = row.row.id;
  part.id = variables.text("part_id");
  part.unit = variables.text("unit");
  part.area = variables.text("area");
  part.task = variables.text("task");
  part.opened = variables.date("opened_on").value_or(dateOf(row.row.opened));
  part.due = variables.date("due");
  part.closed = variables.date("closed_on");
  part.carried = variables.date("carried_on");
  if (row.row.status == store::CaseStatus::cancelled && row.row.closed && !part.closed)
    part.carried = dateOf(*row.row.closed);
  for (const feel::Context* each : variables.groups("reports")) {
    const Variables said(*each);
    planning::Report report;
    report.cycle = said.whole("cycle");
    report.on = said.date("on").value_or(Date{});
    report.progress = said.number("progress").value_or(feel::Number{});
    report.summary = said.text("summary");
    report.evidence = said.texts("evidence");
    for (const feel::Context* value : said.groups("values")) {
      const Variables one(*value);
      if (const auto number = one.number("value")) report.values.push_back({one.whole("target"), *number});
    }
    part.reports.push_back(std::move(report));
  }
  for (const feel::Context* each : variables.groups("orders")) {
    const Variables said(*each);
    part.orders.push_back({said.whole("cycle"), said.date("on").value_or(Date{}), said.text("reason")});
  }
  return part;
}

/// The variables that had the three lists on a day: the case notes them whenever they were completed.
const feel::Context& listsOn(const PlanCase& row, std::optional<Date> as_of) {
  const feel::Context* found = nullptr;
  if (as_of) {
    for (const feel::Context* each : Variables(row.variables).groups("lists")) {
      if (const auto on = Variables(*each).date("on"); on && *on <= *as_of) found = each;
    }
  }
  return found ? *found : row.variables;
}

}  // namespace

const feel::Value* Variables::find(std::string_view name) const { return values_.find(name); }
std::string Variables::text(std::string_view name) const {
  const feel::Value* value = find(name);
  const auto text = value != nullptr ? value->asString() : std::nullopt;
  return std::string{text.value_or("")};
}
std::vector<std::string> Variables::texts(std::string_view name) const {
  std::vector<std::string> out;
  const feel::Value* value = find(name);
  const auto* list = value != nullptr ? value->asList() : nullptr;
  if (list == nullptr) return out;
  for (const feel::Value& each : *list) {
    if (const auto text = each.asString()) out.emplace_back(*text);
  }
  return out;
}
std::optional<Date> Variables::date(std::string_view name) const {
  const feel::Value* value = find(name);
  return value != nullptr ? dayOf(*value) : std::nullopt;
}
std::optional<feel::Number> Variables::number(std::string_view name) const {
  const feel::Value* value = find(name);
  return value != nullptr ? value->asNumber() : std::nullopt;
}
int Variables::whole(std::string_view name) const {
  const feel::Value* value = find(name);
  return value != nullptr ? static_cast<int>(value->asInt64().value_or(0)) : 0;
}
bool Variables::isTrue(std::string_view name) const {
  const feel::Value* value = find(name);
  return value != nullptr && value->isTrue();
}
std::vector<const feel::Context*> Variables::groups(std::string_view name) const {
  std::vector<const feel::Context*> out;
  const feel::Value* value = find(name);
  const auto* list = value != nullptr ? value->asList() : nullptr;
  if (list == nullptr) return out;
  for (const feel::Value& each : *list) {
    if (const auto* group = each.asContext()) out.push_back(group);
  }
  return out;
}

std::vector<PlanCase> planCases(store::Store& store, const casework::Seal& seal, std::string_view process,
                                const store::RowScope& scope, std::optional<std::string> key) {
  store::CaseFilter filter;
  filter.process = std::string{process};
  filter.key = std::move(key);
  filter.scope = scope;
  std::vector<PlanCase> found;
  store::PageRequest page{1000, {}};
  do {
    const auto rows = store.listCases(filter, page);
    std::vector<store::CaseId> ids;
    for (const store::CaseRow& row : rows.rows) ids.push_back(row.id);
    std::ranges::sort(ids);
    for (store::CaseRow& row : store.loadCases(ids)) {
      bpmn::State state = stateOf(row, seal);
      found.push_back({std::move(row), state.variables()});
    }
    page.after = rows.next;
  } while (!page.after.empty());
  std::ranges::sort(found, {}, [](const PlanCase& each) { return each.row.id; });
  return found;
}

planning::LedgerMeasure measureOf(const PlanCase& row, std::optional<Date> as_of) {
  const Variables variables(row.variables);
  const Variables lists(listsOn(row, as_of));
  planning::LedgerMeasure measure;
  measure.case_id = row.row.id;
  measure.id = variables.text("measure_id");
  measure.number = variables.text("measure_number");
  measure.section = variables.text("section");
  measure.subsection = variables.text("subsection");
  measure.title = variables.text("title");
  measure.leads = lists.texts("leads");
  measure.assisting = lists.texts("assisting");
  measure.areas = lists.texts("areas");
  measure.problem = lists.text("problem");
  measure.goal = lists.text("goal");
  measure.result = lists.text("result");
  for (const feel::Context* each : lists.groups("route")) {
    const Variables step(*each);
    measure.route.push_back({step.text("step"), step.date("until")});
  }
  for (const feel::Context* each : variables.groups("targets")) {
    const Variables target(*each);
    measure.targets.push_back({target.text("text"), comparatorOf(target.text("comparator")),
                               target.number("value").value_or(feel::Number{}), target.text("unit"),
                               target.date("until")});
  }
  measure.previous = variables.text("previous");
  measure.drafted = dateOf(row.row.opened);
  measure.due = lists.date("due");
  measure.issued = variables.date("issued_on");
  measure.decomposed = variables.date("decomposed_on");
  measure.closed = variables.date("closed_on");
  measure.carried = variables.date("carried_on");
  if (row.row.status == store::CaseStatus::cancelled && row.row.closed && !measure.closed)
    measure.carried = dateOf(*row.row.closed);
  return measure;
}

std::vector<planning::LedgerMeasure> ledgerOf(store::Store& store, const casework::Seal& seal,
                                              const std::string& plan, const store::RowScope& scope,
                                              std::optional<Date> as_of) {
  std::vector<planning::LedgerMeasure> ledger;
  std::map<std::string, std::size_t> places;
  for (const PlanCase& row : planCases(store, seal, "measure", scope, plan)) {
    planning::LedgerMeasure measure = measureOf(row, as_of);
    places[measure.id] = ledger.size();
    ledger.push_back(std::move(measure));
  }
  for (const PlanCase& row : planCases(store, seal, "part", scope, plan)) {
    const Variables variables(row.variables);
    const std::string id = variables.text("measure_id");
    const auto [place, is_new] = places.try_emplace(id, ledger.size());
    if (is_new) {
      planning::LedgerMeasure measure;
      measure.id = id;
      measure.number = variables.text("measure_number");
      measure.title = variables.text("measure_title");
      ledger.push_back(std::move(measure));
    }
    ledger[place->second].parts.push_back(partOf(row));
  }
  return ledger;
}

Text boardTitleOf(const Variables& project) {
  const std::string zh = project.text("board_title");
  const std::string en = project.text("board_title_en");
  return {zh, en.empty() ? zh : en};
}

}  // namespace jinyue::api
