#include "insight/evaluation.h"

#include <algorithm>

namespace jinyue::insight {
namespace {

using feel::Number;
using feel::Rounding;

std::optional<Number> numberOf(const std::optional<std::string>& text) {
  return text ? Number::parse(*text) : std::nullopt;
}

/// In the order in which names first come.
std::vector<EvaluationMean> meansBy(const std::vector<EvaluationLeaf>& leaves, Text EvaluationLeaf::* name) {
  std::vector<EvaluationMean> means;
  std::vector<Number> sums;
  for (const EvaluationLeaf& leaf : leaves) {
    const Text& of = leaf.*name;
    if (of.zh.empty()) continue;
    auto found = std::ranges::find(means, of, &EvaluationMean::name);
    if (found == means.end()) {
      means.push_back({of, 0, 0, {}});
      sums.emplace_back();
      found = std::prev(means.end());
    }
    ++found->indicators;
    const auto score = numberOf(leaf.reviewed_score);
    if (!score) continue;
    ++found->reviewed;
    Number& sum = sums[static_cast<std::size_t>(found - means.begin())];
    sum = sum + *score;
  }
  for (std::size_t i = 0; i < means.size(); ++i) {
    if (means[i].reviewed == 0) continue;
    means[i].score = (sums[i] / Number(means[i].reviewed)).rounded(2, Rounding::half_even).toString();
  }
  return means;
}

}  // namespace

void addMeans(EvaluationTree& tree) {
  for (EvaluationLeaf& leaf : tree.leaves) {
    const auto score = numberOf(leaf.reviewed_score);
    const auto target = numberOf(leaf.target_score);
    if (score && target && *score < *target) leaf.gap = (*target - *score).toString();
  }
  tree.topics = meansBy(tree.leaves, &EvaluationLeaf::group);
  tree.pillars = meansBy(tree.leaves, &EvaluationLeaf::pillar);
}

}  // namespace jinyue::insight
