// Tables from outside: CSV and XLSX files as rows of texts.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/problem.h"

namespace jinyue::registry {

struct SheetLimits {
  std::size_t rows = 200'000;
  std::size_t columns = 200;
  std::size_t cell_bytes = 32 * 1024;
  std::size_t unpacked_bytes = 256 * 1024 * 1024;  ///< of all parts of an XLSX that are read
};

struct SheetRow {
  int number = 0;  ///< as the file's own program counts, from 1
  std::vector<std::string> cells;
};

/// A cell that can't be read; the rest of the table can.
struct SheetError {
  int row = 0;
  std::size_t column = 0;  ///< from 0
  Text text;
};

/// Rows without any text are left out. The first row is the header.
struct Sheet {
  std::vector<SheetRow> rows;
  std::vector<SheetError> errors;
};

/// "A", "B", …, "AA": what people call a column.
std::string columnName(std::size_t column);

/// RFC 4180 with LF or CRLF; comma, semicolon or tab, whichever the header has most of. UTF-8 with or without
/// its mark, else GB18030. Refuses with "sheet.encoding", "sheet.quote" (a quoted cell that doesn't end),
/// "sheet.size".
Result<Sheet> readCsv(std::string_view bytes, const SheetLimits& limits = {});

/// The first sheet of an Office Open XML workbook. Numbers are texts as written (14 or more digits keep their
/// value); cells with a format of a date become 2026-11-22 or 2026-11-22T09:30:00, of both calendars. A
/// formula stands for the value that was stored with it; without one the cell is an error. Refuses with
/// "sheet.workbook", "sheet.size" (also when parts unpack to more than allowed).
Result<Sheet> readXlsx(std::string_view bytes, const SheetLimits& limits = {});

/// By content: what begins like a ZIP file is a workbook.
Result<Sheet> readSheet(std::string_view bytes, const SheetLimits& limits = {});

/// Comma, CRLF, UTF-8 with its mark, so that spreadsheet programs open it right. A text that such a program
/// would take for a formula (= + - @, also full-width, tab, carriage return) gets an apostrophe before it;
/// numbers do not. `is_text` by column.
std::string writeCsv(const std::vector<std::vector<std::string>>& rows, const std::vector<bool>& is_text);
/// What writeCsv put before a text is taken away.
std::string_view withoutGuard(std::string_view text);

/// A workbook with one sheet, the first row bold and fixed. Cells of columns that are no texts are numbers
/// where they are.
std::string writeXlsx(const std::vector<std::vector<std::string>>& rows, const std::vector<bool>& is_text,
                      const std::string& sheet_name);

}  // namespace jinyue::registry
