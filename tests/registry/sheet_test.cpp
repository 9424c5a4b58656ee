// Tables: CSV in two encodings, workbooks as spreadsheet programs write them and as attackers do.
#include <zip.h>

#include "registry/cell.h"
#include "registry/fixture.h"

namespace jinyue::registry {
namespace sheet_test {

using testing::ElementsAre;
using testing::HasSubstr;
using Cells = std::vector<std::vector<std::string>>;

Cells cellsOf(const Result<Sheet>& sheet) {
  Cells out;
  if (!sheet) throw std::runtime_error(describe(sheet.error()));
  for (const SheetRow& row : sheet->rows) out.push_back(row.cells);
  return out;
}

TEST(Csv, ReadsWhatRfc4180Says) {
  EXPECT_EQ(cellsOf(readCsv("a,b\r\n\"x, \"\"y\"\"\",\"two\r\nlines\"\r\n,\r\n1,2")),
            (Cells{{"a", "b"}, {"x, \"y\"", "two\r\nlines"}, {"1", "2"}}));
  EXPECT_EQ(cellsOf(readCsv("\xEF\xBB\xBF编码;名称\n1;a,b\n")), (Cells{{"编码", "名称"}, {"1", "a,b"}}));
  EXPECT_EQ(cellsOf(readCsv("a\tb\n1\t\n")), (Cells{{"a", "b"}, {"1", ""}}));
  EXPECT_EQ(readCsv("a,b\n\n1,2\n")->rows[1].number, 3);
  EXPECT_EQ(codeOf(readCsv("a,\"b\nc")), "sheet.quote");
  EXPECT_TRUE(readCsv("")->rows.empty());
}

TEST(Csv, ReadsGb18030) {
  // 编码,名称 / 1,镕
  EXPECT_EQ(cellsOf(readCsv("\xB1\xE0\xC2\xEB,\xC3\xFB\xB3\xC6\n1,\xE9\x46\n")),
            (Cells{{"编码", "名称"}, {"1", "镕"}}));
  EXPECT_EQ(codeOf(readCsv("a,\xFF\xFF\n")), "sheet.encoding");
  EXPECT_EQ(codeOf(readCsv(std::string_view("a,\0b", 4))), "sheet.encoding");
}

TEST(Csv, HasLimits) {
  SheetLimits limits;
  limits.rows = 2;
  limits.columns = 2;
  limits.cell_bytes = 5;
  EXPECT_EQ(codeOf(readCsv("a\nb\nc\n", limits)), "sheet.size");
  EXPECT_EQ(codeOf(readCsv("a,b,c\n", limits)), "sheet.size");
  EXPECT_EQ(codeOf(readCsv("123456\n", limits)), "sheet.size");
  EXPECT_TRUE(readCsv("12345,b\nc\n", limits));
}

TEST(Csv, NeutralisesFormulasAndComesBack) {
  const Cells rows{{"name", "fee"}, {"=1+1", "-5"},   {"＝cmd", "3"}, {"@x", ""},
                   {"\tx", "1"},    {"a,\"b\"", "2"}, {"-a", "0"}};
  const std::string csv = writeCsv(rows, {true, false});
  EXPECT_THAT(csv, HasSubstr("\r\n'=1+1,-5\r\n"));
  EXPECT_THAT(csv, HasSubstr("'＝cmd,3"));
  Cells back = cellsOf(readCsv(csv));
  for (auto& row : back) row[0] = withoutGuard(row[0]);
  EXPECT_EQ(back, rows);
  EXPECT_EQ(withoutGuard("'plain"), "'plain");
}

/// A workbook from its parts.
std::string packed(const std::vector<std::pair<std::string, std::string>>& parts) {
  zip_error_t error;
  zip_source_t* target = zip_source_buffer_create(nullptr, 0, 0, &error);
  zip_source_keep(target);
  zip_t* archive = zip_open_from_source(target, ZIP_TRUNCATE, &error);
  for (const auto& [name, text] : parts)
    zip_file_add(archive, name.c_str(), zip_source_buffer(archive, text.data(), text.size(), 0), 0);
  zip_close(archive);
  zip_source_open(target);
  zip_source_seek(target, 0, SEEK_END);
  std::string out(static_cast<std::size_t>(zip_source_tell(target)), '\0');
  zip_source_seek(target, 0, SEEK_SET);
  zip_source_read(target, out.data(), out.size());
  zip_source_close(target);
  zip_source_free(target);
  return out;
}

std::string workbook(const std::string& rows, const std::string& properties = "",
                     const std::string& strings = "", const std::string& head = "") {
  return packed({
      {"xl/workbook.xml",
       "<workbook xmlns:r='x'>" + properties + "<sheets><sheet name='s' r:id='r1'/></sheets></workbook>"},
      {"xl/_rels/workbook.xml.rels",
       "<Relationships><Relationship Id='r1' Type='t/worksheet' Target='worksheets/one.xml'/>"
       "<Relationship Id='r2' Type='t/sharedStrings' Target='/xl/strings.xml'/>"
       "<Relationship Id='r3' Type='t/styles' Target='styles.xml'/></Relationships>"},
      {"xl/strings.xml", "<sst>" + (strings.empty() ? "<si><t>零</t></si>" : strings) + "</sst>"},
      {"xl/styles.xml",
       "<styleSheet><numFmts><numFmt numFmtId='170' formatCode='[$-804]yyyy\"年\"m\"月\"'/>"
       "<numFmt numFmtId='171' formatCode='0.00\"days\"'/></numFmts><cellXfs><xf numFmtId='0'/><xf "
       "numFmtId='14'/>"
       "<xf numFmtId='170'/><xf numFmtId='171'/><xf numFmtId='22'/></cellXfs></styleSheet>"},
      {"xl/worksheets/one.xml", head + "<worksheet><sheetData>" + rows + "</sheetData></worksheet>"},
  });
}

TEST(Xlsx, ReadsStringsNumbersAndDates) {
  const auto sheet = readXlsx(
      workbook("<row r='1'><c r='A1' t='s'><v>0</v></c><c r='C1' t='inlineStr'><is><t>行内</t></is></c></row>"
               "<row r='3'><c r='A3'><v>0.10000000000000001</v></c><c r='B3' s='1'><v>46348</v></c><c r='C3' "
               "s='2'><v>60</v></c>"
               "<c r='D3' s='3'><v>5</v></c><c r='E3' s='4'><v>46348.5</v></c><c r='F3' t='b'><v>1</v></c>"
               "<c r='G3'><v>123456789012345678</v></c><c r='H3'><v>1.5E3</v></c><c r='I3' "
               "t='str'><f>A1</f><v>算得</v></c></row>",
               "", "<si><r><t>第</t></r><r><t>一</t></r><rPh><t>读音</t></rPh></si>"));
  EXPECT_EQ(cellsOf(sheet), (Cells{{"第一", "", "行内"},
                                   {"0.1", "2026-11-22", "1900-02-28", "5", "2026-11-22T12:00:00", "true",
                                    "123456789012345678", "1500", "算得"}}));
  EXPECT_EQ(sheet->rows[1].number, 3);
  EXPECT_EQ(cellsOf(readXlsx(workbook("<row><c s='1'><v>44886</v></c></row>", "<workbookPr date1904='1'/>"))),
            (Cells{{"2026-11-22"}}));
}

TEST(Xlsx, RefusesFormulasWithoutResultAndErrors) {
  const auto sheet = readXlsx(workbook(
      "<row r='2'><c r='B2'><f>1+1</f></c><c r='C2' t='e'><v>#N/A</v></c><c r='D2'><v>1</v></c></row>"));
  ASSERT_TRUE(sheet);
  ASSERT_EQ(sheet->errors.size(), 2U);
  EXPECT_EQ(sheet->errors[0].row, 2);
  EXPECT_EQ(columnName(sheet->errors[0].column), "B");
  EXPECT_EQ(sheet->errors[1].text.zh, "单元格是错误值 #N/A");
}

TEST(Xlsx, RefusesWhatIsNoWorkbookAndWhatUnpacksToTooMuch) {
  EXPECT_EQ(codeOf(readXlsx("PK\x03\x04 nothing")), "sheet.workbook");
  EXPECT_EQ(codeOf(readXlsx(packed({{"other", "x"}}))), "sheet.workbook");
  EXPECT_EQ(codeOf(readXlsx(workbook("<row><c t='s'><v>7</v></c></row>"))), "sheet.workbook");
  EXPECT_EQ(codeOf(readXlsx(workbook("<row><c>", "", "", ""))), "sheet.workbook");
  const std::string bomb =
      workbook("<row><c t='inlineStr'><is><t>" + std::string(20'000'000, 'x') + "</t></is></c></row>");
  EXPECT_LT(bomb.size(), 200'000U);
  SheetLimits limits;
  limits.unpacked_bytes = 1'000'000;
  EXPECT_EQ(codeOf(readXlsx(bomb, limits)), "sheet.size");
  EXPECT_EQ(codeOf(readXlsx(bomb)), "sheet.size");
  EXPECT_EQ(codeOf(readXlsx(workbook("<row><c r='ZZZ1'><v>1</v></c></row>"))), "sheet.size");
  // Entities of a document type are not made: the text stays what it is.
  const auto entities = readXlsx(workbook("<row><c t='inlineStr'><is><t>&a;</t></is></c></row>", "", "",
                                          "<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'>]>"));
  if (entities) EXPECT_EQ(cellsOf(entities), (Cells{{"&a;"}}));
}

TEST(Xlsx, ReadsWhatItWrites) {
  const Cells rows{{"编码", "费用", "名称"}, {"007", "12.5", "=1+1"}, {"", "1234567890123456", "b"}};
  const std::string bytes = writeXlsx(rows, {true, false, true}, "shops");
  const auto sheet = readSheet(bytes);
  EXPECT_EQ(cellsOf(sheet), rows);
  EXPECT_TRUE(sheet->errors.empty());
}

TEST(Cells, AreReadAsPeopleWriteThem) {
  for (const std::string_view text :
       {"2026-11-02", "2026/11/2", "2026.11.02", "2026年11月2日", "20261102", "2026-11-02T00:00:00"})
    EXPECT_EQ(dateText(text), "2026-11-02") << text;
  for (const std::string_view text : {"2026-11", "26-11-2", "2026-11-02 08:00", "下周", "2026年11月"})
    EXPECT_EQ(dateText(text), text);
  const auto schema = *Schema::compile(R"({"properties":{"n":{"type":"integer"},"b":{"type":"boolean"},
    "e":{"enum":["food"],"enum:titles":{"food":{"zh":"食品","en":"food"}}},"l":{"type":"array","items":{"type":"integer"}},
    "u":{"type":"string","format":"uscc"}}})");
  EXPECT_EQ(valueOf(*schema.field("n"), "1,234"), Value(1234));
  EXPECT_EQ(valueOf(*schema.field("n"), "some"), Value("some"));
  EXPECT_EQ(valueOf(*schema.field("b"), "是"), Value(true));
  EXPECT_EQ(valueOf(*schema.field("e"), "食品"), Value("food"));
  EXPECT_EQ(valueOf(*schema.field("l"), "1;2；3;"), Value(feel::List{1, 2, 3}));
  EXPECT_EQ(valueOf(*schema.field("u"), "91110000 600037341l"), Value("91110000600037341L"));
  EXPECT_EQ(cellOf(*schema.field("e"), Value("food"), false), "食品");
  EXPECT_EQ(cellOf(*schema.field("l"), Value(feel::List{1, 2}), false), "1;2");
  EXPECT_EQ(columnName(0) + columnName(25) + columnName(26) + columnName(701) + columnName(702), "AZAAZZAAA");
}

}  // namespace sheet_test
}  // namespace jinyue::registry
