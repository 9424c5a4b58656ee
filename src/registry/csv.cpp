#include <algorithm>
#include <array>

#include <fmt/format.h>
#include <unicode/ucnv.h>
#include <unicode/unistr.h>

#include "base/text.h"
#include "registry/sheet.h"

namespace jinyue::registry {

namespace {

constexpr std::string_view utf8_mark = "\xEF\xBB\xBF";

std::unexpected<Problem> tooLarge(Text title) {
  return refuse(ProblemKind::invalid, "sheet.size", std::move(title));
}

/// GB18030 to UTF-8; empty when the bytes are not that either.
std::optional<std::string> fromGb18030(std::string_view bytes) {
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<UConverter, void (*)(UConverter*)> converter(ucnv_open("gb18030", &status),
                                                                     ucnv_close);
  ucnv_setToUCallBack(converter.get(), UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &status);
  if (U_FAILURE(status)) return std::nullopt;
  const icu::UnicodeString text(bytes.data(), static_cast<std::int32_t>(bytes.size()), converter.get(),
                                status);
  if (U_FAILURE(status)) return std::nullopt;
  std::string out;
  text.toUTF8String(out);
  return out;
}

char separatorOf(std::string_view text) {
  std::array<std::size_t, 3> counts{};
  constexpr std::string_view separators = ",;\t";
  bool quoted = false;
  for (const char c : text) {
    if (c == '"') quoted = !quoted;
    if (quoted) continue;
    if (c == '\n') break;
    if (const auto found = separators.find(c); found != std::string_view::npos) ++counts[found];
  }
  return separators[static_cast<std::size_t>(std::ranges::max_element(counts) - counts.begin())];
}

class CsvReader {
 public:
  CsvReader(std::string_view text, const SheetLimits& limits)
      : text_(text), limits_(limits), separator_(separatorOf(text)) {}

  Result<Sheet> read() {
    while (at_ < text_.size()) {
      if (auto done = row(); !done) return std::unexpected(done.error());
    }
    return std::move(sheet_);
  }

 private:
  Result<void> row() {
    SheetRow row{line_, {}};
    while (true) {
      auto cell = next();
      if (!cell) return std::unexpected(cell.error());
      row.cells.push_back(*std::move(cell));
      if (row.cells.size() > limits_.columns)
        return tooLarge({fmt::format("第 {} 行列数超过 {}", row.number, limits_.columns),
                         fmt::format("row {} has more than {} columns", row.number, limits_.columns)});
      if (at_ < text_.size() && text_[at_] == separator_) {
        ++at_;
        continue;
      }
      break;
    }
    if (at_ < text_.size() && text_[at_] == '\r') ++at_;
    if (at_ < text_.size() && text_[at_] == '\n') ++at_;
    ++line_;
    if (std::ranges::all_of(row.cells, [](const std::string& cell) { return trimmed(cell).empty(); }))
      return {};
    sheet_.rows.push_back(std::move(row));
    if (sheet_.rows.size() > limits_.rows)
      return tooLarge(
          {fmt::format("行数超过 {}", limits_.rows), fmt::format("more than {} rows", limits_.rows)});
    return {};
  }

  Result<std::string> next() {
    std::string cell;
    if (at_ < text_.size() && text_[at_] == '"') {
      const int started = line_;
      ++at_;
      while (true) {
        const std::size_t end = text_.find('"', at_);
        if (end == std::string_view::npos)
          return refuse(ProblemKind::invalid, "sheet.quote",
                        {fmt::format("第 {} 行的引号没有结束", started),
                         fmt::format("row {}: a quote is not closed", started)});
        cell += text_.substr(at_, end - at_);
        at_ = end + 1;
        if (at_ >= text_.size() || text_[at_] != '"') break;
        cell += '"';
        ++at_;
      }
    }
    // What follows a closing quote up to the separator belongs to the cell, as spreadsheet programs have it.
    const std::size_t start = at_;
    while (at_ < text_.size() && text_[at_] != separator_ && text_[at_] != '\n' && text_[at_] != '\r') ++at_;
    cell += text_.substr(start, at_ - start);
    if (cell.size() > limits_.cell_bytes)
      return tooLarge({fmt::format("第 {} 行有过长的单元格", line_),
                       fmt::format("row {} has a cell that is too long", line_)});
    return cell;
  }

  std::string_view text_;
  const SheetLimits& limits_;
  char separator_;
  std::size_t at_ = 0;
  int line_ = 1;
  Sheet sheet_;
};

bool looksLikeFormula(std::string_view text) {
  if (text.empty()) return false;
  if (std::string_view{"=+-@\t\r"}.contains(text.front())) return true;
  return text.starts_with("＝") || text.starts_with("＋") || text.starts_with("－") || text.starts_with("＠");
}

}  // namespace

Result<Sheet> readCsv(std::string_view bytes, const SheetLimits& limits) {
  if (bytes.starts_with(utf8_mark)) bytes.remove_prefix(utf8_mark.size());
  if (bytes.size() > limits.unpacked_bytes) return tooLarge({"文件过大", "the file is too large"});
  const auto refused = [] {
    return refuse(ProblemKind::invalid, "sheet.encoding",
                  {"文件编码应为 UTF-8 或 GB18030", "the file must be in UTF-8 or GB18030"});
  };
  if (bytes.contains('\0')) return refused();
  if (isValidUtf8(bytes)) return CsvReader(bytes, limits).read();
  const auto converted = fromGb18030(bytes);
  if (!converted) return refused();
  return CsvReader(*converted, limits).read();
}

Result<Sheet> readSheet(std::string_view bytes, const SheetLimits& limits) {
  return bytes.starts_with("PK\x03\x04") ? readXlsx(bytes, limits) : readCsv(bytes, limits);
}

std::string columnName(std::size_t column) {
  std::string name;
  for (std::size_t rest = column + 1; rest > 0; rest = (rest - 1) / 26)
    name.insert(name.begin(), static_cast<char>('A' + (rest - 1) % 26));
  return name;
}

std::string writeCsv(const std::vector<std::vector<std::string>>& rows, const std::vector<bool>& is_text) {
  std::string out{utf8_mark};
  for (std::size_t line = 0; line < rows.size(); ++line) {
    for (std::size_t column = 0; column < rows[line].size(); ++column) {
      if (column > 0) out += ',';
      const std::string& cell = rows[line][column];
      const bool text = line == 0 || column >= is_text.size() || is_text[column];
      const std::string guarded = (text && looksLikeFormula(cell) ? "'" : "") + cell;
      if (guarded.find_first_of(",;\"\r\n\t") == std::string::npos) {
        out += guarded;
        continue;
      }
      out += '"';
      for (const char c : guarded) {
        if (c == '"') out += '"';
        out += c;
      }
      out += '"';
    }
    out += "\r\n";
  }
  return out;
}

std::string_view withoutGuard(std::string_view text) {
  return text.starts_with('\'') && looksLikeFormula(text.substr(1)) ? text.substr(1) : text;
}

}  // namespace jinyue::registry
