// Plans as other cities write them: other numbers, other words for who does it, other punctuation, broken
// lines, tables. All sentences are made up.

#include <gtest/gtest.h>

#include "base/json_write.h"
#include "planning/reader.h"

namespace jinyue::planning {
namespace {

using Names = std::vector<std::string>;

PlanText read(const std::string& text) {
  auto plan = readPlan(text);
  if (!plan) throw std::runtime_error(describe(plan.error()));
  return std::move(*plan);
}

bool doubts(const PlanText& plan, const std::string& code) {
  return std::ranges::any_of(plan.doubts, [&](const Doubt& each) { return each.code == code; });
}

TEST(PlanStyles, ArticlesWithUnitsOnLinesOfTheirOwn) {
  const PlanText plan = read(R"(东湾市优化营商环境若干措施（2026年）
（示例）
第一章 准入
第一条 企业名称自主申报。申报页面给出可用名称，当日办结。
牵头单位：市市场监管局
配合单位：市数据局、市公安局
完成时限：2026年6月底前
第二条 住所登记简化。推行住所承诺制，全年新增集群登记点20处。
责任单位：市市场监管局、各县（市、区）政府
完成时限：长期坚持
第二章 附则
第三条 本措施自发布之日起施行。
)");
  ASSERT_EQ(plan.measures.size(), 2U) << toJson(plan);
  EXPECT_EQ(plan.title, "东湾市优化营商环境若干措施（2026年）");
  EXPECT_EQ(plan.last_year, 2026);
  EXPECT_EQ(plan.measures[0].number, "第一条");
  EXPECT_EQ(plan.measures[0].section, "第一章 准入");
  EXPECT_EQ(plan.measures[0].title, "企业名称自主申报");
  EXPECT_EQ(plan.measures[0].text, "申报页面给出可用名称，当日办结。");
  EXPECT_EQ(plan.measures[0].leads, Names{"市市场监管局"});
  EXPECT_EQ(plan.measures[0].assisting, (Names{"市数据局", "市公安局"}));
  EXPECT_EQ(plan.measures[0].deadlines, (std::vector<Deadline>{{"2026年6月底前", makeDate(2026, 6, 30)}}));
  EXPECT_EQ(plan.measures[1].leads, Names{"市市场监管局"});
  EXPECT_TRUE(plan.measures[1].all_areas);
  EXPECT_EQ(plan.measures[1].deadlines, (std::vector<Deadline>{{"长期坚持", std::nullopt}}));
  ASSERT_EQ(plan.measures[1].targets.size(), 1U);
  EXPECT_EQ(plan.measures[1].targets[0].value, "20");
}

TEST(PlanStyles, UnitsAreSpokenInParentheses) {
  const PlanText plan = read(R"(北山市2024—2026年营商环境行动计划
一、总体要求
坚持问题导向，让企业办事更省心。
二、主要任务
（一）减环节
１．精简用地审批。把预审与选址合并，审批时间压缩至15个工作日以内。（市自然资源局牵头，市发改委、市住建局配合）
２．推行联合验收。联合验收覆盖率达到95%以上。（市住建局会同市应急局负责）
３．规范中介服务。公布目录并清理不合规收费项目。（市发展改革委、市财政局等部门按职责分工负责）
三、保障措施
（一）加强组织领导。各单位要认真落实。
)");
  ASSERT_EQ(plan.measures.size(), 3U) << toJson(plan);
  EXPECT_EQ(plan.first_year, 2024);
  EXPECT_EQ(plan.last_year, 2026);
  EXPECT_EQ(plan.measures[0].number, "1");
  EXPECT_EQ(plan.measures[0].leads, Names{"市自然资源局"});
  EXPECT_EQ(plan.measures[0].assisting, (Names{"市发改委", "市住建局"}));
  ASSERT_EQ(plan.measures[0].targets.size(), 1U);
  EXPECT_EQ(plan.measures[0].targets[0].comparator, Comparator::at_most);
  EXPECT_EQ(plan.measures[0].targets[0].unit, "个工作日");
  EXPECT_EQ(plan.measures[1].leads, Names{"市住建局"});
  EXPECT_EQ(plan.measures[1].assisting, Names{"市应急局"});
  EXPECT_EQ(plan.measures[1].targets[0].comparator, Comparator::at_least);
  EXPECT_EQ(plan.measures[1].targets[0].until, makeDate(2026, 12, 31));
  EXPECT_EQ(plan.measures[2].leads, (Names{"市发展改革委", "市财政局"}));
  EXPECT_TRUE(doubts(plan, "owner.open-ended"));
  EXPECT_TRUE(doubts(plan, "owner.alike"));  // 市发改委 and 市发展改革委
}

TEST(PlanStyles, MarkdownWithBoldLabelsAndLists) {
  const PlanText plan = read(R"(# 西河市 2026 年营商环境工作要点（示例）

## 一、办事

### （一）窗口服务

1. **延长窗口时间**。工作日午间不打烊。

   - 市级大厅先行
   - 县级大厅跟进

   **责任单位：** 市政务服务局、各区县

2. **设立帮办专区**。年底前建成帮办点不少于30个。（牵头单位：市政务服务局；责任单位：市民政局）
)");
  ASSERT_EQ(plan.measures.size(), 2U) << toJson(plan);
  EXPECT_EQ(plan.measures[0].title, "延长窗口时间");
  EXPECT_EQ(plan.measures[0].section, "一、办事");
  EXPECT_EQ(plan.measures[0].subsection, "（一）窗口服务");
  EXPECT_EQ(plan.measures[0].leads, Names{"市政务服务局"});
  EXPECT_TRUE(plan.measures[0].all_areas);
  EXPECT_NE(plan.measures[0].text.find("县级大厅跟进"), std::string::npos);
  EXPECT_EQ(plan.measures[1].leads, Names{"市政务服务局"});
  EXPECT_EQ(plan.measures[1].assisting, Names{"市民政局"});
  ASSERT_EQ(plan.measures[1].targets.size(), 1U);
  EXPECT_EQ(plan.measures[1].targets[0].value, "30");
  EXPECT_EQ(plan.measures[1].targets[0].until, makeDate(2026, 12, 31));
}

TEST(PlanStyles, LinesBrokenInTheMiddleOfASentence) {
  const PlanText plan = read(R"(南浦市营商环境三年行动方案
（2025—2027年）
一、通关
（一）口岸
1.推行预约通关。企业可在网上预约查验时
段，口岸单位按约到场，2026年底前新开通
3.5万个预约时段，查验等待时间压减至2小
时以内。（牵头单位：南浦海关、市口岸
办；责任地区：各区县政府）
2.发布作业时限。码头公开装卸和提箱作业
的最长时间，每季度更新一次。（牵头单位：
市交通运输局）
)");
  ASSERT_EQ(plan.measures.size(), 2U) << toJson(plan);
  EXPECT_EQ(plan.title, "南浦市营商环境三年行动方案（2025—2027年）");
  EXPECT_EQ(plan.measures[0].leads, (Names{"南浦海关", "市口岸办"}));
  EXPECT_TRUE(plan.measures[0].all_areas);
  ASSERT_EQ(plan.measures[0].targets.size(), 2U) << toJson(plan.measures[0].targets);
  EXPECT_EQ(plan.measures[0].targets[0].value, "3.5");
  EXPECT_EQ(plan.measures[0].targets[0].unit, "万个");
  EXPECT_EQ(plan.measures[0].targets[0].until, makeDate(2026, 12, 31));
  EXPECT_EQ(plan.measures[0].targets[1].comparator, Comparator::at_most);
  EXPECT_EQ(plan.measures[1].leads, Names{"市交通运输局"});
}

TEST(PlanStyles, EverythingInOneLine) {
  const PlanText plan = read(
      "某市2026年行动方案\n一、用工（一）招聘1.办好招聘会。举办招聘会50场。（牵头单位:市人社局）2."
      "发布急需目录。每半年更新。"
      "（牵头单位:市人社局、市工信局）二、融资（一）贷款3.推广信用贷。（牵头单位:市金融办）");
  ASSERT_EQ(plan.measures.size(), 2U + 1U) << toJson(plan);
  EXPECT_EQ(plan.measures[1].leads, (Names{"市人社局", "市工信局"}));
  EXPECT_EQ(plan.measures[2].title, "推广信用贷");
}

TEST(PlanStyles, OneOwnerForAWholeList) {
  const PlanText plan = read(R"(某市助企方案（2026年）
一、用能
（一）降低接电成本
1.小微企业零投资接电。
2.公开可开放容量。
责任单位：市供电公司
（二）规范水气
1.取消不合理收费。
2.报装时限写进服务承诺。
责任单位：市水务局、市住建局
)");
  ASSERT_EQ(plan.measures.size(), 2U) << toJson(plan);
  EXPECT_EQ(plan.measures[0].number, "（一）");
  EXPECT_EQ(plan.measures[0].title, "降低接电成本");
  EXPECT_EQ(plan.measures[1].leads, (Names{"市水务局", "市住建局"}));
}

TEST(PlanStyles, ATaskTable) {
  const PlanText plan = read(R"(# 某市 2026 年任务清单

| 序号 | 类别 | 工作任务 | 目标 | 牵头单位 | 配合单位 | 完成时限 |
| --- | --- | --- | --- | --- | --- | --- |
| 1 | 准入 | 推行证照联办 | 覆盖行业不少于40个 | 市市场监管局 | 市数据局 | 2026年9月 |
| 2 |  | 优化迁移登记 | 办结时间控制在3个工作日以内 | 市市场监管局 | 各区县 | 持续推进 |
)");
  ASSERT_EQ(plan.measures.size(), 2U) << toJson(plan);
  EXPECT_EQ(plan.measures[0].number, "1");
  EXPECT_EQ(plan.measures[1].subsection, "准入");
  EXPECT_EQ(plan.measures[0].deadlines[0].until, makeDate(2026, 9, 30));
  EXPECT_EQ(plan.measures[0].targets[0].value, "40");
  EXPECT_EQ(plan.measures[1].targets[0].comparator, Comparator::at_most);
  EXPECT_TRUE(plan.measures[1].all_areas);
}

TEST(PlanStyles, SaysWhatItIsNotSureOf) {
  const PlanText plan = read(R"(某市2026年行动方案
一、服务
1.公开办事指南。（牵头单位：市数据局）
2.清理证明事项。让企业少跑。
4.推广电子印章。6月前全部上线，（牵头单位：市公安局；完成时限：适时）
)");
  ASSERT_EQ(plan.measures.size(), 3U) << toJson(plan);
  for (const char* code : {"owner.none", "number.gap", "time.unclear", "time.unread"})
    EXPECT_TRUE(doubts(plan, code)) << code;
  const auto gap = std::ranges::find(plan.doubts, "number.gap", &Doubt::code);
  EXPECT_EQ(gap->measure, "4");
  EXPECT_EQ(gap->line, 5);
}

TEST(PlanStyles, TextsInOtherEncodings) {
  const std::string gbk =
      "\xD2\xBB\xA1\xA2\xB7\xFE\xCE\xF1\n1."
      "\xB9\xAB\xBF\xAA\xD6\xB8\xC4\xCF\xA1\xA3\xA3\xA8\xC7\xA3\xCD\xB7\xB5\xA5\xCE\xBB:"
      "\xCA\xD0\xCA\xFD\xBE\xDD\xBE\xD6\xA3\xA9";
  const PlanText plan = read(gbk);
  ASSERT_EQ(plan.measures.size(), 1U) << toJson(plan);
  EXPECT_EQ(plan.measures[0].leads, Names{"市数据局"});
  const auto pdf = readPlan("%PDF-1.7 …");
  ASSERT_FALSE(pdf.has_value());
  EXPECT_EQ(pdf.error().code, "plan.format");
}

TEST(PlanTargets, AreJudgedByTheirWords) {
  const auto only = [](const std::string& text) {
    const PlanText plan = read("某市2026年方案\n一、甲\n1.示例。" + text + "（牵头单位：市甲局）");
    if (plan.measures.at(0).targets.size() != 1) return text + " -> " + toJson(plan.measures.at(0).targets);
    const Target& target = plan.measures[0].targets[0];
    return std::string{toJson(target.comparator)} + " " + target.value + " " + target.unit + " " +
           formatDate(*target.until);
  };
  EXPECT_EQ(only("城镇失业率控制在4%以内。"), R"("at_most" 4 % 2026-12-31)");
  EXPECT_EQ(only("一季度末完成改造老旧小区1,200万平方米。"), R"("equal" 1200 万平方米 2026-03-31)");
  EXPECT_EQ(only("新增就业10万人以上。"), R"("at_least" 10 万人 2026-12-31)");
  EXPECT_EQ(only("技术合同成交额突破300亿元。"), R"("more_than" 300 亿元 2026-12-31)");
  EXPECT_EQ(only("到2026年6月30日，进入全省前3名。"), R"("at_most" 3 名 2026-06-30)");
  EXPECT_EQ(only("申请材料压减30%。"), R"("at_least" 30 % 2026-12-31)");
  EXPECT_EQ(only("全年举办对接会十二场。"), R"("equal" 12 场 2026-12-31)");
  EXPECT_EQ(only("投诉率低于千分之三，办结时间不超过5天。"), R"("at_most" 5 天 2026-12-31)");
}

}  // namespace
}  // namespace jinyue::planning
