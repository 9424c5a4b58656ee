#include "insight/score.h"

#include <algorithm>

namespace jinyue::insight {

using feel::Number;
using feel::Rounding;

const packs::ScoreVersion* versionOn(const packs::Score& score, Date day) {
  const packs::ScoreVersion* found = nullptr;
  for (const packs::ScoreVersion& version : score.versions) {
    const auto from = parseDate(version.from);
    if (from && *from <= day) found = &version;
  }
  return found;
}

Number pointsOf(const packs::ScorePart& part, const Number& value) {
  const Number worst = Number::parse(part.worst).value_or(Number{});
  const Number best = Number::parse(part.best).value_or(Number(100));
  if (worst == best) return Number{};
  const Number points = (worst - value) * Number(100) / (worst - best);
  return std::clamp(points, Number{}, Number(100)).rounded(4, Rounding::half_even);
}

std::optional<Number> scoreOf(const packs::ScoreVersion& version,
                              std::span<const std::optional<Number>> values) {
  Number sum;
  Number weights;
  for (std::size_t i = 0; i < version.parts.size() && i < values.size(); ++i) {
    if (!values[i]) continue;
    const Number weight(version.parts[i].weight);
    sum = sum + weight * pointsOf(version.parts[i], *values[i]);
    weights = weights + weight;
  }
  if (weights.isZero()) return std::nullopt;
  return (sum / weights).rounded(2, Rounding::half_even);
}

std::vector<std::optional<std::int64_t>> ranksOf(std::span<const std::optional<Number>> scores) {
  std::vector<std::optional<std::int64_t>> ranks(scores.size());
  for (std::size_t i = 0; i < scores.size(); ++i) {
    if (!scores[i]) continue;
    ranks[i] =
        1 + std::ranges::count_if(scores, [&](const auto& other) { return other && *other > *scores[i]; });
  }
  return ranks;
}

}  // namespace jinyue::insight
