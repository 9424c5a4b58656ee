// The Merkle tree of RFC 9162 §2.1 as it grows. Only its right edge is held in memory; the rest is stored as
// tiles.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "ledger/hash.h"
#include "ledger/peaks.h"
#include "ledger/tile.h"

namespace jinyue::ledger {

/// The growing log; for one thread at a time.
class LogTree {
 public:
  /// An empty log.
  explicit LogTree(HashAlgorithm algorithm);
  /// The log as it was when it had `size` leaves; longer stored tiles are read as far as they count. Throws
  /// TileFault. Whether the tiles are right is for the caller to check: compare root() with a signed head.
  static LogTree restore(HashAlgorithm algorithm, std::uint64_t size, const TileReader& read);

  HashAlgorithm algorithm() const { return hasher_.algorithm(); }
  /// Appends the hash of a leaf; one more hash is computed on average.
  void append(const Hash& leaf);
  /// Appends the leaf of these bytes, and returns its hash.
  Hash appendLeaf(std::string_view bytes);
  std::uint64_t size() const { return peaks_.size(); }
  /// The root over all leaves; of an empty log the hash of nothing. At most 63 hashes are computed.
  Hash root() const;
  /// The tiles that have changed since the last call (or restore), full ones and the unfinished right edge,
  /// as they are now; each once, from level 0 up, by index.
  std::vector<Tile> takeChangedTiles();

 private:
  struct Level {
    std::vector<Tile> filled;  ///< full tiles not yet taken
    Tile open;                 ///< the tile at the right edge
    bool changed = false;      ///< the open tile has grown since the last take
  };

  Level& levelAt(int number);
  void appendToTile(int level, const Hash& hash);

  mutable Hasher hasher_;
  Peaks peaks_;
  std::vector<Level> levels_;
};

}  // namespace jinyue::ledger
