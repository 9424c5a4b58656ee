// Tiles as a store keeps them, for tests.
#pragma once

#include <map>
#include <string>
#include <utility>

#include "ledger/tree.h"

namespace jinyue::ledger {

struct StoredTiles {
  std::map<std::pair<int, std::int64_t>, std::string> tiles;

  void put(const std::vector<Tile>& changed) {
    for (const Tile& tile : changed) tiles[{tile.level, tile.index}] = tile.hashes;
  }
  TileReader reader() const {
    return [this](int level, std::int64_t index) {
      const auto found = tiles.find({level, index});
      return found == tiles.end() ? std::string() : found->second;
    };
  }
};

}  // namespace jinyue::ledger
