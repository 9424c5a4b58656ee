// Decision tables: what nobody thought of.
#include <fmt/format.h>

#include "dmn/analysis.h"
#include "packs/checking.h"

namespace jinyue::packs {
namespace {

std::string describeRegion(const dmn::TableInfo& table, const dmn::Region& region) {
  std::string out;
  for (std::size_t i = 0; i < region.size() && i < table.inputs.size(); ++i) {
    if (!out.empty()) out += ", ";
    out += fmt::format("{} {}", table.inputs[i], dmn::describe(region[i]));
  }
  return out;
}

constexpr std::size_t enough = 5;  ///< of each kind for one table

}  // namespace

void checkTables(Checking& checking) {
  if (!checking.decisions) return;
  const dmn::Model& model = *checking.decisions;
  for (std::uint32_t i = 0; i < model.tables().size(); ++i) {
    const dmn::TableInfo& table = model.tables()[i];
    const dmn::Analysis analysis = dmn::analyse(model, i);
    const Place place{table.file, table.line, table.id.empty() ? table.owner : table.id};
    const auto lineOfRule = [&](std::uint32_t rule) {
      return Place{table.file, table.rules[rule].line, table.rules[rule].id};
    };
    // A table that collects may well have nothing to collect.
    if (table.hit_policy != dmn::HitPolicy::collect && table.hit_policy != dmn::HitPolicy::rule_order) {
      for (std::size_t k = 0; k < analysis.gaps.size() && k < enough; ++k) {
        const std::string region = describeRegion(table, analysis.gaps[k].region);
        checking.findings.warning("table.gap",
                                  {fmt::format("决策表“{}”没有覆盖：{}", table.owner, region),
                                   fmt::format("no rule of table \"{}\" covers: {}", table.owner, region)},
                                  place, {"补一条规则，或写默认值", "add a rule or a default"});
      }
    }
    std::size_t noted = 0;
    for (const dmn::Overlap& overlap : analysis.overlaps) {
      const bool matters = table.hit_policy == dmn::HitPolicy::unique ||
                           (table.hit_policy == dmn::HitPolicy::any && overlap.differs);
      if (!matters || noted++ >= enough) continue;
      const std::string region = describeRegion(table, overlap.region);
      checking.findings.warning(
          "table.overlap",
          {fmt::format("第 {}、{} 条规则同时匹配：{}", overlap.first + 1, overlap.second + 1, region),
           fmt::format("rules {} and {} both match: {}", overlap.first + 1, overlap.second + 1, region)},
          lineOfRule(overlap.second),
          {"收窄其中一条，或换命中策略", "narrow one, or use another hit policy"});
    }
    for (const dmn::DeadRule& dead : analysis.dead_rules) {
      if (dead.why == dmn::DeadRule::Why::redundant) continue;
      checking.findings.warning("table.dead-rule",
                                {fmt::format("第 {} 条规则永远不起作用", dead.rule + 1),
                                 fmt::format("rule {} never decides anything", dead.rule + 1)},
                                lineOfRule(dead.rule));
    }
  }
}

}  // namespace jinyue::packs
