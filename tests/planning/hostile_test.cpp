// Whatever the bytes are, the reader ends soon, and what it gives can be kept and read again.

#include <random>

#include <gtest/gtest.h>

#include "base/json_read.h"
#include "base/text.h"
#include "planning/reader.h"

namespace jinyue::planning {
namespace {

constexpr const char* plain = R"(示例市2026年方案
一、服务
（一）窗口
1.延长时间。年底前不少于30个窗口。（牵头单位：市甲局、市乙局；责任地区：各区县）
2.压缩时限。控制在3个工作日以内。（市甲局牵头，市乙局配合）
第三条 公开目录。
责任单位：市丙局
完成时限：2026年6月底前
| 序号 | 任务 | 责任单位 |
| 1 | 建点20处 | 市丁局 |
)";

void look(const std::string& bytes) {
  const auto plan = readPlan(bytes);
  if (!plan) {
    EXPECT_FALSE(plan.error().title.zh.empty());
    EXPECT_FALSE(plan.error().title.en.empty());
    return;
  }
  const auto again = fromJson<PlanText>(toJson(*plan));
  ASSERT_TRUE(again.has_value()) << describe(again.error());
  EXPECT_EQ(*again, *plan);
  for (const Measure& each : plan->measures) EXPECT_TRUE(isValidUtf8(each.title) && isValidUtf8(each.text));
}

TEST(HostilePlans, ChangedBytes) {
  std::mt19937 random(20261126);
  const auto number = [&](std::size_t below) {
    return std::uniform_int_distribution<std::size_t>(0, below - 1)(random);
  };
  for (int round = 0; round < 2000; ++round) {
    std::string bytes = plain;
    for (std::size_t changes = 1 + number(6); changes > 0; --changes) {
      const std::size_t at = number(bytes.size());
      switch (number(4)) {
        case 0: bytes[at] = static_cast<char>(number(256)); break;
        case 1: bytes.erase(at, 1 + number(40)); break;
        case 2: bytes.insert(at, bytes.substr(number(bytes.size()), number(60))); break;
        default: bytes.insert(at, round % 2 == 0 ? "\n" : "（"); break;
      }
      if (bytes.empty()) bytes = "1";
    }
    look(bytes);
  }
}

TEST(HostilePlans, LongOnesOfAFewLetters) {
  for (const char* piece :
       {"（", "）", "1.", "。1.", "一、", "1个", "达到1个，", "牵头单位：", "（甲局负责）", "|", "# ", "\n1.",
        "\n（一）甲\n", "2026年6月底前", "“", "甲、", "\n- 甲", "1，000"}) {
    std::string bytes = "一、甲\n1.乙。";
    while (bytes.size() < 300'000) bytes += piece;
    look(bytes);
  }
}

}  // namespace
}  // namespace jinyue::planning
