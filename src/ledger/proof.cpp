#include "ledger/proof.h"

#include <bit>
#include <stdexcept>

#include "ledger/peaks.h"

namespace jinyue::ledger {
namespace {

/// Computes nodes of the tree from tiles; remembers the tile it read last, since neighbours are asked for
/// together.
class NodeReader {
 public:
  NodeReader(HashAlgorithm algorithm, const TileReader& read) : hasher_(algorithm), read_(read) {}

  /// MTH over the leaves [begin, end), of which begin is a multiple of the power of two that covers the
  /// range.
  Hash root(std::uint64_t begin, std::uint64_t end) {
    const std::uint64_t count = end - begin;
    if (count == 0) return hasher_.plain({});
    if (std::has_single_bit(count)) return fullNode(std::countr_zero(count), begin / count);
    const std::uint64_t left = std::bit_floor(count);
    const Hash left_root = root(begin, begin + left);
    return hasher_.node(left_root, root(begin + left, end));
  }

 private:
  /// The root of the full subtree of 2^height leaves that is number `index` of its height.
  Hash fullNode(int height, std::uint64_t index) {
    const int level = height / tile_height;
    const std::uint64_t width = std::uint64_t{1} << static_cast<unsigned>(height % tile_height);
    const std::uint64_t first = index * width;
    const auto tile = static_cast<std::int64_t>(first / tile_width);
    if (level != level_ || tile != index_) {
      hashes_ = read_(level, tile);
      level_ = level;
      index_ = tile;
    }
    const std::uint64_t offset = first % tile_width;
    if (hashes_.size() < (offset + width) * hash_bytes) throw TileFault(level, tile);
    return foldFull(hasher_, hashesOf(hashes_, offset, width));
  }

  Hasher hasher_;
  const TileReader& read_;
  int level_ = -1;
  std::int64_t index_ = -1;
  std::string hashes_;
};

/// Where RFC 9162 splits a tree of more than one leaf: the largest power of two below `count`.
std::uint64_t splitOf(std::uint64_t count) { return std::bit_floor(count - 1); }

/// Walks a proof; `next` gives nullopt when it is too short.
struct Steps {
  const std::vector<Hash>& proof;
  std::size_t used = 0;
  std::optional<Hash> next() { return used < proof.size() ? std::optional(proof[used++]) : std::nullopt; }
  bool isUsedUp() const { return used == proof.size(); }
};

}  // namespace

Hash rootAt(HashAlgorithm algorithm, std::uint64_t size, const TileReader& read) {
  return NodeReader(algorithm, read).root(0, size);
}

std::vector<Hash> inclusionProof(HashAlgorithm algorithm, std::uint64_t index, std::uint64_t size,
                                 const TileReader& read) {
  if (index >= size) throw std::out_of_range("the log has no such leaf");
  NodeReader nodes(algorithm, read);
  std::vector<Hash> proof;
  std::uint64_t begin = 0;
  for (std::uint64_t end = size; end - begin > 1;) {
    const std::uint64_t middle = begin + splitOf(end - begin);
    if (index < middle) {
      proof.push_back(nodes.root(middle, end));
      end = middle;
    } else {
      proof.push_back(nodes.root(begin, middle));
      begin = middle;
    }
  }
  return {proof.rbegin(), proof.rend()};
}

std::vector<Hash> consistencyProof(HashAlgorithm algorithm, std::uint64_t old_size, std::uint64_t new_size,
                                   const TileReader& read) {
  if (old_size > new_size) throw std::out_of_range("the old log is longer than the new one");
  if (old_size == 0 || old_size == new_size) return {};
  NodeReader nodes(algorithm, read);
  std::vector<Hash> proof;
  std::uint64_t begin = 0;
  std::uint64_t end = new_size;
  while (old_size != end) {
    const std::uint64_t middle = begin + splitOf(end - begin);
    if (old_size <= middle) {
      proof.push_back(nodes.root(middle, end));
      end = middle;
    } else {
      proof.push_back(nodes.root(begin, middle));
      begin = middle;
    }
  }
  // The subtree at hand is the old tree itself when nothing was left of it; its root the verifier knows.
  if (begin != 0) proof.push_back(nodes.root(begin, end));
  return {proof.rbegin(), proof.rend()};
}

bool verifyInclusion(HashAlgorithm algorithm, const Hash& leaf, std::uint64_t index, std::uint64_t size,
                     const std::vector<Hash>& proof, const Hash& root) {
  if (index >= size) return false;
  Hasher hasher(algorithm);
  Steps steps{proof};
  std::uint64_t place = index;    // of our node among the nodes of its level
  std::uint64_t last = size - 1;  // the place of the level's last node
  Hash node = leaf;
  for (; last > 0; place >>= 1U, last >>= 1U) {
    const bool is_right = (place & 1U) != 0;
    if (!is_right && place == last) continue;  // has no sibling: goes up as it is
    const auto sibling = steps.next();
    if (!sibling) return false;
    node = is_right ? hasher.node(*sibling, node) : hasher.node(node, *sibling);
  }
  return steps.isUsedUp() && node == root;
}

bool verifyConsistency(HashAlgorithm algorithm, std::uint64_t old_size, const Hash& old_root,
                       std::uint64_t new_size, const Hash& new_root, const std::vector<Hash>& proof) {
  if (old_size > new_size) return false;
  Hasher hasher(algorithm);
  if (old_size == new_size) return proof.empty() && old_root == new_root;
  if (old_size == 0) return proof.empty() && old_root == hasher.plain({});
  Steps steps{proof};
  // Start at the largest full subtree at the right edge of the old tree.
  const auto low_ones = static_cast<unsigned>(std::countr_zero(old_size));
  std::uint64_t place = (old_size - 1) >> low_ones;
  std::uint64_t last = (new_size - 1) >> low_ones;
  Hash old_node = old_root;
  if (place > 0) {
    const auto first = steps.next();
    if (!first) return false;
    old_node = *first;
  }
  Hash new_node = old_node;
  for (; last > 0; place >>= 1U, last >>= 1U) {
    const bool is_right = (place & 1U) != 0;
    if (!is_right && place == last) continue;
    const auto sibling = steps.next();
    if (!sibling) return false;
    if (is_right) {
      old_node = hasher.node(*sibling, old_node);
      new_node = hasher.node(*sibling, new_node);
    } else {
      new_node = hasher.node(new_node, *sibling);
    }
  }
  return steps.isUsedUp() && old_node == old_root && new_node == new_root;
}

}  // namespace jinyue::ledger
