// Word documents: automatic numbers, headings, deleted text, tables; and files that are none.

#include <gtest/gtest.h>
#include <zip.h>

#include "base/json_write.h"
#include "planning/reader.h"

namespace jinyue::planning {
namespace {

/// A ZIP file with these parts.
std::string zipped(const std::vector<std::pair<std::string, std::string>>& parts) {
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* target = zip_source_buffer_create(nullptr, 0, 0, &error);
  zip_source_keep(target);
  zip_t* archive = zip_open_from_source(target, ZIP_TRUNCATE, &error);
  for (const auto& [name, text] : parts)
    zip_file_add(archive, name.c_str(), zip_source_buffer(archive, text.data(), text.size(), 0),
                 ZIP_FL_OVERWRITE);
  zip_close(archive);
  zip_source_open(target);
  zip_source_seek(target, 0, SEEK_END);
  std::string bytes(static_cast<std::size_t>(zip_source_tell(target)), '\0');
  zip_source_seek(target, 0, SEEK_SET);
  zip_source_read(target, bytes.data(), bytes.size());
  zip_source_close(target);
  zip_source_free(target);
  return bytes;
}

std::string document(const std::string& body) {
  return R"(<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>)" +
         body + "</w:body></w:document>";
}
std::string paragraph(const std::string& text, const std::string& properties = "") {
  return "<w:p><w:pPr>" + properties + "</w:pPr><w:r><w:t>" + text + "</w:t></w:r></w:p>";
}
std::string numbered(int level, const std::string& text) {
  return paragraph(
      text, "<w:numPr><w:ilvl w:val=\"" + std::to_string(level) + "\"/><w:numId w:val=\"7\"/></w:numPr>");
}

constexpr const char* numbering =
    R"(<w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:abstractNum w:abstractNumId="3">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:lvlText w:val="%1、"/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:lvlText w:val="（%2）"/></w:lvl>
<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%3."/></w:lvl>
</w:abstractNum><w:num w:numId="7"><w:abstractNumId w:val="3"/></w:num></w:numbering>)";

TEST(PlanDocx, NumbersThatWordShowsAreRead) {
  const std::string body = paragraph("示例市2026年营商环境行动方案") + numbered(0, "准入") +
                           numbered(1, "登记") +
                           numbered(2, "推行帮办。每区设一个点。（牵头单位：市市场监管局）") +
                           numbered(2, "压缩环节。年底前完成。（牵头单位：市税务局）") + numbered(0, "融资") +
                           numbered(2,
                                    "推广首贷。</w:t></w:r><w:del><w:r><w:delText>删掉的话</w:delText></"
                                    "w:r></w:del><w:r><w:t>（牵头单位：市金融办）");
  const auto plan =
      readPlan(zipped({{"word/document.xml", document(body)}, {"word/numbering.xml", numbering}}));
  ASSERT_TRUE(plan.has_value()) << describe(plan.error());
  ASSERT_EQ(plan->measures.size(), 3U) << toJson(*plan);
  EXPECT_EQ(plan->title, "示例市2026年营商环境行动方案");
  EXPECT_EQ(plan->measures[0].section, "一、准入");
  EXPECT_EQ(plan->measures[0].subsection, "（一）登记");
  EXPECT_EQ(plan->measures[1].number, "2");
  EXPECT_EQ(plan->measures[2].section, "二、融资");
  EXPECT_EQ(plan->measures[2].number, "1");
  EXPECT_EQ(toJson(*plan).find("删掉"), std::string::npos);
}

TEST(PlanDocx, TablesAreReadRowByRow) {
  const auto cell = [](const std::string& text) { return "<w:tc>" + paragraph(text) + "</w:tc>"; };
  const std::string body = paragraph("示例市2026年任务分工表") + "<w:tbl><w:tr>" + cell("序号") +
                           cell("工作任务") + cell("责任单位") + cell("完成时限") + "</w:tr><w:tr>" +
                           cell("1") + cell("建成帮办点30个以上") + cell("市数据局、市民政局") +
                           cell("2026年6月底") + "</w:tr></w:tbl>";
  const auto plan = readPlan(zipped({{"word/document.xml", document(body)}}));
  ASSERT_TRUE(plan.has_value()) << describe(plan.error());
  ASSERT_EQ(plan->measures.size(), 1U) << toJson(*plan);
  EXPECT_EQ(plan->measures[0].leads, (std::vector<std::string>{"市数据局", "市民政局"}));
  EXPECT_EQ(plan->measures[0].deadlines.at(0).until, makeDate(2026, 6, 30));
  EXPECT_EQ(plan->measures[0].targets.at(0).comparator, Comparator::at_least);
}

TEST(PlanDocx, OtherFilesAreRefused) {
  for (const std::string& bytes : {std::string("PK\x03\x04 broken"), zipped({{"word/other.xml", "<a/>"}}),
                                   zipped({{"word/document.xml", "<w:document><w:body>"}})}) {
    const auto plan = readPlan(bytes);
    ASSERT_FALSE(plan.has_value());
    EXPECT_EQ(plan.error().code, "plan.format");
  }
}

}  // namespace
}  // namespace jinyue::planning
