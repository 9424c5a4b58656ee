#include "ledger/peaks.h"

#include <algorithm>

#include <fmt/format.h>

namespace jinyue::ledger {

TileFault::TileFault(int level_of_tile, std::int64_t index_of_tile)
    : std::runtime_error(fmt::format("tile {} of level {} of the log is missing or too short", index_of_tile,
                                     level_of_tile)),
      level(level_of_tile),
      index(index_of_tile) {}

Hash foldFull(Hasher& hasher, std::vector<Hash> hashes) {
  for (; hashes.size() > 1; hashes.resize(hashes.size() / 2)) {
    for (std::size_t i = 0; i < hashes.size() / 2; ++i) {
      hashes[i] = hasher.node(hashes[2 * i], hashes[2 * i + 1]);
    }
  }
  return hashes.front();
}

std::vector<Hash> hashesOf(std::string_view tile, std::size_t first, std::size_t count) {
  std::vector<Hash> hashes;
  hashes.reserve(count);
  for (std::size_t i = first; i < first + count; ++i)
    hashes.push_back(Hash::fromBytes(tile.substr(i * hash_bytes)));
  return hashes;
}

Peaks Peaks::restore(Hasher& hasher, std::uint64_t size, const TileReader& read) {
  Peaks peaks;
  peaks.size_ = size;
  int level = 0;
  for (std::uint64_t count = size; count > 0; count /= tile_width, ++level) {
    std::size_t end = count % tile_width;
    if (end == 0) continue;
    const auto index = static_cast<std::int64_t>(count / tile_width);
    const std::string tile = read(level, index);
    if (tile.size() < end * hash_bytes) throw TileFault(level, index);
    // Each set bit is one full subtree, the smallest at the right end.
    for (std::size_t width = 1; end > 0; width *= 2) {
      if ((end & width) == 0) continue;
      end -= width;
      peaks.hashes_.push_back(foldFull(hasher, hashesOf(tile, end, width)));
    }
  }
  std::ranges::reverse(peaks.hashes_);
  return peaks;
}

Hash Peaks::root(Hasher& hasher) const {
  if (hashes_.empty()) return hasher.plain({});
  Hash root = hashes_.back();
  for (std::size_t i = hashes_.size() - 1; i > 0; --i) root = hasher.node(hashes_[i - 1], root);
  return root;
}

}  // namespace jinyue::ledger
