#include "hotline/surge.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace jinyue::hotline {
namespace {

double medianOf(std::vector<double> values) {
  std::ranges::sort(values);
  const std::size_t half = values.size() / 2;
  return values.size() % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2;
}

}  // namespace

Surge surgeOf(std::int64_t count, std::span<const std::int64_t> before, std::int64_t least) {
  Surge surge;
  surge.count = count;
  if (before.empty()) return surge;
  const std::vector<double> values(before.begin(), before.end());
  surge.usual = medianOf(values);
  std::vector<double> away;
  for (const double value : values) away.push_back(std::abs(value - surge.usual));
  constexpr double like_a_deviation = 1.4826;
  constexpr double spreads = 3;
  surge.spread = std::max({like_a_deviation * medianOf(away), std::sqrt(surge.usual), 1.0});
  surge.threshold = surge.usual + spreads * surge.spread;
  surge.times = (static_cast<double>(count) - surge.usual) / surge.spread;
  surge.warns = before.size() >= 3 && count >= least && static_cast<double>(count) > surge.threshold;
  return surge;
}

}  // namespace jinyue::hotline
