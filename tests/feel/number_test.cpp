#include "feel/number.h"

#include <cmath>

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

namespace jinyue::feel {
namespace number_test {

Number parsed(const char* text) { return Number::parse(text).value(); }

TEST(Number, printsAllDigits) {
  const std::pair<const char*, const char*> cases[] = {
      {"0", "0"},
      {"-0", "0"},
      {"0.00", "0"},
      {"1.50", "1.5"},
      {"-12.5", "-12.5"},
      {".5", "0.5"},
      {"1e3", "1000"},
      {"1.5E+3", "1500"},
      {"1e-3", "0.001"},
      {"123456789012345678901234567890", "123456789012345678901234567890"},
      {"9223372036854775808", "9223372036854775808"},
      {"0.1234567890123456789012345678901234", "0.1234567890123456789012345678901234"},
      {"1.00000000000000000000000000000000000001", "1"}};
  for (const auto& [text, shown] : cases) EXPECT_EQ(parsed(text).toString(), shown) << text;
}

TEST(Number, refusesWhatIsNoDecimal) {
  for (const char* text :
       {"", "-", "+", ".", "1.", "1e", "1e+", "0x10", "1,5", " 1", "1 ", "Infinity", "NaN", "1e9999", "１"}) {
    EXPECT_FALSE(Number::parse(text)) << text;
  }
}

TEST(Number, dividesWithThirtyFourDigits) {
  EXPECT_EQ((Number(1) / Number(3)).toString(), "0.3333333333333333333333333333333333");
  EXPECT_EQ((Number(2) / Number(3)).toString(), "0.6666666666666666666666666666666667");
  EXPECT_EQ((Number(6) / Number(3)).toString(), "2");
  EXPECT_EQ((Number(-7) / Number(2)).toString(), "-3.5");
  EXPECT_FALSE((Number(1) / Number(0)).isFinite());
}

TEST(Number, leavesTheFastPathInTime) {
  const Number largest = parsed("18446744073709551615");
  EXPECT_EQ((largest + Number(1)).toString(), "18446744073709551616");
  EXPECT_EQ((largest * largest).toString(), "340282366920938463426481119284349100000");
  EXPECT_EQ((Number(std::numeric_limits<std::int64_t>::min()) - Number(1)).toString(),
            "-9223372036854775809");
  EXPECT_LT(largest, largest + Number(1));
  EXPECT_EQ(Number(std::numeric_limits<std::int64_t>::min()).toInt64(),
            std::numeric_limits<std::int64_t>::min());
  EXPECT_FALSE(parsed("9223372036854775808").toInt64());
}

TEST(Number, roundsAsTheStandardSays) {
  struct Row {
    const char* value;
    const char* half_even;
    const char* half_up;
    const char* half_down;
    const char* up;
    const char* down;
    const char* floor;
    const char* ceiling;
  };
  const Row rows[] = {
      {"5.5", "6", "6", "5", "6", "5", "5", "6"},         {"2.5", "2", "3", "2", "3", "2", "2", "3"},
      {"1.1", "1", "1", "1", "2", "1", "1", "2"},         {"-1.1", "-1", "-1", "-1", "-2", "-1", "-2", "-1"},
      {"-2.5", "-2", "-3", "-2", "-3", "-2", "-3", "-2"}, {"-5.5", "-6", "-6", "-5", "-6", "-5", "-6", "-5"},
      {"2.51", "3", "3", "3", "3", "2", "2", "3"},        {"7", "7", "7", "7", "7", "7", "7", "7"}};
  for (const Row& row : rows) {
    const Number value = parsed(row.value);
    EXPECT_EQ(value.rounded(0, Rounding::half_even).toString(), row.half_even) << row.value;
    EXPECT_EQ(value.rounded(0, Rounding::half_up).toString(), row.half_up) << row.value;
    EXPECT_EQ(value.rounded(0, Rounding::half_down).toString(), row.half_down) << row.value;
    EXPECT_EQ(value.rounded(0, Rounding::up).toString(), row.up) << row.value;
    EXPECT_EQ(value.rounded(0, Rounding::down).toString(), row.down) << row.value;
    EXPECT_EQ(value.rounded(0, Rounding::floor).toString(), row.floor) << row.value;
    EXPECT_EQ(value.rounded(0, Rounding::ceiling).toString(), row.ceiling) << row.value;
  }
  EXPECT_EQ(parsed("1234.5").rounded(-2, Rounding::half_even).toString(), "1200");
  EXPECT_EQ(parsed("0.335").rounded(2, Rounding::half_even).toString(), "0.34");
  EXPECT_EQ(parsed("1").rounded(6000, Rounding::half_even).toString(), "1");
}

TEST(Number, normalizesEqualNumbersToEqualWords) {
  for (const auto& [a, b] : {std::pair{"1.50", "1.5"}, {"1000", "1e3"}, {"0", "0.000"}}) {
    EXPECT_EQ(parsed(a), parsed(b));
    EXPECT_EQ(parsed(a).normalized().low(), parsed(b).normalized().low());
    EXPECT_EQ(parsed(a).normalized().high(), parsed(b).normalized().high());
  }
}

/// Small decimals whose exact results fit into 128-bit integers.
rc::Gen<std::pair<std::int64_t, int>> decimals() {
  return rc::gen::pair(rc::gen::inRange<std::int64_t>(-1'000'000'000'000, 1'000'000'000'000),
                       rc::gen::inRange(-6, 1));
}

__extension__ typedef __int128 Wide;

Wide scaledTo(const std::pair<std::int64_t, int>& value, int exponent) {
  Wide scaled = value.first;
  for (int i = exponent; i < value.second; ++i) scaled *= 10;
  return scaled;
}

Number make(const std::pair<std::int64_t, int>& value) { return Number::scaled(value.first, value.second); }

RC_GTEST_PROP(NumberProperty, addsMultipliesAndComparesAsIntegersDo, ()) {
  const auto a = *decimals();
  const auto b = *decimals();
  const Wide sum = scaledTo(a, -6) + scaledTo(b, -6);
  const Number exact_sum = Number(static_cast<std::int64_t>(sum / 1'000'000'000)) * Number(1'000'000'000) +
                           Number(static_cast<std::int64_t>(sum % 1'000'000'000));
  RC_ASSERT((make(a) + make(b)) * Number(1'000'000) == exact_sum);
  const Wide product = Wide{a.first} * b.first;
  const Number exact_product =
      Number(static_cast<std::int64_t>(product / 1'000'000'000'000)) * Number(1'000'000'000'000) +
      Number(static_cast<std::int64_t>(product % 1'000'000'000'000));
  RC_ASSERT(make(a) * make(b) == exact_product * Number::scaled(1, a.second + b.second));
  const Wide left = scaledTo(a, -6);
  const Wide right = scaledTo(b, -6);
  RC_ASSERT((make(a) < make(b)) == (left < right));
  RC_ASSERT((make(a) == make(b)) == (left == right));
}

RC_GTEST_PROP(NumberProperty, laws, ()) {
  const Number a = make(*decimals());
  const Number b = make(*decimals());
  RC_ASSERT(a + b == b + a);
  RC_ASSERT(a * b == b * a);
  RC_ASSERT(a - a == Number(0));
  RC_ASSERT(a + b - b == a);
  RC_ASSERT(Number::parse(a.toString()) == a);
  RC_ASSERT(Number::parse(a.toJson()) == a);
  if (!b.isZero()) {
    const Number rest = Number::modulo(a, b);
    RC_ASSERT(rest.isZero() || rest.isNegative() == b.isNegative());
    RC_ASSERT(rest.absolute() < b.absolute());
    RC_ASSERT(((a - rest) / b).isInteger());
    RC_ASSERT(a * b / b == a);
  }
}

RC_GTEST_PROP(NumberProperty, agreesWithDoubleToItsPrecision, ()) {
  const auto value = *decimals();
  const double expected = static_cast<double>(value.first) * std::pow(10.0, value.second);
  RC_ASSERT(std::abs(make(value).toDouble() - expected) <= std::abs(expected) * 1e-14);
}

}  // namespace number_test
}  // namespace jinyue::feel
