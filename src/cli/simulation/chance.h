// Chance from a seed: the same seed gives the same numbers on every machine (splitmix64).
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numbers>
#include <span>

namespace jinyue::cli {

class Chance {
 public:
  explicit Chance(std::uint64_t seed) : state_(seed) {}
  /// Of one thing among many: what happens to one case does not hang on how many others there are.
  static Chance of(std::uint64_t seed, std::uint64_t kind, std::uint64_t which) {
    Chance mixed(seed);
    const std::uint64_t first = mixed.next() ^ kind * 0x9e3779b97f4a7c15U;
    Chance again(first);
    return Chance(again.next() ^ which * 0xd1342543de82ef95U);
  }

  std::uint64_t next() {
    std::uint64_t z = state_ += 0x9e3779b97f4a7c15U;
    z = (z ^ z >> 30U) * 0xbf58476d1ce4e5b9U;
    z = (z ^ z >> 27U) * 0x94d049bb133111ebU;
    return z ^ z >> 31U;
  }
  /// From 0 to less than 1.
  double share() { return static_cast<double>(next() >> 11U) * 0x1.0p-53; }
  bool happens(double probability) { return share() < probability; }
  /// Both ends belong to it.
  int between(int from, int to) {
    return from + static_cast<int>(next() % static_cast<std::uint64_t>(to - from + 1));
  }
  template <class Things>
  const auto& pick(const Things& things) {
    return things[next() % std::size(things)];
  }
  /// An index, each as likely as its weight; the weights are not negative and not all zero.
  std::size_t weighted(std::span<const double> weights) {
    double total = 0;
    for (const double weight : weights) total += weight;
    double left = share() * total;
    for (std::size_t i = 0; i + 1 < weights.size(); ++i) {
      if (left < weights[i]) return i;
      left -= weights[i];
    }
    return weights.size() - 1;
  }
  /// Half of the results are below the median; a spread of 0.5 puts two thirds between 0.6 and 1.65 times it.
  double lognormal(double median, double spread) {
    const double radius = std::sqrt(-2 * std::log(1 - share()));
    return median * std::exp(spread * radius * std::cos(2 * std::numbers::pi * share()));
  }
  /// How many of what comes at random come in a time that has `mean` of them on average.
  int poisson(double mean) {
    int count = 0;
    while (mean > 20) {  // large means in parts, so that exp() keeps its digits
      count += poisson(20);
      mean -= 20;
    }
    const double limit = std::exp(-mean);
    for (double product = share(); product > limit; product *= share()) ++count;
    return count;
  }

 private:
  std::uint64_t state_;
};

}  // namespace jinyue::cli
