#include "dmn/analysis.h"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "dmn/code.h"
#include "dmn/grid.h"

namespace jinyue::dmn {

using feel::Value;

std::string describe(const Interval& interval) {
  if (interval.isSingle()) return feel::toLiteral(interval.low);
  if (interval.low.isNull())
    return fmt::format("{} {}", interval.high_included ? "<=" : "<", feel::toLiteral(interval.high));
  if (interval.high.isNull())
    return fmt::format("{} {}", interval.low_included ? ">=" : ">", feel::toLiteral(interval.low));
  return fmt::format("{}{}..{}{}", interval.low_included ? "[" : "(", feel::toLiteral(interval.low),
                     feel::toLiteral(interval.high), interval.high_included ? "]" : ")");
}

std::string describe(const InputRegion& region) {
  if (region.is_any) return "-";
  std::vector<std::string> parts;
  if (region.has_others) {
    for (const auto& value : region.named) parts.push_back(feel::toLiteral(value));
    return parts.empty() ? "-" : fmt::format("not({})", fmt::join(parts, ", "));
  }
  for (const auto& interval : region.intervals) parts.push_back(describe(interval));
  return fmt::format("{}", fmt::join(parts, ", "));
}

namespace {

bool isSameResult(const TableCode& table, const TableInfo& info, std::size_t a, std::size_t b) {
  for (std::size_t output = 0; output < table.outputs.size(); ++output) {
    const auto& x = table.result(a, output).constant;
    const auto& y = table.result(b, output).constant;
    const bool is_same = x && y ? (*x == *y || feel::equal(*x, *y) == true)
                                : info.rules[a].results[output] == info.rules[b].results[output];
    if (!is_same) return false;
  }
  return true;
}

bool isSubset(const std::vector<Bits>& inner, const std::vector<Bits>& outer) {
  for (std::size_t i = 0; i < inner.size(); ++i) {
    if (!inner[i].isSubsetOf(outer[i])) return false;
  }
  return true;
}

class Analyser {
 public:
  Analyser(const TableCode& table, const TableInfo& info, const AnalysisLimits& limits)
      : table_(table), info_(info), limits_(limits), grid_(table) {}

  Analysis run() {
    grid_.opaque().forEach(
        [&](std::size_t rule) { out_.opaque_rules.push_back(static_cast<std::uint32_t>(rule)); });
    findOverlaps();
    findDeadRules();
    findGaps();
    return std::move(out_);
  }

 private:
  void findGaps() {
    Work work(limits_.work / 2);
    const auto clear = grid_.possible() - grid_.opaque();
    std::vector<std::vector<Bits>> boxes;
    out_.gaps_complete = GapFinder(grid_, clear, work, limits_.gaps).find(boxes);
    for (const auto& box : boxes) {
      bool is_certain = true;
      grid_.opaque().forEach(
          [&](std::size_t rule) { is_certain = is_certain && !meets(box, grid_.boxOf(rule)); });
      out_.gaps.push_back({grid_.describe(box), is_certain});
    }
  }

  static bool meets(const std::vector<Bits>& a, const std::vector<Bits>& b) {
    for (std::size_t i = 0; i < a.size(); ++i) {
      if (!a[i].intersects(b[i])) return false;
    }
    return true;
  }

  /// The later rules that share a point with the rule.
  Bits overlapping(std::size_t rule, Work& work) const {
    Bits others = grid_.possible();
    for (std::size_t before = 0; before <= rule; ++before) others.clear(before);
    for (const auto& column : grid_.columns()) {
      if (others.none()) break;
      const auto& cell = column.cells[rule];
      if (cell == column.domain) continue;
      // Whichever is less: the pieces of the cell, or the rules that are left.
      if (cell.count() < others.count()) {
        Bits in_column(grid_.ruleCount());
        cell.forEach([&](std::size_t piece) { in_column |= column.rules[piece]; });
        others &= in_column;
        work.spend(cell.count() * others.words().size());
      } else {
        const auto left = others;
        left.forEach([&](std::size_t other) {
          if (!cell.intersects(column.cells[other])) others.clear(other);
        });
        work.spend(left.count() * (cell.words().size() + 1));
      }
    }
    return others;
  }

  void findOverlaps() {
    Work work(limits_.work / 4);
    grid_.possible().forEach([&](std::size_t rule) {
      if (!out_.overlaps_complete) return;
      if (!work.spend(10)) out_.overlaps_complete = false;
      overlapping(rule, work).forEach([&](std::size_t other) {
        if (out_.overlaps.size() == limits_.overlaps) out_.overlaps_complete = false;
        if (!out_.overlaps_complete) return;
        if (!work.spend(50 * grid_.columns().size())) out_.overlaps_complete = false;
        auto box = grid_.boxOf(rule);
        for (std::size_t i = 0; i < box.size(); ++i) box[i] &= grid_.columns()[i].cells[other];
        out_.overlaps.push_back({static_cast<std::uint32_t>(rule), static_cast<std::uint32_t>(other),
                                 grid_.describe(box), !isSameResult(table_, info_, rule, other),
                                 !grid_.opaque().test(rule) && !grid_.opaque().test(other)});
      });
    });
  }

  /// Rules that take precedence over a rule wherever both match; empty set when the hit policy knows none.
  Bits stronger(std::size_t rule) const {
    const auto clear = grid_.possible() - grid_.opaque();
    Bits out(grid_.ruleCount());
    if (table_.hit_policy == HitPolicy::first) {
      for (std::size_t other = 0; other < rule; ++other) out.set(other);
    } else if (table_.hit_policy == HitPolicy::unique) {
      out = Bits(grid_.ruleCount(), true);
      out.clear(rule);
    } else if (table_.hit_policy == HitPolicy::priority) {
      const auto mine = ranksOf(rule);
      for (std::size_t other = 0; mine && other < grid_.ruleCount(); ++other) {
        const auto ranks = ranksOf(other);
        if (ranks && (*ranks < *mine || (*ranks == *mine && other < rule))) out.set(other);
      }
    }
    return out & clear;
  }

  /// Places of a rule's constant results in the lists of output values.
  std::optional<std::vector<std::size_t>> ranksOf(std::size_t rule) const {
    std::vector<std::size_t> ranks;
    for (std::size_t output = 0; output < table_.outputs.size(); ++output) {
      const auto& constant = table_.result(rule, output).constant;
      if (!constant) return {};
      const auto& priorities = table_.outputs[output].priorities;
      const auto at = std::ranges::find_if(
          priorities, [&](const Value& wanted) { return feel::isIn(*constant, wanted) == true; });
      ranks.push_back(static_cast<std::size_t>(at - priorities.begin()));
    }
    return ranks;
  }

  void findDeadRules() {
    Work work(limits_.work / 4);
    for (std::uint32_t rule = 0; rule < grid_.ruleCount(); ++rule) {
      if (!grid_.possible().test(rule)) {
        out_.dead_rules.push_back({rule, DeadRule::Why::impossible, {}});
        continue;
      }
      const auto box = grid_.boxOf(rule);
      if (table_.hit_policy == HitPolicy::any) {
        findRedundant(rule, box, work);
        continue;
      }
      const auto rivals = stronger(rule);
      if (rivals.none()) continue;
      const auto is_free = grid_.hasPointOutside(box, rivals, work);
      if (!is_free) {
        out_.dead_rules_complete = false;
        return;
      }
      if (*is_free) continue;
      DeadRule dead{rule, DeadRule::Why::masked, {}};
      // One rule that covers it says more than all that take a part.
      rivals.forEach([&](std::size_t other) {
        if (dead.by.empty() && isSubset(box, grid_.boxOf(other)))
          dead.by.push_back(static_cast<std::uint32_t>(other));
      });
      if (dead.by.empty()) {
        rivals.forEach([&](std::size_t other) {
          if (meets(box, grid_.boxOf(other))) dead.by.push_back(static_cast<std::uint32_t>(other));
        });
      }
      out_.dead_rules.push_back(std::move(dead));
    }
  }

  void findRedundant(std::uint32_t rule, const std::vector<Bits>& box, Work& work) {
    for (std::uint32_t other = 0; other < grid_.ruleCount(); ++other) {
      if (other == rule || grid_.opaque().test(other) || !grid_.possible().test(other)) continue;
      if (!work.spend(5)) {
        out_.dead_rules_complete = false;
        return;
      }
      const auto wider = grid_.boxOf(other);
      if (!isSubset(box, wider) || !isSameResult(table_, info_, rule, other)) continue;
      if (isSubset(wider, box) && other > rule) continue;  // of two equal rules the later one is redundant
      out_.dead_rules.push_back({rule, DeadRule::Why::redundant, {other}});
      return;
    }
  }

  const TableCode& table_;
  const TableInfo& info_;
  AnalysisLimits limits_;
  Grid grid_;
  Analysis out_;
};

}  // namespace

Analysis analyse(const Model& model, std::uint32_t table, const AnalysisLimits& limits) {
  return Analyser(*model.body().table_codes.at(table), model.tables()[table], limits).run();
}

}  // namespace jinyue::dmn
