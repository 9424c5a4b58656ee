#include "feel/number.h"

#include <algorithm>
#include <bit>
#include <cctype>
#include <charconv>
#include <limits>

#define DECIMAL_CALL_BY_REFERENCE 0
#define DECIMAL_GLOBAL_ROUNDING 0
#define DECIMAL_GLOBAL_EXCEPTION_FLAGS 0
#include <bid_conf.h>
#include <bid_functions.h>

namespace jinyue::feel {

namespace {

__extension__ typedef unsigned __int128 Wide;

constexpr int exponent_bias = 6176;
constexpr int min_exponent = -6176;
constexpr int max_exponent = 6111;
constexpr std::uint64_t coefficient_mask = 0x0001FFFFFFFFFFFFULL;
constexpr unsigned nearest_even = 0;
constexpr unsigned towards_minus = 1;
constexpr unsigned towards_plus = 2;
constexpr unsigned towards_zero = 3;
constexpr unsigned nearest_away = 4;

BID_UINT128 toBid(const Number& number) {
  BID_UINT128 bid;
  bid.w[0] = number.low();
  bid.w[1] = number.high();
  return bid;
}

/// FEEL has no minus zero.
Number fromBid(const BID_UINT128& bid) {
  Number number = Number::fromWords(bid.w[0], bid.w[1]);
  if (number.isFinite() && number.isZero()) return Number{};
  return number;
}

int exponentOf(const Number& number) {
  return static_cast<int>(number.high() >> 49U & 0x3FFFU) - exponent_bias;
}
Wide coefficientOf(const Number& number) {
  return Wide{number.high() & coefficient_mask} << 64U | number.low();
}

Number compose(bool negative, Wide coefficient, int exponent) {
  if (coefficient == 0) return Number{};
  return Number::fromWords(static_cast<std::uint64_t>(coefficient),
                           static_cast<std::uint64_t>(coefficient >> 64U) |
                               static_cast<std::uint64_t>(exponent + exponent_bias) << 49U |
                               (negative ? 0x8000000000000000ULL : 0));
}

std::string digitsOf(Wide coefficient) {
  if (coefficient == 0) return "0";
  std::string digits;
  for (; coefficient != 0; coefficient /= 10)
    digits += static_cast<char>('0' + static_cast<int>(coefficient % 10));
  std::ranges::reverse(digits);
  return digits;
}

constexpr std::uint64_t powerOfTen(int exponent) {
  std::uint64_t power = 1;
  for (int i = 0; i < exponent; ++i) power *= 10;
  return power;
}

bool isDecimalLiteral(std::string_view text) {
  std::size_t i = 0;
  const auto skipDigits = [&] {
    const std::size_t from = i;
    while (i < text.size() && text[i] >= '0' && text[i] <= '9') ++i;
    return i - from;
  };
  if (i < text.size() && (text[i] == '-' || text[i] == '+')) ++i;
  std::size_t digits = skipDigits();
  if (i < text.size() && text[i] == '.') {
    ++i;
    const std::size_t fraction = skipDigits();
    if (fraction == 0) return false;
    digits += fraction;
  }
  if (digits == 0) return false;
  if (i < text.size() && (text[i] == 'e' || text[i] == 'E')) {
    ++i;
    if (i < text.size() && (text[i] == '-' || text[i] == '+')) ++i;
    if (skipDigits() == 0) return false;
  }
  return i == text.size();
}

}  // namespace

std::optional<Number> Number::parse(std::string_view text) {
  std::int64_t small = 0;
  if (text.size() <= 18) {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), small);
    if (error == std::errc{} && end == text.data() + text.size()) return Number(small);
  }
  if (!isDecimalLiteral(text)) return std::nullopt;
  std::string copy{text};
  unsigned flags = 0;
  const Number number = fromBid(bid128_from_string(copy.data(), nearest_even, &flags));
  if (!number.isFinite()) return std::nullopt;
  return number;
}

Number Number::scaled(std::int64_t coefficient, int exponent) {
  const Number plain(coefficient);
  return compose(plain.isNegative(), coefficientOf(plain), exponent);
}

std::optional<Number> Number::fromDouble(double value) {
  char buffer[64];
  const auto end = std::to_chars(buffer, buffer + sizeof buffer, value).ptr;
  return parse({buffer, end});
}

std::string Number::toString() const {
  int exponent = exponentOf(*this);
  std::string digits = digitsOf(coefficientOf(*this));
  if (isZero()) return "0";
  while (exponent < 0 && digits.back() == '0') {
    digits.pop_back();
    ++exponent;
  }
  if (exponent > 0) digits.append(static_cast<std::size_t>(exponent), '0');
  if (exponent < 0) {
    const auto places = static_cast<std::size_t>(-exponent);
    if (digits.size() <= places) digits.insert(0, places - digits.size() + 1, '0');
    digits.insert(digits.size() - places, 1, '.');
  }
  return isNegative() ? "-" + digits : digits;
}

std::string Number::toJson() const {
  const int exponent = exponentOf(*this);
  if (exponent <= 20 && exponent >= -60) return toString();
  const Number plain = normalized();
  return (isNegative() ? "-" : "") + digitsOf(coefficientOf(plain)) + "E" + std::to_string(exponentOf(plain));
}

double Number::toDouble() const {
  unsigned flags = 0;
  return bid128_to_binary64(toBid(*this), nearest_even, &flags);
}

bool Number::isInteger() const {
  const int exponent = exponentOf(*this);
  if (exponent >= 0) return true;
  if (exponent < -34) return isZero();
  Wide coefficient = coefficientOf(*this);
  for (int i = exponent; i < 0; ++i) {
    if (coefficient % 10 != 0) return false;
    coefficient /= 10;
  }
  return true;
}

std::optional<std::int64_t> Number::toInt64() const {
  Wide coefficient = coefficientOf(*this);
  int exponent = exponentOf(*this);
  if (coefficient == 0) return 0;
  for (; exponent < 0; ++exponent) {
    if (coefficient % 10 != 0) return std::nullopt;
    coefficient /= 10;
  }
  if (exponent > 19) return std::nullopt;
  constexpr Wide limit = Wide{1} << 63U;
  for (; exponent > 0; --exponent) {
    if (coefficient > limit) return std::nullopt;
    coefficient *= 10;
  }
  if (coefficient > limit - (isNegative() ? 0 : 1)) return std::nullopt;
  const auto magnitude = static_cast<std::uint64_t>(coefficient);
  return static_cast<std::int64_t>(isNegative() ? 0 - magnitude : magnitude);
}

Number Number::addSlow(const Number& a, const Number& b) {
  unsigned flags = 0;
  return fromBid(bid128_add(toBid(a), toBid(b), nearest_even, &flags));
}

Number Number::multiplySlow(const Number& a, const Number& b) {
  unsigned flags = 0;
  return fromBid(bid128_mul(toBid(a), toBid(b), nearest_even, &flags));
}

Number Number::divide(const Number& a, const Number& b) {
  if ((a.high_ & ~sign_bit) == unit_exponent && (b.high_ & ~sign_bit) == unit_exponent && b.low_ != 0 &&
      a.low_ % b.low_ == 0) {
    return a.low_ == 0 ? Number{} : Number{a.low_ / b.low_, unit_exponent | ((a.high_ ^ b.high_) & sign_bit)};
  }
  unsigned flags = 0;
  return fromBid(bid128_div(toBid(a), toBid(b), nearest_even, &flags));
}

int Number::compareSlow(const Number& a, const Number& b) {
  const bool a_zero = a.isZero();
  const bool b_zero = b.isZero();
  if (a_zero || b_zero) {
    if (a_zero && b_zero) return 0;
    return a_zero ? (b.isNegative() ? 1 : -1) : (a.isNegative() ? -1 : 1);
  }
  if (a.isNegative() != b.isNegative()) return a.isNegative() ? -1 : 1;
  const int sign = a.isNegative() ? -1 : 1;
  const int gap = exponentOf(a) - exponentOf(b);
  if (((a.high_ | b.high_) & high_coefficient) == 0 && gap >= -19 && gap <= 19) {
    const Wide left = gap > 0 ? Wide{a.low_} * powerOfTen(gap) : Wide{a.low_};
    const Wide right = gap < 0 ? Wide{b.low_} * powerOfTen(-gap) : Wide{b.low_};
    return left == right ? 0 : left < right ? -sign : sign;
  }
  unsigned flags = 0;
  if (bid128_quiet_less(toBid(a), toBid(b), &flags) != 0) return -1;
  return bid128_quiet_equal(toBid(a), toBid(b), &flags) != 0 ? 0 : 1;
}

Number Number::power(const Number& exponent) const {
  const auto whole = exponent.toInt64();
  constexpr std::int64_t largest_exact = 1'000'000;
  if (whole && *whole >= -largest_exact && *whole <= largest_exact) {
    auto left = static_cast<std::uint64_t>(*whole < 0 ? -*whole : *whole);
    Number result(1);
    for (Number base = *this; left != 0 && result.isFinite(); left >>= 1U) {
      if ((left & 1U) != 0) result = result * base;
      if (left > 1) base = base * base;
    }
    return *whole < 0 ? Number(1) / result : result;
  }
  unsigned flags = 0;
  return fromBid(bid128_pow(toBid(*this), toBid(exponent), nearest_even, &flags));
}

Number Number::rounded(std::int64_t scale, Rounding rounding) const {
  if (isZero() || exponentOf(*this) >= -scale) return *this;
  const auto target = static_cast<int>(std::clamp<std::int64_t>(-scale, min_exponent, max_exponent));
  const auto quantized = [&](unsigned mode) {
    unsigned flags = 0;
    return fromBid(bid128_quantize(toBid(*this), toBid(scaled(1, target)), mode, &flags));
  };
  switch (rounding) {
    case Rounding::half_even: return quantized(nearest_even);
    case Rounding::half_up: return quantized(nearest_away);
    case Rounding::floor: return quantized(towards_minus);
    case Rounding::ceiling: return quantized(towards_plus);
    case Rounding::down: return quantized(towards_zero);
    case Rounding::up: return quantized(isNegative() ? towards_minus : towards_plus);
    case Rounding::half_down: {
      const Number cut = quantized(towards_zero);
      const Number rest = (*this - cut).absolute();
      const Number half = target > min_exponent ? scaled(5, target - 1) : Number{};
      return rest > half ? quantized(isNegative() ? towards_minus : towards_plus) : cut;
    }
  }
  return *this;
}

Number Number::modulo(const Number& a, const Number& b) {
  unsigned flags = 0;
  const Number rest = fromBid(bid128_fmod(toBid(a), toBid(b), &flags));
  if (!rest.isFinite() || rest.isZero() || rest.isNegative() == b.isNegative()) return rest;
  return rest + b;
}

Number Number::squareRoot() const {
  unsigned flags = 0;
  return fromBid(bid128_sqrt(toBid(*this), nearest_even, &flags));
}

Number Number::naturalLog() const {
  unsigned flags = 0;
  return fromBid(bid128_log(toBid(*this), nearest_even, &flags));
}

Number Number::exponential() const {
  unsigned flags = 0;
  return fromBid(bid128_exp(toBid(*this), nearest_even, &flags));
}

Number Number::normalized() const {
  Wide coefficient = coefficientOf(*this);
  int exponent = exponentOf(*this);
  if (coefficient == 0) return Number{};
  while (coefficient % 10 == 0 && exponent < max_exponent) {
    coefficient /= 10;
    ++exponent;
  }
  return compose(isNegative(), coefficient, exponent);
}

}  // namespace jinyue::feel
