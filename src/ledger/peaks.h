// The smallest state that a Merkle tree grows from: the roots of its full subtrees.
#pragma once

#include <bit>
#include <cstdint>
#include <vector>

#include "ledger/hash.h"
#include "ledger/tile.h"

namespace jinyue::ledger {

class Peaks {
 public:
  /// Those of the first `size` leaves, from stored tiles, the highest levels first. Throws TileFault.
  static Peaks restore(Hasher& hasher, std::uint64_t size, const TileReader& read);

  std::uint64_t size() const { return size_; }
  Hash root(Hasher& hasher) const;

  /// Calls on_node(level, hash) for each hash that enters a tile: the leaf, and roots of tiles that it fills.
  template <class OnNode>
  void append(Hasher& hasher, const Hash& leaf, OnNode&& on_node) {
    on_node(0, leaf);
    Hash node = leaf;
    // Two full subtrees of one height become one of the next; as many as the size has set bits at its low
    // end.
    const int merges = std::countr_one(size_);
    for (int height = 1; height <= merges; ++height) {
      node = hasher.node(hashes_.back(), node);
      hashes_.pop_back();
      if (height % tile_height == 0) on_node(height / tile_height, node);
    }
    hashes_.push_back(node);
    ++size_;
  }

 private:
  std::uint64_t size_ = 0;
  std::vector<Hash> hashes_;  ///< one per set bit of the size, the largest subtree first
};

/// The root of a full subtree over these hashes, whose number is a power of two. Uses them up.
Hash foldFull(Hasher& hasher, std::vector<Hash> hashes);
/// `count` hashes of a tile, from number `first` on; the tile must have them.
std::vector<Hash> hashesOf(std::string_view tile, std::size_t first, std::size_t count);

}  // namespace jinyue::ledger
