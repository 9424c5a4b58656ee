#include <stdexcept>

#include <fmt/format.h>
#include <xlsxwriter.h>

#include "feel/number.h"
#include "registry/memory_file.h"
#include "registry/sheet.h"

namespace jinyue::registry {

namespace {

/// Up to 15 digits a spreadsheet keeps exactly.
bool isExactNumber(const std::string& text) {
  const auto number = feel::Number::parse(text);
  std::size_t digits = 0;
  for (const char c : text) digits += c >= '0' && c <= '9' ? 1U : 0U;
  return number && digits <= 15;
}

}  // namespace

std::string writeXlsx(const std::vector<std::vector<std::string>>& rows, const std::vector<bool>& is_text,
                      const std::string& sheet_name) {
  const MemoryFile file;
  lxw_workbook* workbook = workbook_new(file.path().c_str());
  if (workbook == nullptr) throw std::runtime_error("no memory for a workbook");
  lxw_worksheet* sheet = workbook_add_worksheet(workbook, sheet_name.c_str());
  lxw_format* head = workbook_add_format(workbook);
  format_set_bold(head);
  lxw_format* text = workbook_add_format(workbook);
  format_set_num_format(text, "@");
  if (sheet == nullptr) {
    workbook_close(workbook);
    throw std::invalid_argument("not a name for a sheet: " + sheet_name);
  }
  for (std::size_t line = 0; line < rows.size(); ++line) {
    for (std::size_t column = 0; column < rows[line].size(); ++column) {
      const std::string& cell = rows[line][column];
      if (cell.empty()) continue;
      const auto row = static_cast<lxw_row_t>(line);
      const auto col = static_cast<lxw_col_t>(column);
      const bool as_text = line == 0 || column >= is_text.size() || is_text[column] || !isExactNumber(cell);
      if (as_text) worksheet_write_string(sheet, row, col, cell.c_str(), line == 0 ? head : text);
      else worksheet_write_number(sheet, row, col, feel::Number::parse(cell)->toDouble(), nullptr);
    }
  }
  worksheet_freeze_panes(sheet, 1, 0);
  if (const auto error = workbook_close(workbook); error != LXW_NO_ERROR)
    throw std::runtime_error(fmt::format("a workbook can't be written: {}", lxw_strerror(error)));
  return file.content();
}

}  // namespace jinyue::registry
