#include "feel/value.h"

#include <gtest/gtest.h>

namespace jinyue::feel {
namespace {

TEST(Value, shortAndLongStrings) {
  for (const std::size_t size : {0U, 1U, 21U, 22U, 23U, 100U}) {
    const std::string text(size, 'x');
    const Value value(text);
    const Value copy = value;
    EXPECT_EQ(*copy.asString(), text);
    EXPECT_EQ(copy, value);
  }
}

TEST(Value, movedFromIsNull) {
  Value value("a text that is longer than what fits inside");
  const Value other = std::move(value);
  EXPECT_TRUE(value.isNull());
  EXPECT_EQ(*other.asString(), "a text that is longer than what fits inside");
}

TEST(Value, temporalPartsComeBack) {
  const DateTime moment{{-2026, 12, 31}, {86'399'999'999'999, {-3600, nullptr}}};
  EXPECT_EQ(Value(moment).asDateTime(), moment);
  const DateTime zoned{{2026, 2, 28}, {1, *zoneNamed("Asia/Shanghai")}};
  EXPECT_EQ(Value(zoned).asDateTime(), zoned);
  const CivilDate date{999'999'999, 1, 2};
  EXPECT_EQ(Value(date).asDate(), date);
  const DaysDuration days{-(Int128{1} << 80)};
  EXPECT_EQ(Value(days).asDaysDuration(), days);
}

TEST(Value, convertsToAndFromBase) {
  const Date day = makeDate(2026, 11, 22);
  EXPECT_EQ(Value::of(day).asBaseDate(), day);
  const Instant instant = *parseInstant("2026-11-22T04:38:21.123Z");
  EXPECT_EQ(Value::of(instant).asInstant(), instant);
  const Value local(DateTime{{2026, 11, 22}, {12 * 3600 * nanos_per_second, {}}});
  EXPECT_EQ(local.asInstant(), *parseInstant("2026-11-22T04:00:00Z"));
}

TEST(Value, identityOfContextsIgnoresOrder) {
  EXPECT_EQ(Value(Context{{"a", 1}, {"b", 2}}), Value(Context{{"b", 2}, {"a", 1}}));
  EXPECT_NE(Value(Context{{"a", 1}}), Value(Context{{"a", 1}, {"b", Value()}}));
  EXPECT_EQ(Value(Number::scaled(150, -2)), Value(Number::scaled(15, -1)));
  EXPECT_NE(Value(1), Value("1"));
}

TEST(Value, measuresItself) {
  EXPECT_EQ(Value(1).depth(), 0U);
  const Value nested(List{List{1, 2}, Context{{"a", List{}}}});
  EXPECT_EQ(nested.depth(), 3U);
  EXPECT_EQ(nested.weight(), 6U);
}

TEST(Value, appendsOnlyToItsOwnList) {
  Value list(List{1});
  ASSERT_TRUE(list.appendInPlace(2));
  const Value copy = list;
  EXPECT_FALSE(list.appendInPlace(3));
  EXPECT_EQ(copy, Value(List{1, 2}));
}

TEST(Context, findsManyEntriesAndForgetsErased) {
  Context context;
  for (int i = 0; i < 200; ++i) context.set("name " + std::to_string(i * 7 % 200), i);
  ASSERT_EQ(context.size(), 200U);
  for (int i = 0; i < 200; ++i) EXPECT_EQ(*context.find("name " + std::to_string(i * 7 % 200)), Value(i));
  EXPECT_EQ(context.find("name 200"), nullptr);
  EXPECT_TRUE(context.erase("name 100"));
  EXPECT_FALSE(context.erase("name 100"));
  EXPECT_EQ(context.find("name 100"), nullptr);
  EXPECT_NE(context.find("name 101"), nullptr);
  context.set("name 101", "new");
  EXPECT_EQ(*context.find("name 101"), Value("new"));
  EXPECT_EQ(context.size(), 199U);
  EXPECT_EQ(context.begin()->name, "name 0");
}

}  // namespace
}  // namespace jinyue::feel
