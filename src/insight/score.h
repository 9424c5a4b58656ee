// Scores: Σ weight × normalised value, in exact decimals. The same values give the same score at any time.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/time.h"
#include "feel/number.h"
#include "packs/figures.h"

namespace jinyue::insight {

/// The parts that hold on a day; null: none yet.
const packs::ScoreVersion* versionOn(const packs::Score& score, Date day);

/// (worst − x) / (worst − best) × 100, not below 0 and not above 100: the distance to the frontier, as the
/// evaluations of business environments measure it. Rounded to four digits.
feel::Number pointsOf(const packs::ScorePart& part, const feel::Number& value);

/// Rounded to two digits. A part without a value (nothing to divide by) is left out and the other weights
/// count for the whole; without any value there is no score. `values` are those of the parts, in their order.
std::optional<feel::Number> scoreOf(const packs::ScoreVersion& version,
                                    std::span<const std::optional<feel::Number>> values);

/// The rank of each score, the highest first; equal scores have the same rank and the next one is as many
/// places further on. Empty for those without a score.
std::vector<std::optional<std::int64_t>> ranksOf(std::span<const std::optional<feel::Number>> scores);

}  // namespace jinyue::insight
