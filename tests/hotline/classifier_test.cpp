#include "hotline/classifier.h"

#include <filesystem>

#include <gtest/gtest.h>

namespace jinyue::hotline {
namespace {

std::vector<Example> orders() {
  std::vector<Example> all;
  const std::pair<const char*, std::vector<const char*>> topics[] = {
      {"0104", {"路灯不亮", "路灯坏了", "楼道外路灯损坏", "路灯夜里不亮", "三盏路灯熄灭"}},
      {"0106", {"夜间施工噪声", "工地半夜噪声", "噪声扰民", "广场舞噪声太大", "装修噪声"}},
      {"0403", {"暖气不热", "供暖温度不达标", "家里暖气不热", "供热不足", "室温太低暖气不热"}}};
  for (const char* place : {"人民路", "中山路", "五四路", "西安路", "黄河路", "长江路"}) {
    for (const auto& [label, titles] : topics) {
      for (const char* title : titles) all.push_back({std::string{place} + title, label});
    }
  }
  return all;
}

class ClassifierTest : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = std::filesystem::temp_directory_path() / ("classifier-" + std::to_string(::getpid()));
    std::filesystem::create_directories(folder_);
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }
  std::filesystem::path folder_;
};

TEST_F(ClassifierTest, TellsTopicsApartAndSaysWhichWordsSpeakForThem) {
  const auto learned = Classifier::train(orders(), folder_.string());
  ASSERT_TRUE(learned);
  const auto guesses = learned->guess("解放路路灯都不亮了", 3);
  ASSERT_FALSE(guesses.empty());
  EXPECT_EQ(guesses.front().label, "0104");
  const auto words = learned->because("解放路路灯都不亮了", "0104", 3);
  ASSERT_FALSE(words.empty());
  EXPECT_NE(std::ranges::find(words, "路灯"), words.end());
  EXPECT_TRUE(learned->guess("xyz", 3).empty());
  EXPECT_TRUE(std::filesystem::is_empty(folder_));  // no example stays on the disk
}

TEST_F(ClassifierTest, TheSameExamplesGiveTheSameModelAndAFileGivesItBack) {
  const auto first = Classifier::train(orders(), folder_.string());
  const auto second = Classifier::train(orders(), folder_.string());
  ASSERT_TRUE(first && second);
  EXPECT_EQ(first->guess("噪声", 3), second->guess("噪声", 3));
  const std::string path = (folder_ / "model.bin").string();
  first->save(path);
  const auto again = Classifier::load(path);
  ASSERT_TRUE(again);
  EXPECT_EQ(again->guess("噪声", 3), first->guess("噪声", 3));
  EXPECT_FALSE(Classifier::load((folder_ / "none.bin").string()));
}

TEST_F(ClassifierTest, IsMeasuredOnWhatItDidNotLearnFrom) {
  const std::vector<Example> held_out{{"南山路路灯坏了", "0104"},
                                      {"北京街暖气不热", "0403"},
                                      {"沿河街噪声扰民", "0106"},
                                      {"电梯停运", "0505"}};
  const auto learned = Classifier::train(orders(), folder_.string());
  ASSERT_TRUE(learned);
  const Measured measured = learned->measure(held_out);
  EXPECT_EQ(measured.held_out, 4);
  EXPECT_EQ(measured.first, 3);
  EXPECT_EQ(measured.usual, 1);
}

TEST_F(ClassifierTest, OneLabelIsNothingToLearn) {
  const std::vector<Example> one{{"路灯不亮", "0104"}, {"路灯坏了", "0104"}};
  const auto learned = Classifier::train(one, folder_.string());
  ASSERT_FALSE(learned);
  EXPECT_EQ(learned.error().code, "classifier.examples");
}

}  // namespace
}  // namespace jinyue::hotline
