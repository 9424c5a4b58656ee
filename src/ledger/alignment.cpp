#include "ledger/alignment.h"

#include <algorithm>
#include <cstdint>

namespace jinyue::ledger {
namespace {

/// So many records in a row that agree are no accident of two changes close together.
constexpr std::size_t enough_in_a_row = 3;

bool agree(const Hash& row, const std::optional<Hash>& leaf) { return !leaf || row == *leaf; }

bool agreeFrom(const Ahead& ahead, std::size_t row, std::size_t leaf) {
  const bool both_ends_known =
      ahead.rows_until_end <= ahead.rows.size() && ahead.leaves_until_end < not_in_sight;
  for (std::size_t run = 0; run < enough_in_a_row; ++run, ++row, ++leaf) {
    if (leaf == ahead.leaves.size() && leaf == ahead.leaves_until_end) {
      // Rows past the end count only where they are the log's own, pushed there by an inserted one.
      return row == ahead.rows_until_end || (run > 0 && row > ahead.rows_until_end);
    }
    if (leaf == ahead.leaves.size() || row == ahead.rows.size()) return false;
    if (!ahead.leaves[leaf] && both_ends_known && row <= ahead.rows_until_end) {
      // Nothing more is stored: then as many records as there should be are the right ones.
      return ahead.rows_until_end - row == ahead.leaves_until_end - leaf;
    }
    if (!agree(ahead.rows[row], ahead.leaves[leaf])) return false;
  }
  return true;
}

/// Place by place: every row that differs is new or stands in the place of the one that stands in its own.
std::optional<std::vector<Edit>> explainInPlace(std::span<const Hash> rows,
                                                std::span<const std::optional<Hash>> leaves) {
  if (rows.size() != leaves.size()) return std::nullopt;
  std::vector<Edit> edits;
  for (std::size_t place = 0; place < rows.size(); ++place) {
    Edit edit{EditKind::same, place, place};
    if (!agree(rows[place], leaves[place])) {
      const auto origin = std::ranges::find(leaves, std::optional(rows[place]));
      if (origin == leaves.end()) {
        edit.kind = EditKind::changed;
      } else {
        edit.kind = EditKind::swapped;
        edit.other = static_cast<std::size_t>(origin - leaves.begin());
        if (rows[edit.other] != *leaves[place]) return std::nullopt;
      }
    }
    edits.push_back(edit);
  }
  return edits;
}

/// The longest common subsequence; what is left between its members was changed pairwise, dropped or
/// inserted.
std::vector<Edit> explainByCommonSubsequence(std::span<const Hash> rows,
                                             std::span<const std::optional<Hash>> leaves) {
  const std::size_t width = leaves.size() + 1;
  std::vector<std::uint32_t> common((rows.size() + 1) * width, 0);
  for (std::size_t row = rows.size(); row-- > 0;) {
    for (std::size_t leaf = leaves.size(); leaf-- > 0;) {
      common[row * width + leaf] = agree(rows[row], leaves[leaf]) ? common[(row + 1) * width + leaf + 1] + 1
                                                                  : std::max(common[(row + 1) * width + leaf],
                                                                             common[row * width + leaf + 1]);
    }
  }
  std::vector<Edit> edits;
  std::size_t row = 0;
  std::size_t leaf = 0;
  std::vector<std::size_t> odd_rows;
  std::vector<std::size_t> odd_leaves;
  const auto flush = [&] {
    for (std::size_t i = 0; i < std::max(odd_rows.size(), odd_leaves.size()); ++i) {
      Edit& edit = edits.emplace_back();
      if (i < odd_rows.size()) edit.row = odd_rows[i];
      if (i < odd_leaves.size()) edit.leaf = odd_leaves[i];
      edit.kind = !edit.row ? EditKind::dropped : !edit.leaf ? EditKind::inserted : EditKind::changed;
    }
    odd_rows.clear();
    odd_leaves.clear();
  };
  while (row < rows.size() || leaf < leaves.size()) {
    if (row < rows.size() && leaf < leaves.size() && agree(rows[row], leaves[leaf])) {
      flush();
      edits.push_back({EditKind::same, row++, leaf++});
    } else if (leaf == leaves.size() ||
               (row < rows.size() && common[(row + 1) * width + leaf] >= common[row * width + leaf + 1])) {
      odd_rows.push_back(row++);
    } else {
      odd_leaves.push_back(leaf++);
    }
  }
  flush();
  return edits;
}

}  // namespace

Stretch disagreement(const Ahead& ahead) {
  const std::size_t longest = std::max(ahead.rows.size(), ahead.leaves.size());
  for (std::size_t length = 1; length <= longest; ++length) {
    for (std::size_t shorter = 0; shorter < length; ++shorter) {
      if (length <= ahead.leaves.size() && shorter <= ahead.rows.size() &&
          agreeFrom(ahead, shorter, length)) {
        return {shorter, length};
      }
      if (length <= ahead.rows.size() && shorter <= ahead.leaves.size() &&
          agreeFrom(ahead, length, shorter)) {
        return {length, shorter};
      }
    }
    if (length <= ahead.rows.size() && length <= ahead.leaves.size() && agreeFrom(ahead, length, length)) {
      return {length, length};
    }
  }
  const std::size_t both = std::min(ahead.rows.size(), ahead.leaves.size());
  return both > 0 ? Stretch{both, both} : Stretch{ahead.rows.size(), ahead.leaves.size()};
}

std::vector<Edit> explain(std::span<const Hash> rows, std::span<const std::optional<Hash>> leaves) {
  if (auto edits = explainInPlace(rows, leaves)) return *std::move(edits);
  return explainByCommonSubsequence(rows, leaves);
}

}  // namespace jinyue::ledger
