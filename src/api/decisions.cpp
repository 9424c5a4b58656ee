// /decisions: decision models while somebody works on them: what is wrong with their tables, and what they
// say for a sample. Nothing is kept.

#include <algorithm>

#include <fmt/format.h>

#include "api/endpoint.h"
#include "api/plain_value.h"
#include "dmn/analysis.h"
#include "dmn/dmn.h"

namespace jinyue::api {
namespace {

using identity::Permission;

constexpr std::size_t most_findings = 50;

struct DecisionText {
  std::string text;
  static std::vector<About> about() {
    return {{"text", {"决策模型（DMN XML）", "the decision model, DMN XML"}, {}, 1, 1'000'000}};
  }
};
BOOST_DESCRIBE_STRUCT(DecisionText, (), (text))

struct OverlapView {
  std::vector<std::uint32_t> rules;
  std::vector<std::string> region;
  static std::vector<About> about() {
    return {{"rules", {"重叠的规则，从 1 数起", "the rules, from 1"}},
            {"region", {"同时命中的范围，每个条件一项", "where both match: a test for each input"}}};
  }
};
BOOST_DESCRIBE_STRUCT(OverlapView, (), (rules, region))

struct DeadRuleView {
  std::uint32_t rule = 0;
  static std::vector<About> about() { return {{"rule", {"规则，从 1 数起", "the rule, from 1"}}}; }
};
BOOST_DESCRIBE_STRUCT(DeadRuleView, (), (rule))

struct TableReport {
  std::string decision;
  bool analysed = true;
  std::vector<std::vector<std::string>> gaps;
  std::vector<OverlapView> overlaps;
  std::vector<DeadRuleView> dead;
  static std::vector<About> about() {
    return {{"decision", {"决策的标识", "id of the decision"}},
            {"analysed", {"false：太大，没有分析完", "false: too large to be finished"}},
            {"gaps", {"没有规则命中的范围", "where no rule matches: a test for each input"}},
            {"dead", {"永远不会命中的规则", "rules that never decide anything"}}};
  }
};
BOOST_DESCRIBE_STRUCT(TableReport, (), (decision, analysed, gaps, overlaps, dead))

struct TableReports {
  std::vector<TableReport> tables;
};
BOOST_DESCRIBE_STRUCT(TableReports, (), (tables))

struct TrialBody : DecisionText {
  std::string decision;
  PlainObject inputs;
  static std::vector<About> about() {
    auto all = DecisionText::about();
    all.insert(all.end(), {{"decision", {"决策的标识或名称", "id or name of the decision"}, {}, 1, 200},
                           {"inputs", {"输入，按名称", "inputs by name"}}});
    return all;
  }
};
BOOST_DESCRIBE_STRUCT(TrialBody, (DecisionText), (decision, inputs))

struct TryView {
  PlainValue output;
  std::vector<std::uint32_t> matched;
  std::vector<Text> doubts;
  static std::vector<About> about() {
    return {{"output", {"结果", "the result"}},
            {"matched", {"这个决策的表中命中的规则，从 1 数起", "rules of its table that matched, from 1"}},
            {"doubts", {"为什么是空值或存疑", "why a value is null or doubtful"}}};
  }
};
BOOST_DESCRIBE_STRUCT(TryView, (), (output, matched, doubts))

std::vector<std::string> testsOf(const dmn::Region& region) {
  std::vector<std::string> tests;
  for (const dmn::InputRegion& each : region) tests.push_back(dmn::describe(each));
  return tests;
}

TableReport reportOf(const dmn::Model& model, const std::string& decision, std::uint32_t table) {
  const dmn::Analysis analysis = dmn::analyse(model, table);
  const dmn::HitPolicy policy = model.tables()[table].hit_policy;
  const bool takes_all = policy == dmn::HitPolicy::collect || policy == dmn::HitPolicy::rule_order;
  TableReport report{decision, analysis.isComplete(), {}, {}, {}};
  for (const dmn::Gap& gap : analysis.gaps) {
    if (takes_all || report.gaps.size() == most_findings) break;
    report.gaps.push_back(testsOf(gap.region));
  }
  for (const dmn::Overlap& overlap : analysis.overlaps) {
    const bool matters =
        policy == dmn::HitPolicy::unique || (policy == dmn::HitPolicy::any && overlap.differs);
    if (!matters || report.overlaps.size() == most_findings) continue;
    report.overlaps.push_back({{overlap.first + 1, overlap.second + 1}, testsOf(overlap.region)});
  }
  for (const dmn::DeadRule& dead : analysis.dead_rules) {
    if (dead.why != dmn::DeadRule::Why::redundant) report.dead.push_back({dead.rule + 1});
  }
  return report;
}

Result<Answer<TableReports>> analyse(const DecisionText& body) {
  const auto model = dmn::Model::read({"model.dmn", body.text});
  if (!model) return std::unexpected(model.error());
  TableReports reports;
  for (const dmn::DecisionInfo& decision : model->decisions()) {
    for (const std::uint32_t table : decision.tables)
      reports.tables.push_back(reportOf(*model, decision.id, table));
  }
  return reports;
}

Result<Answer<TryView>> tryOut(const Rooms& rooms, const Call& call, const TrialBody& body) {
  const auto model = dmn::Model::read({"model.dmn", body.text});
  if (!model) return std::unexpected(model.error());
  const feel::Facts facts{call.now, rooms.calendar.get(), {}};  // look-ups in registers give null
  const auto outcome = model->evaluate(body.decision, body.inputs.members, facts);
  if (!outcome) return std::unexpected(outcome.error());
  TryView view{{outcome->value}, {}, {}};
  const auto asked = model->findDecision(body.decision);
  for (std::size_t i = 0; i < outcome->tableCount(); ++i) {
    const dmn::TableTrace trace = outcome->table(i);
    const auto& own = model->decisions()[*asked].tables;
    if (std::ranges::find(own, trace.table_index) == own.end()) continue;
    for (const std::uint32_t rule : trace.matched) view.matched.push_back(rule + 1);
  }
  for (const dmn::Diagnostic& doubt : outcome->diagnostics) view.doubts.push_back(doubt.message);
  return view;
}

}  // namespace

void addDecisions(Endpoints& endpoints, const Rooms& rooms) {
  const auto works = [](std::string path, std::string name, Text summary) {
    return Description{.method = http::Method::post,
                       .path = std::move(path),
                       .name = std::move(name),
                       .tag = "packs",
                       .summary = std::move(summary),
                       .access = needs(Permission::pack_deploy, Reach::nothing),
                       .repeats = Repeats::harmless};
  };
  endpoints.add(works("/decisions/analysis", "analyseDecisions",
                      {"决策表的遗漏、重叠和无用规则", "gaps, overlaps and dead rules of decision tables"}),
                [](Call&, const In<None, None, DecisionText>& in) { return analyse(in.body); });
  endpoints.add(
      works("/decisions/trial", "tryDecision",
            {"用示例输入试算一个决策", "what a decision says for a sample"}),
      [rooms](Call& call, const In<None, None, TrialBody>& in) { return tryOut(rooms, call, in.body); });
}

}  // namespace jinyue::api
