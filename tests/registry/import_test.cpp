// Imports: looked at as a whole, applied as a whole, and read back as they were.
#include "registry/fixture.h"

namespace jinyue::registry {
namespace import_test {

using testing::ElementsAre;
using testing::HasSubstr;

class Imports : public RegistryTest {
 protected:
  void SetUp() override { declare(shops); }

  ImportPlan plan(std::string_view csv, std::string_view from = "2026-01-01") {
    auto sheet = readCsv(csv);
    if (!sheet) throw std::runtime_error(describe(sheet.error()));
    auto made = planImport(*registry, "shops", *sheet, {day(from)});
    if (!made) throw std::runtime_error(describe(made.error()));
    return *std::move(made);
  }
  Result<Proposal> apply(const ImportPlan& made) {
    const auto proposed = applyImport(*registry, made, "导入", proposer());
    if (!proposed) return proposed;
    if (auto approved = registry->approve(proposed->id, chief()); !approved) return approved;
    return registry->publish(proposed->id, chief());
  }
  static std::vector<std::string> errorsOf(const ImportPlan& made) {
    std::vector<std::string> out;
    for (const RowError& error : made.errors) {
      EXPECT_FALSE(error.text.zh.empty() || error.text.en.empty());
      out.push_back(fmt::format("{}{} {}", error.column, error.row, error.field));
    }
    return out;
  }
};
JINYUE_REGISTRY_ON_BOTH_STORES(Imports);

TEST_P(Imports, SayWhatIsNewChangedAndUnchanged) {
  const auto first = plan("编码,名称,Kind,人数\na,甲,食品,3\nb,乙,books,\n");
  EXPECT_EQ(first.added, 2);
  ASSERT_TRUE(apply(first));
  const auto again = plan("code,name,类别,staff\na,甲,food,3\n", "2026-03-01");
  EXPECT_EQ(again.unchanged, 1);
  EXPECT_FALSE(again.canApply());
  EXPECT_EQ(codeOf(applyImport(*registry, again, "", proposer())), "import.nothing-to-do");
  const auto next = plan(
      "编码,名称,类别,人数,有效期起,有效期止\na,甲,食品,4,2026/7/"
      "1,\nb,乙,图书,,,\nc,丙,,,2026-02-01,2026年2月28日\n",
      "2026-03-01");
  EXPECT_EQ(next.added, 1);
  EXPECT_EQ(next.changed, 1);
  EXPECT_EQ(next.unchanged, 1);
  EXPECT_EQ(next.rows[1].state, RowState::unchanged);
  ASSERT_TRUE(apply(next));
  EXPECT_EQ(*registry->entry("shops", "a", day("2026-06-30"))->body.context().find("staff"), Value(3));
  EXPECT_EQ(*registry->entry("shops", "a", day("2026-07-01"))->body.context().find("staff"), Value(4));
  EXPECT_EQ(nameOn("2026-02-28", "c"), "丙");
  EXPECT_EQ(nameOn("2026-03-01", "c"), "");
  // The same first day again: the version is corrected.
  const auto corrected = plan("编码,名称,人数\na,甲乙,4\n", "2026-07-01");
  EXPECT_EQ(corrected.changed, 1);
  ASSERT_TRUE(apply(corrected));
  EXPECT_EQ(nameOn("2026-07-01"), "甲乙");
}

TEST_P(Imports, ListEveryErrorByRowAndColumnAndImportNothing) {
  const auto made = plan(
      "编码,名称,人数,电话,有效期起,总店\n"
      "a,甲,3,13800000001,,\n"
      "b,,很多,123,明天,\n"
      "A!,丙,,,,nobody\n"
      "a,丁,,,,\n");
  EXPECT_THAT(errorsOf(made),
              ElementsAre("E3 ", "5 ", "B3 name", "C3 staff", "D3 phone", "A4 code", "F4 parent"));
  EXPECT_EQ(made.errors[1].text.zh, "“a”与第 2 行重复");
  EXPECT_EQ(made.errors[3].text.zh, "“人数”应为整数");
  EXPECT_EQ(made.wrong, 3);
  EXPECT_FALSE(made.canApply());
  EXPECT_EQ(codeOf(applyImport(*registry, made, "", proposer())), "import.has-errors");
  EXPECT_EQ(nameOn("2026-05-01"), "");
}

TEST_P(Imports, SayWhatIsWrongWithTheHeader) {
  EXPECT_THAT(errorsOf(plan("名称,颜色,名称\n甲,红,乙\n")), ElementsAre("B1 ", "C1 name", "1 code"));
  EXPECT_THAT(errorsOf(plan("")), ElementsAre("1 "));
  EXPECT_THAT(errorsOf(plan("编码,名称\na,甲,多\n")), ElementsAre("C2 "));
}

TEST_P(Imports, WhatIsExportedCanBeImported) {
  ASSERT_TRUE(
      apply(plan("编码,名称,类别,人数,费用,标签,经营者\na,=甲,食品,3,12.5,x;y,示例甲\nb,乙,图书,,,,\n")));
  const EntryFilter filter{day("2026-06-01")};
  for (const SheetFormat format : {SheetFormat::csv, SheetFormat::xlsx}) {
    for (const bool english : {false, true}) {
      const auto bytes = exportSheet(*registry, "shops", filter, format, english);
      ASSERT_TRUE(bytes);
      const auto sheet = readSheet(*bytes);
      ASSERT_TRUE(sheet);
      for (const SheetRow& row : sheet->rows)
        for (const std::string& cell : row.cells) EXPECT_NE(cell, "示例甲");
      const auto again = planImport(*registry, "shops", *sheet, {day("2026-06-01")});
      ASSERT_TRUE(again);
      EXPECT_TRUE(again->errors.empty()) << again->errors.at(0).text.en;
      // The entry with a personal field is a change, since that field is not in the table.
      EXPECT_EQ(again->unchanged, 1);
      EXPECT_EQ(again->changed, 1);
    }
  }
  EntryFilter open_to_all = filter;
  open_to_all.public_only = true;
  const auto csv = exportSheet(*registry, "shops", open_to_all, SheetFormat::csv, true);
  EXPECT_EQ(csv->substr(3), "Code,Name,Kind,valid_from,valid_to\r\nb,乙,books,2026-01-01,\r\n");
  EXPECT_EQ(codeOf(exportSheet(*registry, "shops", filter, SheetFormat::csv, false, 1)), "export.too-many");
}

TEST_P(Imports, OfTwentyFiveThousandRows) {
  std::string csv = "编码,名称,类别,地区,开业日期,人数,经营者\n";
  for (int index = 0; index < 25'000; ++index)
    csv += fmt::format("s{},示例店铺 {},{},2102{:02},2020/1/{},{},示例 {}\n", index, index,
                       index % 2 == 0 ? "食品" : "图书", index % 4 + 2, index % 28 + 1, index % 50, index);
  const auto started = std::chrono::steady_clock::now();
  const auto seconds = [&] {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
  };
  const auto made = plan(csv);
  const double planned = seconds();
  EXPECT_EQ(made.added, 25'000);
  const auto proposed = applyImport(*registry, made, "两万五千行", proposer());
  ASSERT_TRUE(proposed);
  const double applied = seconds();
  ASSERT_TRUE(registry->approve(proposed->id, chief()));
  ASSERT_TRUE(registry->publish(proposed->id, chief()));
  const double published = seconds();
  fmt::print("25,000 rows: check {:.2f} s, propose {:.2f} s, publish {:.2f} s\n", planned, applied - planned,
             published - applied);
  EXPECT_EQ(nameOn("2026-06-01", "s24999"), "示例店铺 24999");
  const auto again = plan(csv, "2026-02-01");
  EXPECT_EQ(again.unchanged, 25'000);
}

TEST(Seeds, NeedTheirFirstDay) {
  const auto reg = *Register::read(shops);
  EXPECT_EQ(readSeeds(*reg, "# 来源\n# source\n编码,名称,有效期起\na,甲,2020-01-01\n")->size(), 1U);
  EXPECT_THAT(causesOf(readSeeds(*reg, "# 来源\n编码,名称\na,\n")),
              ElementsAre("1 register.seeds", "B2 register.seeds"));
}

}  // namespace import_test
}  // namespace jinyue::registry
