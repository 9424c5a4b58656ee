#include "ledger/tree.h"

#include <iterator>

namespace jinyue::ledger {

LogTree::LogTree(HashAlgorithm algorithm) : hasher_(algorithm) {}

LogTree LogTree::restore(HashAlgorithm algorithm, std::uint64_t size, const TileReader& read) {
  LogTree tree(algorithm);
  // The open tiles are the ones that the peaks come from; each is read once.
  const TileReader reader = [&](int level, std::int64_t index) {
    std::string hashes = read(level, index);
    tree.levelAt(level).open.hashes = hashes;
    return hashes;
  };
  tree.peaks_ = Peaks::restore(tree.hasher_, size, reader);
  int number = 0;
  for (std::uint64_t count = size; count > 0; count /= tile_width, ++number) {
    Level& level = tree.levelAt(number);
    level.open.index = static_cast<std::int64_t>(count / tile_width);
    level.open.hashes.resize(count % tile_width * hash_bytes);
  }
  return tree;
}

void LogTree::append(const Hash& leaf) {
  peaks_.append(hasher_, leaf, [&](int level, const Hash& hash) { appendToTile(level, hash); });
}

Hash LogTree::appendLeaf(std::string_view bytes) {
  const Hash leaf = hasher_.leaf(bytes);
  append(leaf);
  return leaf;
}

LogTree::Level& LogTree::levelAt(int number) {
  while (levels_.size() <= static_cast<std::size_t>(number)) {
    const int next = static_cast<int>(levels_.size());
    levels_.emplace_back().open.level = next;
  }
  return levels_[static_cast<std::size_t>(number)];
}

void LogTree::appendToTile(int number, const Hash& hash) {
  Level& level = levelAt(number);
  level.open.hashes += hash.view();
  level.changed = true;
  if (level.open.hashes.size() < tile_width * hash_bytes) return;
  const std::int64_t next = level.open.index + 1;
  level.filled.push_back(std::move(level.open));
  level.open = {number, next, {}};
  level.changed = false;
}

Hash LogTree::root() const { return peaks_.root(hasher_); }

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
