#include "dmn/grid.h"

#include <algorithm>
#include <numeric>
#include <unordered_set>

#include "dmn/code.h"

namespace jinyue::dmn {

Grid::Grid(const TableCode& table)
    : rule_count_(table.rule_count), opaque_(table.rule_count), possible_(table.rule_count, true) {
  for (std::size_t input = 0; input < table.inputs.size(); ++input) {
    GridColumn column;
    std::vector<const Shape*> shapes;
    for (std::size_t rule = 0; rule < rule_count_; ++rule) shapes.push_back(&table.cell(rule, input).shape);
    const Shape& allowed = table.inputs[input].domain;
    auto with_allowed = shapes;
    with_allowed.push_back(&allowed);
    column.partition = Partition::of(with_allowed);
    const bool has_allowed = column.partition && allowed.form == Shape::Form::tests;
    if (!column.partition) column.partition = Partition::of(shapes);
    const auto pieces = column.partition ? column.partition->size() : 1;
    column.domain = Bits(pieces, true);
    if (column.partition) column.domain -= column.partition->emptyPieces();
    if (has_allowed) column.domain &= column.partition->piecesOf(allowed);
    column.rules.assign(pieces, Bits(rule_count_));
    for (std::size_t rule = 0; rule < rule_count_; ++rule) {
      const auto& shape = *shapes[rule];
      // Without a partition only "-" is understood: any other cell is opaque.
      const bool is_clear = shape.isAny() || (column.partition && !shape.isOther());
      if (!is_clear) opaque_.set(rule);
      auto cell =
          is_clear && column.partition ? column.partition->piecesOf(shape) & column.domain : column.domain;
      if (cell.none()) possible_.clear(rule);
      cell.forEach([&](std::size_t piece) { column.rules[piece].set(rule); });
      column.cells.push_back(std::move(cell));
    }
    columns_.push_back(std::move(column));
  }
}

std::vector<Bits> Grid::boxOf(std::size_t rule) const {
  std::vector<Bits> box;
  for (const auto& column : columns_) box.push_back(column.cells[rule]);
  return box;
}

InputRegion Grid::describe(const GridColumn& column, const Bits& pieces) const {
  InputRegion region;
  if (!column.partition || pieces == column.domain) return region;
  region.is_any = false;
  if (!column.partition->isSorted()) {
    for (std::uint32_t piece = 0; piece < column.partition->size(); ++piece) {
      const auto interval = column.partition->intervalOf(piece);
      if (pieces.test(piece)) {
        if (interval) region.intervals.push_back(*interval);
        else region.has_others = true;
      } else if (interval && column.domain.test(piece)) {
        region.named.push_back(interval->low);
      }
    }
    if (region.has_others) region.intervals.clear();
    else region.named.clear();
    return region;
  }
  // Pieces that follow each other become one interval; pieces without a value don't part them.
  const auto empty = column.partition->emptyPieces();
  bool is_open = false;
  for (std::uint32_t piece = 0; piece < column.partition->size(); ++piece) {
    if (empty.test(piece)) continue;
    if (!pieces.test(piece)) {
      is_open = false;
      continue;
    }
    const auto next = *column.partition->intervalOf(piece);
    if (is_open) {
      region.intervals.back().high = next.high;
      region.intervals.back().high_included = next.high_included;
    } else {
      region.intervals.push_back(next);
    }
    is_open = true;
  }
  return region;
}

Region Grid::describe(const std::vector<Bits>& box) const {
  Region region;
  for (std::size_t i = 0; i < columns_.size(); ++i) region.push_back(describe(columns_[i], box[i]));
  return region;
}

std::optional<bool> Grid::hasPointOutside(const std::vector<Bits>& box, const Bits& rules, Work& work) const {
  struct Search {
    const Grid& grid;
    const std::vector<Bits>& box;
    Work& work;
    std::vector<std::size_t> order;
    std::vector<Bits> free_from;
    std::vector<std::unordered_set<Bits, BitsHash>> covered;
    bool is_exhausted = false;

    bool find(std::size_t depth, const Bits& active) {
      if (active.none()) return true;
      if (depth == order.size() || active.intersects(free_from[depth])) return false;
      if (covered[depth].contains(active)) return false;
      const auto& column = grid.columns()[order[depth]];
      std::unordered_set<Bits, BitsHash> seen;
      bool found = false;
      box[order[depth]].forEach([&](std::size_t piece) {
        if (found || is_exhausted) return;
        if (!work.spend(active.words().size() + 20)) is_exhausted = true;
        auto next = active & column.rules[piece];
        if (seen.contains(next)) return;
        found = find(depth + 1, next);
        seen.insert(std::move(next));
      });
      if (!found && !is_exhausted) covered[depth].insert(active);
      return found;
    }
  };
  Search search{*this, box, work, std::vector<std::size_t>(columns_.size()), {}, {}, false};
  std::iota(search.order.begin(), search.order.end(), 0);
  // Only rules that meet the box matter; a rule that covers the box in a column has no condition there.
  Bits active = rules;
  std::vector<Bits> meets(columns_.size(), Bits(rule_count_));
  std::vector<Bits> fills(columns_.size(), Bits(rule_count_));
  rules.forEach([&](std::size_t rule) {
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      if (!work.spend(box[i].words().size())) return;
      if (!box[i].intersects(columns_[i].cells[rule])) active.clear(rule);
      else if (box[i].isSubsetOf(columns_[i].cells[rule])) fills[i].set(rule);
    }
  });
  std::vector<std::size_t> conditions(columns_.size());
  for (std::size_t i = 0; i < columns_.size(); ++i) conditions[i] = (active - fills[i]).count();
  std::ranges::sort(search.order,
                    [&](std::size_t a, std::size_t b) { return conditions[a] > conditions[b]; });
  search.free_from.assign(columns_.size() + 1, Bits(rule_count_, true));
  for (std::size_t depth = columns_.size(); depth-- > 0;) {
    search.free_from[depth] = search.free_from[depth + 1] & fills[search.order[depth]];
  }
  search.covered.resize(columns_.size());
  if (columns_.empty()) return active.none();
  const bool found = search.find(0, active);
  if (search.is_exhausted && !found) return {};
  return found;
}

GapFinder::GapFinder(const Grid& grid, const Bits& rules, Work& work, std::size_t limit)
    : grid_(grid), rules_(rules), work_(work), limit_(limit), order_(grid.columns().size()), nodes_(2) {
  std::iota(order_.begin(), order_.end(), 0);
  const auto& columns = grid.columns();
  std::vector<Bits> fills;
  for (const auto& column : columns) {
    Bits full(grid.ruleCount());
    for (std::size_t rule = 0; rule < grid.ruleCount(); ++rule) {
      if (column.cells[rule] == column.domain) full.set(rule);
    }
    fills.push_back(std::move(full));
  }
  std::vector<std::size_t> conditions;
  for (const auto& full : fills) conditions.push_back((rules_ - full).count());
  std::ranges::sort(order_, [&](std::size_t a, std::size_t b) { return conditions[a] > conditions[b]; });
  free_from_.assign(columns.size() + 1, Bits(grid.ruleCount(), true));
  for (std::size_t depth = columns.size(); depth-- > 0;)
    free_from_[depth] = free_from_[depth + 1] & fills[order_[depth]];
}

bool GapFinder::find(std::vector<std::vector<Bits>>& out) {
  std::vector<Bits> box;
  for (const auto& column : grid_.columns()) {
    if (column.domain.none()) return true;  // nothing can come in
    box.push_back(column.domain);
  }
  const auto root = build(0, rules_);
  return list(root, box, out) && is_complete_;
}

std::uint32_t GapFinder::build(std::size_t depth, const Bits& active) {
  if (active.none()) return gap;
  if (depth == order_.size() || active.intersects(free_from_[depth])) return covered;
  Key key{depth, active};
  if (const auto at = known_.find(key); at != known_.end()) return at->second;
  const auto& column = grid_.columns()[order_[depth]];
  // Pieces in which the same rules are left lead to the same place.
  std::unordered_map<Bits, std::size_t, BitsHash> groups;
  std::vector<std::pair<Bits, Bits>> left;  // rules, pieces
  column.domain.forEach([&](std::size_t piece) {
    if (!is_complete_) return;
    if (!work_.spend(active.words().size() + 20)) is_complete_ = false;
    auto next = active & column.rules[piece];
    const auto [at, is_new] = groups.try_emplace(next, left.size());
    if (is_new) left.emplace_back(std::move(next), Bits(column.domain.size()));
    left[at->second].second.set(piece);
  });
  Node node{depth, {}};
  for (const auto& [next, pieces] : left) {
    if (!is_complete_) break;
    const auto child = build(depth + 1, next);
    const auto same = std::ranges::find(node.branches, child, &Branch::child);
    if (same != node.branches.end()) same->pieces |= pieces;
    else node.branches.push_back({pieces, child});
  }
  const auto result = is_complete_ ? intern(std::move(node)) : covered;
  known_.emplace(std::move(key), result);
  return result;
}

std::uint32_t GapFinder::intern(Node node) {
  if (node.branches.size() == 1) return node.branches.front().child;
  std::ranges::sort(node.branches, {}, &Branch::child);
  std::size_t hash = node.depth;
  for (const auto& branch : node.branches) hash = (hash * 1'000'003 + branch.child) ^ branch.pieces.hash();
  auto& bucket = interned_[hash];
  for (const auto known : bucket) {
    const auto& other = nodes_[known];
    const bool is_same =
        other.depth == node.depth &&
        std::ranges::equal(other.branches, node.branches, [](const Branch& a, const Branch& b) {
          return a.child == b.child && a.pieces == b.pieces;
        });
    if (is_same) return known;
  }
  nodes_.push_back(std::move(node));
  bucket.push_back(static_cast<std::uint32_t>(nodes_.size() - 1));
  return bucket.back();
}

bool GapFinder::list(std::uint32_t at, std::vector<Bits>& box, std::vector<std::vector<Bits>>& out) {
  if (at == covered) return true;
  if (at == gap) {
    if (out.size() == limit_) return false;
    out.push_back(box);
    return true;
  }
  const auto& node = nodes_[at];
  auto& pieces = box[order_[node.depth]];
  const auto outer = pieces;
  for (const auto& branch : node.branches) {
    pieces = branch.pieces;
    if (!list(branch.child, box, out)) return false;
  }
  pieces = outer;
  return true;
}

}  // namespace jinyue::dmn
