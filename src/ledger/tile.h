// Tiles: how the hashes of the Merkle tree are stored. A tile of level 0 holds up to 256 leaf hashes, one of
// level 1 the roots of 256 full tiles of level 0, and so on.
#pragma once

#include <cstdint>
#include <functional>
#include <stdexcept>
#include <string>

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

/// A tile that must be there is missing or too short.
class TileFault : public std::runtime_error {
 public:
  TileFault(int level_of_tile, std::int64_t index_of_tile);
  int level;
  std::int64_t index;
};

}  // namespace jinyue::ledger
