// The Merkle tree of RFC 9162 §2.1, kept as tiles: a tile of level 0 holds up to 256 leaf hashes, one of
// level 1 the roots of 256 full tiles of level 0, and so on. Only the right edge is held in memory.
#pragma once

#include <cstdint>
#include <functional>
#include <stdexcept>
#include <string>
#include <vector>

#include "ledger/hash.h"

namespace jinyue::ledger {

inline constexpr int tile_width = 256;  ///< hashes in a full tile
inline constexpr int tile_height = 8;   ///< levels of the tree in a tile
inline constexpr int max_tile_level = 7;

struct Tile {
  int level = 0;
  std::int64_t index = 0;
  std::string hashes;  ///< 1 to 256 hashes of 32 bytes
  bool operator==(const Tile&) const = default;
};

/// Gives the hashes of a stored tile, or an empty text when there is none.
using TileReader = std::function<std::string(int level, std::int64_t index)>;

/// A tile that must be there is missing, too short or of no valid length.
class TileFault : public std::runtime_error {
 public:
  TileFault(int level_of_tile, std::int64_t index_of_tile);
  int level;
  std::int64_t index;
};

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
  std::uint64_t size() const { return size_; }
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

  void appendToTile(int level, const Hash& hash);

  mutable Hasher hasher_;
  std::uint64_t size_ = 0;
  std::vector<Hash> peaks_;  ///< roots of the full subtrees, one per set bit of the size, the largest first
  std::vector<Level> levels_;
};

}  // namespace jinyue::ledger
