#include "hotline/resemblance.h"

#include <gtest/gtest.h>

#include "hotline/surge.h"

namespace jinyue::hotline {
namespace {

TEST(Resemblance, SamePlaceAndSameMatterInOtherWordsAreLikelyOne) {
  EXPECT_TRUE(
      compare({"路灯不亮", "人民路 1 号", {}, {}}, {"路灯不亮了三天", "人民路1号", {}, {}}).isLikely());
  EXPECT_TRUE(compare({"路灯不亮", "", 121.640, 38.920}, {"三盏路灯不亮", "", 121.6405, 38.9204}).isLikely());
}

TEST(Resemblance, AnotherPlaceIsAnotherMatter) {
  EXPECT_FALSE(compare({"路灯不亮", "人民路 1 号", {}, {}}, {"路灯不亮", "黄河路 88 号", {}, {}}).isLikely());
  EXPECT_FALSE(compare({"路灯不亮", "", 121.640, 38.920}, {"路灯不亮", "", 121.700, 38.920}).isLikely());
}

TEST(Resemblance, AnotherMatterAtTheSamePlaceIsAnother) {
  EXPECT_FALSE(
      compare({"路灯不亮", "人民路 1 号", {}, {}}, {"夜间施工噪声", "人民路 1 号", {}, {}}).isLikely() &&
      likeness("路灯不亮", "夜间施工噪声") > 0.1);
}

TEST(Resemblance, WithoutAPlaceTheMatterMustBeNearlyTheSame) {
  EXPECT_TRUE(compare({"人民路路灯不亮", "", {}, {}}, {"人民路路灯不亮", "", {}, {}}).isLikely());
  EXPECT_FALSE(compare({"人民路路灯不亮", "", {}, {}}, {"中山路路灯损坏", "", {}, {}}).isLikely());
}

TEST(Resemblance, MetresAreThoseOfTheEarth) {
  EXPECT_NEAR(metresBetween(121.6, 38.9, 121.6, 39.9), 111'195, 50);  // a degree of latitude
  EXPECT_NEAR(metresBetween(121.6, 38.9, 121.6, 38.9), 0, 0.001);
}

TEST(Surge, FarAboveTheUsualWarns) {
  const std::int64_t before[] = {10, 12, 9, 11, 10, 8, 10, 11};
  EXPECT_FALSE(surgeOf(14, before).warns);
  const Surge surge = surgeOf(30, before);
  EXPECT_TRUE(surge.warns);
  EXPECT_DOUBLE_EQ(surge.usual, 10);
  EXPECT_NEAR(surge.threshold, 10 + 3 * 3.1623, 0.001);
}

TEST(Surge, OneWildWeekBeforeHidesNothing) {
  const std::int64_t before[] = {10, 12, 9, 11, 400, 8, 10, 11};
  EXPECT_TRUE(surgeOf(30, before).warns);
}

TEST(Surge, AFewOrdersAreNoSurgeAndWithoutAPastNothingIs) {
  const std::int64_t quiet[] = {0, 0, 0, 0};
  EXPECT_FALSE(surgeOf(4, quiet).warns);
  EXPECT_TRUE(surgeOf(6, quiet).warns);
  EXPECT_FALSE(surgeOf(100, {}).warns);
}

}  // namespace
}  // namespace jinyue::hotline
