// /evaluations: the tree of the national indicators and of B-READY, as the cases of a year have it.

#include <map>

#include "api/case_views.h"
#include "api/endpoint.h"
#include "insight/evaluation.h"

namespace jinyue::api {
namespace {

using identity::Permission;

constexpr std::string_view evaluation_pack = "assessment";
constexpr std::string_view evaluation_process = "evaluation";
constexpr std::string_view evaluation_register = "evaluation-indicators";
constexpr int most_evaluation_cases = 1000;

struct EvaluationPath {
  std::string framework;
};
BOOST_DESCRIBE_STRUCT(EvaluationPath, (), (framework))

struct EvaluationQuery {
  std::int64_t year = 2026;
  static std::vector<About> about() { return {{"year", {"评价年度", "the year"}, "2026", 2000, 2100}}; }
};
BOOST_DESCRIBE_STRUCT(EvaluationQuery, (), (year))

std::string variableText(const feel::Context& context, std::string_view name) {
  const feel::Value* value = context.find(name);
  if (value == nullptr) return {};
  if (const auto text = value->asString()) return std::string{*text};
  if (const auto date = value->asBaseDate()) return formatDate(*date);
  if (const auto number = value->asNumber()) return number->toString();
  return {};
}

std::optional<std::string> variableScore(const feel::Context& context, std::string_view name) {
  const feel::Value* value = context.find(name);
  const auto number = value == nullptr ? std::nullopt : value->asNumber();
  if (!number) return std::nullopt;
  return number->rounded(2, feel::Rounding::half_even).toString();
}

/// The newest case of each indicator in the year, within the caller's reach.
std::map<std::string, insight::EvaluationLeaf> evaluationCases(const Rooms& rooms,
                                                               const store::RowScope& scope,
                                                               std::int64_t year) {
  std::map<std::string, insight::EvaluationLeaf> found;
  store::CaseFilter filter;
  filter.process = std::string{evaluation_process};
  filter.scope = scope;
  store::PageRequest page{most_evaluation_cases, {}};
  do {
    const auto rows = rooms.store.listCases(filter, page);
    std::vector<store::CaseId> ids;
    for (const store::CaseRow& row : rows.rows) {
      if (rooms.packs.nameOf(row.definition) == evaluation_pack && row.status != store::CaseStatus::cancelled)
        ids.push_back(row.id);
    }
    if (!ids.empty()) {
      std::vector<store::CaseRow> loaded = rooms.store.loadCases(ids);
      for (auto row = loaded.rbegin(); row != loaded.rend(); ++row) {
        const bpmn::State state = stateOf(*row, rooms.engine.seal());
        const feel::Context& has = state.variables();
        if (variableText(has, "period") != std::to_string(year)) continue;
        const std::string code = variableText(has, "indicator");
        if (found.contains(code)) continue;
        insight::EvaluationLeaf leaf;
        leaf.case_id = row->id;
        leaf.unit = row->unit;
        leaf.value = variableText(has, "value");
        leaf.value_source = variableText(has, "value_source");
        leaf.value_period = variableText(has, "value_period");
        leaf.self_score = variableScore(has, "self_score");
        leaf.reviewed_score = variableScore(has, "reviewed_score");
        leaf.target_score = variableScore(has, "target_score");
        leaf.measure = variableText(has, "measure");
        leaf.measure_by = variableText(has, "measure_by");
        const feel::Value* done = has.find("measure_done");
        leaf.measure_done = done != nullptr && done->isTrue();
        found.emplace(code, std::move(leaf));
      }
    }
    page.after = rows.next;
  } while (!page.after.empty());
  return found;
}

Result<insight::EvaluationTree> evaluationTree(const Rooms& rooms, Call& call, const std::string& framework,
                                               std::int64_t year) {
  const store::RowScope scope = call.rows();
  const auto unknown = refuse(ProblemKind::not_found, "evaluation.unknown",
                              {"没有这个评价体系", "there is no such framework"}, framework);
  if (!rooms.registry.find(evaluation_register)) return unknown;
  insight::EvaluationTree tree{framework, year, {}, {}, {}};
  auto cases = evaluationCases(rooms, scope, year);
  registry::EntryFilter filter{.as_of = dateOf(call.now)};
  filter.fields.emplace("framework", framework);
  std::vector<std::pair<std::int64_t, insight::EvaluationLeaf>> placed;
  store::PageRequest page{200, {}};
  do {
    const auto entries = rooms.registry.list(evaluation_register, filter, page);
    if (!entries) return std::unexpected(entries.error());
    for (const registry::EntryVersion& entry : entries->rows) {
      const feel::Context& has = entry.body.context();
      const std::string code = variableText(has, "code");
      insight::EvaluationLeaf leaf;
      if (const auto found = cases.find(code); found != cases.end()) leaf = std::move(found->second);
      leaf.code = code;
      leaf.name = {variableText(has, "name"), variableText(has, "name_en")};
      leaf.group = {variableText(has, "group"), variableText(has, "group_en")};
      leaf.pillar = {variableText(has, "pillar"), variableText(has, "pillar_en")};
      const feel::Value* place = has.find("place");
      placed.emplace_back(place == nullptr ? 0 : place->asInt64().value_or(0), std::move(leaf));
    }
    page.after = entries->next;
  } while (!page.after.empty());
  if (placed.empty()) return unknown;
  std::ranges::sort(
      placed, {}, [](const auto& each) { return std::pair(each.first, std::string_view{each.second.code}); });
  for (auto& [place, leaf] : placed) tree.leaves.push_back(std::move(leaf));
  insight::addMeans(tree);
  return tree;
}

}  // namespace

void addEvaluations(Endpoints& endpoints, const Rooms& rooms) {
  endpoints.add(
      {.path = "/evaluations/{framework}",
       .name = "readEvaluation",
       .tag = "figures",
       .summary = {"营商环境评价：national 国家 18 项，b-ready 世界银行",
                   "an evaluation of the business environment: national or b-ready"},
       .access = needs(Permission::figure_read, Reach::rows)},
      [rooms](Call& call,
              const In<EvaluationPath, EvaluationQuery>& in) -> Result<Answer<insight::EvaluationTree>> {
        auto tree = evaluationTree(rooms, call, in.path.framework, in.query.year);
        if (!tree) return std::unexpected(std::move(tree).error());
        return std::move(*tree);
      });
}

}  // namespace jinyue::api
