#include "insight/evaluation.h"

#include <gtest/gtest.h>

namespace jinyue::insight {
namespace {

EvaluationLeaf leaf(const char* topic, const char* pillar, std::optional<std::string> score,
                    std::optional<std::string> target = {}) {
  EvaluationLeaf made;
  made.group = {topic, topic};
  made.pillar = {pillar, pillar};
  made.reviewed_score = std::move(score);
  made.target_score = std::move(target);
  return made;
}

/// A topic is the mean of its pillars, a pillar the mean over topics; there is no score of the whole.
TEST(Evaluation, MeansOfTopicsAndPillars) {
  EvaluationTree tree{"b-ready", 2026, {}, {}, {}};
  tree.leaves = {leaf("市场准入", "监管框架", "90", "90"),
                 leaf("市场准入", "公共服务", "80", "92.5"),
                 leaf("市场准入", "办理效率", "71"),
                 leaf("劳工", "监管框架", "60"),
                 leaf("劳工", "公共服务", {}),
                 leaf("劳工", "办理效率", {})};
  addMeans(tree);
  ASSERT_EQ(tree.topics.size(), 2u);
  EXPECT_EQ(tree.topics[0].score, "80.33");
  EXPECT_EQ(tree.topics[1].score, "60");
  EXPECT_EQ(tree.topics[1].reviewed, 1);
  EXPECT_EQ(tree.topics[1].indicators, 3);
  ASSERT_EQ(tree.pillars.size(), 3u);
  EXPECT_EQ(tree.pillars[0].score, "75");
  EXPECT_EQ(tree.pillars[1].score, "80");
  EXPECT_EQ(tree.leaves[1].gap, "12.5");
  EXPECT_FALSE(tree.leaves[0].gap);
  EXPECT_FALSE(tree.leaves[3].gap);
}

}  // namespace
}  // namespace jinyue::insight
