#include "ledger/tree.h"

#include <random>
#include <set>

#include <gtest/gtest.h>

#include "base/text.h"
#include "ledger/proof.h"
#include "ledger/reference_tree.h"
#include "ledger/stored_tiles.h"

namespace jinyue::ledger {
namespace {

// The eight leaves and their roots, in use since RFC 6962's first implementation.
const std::vector<std::string> known_leaves{
    "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"};
const std::vector<std::string> known_roots{
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"};

std::vector<std::string> hexes(const std::vector<Hash>& hashes) {
  std::vector<std::string> out;
  for (const Hash& hash : hashes) out.push_back(toHex(hash));
  return out;
}

StoredTiles knownTiles() {
  StoredTiles tiles;
  LogTree tree(HashAlgorithm::sha256);
  for (const std::string& leaf : known_leaves) tree.appendLeaf(*fromHex(leaf));
  tiles.put(tree.takeChangedTiles());
  return tiles;
}

TEST(Tree, KnownRoots) {
  LogTree tree(HashAlgorithm::sha256);
  EXPECT_EQ(toHex(tree.root()), known_roots[0]);
  for (std::size_t i = 0; i < known_leaves.size(); ++i) {
    tree.appendLeaf(*fromHex(known_leaves[i]));
    EXPECT_EQ(tree.size(), i + 1);
    EXPECT_EQ(toHex(tree.root()), known_roots[i + 1]);
  }
  const StoredTiles tiles = knownTiles();
  for (std::size_t size = 0; size <= 8; ++size) {
    EXPECT_EQ(toHex(rootAt(HashAlgorithm::sha256, size, tiles.reader())), known_roots[size]);
  }
}

TEST(Proof, KnownInclusionProofs) {
  const StoredTiles tiles = knownTiles();
  const auto proof = [&](std::uint64_t index, std::uint64_t size) {
    return hexes(inclusionProof(HashAlgorithm::sha256, index, size, tiles.reader()));
  };
  EXPECT_EQ(proof(0, 1), std::vector<std::string>{});
  EXPECT_EQ(proof(0, 8),
            (std::vector<std::string>{"96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
                                      "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                                      "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"}));
  EXPECT_EQ(proof(5, 8),
            (std::vector<std::string>{"bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
                                      "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                                      known_roots[4]}));
  EXPECT_EQ(proof(2, 3), std::vector<std::string>{known_roots[2]});
  EXPECT_EQ(proof(1, 5),
            (std::vector<std::string>{known_roots[1],
                                      "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                                      "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"}));
}

TEST(Proof, KnownConsistencyProofs) {
  const StoredTiles tiles = knownTiles();
  const auto proof = [&](std::uint64_t old_size, std::uint64_t size) {
    return hexes(consistencyProof(HashAlgorithm::sha256, old_size, size, tiles.reader()));
  };
  EXPECT_EQ(proof(1, 1), std::vector<std::string>{});
  EXPECT_EQ(proof(1, 8),
            (std::vector<std::string>{"96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
                                      "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                                      "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"}));
  EXPECT_EQ(proof(6, 8),
            (std::vector<std::string>{"0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
                                      "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                                      known_roots[4]}));
  EXPECT_EQ(proof(2, 5),
            (std::vector<std::string>{"5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                                      "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"}));
}

class BothHashes : public testing::TestWithParam<HashAlgorithm> {};
INSTANTIATE_TEST_SUITE_P(Ledger, BothHashes, testing::Values(HashAlgorithm::sha256, HashAlgorithm::sm3));

TEST_P(BothHashes, RootsAndProofsOfEverySmallSizeAreThoseOfTheReference) {
  constexpr std::uint64_t largest = 270;  // past the first full tile
  ReferenceTree reference(GetParam());
  LogTree tree(GetParam());
  StoredTiles tiles;
  for (std::uint64_t size = 0; size <= largest; ++size) {
    ASSERT_EQ(tree.root(), reference.root(size)) << size;
    reference.append(std::to_string(size));
    EXPECT_EQ(tree.appendLeaf(std::to_string(size)), reference.leaf(size));
  }
  tiles.put(tree.takeChangedTiles());
  for (std::uint64_t size = 0; size <= largest; ++size) {
    const Hash root = reference.root(size);
    ASSERT_EQ(rootAt(GetParam(), size, tiles.reader()), root);
    for (std::uint64_t old_size = 0; old_size <= size; ++old_size) {
      const auto proof = consistencyProof(GetParam(), old_size, size, tiles.reader());
      ASSERT_EQ(proof, reference.proof(old_size, size)) << old_size << " " << size;
      ASSERT_TRUE(verifyConsistency(GetParam(), old_size, reference.root(old_size), size, root, proof));
      if (old_size == size) continue;
      const auto path = inclusionProof(GetParam(), old_size, size, tiles.reader());
      ASSERT_EQ(path, reference.path(old_size, size)) << old_size << " " << size;
      ASSERT_TRUE(verifyInclusion(GetParam(), reference.leaf(old_size), old_size, size, path, root));
    }
  }
}

TEST_P(BothHashes, BigTreesInRandomBatchesAgreeWithTheReference) {
  constexpr std::uint64_t largest = 140'000;  // past two full tiles of level 1
  std::mt19937_64 random(20260101);
  ReferenceTree reference(GetParam());
  LogTree tree(GetParam());
  StoredTiles tiles;
  while (tree.size() < largest) {
    const std::uint64_t before = tree.size();
    const std::uint64_t batch = 1 + random() % (random() % 8 == 0 ? 9000 : 90);
    for (std::uint64_t i = 0; i < batch; ++i) {
      const std::string leaf = std::to_string(tree.size()) + "!";
      reference.append(leaf);
      tree.appendLeaf(leaf);
    }
    std::set<std::pair<int, std::int64_t>> expected;
    std::uint64_t old_count = before;
    int level = 0;
    for (std::uint64_t count = tree.size(); count > 0; count /= 256, old_count /= 256, ++level) {
      for (std::uint64_t hash = old_count; hash < count; ++hash) {
        expected.emplace(level, static_cast<std::int64_t>(hash / 256));
      }
    }
    std::set<std::pair<int, std::int64_t>> seen;
    const auto changed = tree.takeChangedTiles();
    for (const Tile& tile : changed) EXPECT_TRUE(seen.emplace(tile.level, tile.index).second);
    ASSERT_EQ(seen, expected) << before << " " << tree.size();
    tiles.put(changed);
    EXPECT_TRUE(tree.takeChangedTiles().empty());
    if (random() % 3 == 0) tree = LogTree::restore(GetParam(), tree.size(), tiles.reader());
    EXPECT_TRUE(tree.takeChangedTiles().empty());
  }
  EXPECT_EQ(tree.root(), reference.root(tree.size()));
  for (int i = 0; i < 300; ++i) {
    const std::uint64_t size = 1 + random() % tree.size();
    const std::uint64_t index = random() % size;
    EXPECT_EQ(LogTree::restore(GetParam(), size, tiles.reader()).root(), reference.root(size));
    const auto path = inclusionProof(GetParam(), index, size, tiles.reader());
    EXPECT_EQ(path, reference.path(index, size));
    EXPECT_TRUE(verifyInclusion(GetParam(), reference.leaf(index), index, size, path, reference.root(size)));
    const auto proof = consistencyProof(GetParam(), index, size, tiles.reader());
    EXPECT_EQ(proof, reference.proof(index, size));
    EXPECT_TRUE(
        verifyConsistency(GetParam(), index, reference.root(index), size, reference.root(size), proof));
  }
}

TEST_P(BothHashes, WrongProofsAreRefused) {
  std::mt19937_64 random(7);
  ReferenceTree reference(GetParam());
  LogTree tree(GetParam());
  StoredTiles tiles;
  for (int i = 0; i < 600; ++i) {
    reference.append(std::to_string(i));
    tree.appendLeaf(std::to_string(i));
  }
  tiles.put(tree.takeChangedTiles());
  for (int i = 0; i < 2000; ++i) {
    const std::uint64_t size = 2 + random() % 598;
    const std::uint64_t index = random() % size;
    const Hash root = reference.root(size);
    auto path = reference.path(index, size);
    auto proof = reference.proof(index, size);
    const auto damage = [&](std::vector<Hash>& hashes) {
      const auto place = static_cast<std::ptrdiff_t>(random() % hashes.size());
      switch (random() % 4) {
        case 0: hashes[static_cast<std::size_t>(place)].bytes[random() % 32] ^= 1U << (random() % 8); break;
        case 1: hashes.erase(hashes.begin() + place); break;
        case 2: hashes.insert(hashes.begin() + place, root); break;
        default: hashes.push_back(root);
      }
    };
    damage(path);
    EXPECT_FALSE(verifyInclusion(GetParam(), reference.leaf(index), index, size, path, root));
    if (proof.empty()) continue;
    damage(proof);
    EXPECT_FALSE(verifyConsistency(GetParam(), index, reference.root(index), size, root, proof))
        << index << " " << size;
  }
  const auto path = reference.path(3, 600);
  EXPECT_FALSE(verifyInclusion(GetParam(), reference.leaf(3), 4, 600, path, reference.root(600)));
  EXPECT_FALSE(verifyInclusion(GetParam(), reference.leaf(4), 3, 600, path, reference.root(600)));
  EXPECT_FALSE(verifyInclusion(GetParam(), reference.leaf(3), 3, 601, path, reference.root(600)) &&
               verifyInclusion(GetParam(), reference.leaf(3), 3, 300, path, reference.root(600)));
  EXPECT_FALSE(verifyInclusion(GetParam(), reference.leaf(3), 603, 600, path, reference.root(600)));
  EXPECT_FALSE(
      verifyConsistency(GetParam(), 5, reference.root(4), 600, reference.root(600), reference.proof(5, 600)));
  EXPECT_FALSE(verifyConsistency(GetParam(), 601, reference.root(600), 600, reference.root(600), {}));
  EXPECT_FALSE(verifyConsistency(GetParam(), 600, reference.root(599), 600, reference.root(600), {}));
  EXPECT_FALSE(verifyConsistency(GetParam(), 0, reference.root(1), 600, reference.root(600), {}));
}

TEST(Tree, MissingTilesAreFaults) {
  StoredTiles tiles;
  LogTree tree(HashAlgorithm::sha256);
  for (int i = 0; i < 700; ++i) tree.appendLeaf(std::to_string(i));
  tiles.put(tree.takeChangedTiles());
  EXPECT_THROW(inclusionProof(HashAlgorithm::sha256, 5, 5, tiles.reader()), std::out_of_range);
  EXPECT_THROW(consistencyProof(HashAlgorithm::sha256, 6, 5, tiles.reader()), std::out_of_range);
  EXPECT_THROW(rootAt(HashAlgorithm::sha256, 701, tiles.reader()), TileFault);
  tiles.tiles[{0, 2}].resize(187 * 32);
  EXPECT_THROW(LogTree::restore(HashAlgorithm::sha256, 700, tiles.reader()), TileFault);
  EXPECT_NO_THROW(LogTree::restore(HashAlgorithm::sha256, 699, tiles.reader()));
  tiles.tiles.erase({1, 0});
  EXPECT_THROW(LogTree::restore(HashAlgorithm::sha256, 699, tiles.reader()), TileFault);
}

}  // namespace
}  // namespace jinyue::ledger
