#include "ledger/hash.h"

#include <gtest/gtest.h>

namespace jinyue::ledger {
namespace {

// GB/T 32905-2016 appendix A.
TEST(Hash, Sm3OfTheStandardVectors) {
  Hasher sm3(HashAlgorithm::sm3);
  EXPECT_EQ(toHex(sm3.plain("abc")), "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0");
  std::string text;
  for (int i = 0; i < 16; ++i) text += "abcd";
  EXPECT_EQ(toHex(sm3.plain(text)), "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732");
}

// FIPS 180-4.
TEST(Hash, Sha256OfTheStandardVectors) {
  Hasher sha(HashAlgorithm::sha256);
  EXPECT_EQ(toHex(sha.plain("abc")), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(toHex(sha.plain("")), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

TEST(Hash, LeavesAndNodesArePrefixed) {
  Hasher hasher(HashAlgorithm::sha256);
  EXPECT_EQ(hasher.leaf("x"), hasher.plain(std::string("\0x", 2)));
  const Hash left = hasher.plain("l");
  const Hash right = hasher.plain("r");
  EXPECT_EQ(hasher.node(left, right),
            hasher.plain("\1" + std::string(left.view()) + std::string(right.view())));
  Hasher moved = std::move(hasher);
  EXPECT_EQ(toHex(moved.leaf("")), "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d");
}

TEST(Hash, HexIsReadStrictly) {
  const std::string hex = "00ff" + std::string(60, 'a');
  EXPECT_EQ(toHex(*hashFromHex(hex)), hex);
  EXPECT_FALSE(hashFromHex(hex + "00"));
  EXPECT_FALSE(hashFromHex("00FF" + std::string(60, 'a')));
  EXPECT_TRUE(fromJson<std::vector<Hash>>("[\"" + hex + "\"]"));
  EXPECT_FALSE(fromJson<std::vector<Hash>>("[\"00\"]"));
  EXPECT_THROW(Hash::fromBytes("short"), std::invalid_argument);
}

}  // namespace
}  // namespace jinyue::ledger
