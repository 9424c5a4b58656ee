#include "ledger/tree.h"

#include <bit>

#include <fmt/format.h>

namespace jinyue::ledger {

TileFault::TileFault(int level_of_tile, std::int64_t index_of_tile)
    : std::runtime_error(fmt::format("tile {} of level {} of the log is missing or too short", index_of_tile,
                                     level_of_tile)),
      level(level_of_tile),
      index(index_of_tile) {}

LogTree::LogTree(HashAlgorithm algorithm) : hasher_(algorithm) {}

LogTree LogTree::restore(HashAlgorithm algorithm, std::uint64_t size, const TileReader& read) {
  LogTree tree(algorithm);
  tree.size_ = size;
  std::vector<Hash> peaks_upwards;
  for (std::uint64_t count = size; count > 0; count >>= tile_height) {
    const int number = static_cast<int>(tree.levels_.size());
    Level& level = tree.levels_.emplace_back();
    level.open.level = number;
    level.open.index = static_cast<std::int64_t>(count / tile_width);
    const std::size_t kept = count % tile_width;
    if (kept == 0) continue;
    level.open.hashes = read(number, level.open.index);
    if (level.open.hashes.size() < kept * hash_bytes) throw TileFault(number, level.open.index);
    level.open.hashes.resize(kept * hash_bytes);
    // Each set bit of `kept` is one full subtree, the smallest at the right end.
    std::size_t end = kept;
    for (std::size_t width = 1; width <= kept; width *= 2) {
      if ((kept & width) == 0) continue;
      std::vector<Hash> nodes;
      for (std::size_t i = end - width; i < end; ++i) {
        nodes.push_back(Hash::fromBytes(std::string_view(level.open.hashes).substr(i * hash_bytes)));
      }
      for (; nodes.size() > 1; nodes.resize(nodes.size() / 2)) {
        for (std::size_t i = 0; i < nodes.size() / 2; ++i) {
          nodes[i] = tree.hasher_.node(nodes[2 * i], nodes[2 * i + 1]);
        }
      }
      peaks_upwards.push_back(nodes.front());
      end -= width;
    }
  }
  tree.peaks_.assign(peaks_upwards.rbegin(), peaks_upwards.rend());
  return tree;
}

void LogTree::append(const Hash& leaf) {
  appendToTile(0, leaf);
  Hash node = leaf;
  // Two full subtrees of one height become one of the next; as many as the size has set bits at its low end.
  const int merges = std::countr_one(size_);
  for (int height = 1; height <= merges; ++height) {
    node = hasher_.node(peaks_.back(), node);
    peaks_.pop_back();
    if (height % tile_height == 0) appendToTile(height / tile_height, node);
  }
  peaks_.push_back(node);
  ++size_;
}

Hash LogTree::appendLeaf(std::string_view bytes) {
  const Hash leaf = hasher_.leaf(bytes);
  append(leaf);
  return leaf;
}

void LogTree::appendToTile(int number, const Hash& hash) {
  if (levels_.size() <= static_cast<std::size_t>(number)) {
    levels_.emplace_back().open.level = number;
  }
  Level& level = levels_[static_cast<std::size_t>(number)];
  level.open.hashes += hash.view();
  level.changed = true;
  if (level.open.hashes.size() < tile_width * hash_bytes) return;
  const std::int64_t next = level.open.index + 1;
  level.filled.push_back(std::move(level.open));
  level.open = {number, next, {}};
  level.changed = false;
}

Hash LogTree::root() const {
  if (peaks_.empty()) return hasher_.plain({});
  Hash root = peaks_.back();
  for (std::size_t i = peaks_.size() - 1; i > 0; --i) root = hasher_.node(peaks_[i - 1], root);
  return root;
}

std::vector<Tile> LogTree::takeChangedTiles() {
  std::vector<Tile> tiles;
  for (Level& level : levels_) {
    std::move(level.filled.begin(), level.filled.end(), std::back_inserter(tiles));
    level.filled.clear();
    if (level.changed) tiles.push_back(level.open);
    level.changed = false;
  }
  return tiles;
}

}  // namespace jinyue::ledger
