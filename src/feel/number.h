// FEEL numbers: IEEE 754 decimal128 (34 digits, half even), DMN 1.5 section 10.3.2.3.1. Never NaN, infinite
// or minus zero in a Value. Sums and comparisons whose coefficients fit in 64 bits are done inline.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace jinyue::feel {

enum class Rounding { half_even, up, down, half_up, half_down, floor, ceiling };

class Number {
 public:
  constexpr Number() = default;
  constexpr explicit Number(std::int64_t value)
      : low_(value < 0 ? 0 - static_cast<std::uint64_t>(value) : static_cast<std::uint64_t>(value)),
        high_(unit_exponent | (value < 0 ? sign_bit : 0)) {}
  /// The two words of the binary integer encoding (BID) of decimal128.
  static constexpr Number fromWords(std::uint64_t low, std::uint64_t high) { return Number(low, high); }
  constexpr std::uint64_t low() const { return low_; }
  constexpr std::uint64_t high() const { return high_; }

  /// A decimal literal: digits, optional fraction, optional exponent and sign; nothing else. Rounds to 34
  /// digits; empty when it is malformed or too large.
  static std::optional<Number> parse(std::string_view text);
  /// coefficient × 10^exponent.
  static Number scaled(std::int64_t coefficient, int exponent);
  /// The nearest decimal with 17 digits; empty when not finite.
  static std::optional<Number> fromDouble(double value);

  /// All digits, without exponent and without trailing zeros: "-12.5".
  std::string toString() const;
  /// Shorter for very large and very small numbers ("1E+40"); valid as a JSON number.
  std::string toJson() const;
  double toDouble() const;
  /// The value when it is a whole number that fits.
  std::optional<std::int64_t> toInt64() const;

  /// False after an overflow or an undefined operation; such a number never gets into a Value.
  constexpr bool isFinite() const { return (high_ & special_bits) != special_bits; }
  constexpr bool isNegative() const { return (high_ & sign_bit) != 0; }
  bool isZero() const { return low_ == 0 && (high_ & high_coefficient) == 0; }
  bool isInteger() const;

  friend Number operator+(const Number& a, const Number& b) {
    if (a.high_ == b.high_ && (a.high_ & high_coefficient) == 0) {
      std::uint64_t sum = 0;
      if (!__builtin_add_overflow(a.low_, b.low_, &sum)) return {sum, a.high_};
    }
    if ((a.high_ ^ b.high_) == sign_bit && (a.high_ & high_coefficient) == 0) {
      if (a.low_ == b.low_) return Number{};
      return a.low_ > b.low_ ? Number{a.low_ - b.low_, a.high_} : Number{b.low_ - a.low_, b.high_};
    }
    return addSlow(a, b);
  }
  friend Number operator-(const Number& a, const Number& b) { return a + -b; }
  friend Number operator*(const Number& a, const Number& b) {
    if (((a.high_ | b.high_) & high_coefficient) == 0 && (a.high_ & ~sign_bit) == unit_exponent) {
      std::uint64_t product = 0;
      if (!__builtin_mul_overflow(a.low_, b.low_, &product)) {
        return product == 0 ? Number{} : Number{product, b.high_ ^ (a.high_ & sign_bit)};
      }
    }
    return multiplySlow(a, b);
  }
  friend Number operator/(const Number& a, const Number& b) { return divide(a, b); }
  constexpr Number operator-() const { return isPlainZero() ? *this : Number{low_, high_ ^ sign_bit}; }
  Number power(const Number& exponent) const;
  Number absolute() const { return {low_, high_ & ~sign_bit}; }
  /// Rounded to `scale` digits after the point (before it when negative).
  Number rounded(std::int64_t scale, Rounding rounding) const;
  /// a - b * floor(a / b): the sign of the divisor.
  static Number modulo(const Number& a, const Number& b);
  Number squareRoot() const;
  Number naturalLog() const;
  Number exponential() const;
  /// The same value with the shortest coefficient: equal numbers become equal words.
  Number normalized() const;

  friend bool operator==(const Number& a, const Number& b) {
    if (a.high_ == b.high_) return a.low_ == b.low_;
    return compareSlow(a, b) == 0;
  }
  friend std::strong_ordering operator<=>(const Number& a, const Number& b) {
    if (a.high_ == b.high_ && (a.high_ & high_coefficient) == 0) {
      return (a.high_ & sign_bit) == 0 ? a.low_ <=> b.low_ : b.low_ <=> a.low_;
    }
    return compareSlow(a, b) <=> 0;
  }

 private:
  static constexpr std::uint64_t sign_bit = 0x8000000000000000ULL;
  static constexpr std::uint64_t special_bits = 0x7800000000000000ULL;
  static constexpr std::uint64_t high_coefficient = 0x0001FFFFFFFFFFFFULL;
  static constexpr std::uint64_t unit_exponent = 0x3040000000000000ULL;

  constexpr Number(std::uint64_t low, std::uint64_t high) : low_(low), high_(high) {}
  constexpr bool isPlainZero() const { return low_ == 0 && (high_ & high_coefficient) == 0; }
  static Number addSlow(const Number& a, const Number& b);
  static Number multiplySlow(const Number& a, const Number& b);
  static Number divide(const Number& a, const Number& b);
  static int compareSlow(const Number& a, const Number& b);

  std::uint64_t low_ = 0;
  std::uint64_t high_ = unit_exponent;
};

}  // namespace jinyue::feel
