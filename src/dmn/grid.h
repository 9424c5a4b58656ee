// A decision table as boxes over pieces of its inputs' domains, for the analysis.
#pragma once

#include <optional>
#include <vector>

#include "dmn/analysis.h"
#include "dmn/partition.h"
#include "dmn/table.h"

namespace jinyue::dmn {

/// A budget of steps.
class Work {
 public:
  explicit Work(std::uint64_t steps) : left_(steps) {}
  /// False when nothing is left.
  bool spend(std::uint64_t steps) {
    if (steps > left_) left_ = 0;
    else left_ -= steps;
    return left_ > 0;
  }

 private:
  std::uint64_t left_;
};

struct GridColumn {
  std::optional<Partition> partition;  ///< absent: no cell can be analysed, the domain is one piece
  Bits domain;                         ///< pieces that have a value which is allowed
  std::vector<Bits> cells;             ///< of each rule: the pieces it accepts (all, for an opaque cell)
  std::vector<Bits> rules;             ///< of each piece: the rules that accept it
};

class Grid {
 public:
  explicit Grid(const TableCode& table);

  std::size_t ruleCount() const { return rule_count_; }
  const std::vector<GridColumn>& columns() const { return columns_; }
  /// Rules with a cell that may or may not hold.
  const Bits& opaque() const { return opaque_; }
  /// Rules whose box has at least one point.
  const Bits& possible() const { return possible_; }
  /// The pieces of each column that a rule accepts.
  std::vector<Bits> boxOf(std::size_t rule) const;
  /// Whether some point of the box is in none of the rules. Empty when the work ran out.
  std::optional<bool> hasPointOutside(const std::vector<Bits>& box, const Bits& rules, Work& work) const;
  Region describe(const std::vector<Bits>& box) const;

 private:
  InputRegion describe(const GridColumn& column, const Bits& pieces) const;

  std::size_t rule_count_ = 0;
  std::vector<GridColumn> columns_;
  Bits opaque_, possible_;
};

/// All boxes that no rule covers, as few as the decision diagram over the columns gives.
class GapFinder {
 public:
  GapFinder(const Grid& grid, const Bits& rules, Work& work, std::size_t limit);
  /// False when the work or the limit ran out.
  bool find(std::vector<std::vector<Bits>>& out);

 private:
  struct Branch {
    Bits pieces;
    std::uint32_t child;
  };
  struct Node {
    std::size_t depth = 0;
    std::vector<Branch> branches;
  };
  struct Key {
    std::size_t depth;
    Bits rules;
    bool operator==(const Key&) const = default;
  };
  struct KeyHash {
    std::size_t operator()(const Key& key) const { return key.rules.hash() * 31 + key.depth; }
  };
  static constexpr std::uint32_t covered = 0;
  static constexpr std::uint32_t gap = 1;

  std::uint32_t build(std::size_t depth, const Bits& active);
  std::uint32_t intern(Node node);
  bool list(std::uint32_t node, std::vector<Bits>& box, std::vector<std::vector<Bits>>& out);

  const Grid& grid_;
  Bits rules_;
  Work& work_;
  std::size_t limit_;
  bool is_complete_ = true;
  std::vector<std::size_t> order_;  ///< columns, the one with the most conditions first
  std::vector<Bits> free_from_;     ///< for each depth the rules without a condition from there on
  std::vector<Node> nodes_;
  std::unordered_map<Key, std::uint32_t, KeyHash> known_;
  std::unordered_map<std::size_t, std::vector<std::uint32_t>> interned_;
};

}  // namespace jinyue::dmn
