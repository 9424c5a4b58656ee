// Finds how a stretch of records came to differ from the stretch of leaf hashes that the log has for it.
#pragma once

#include <cstddef>
#include <limits>
#include <optional>
#include <span>
#include <vector>

#include "ledger/hash.h"

namespace jinyue::ledger {

enum class EditKind { same, changed, dropped, inserted, swapped };

/// One step through both stretches, in the order of the log.
struct Edit {
  EditKind kind = EditKind::same;
  std::optional<std::size_t> row;   ///< none: dropped
  std::optional<std::size_t> leaf;  ///< none: inserted
  std::size_t other = 0;            ///< swapped: the leaf whose record stands here
  bool operator==(const Edit&) const = default;
};

inline constexpr std::size_t not_in_sight = std::numeric_limits<std::size_t>::max();

/// Hashes still to come. A leaf hash that is not stored agrees with any record.
struct Ahead {
  std::span<const Hash> rows;
  std::span<const std::optional<Hash>> leaves;
  std::size_t rows_until_end;    ///< rows before the end of the log by their own numbers; or not_in_sight
  std::size_t leaves_until_end;  ///< leaves before the end of the log; or not_in_sight
};

struct Stretch {
  std::size_t rows = 0;
  std::size_t leaves = 0;
};

/// The shortest stretch, not empty, after which rows and leaves agree again; all that is in sight if they
/// don't.
Stretch disagreement(const Ahead& ahead);

/// How the rows of a stretch came from its leaves.
std::vector<Edit> explain(std::span<const Hash> rows, std::span<const std::optional<Hash>> leaves);

}  // namespace jinyue::ledger
