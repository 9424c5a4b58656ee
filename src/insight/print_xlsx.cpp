#include <set>
#include <stdexcept>

#include <fmt/format.h>
#include <xlsxwriter.h>

#include "insight/print.h"
#include "registry/memory_file.h"

namespace jinyue::insight {
namespace {

/// A sheet's name has at most 31 characters and none of []:*?/\\' in it.
std::string sheetName(const std::string& title, std::set<std::string>& used) {
  constexpr int most = 27;  // characters; a number may follow
  std::string name;
  int characters = 0;
  for (const char c : title.substr(0, title.find("（"))) {
    const bool begins = (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
    if (begins && ++characters > most) break;
    if (!std::string_view{"[]:*?/\\'"}.contains(c)) name += c;
  }
  std::string unique = name;
  for (int number = 2; !used.insert(unique).second; ++number) unique = fmt::format("{} {}", name, number);
  return unique;
}

struct Formats {
  lxw_format* title;
  lxw_format* head;
  lxw_format* text;
  lxw_format* number;
  lxw_format* decimal;      ///< two digits after the point
  lxw_format* number_head;  ///< stands over its numbers
};

bool hasTwoDigits(const std::string& cell) { return cell.size() > 3 && cell[cell.size() - 3] == '.'; }

void fillSheet(lxw_worksheet* sheet, lxw_row_t row, const PrintTable& table, const Formats& formats) {
  for (std::size_t column = 0; column < table.head.size(); ++column) {
    const auto at = static_cast<lxw_col_t>(column);
    worksheet_write_string(sheet, row, at, table.head[column].c_str(),
                           table.numbers[column] ? formats.number_head : formats.head);
    worksheet_set_column(sheet, at, at, table.numbers[column] ? 14 : 28, nullptr);
  }
  for (const auto& cells : table.rows) {
    ++row;
    for (std::size_t column = 0; column < cells.size(); ++column) {
      const auto at = static_cast<lxw_col_t>(column);
      const auto number = table.numbers[column] ? feel::Number::parse(cells[column]) : std::nullopt;
      if (number) {
        worksheet_write_number(sheet, row, at, number->toDouble(),
                               hasTwoDigits(cells[column]) ? formats.decimal : formats.number);
      } else {
        worksheet_write_string(sheet, row, at, cells[column].c_str(), formats.text);
      }
    }
  }
}

}  // namespace

std::string printXlsx(const Report& report, const BulletinContent& content) {
  const registry::MemoryFile file;
  lxw_workbook* workbook = workbook_new(file.path().c_str());
  if (workbook == nullptr) throw std::runtime_error("no memory for a workbook");
  // The moment of writing would make every copy another file.
  lxw_doc_properties properties{};
  std::string title = content.title.zh;
  properties.title = title.data();
  properties.created = static_cast<time_t>(report.drafted.time_since_epoch().count() / 1000);
  workbook_set_properties(workbook, &properties);
  Formats formats{};
  formats.title = workbook_add_format(workbook);
  format_set_bold(formats.title);
  format_set_font_size(formats.title, 14);
  formats.head = workbook_add_format(workbook);
  format_set_bold(formats.head);
  format_set_bottom(formats.head, LXW_BORDER_THIN);
  formats.text = workbook_add_format(workbook);
  format_set_text_wrap(formats.text);
  format_set_align(formats.text, LXW_ALIGN_VERTICAL_TOP);
  formats.number = workbook_add_format(workbook);
  format_set_align(formats.number, LXW_ALIGN_VERTICAL_TOP);
  formats.decimal = workbook_add_format(workbook);
  format_set_align(formats.decimal, LXW_ALIGN_VERTICAL_TOP);
  format_set_num_format(formats.decimal, "0.00");
  formats.number_head = workbook_add_format(workbook);
  format_set_bold(formats.number_head);
  format_set_bottom(formats.number_head, LXW_BORDER_THIN);
  format_set_align(formats.number_head, LXW_ALIGN_RIGHT);
  format_set_text_wrap(formats.number_head);
  std::set<std::string> used;
  bool first = true;
  for (const PrintTable& table : tablesOf(content)) {
    lxw_worksheet* sheet = workbook_add_worksheet(workbook, sheetName(table.title, used).c_str());
    if (sheet == nullptr) {
      workbook_close(workbook);
      throw std::runtime_error("no memory for a sheet");
    }
    lxw_row_t row = 0;
    worksheet_write_string(sheet, row++, 0, first ? title.c_str() : table.title.c_str(), formats.title);
    if (first) {
      for (const std::string& line : headLines(report, content))
        worksheet_write_string(sheet, row++, 0, line.c_str(), nullptr);
    }
    ++row;
    fillSheet(sheet, row, table, formats);
    worksheet_freeze_panes(sheet, row + 1, 0);
    worksheet_repeat_rows(sheet, row, row);
    worksheet_set_paper(sheet, 9);  // A4
    if (table.head.size() > 7) worksheet_set_landscape(sheet);
    worksheet_fit_to_pages(sheet, 1, 0);
    worksheet_set_footer(sheet, "&C第 &P 页，共 &N 页");
    first = false;
  }
  if (const auto error = workbook_close(workbook); error != LXW_NO_ERROR)
    throw std::runtime_error(fmt::format("a workbook can't be written: {}", lxw_strerror(error)));
  return file.content();
}

}  // namespace jinyue::insight
