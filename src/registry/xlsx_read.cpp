// Reading workbooks (ECMA-376 part 1, clause 18): a ZIP file with XML parts.
#include <algorithm>
#include <charconv>
#include <cmath>
#include <set>

#include <fmt/format.h>
#include <pugixml.hpp>
#include <zip.h>

#include "base/text.h"
#include "base/time.h"
#include "registry/sheet.h"

namespace jinyue::registry {

namespace {

struct Broken {
  Problem problem;
};

[[noreturn]] void broken(std::string_view code, Text title) {
  throw Broken{{ProblemKind::invalid, fmt::format("sheet.{}", code), std::move(title), {}, {}, {}}};
}

[[noreturn]] void noWorkbook() {
  broken("workbook", {"不是可用的 XLSX 工作簿", "this is no XLSX workbook that can be read"});
}

[[noreturn]] void tooLarge() {
  broken("size", {"工作簿解压后过大，或行列过多",
                  "the workbook unpacks to too much, or has too many rows or columns"});
}

class Archive {
 public:
  Archive(std::string_view bytes, const SheetLimits& limits) : left_(limits.unpacked_bytes) {
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
    if (source != nullptr) {
      archive_ = zip_open_from_source(source, ZIP_RDONLY | ZIP_CHECKCONS, &error);
      if (archive_ == nullptr) zip_source_free(source);
    }
    zip_error_fini(&error);
    if (archive_ == nullptr) noWorkbook();
  }
  Archive(const Archive&) = delete;
  Archive& operator=(const Archive&) = delete;
  ~Archive() { zip_discard(archive_); }

  /// The bytes of a part; empty when there is none. What it says about its size is not trusted.
  std::string part(const std::string& name) {
    const auto close = [](zip_file_t* file) { zip_fclose(file); };
    const std::unique_ptr<zip_file_t, decltype(close)> file(zip_fopen(archive_, name.c_str(), 0));
    if (file == nullptr) return {};
    std::string out;
    char buffer[64 * 1024];
    while (true) {
      const auto count = zip_fread(file.get(), buffer, sizeof buffer);
      if (count < 0) noWorkbook();
      if (count == 0) return out;
      if (static_cast<std::size_t>(count) > left_) tooLarge();
      left_ -= static_cast<std::size_t>(count);
      out.append(buffer, static_cast<std::size_t>(count));
    }
  }

  pugi::xml_document xml(const std::string& name) {
    const std::string text = part(name);
    pugi::xml_document document;
    // No document types are read, so entities can't grow.
    if (text.empty() ||
        !document.load_buffer(text.data(), text.size(), pugi::parse_default | pugi::parse_ws_pcdata_single))
      noWorkbook();
    return document;
  }

 private:
  zip_t* archive_ = nullptr;
  std::size_t left_;
};

/// The name without its prefix.
std::string_view localName(const pugi::xml_node& node) {
  const std::string_view name = node.name();
  const auto colon = name.find(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

pugi::xml_node child(const pugi::xml_node& parent, std::string_view name) {
  return parent.find_child([&](const pugi::xml_node& node) { return localName(node) == name; });
}

/// The text of an item: of its runs, without phonetic readings.
std::string textOf(const pugi::xml_node& item) {
  std::string out;
  for (const pugi::xml_node& part : item.children()) {
    if (localName(part) == "t") out += part.text().get();
    if (localName(part) == "r") out += child(part, "t").text().get();
  }
  return out;
}

std::string resolved(std::string_view target) {
  return target.starts_with('/') ? std::string{target.substr(1)} : "xl/" + std::string{target};
}

bool isDateCode(std::string_view code) {
  bool quoted = false;
  for (std::size_t at = 0; at < code.size(); ++at) {
    const char c = code[at];
    if (c == '"') quoted = !quoted;
    if (quoted) continue;
    if (c == '\\' || c == '_' || c == '*') {
      ++at;
    } else if (c == '[') {  // a colour, a locale, or elapsed time
      at = std::min(code.find(']', at), code.size());
    } else if (std::string_view{"ymdhsYMDHS"}.contains(c)) {
      return true;
    }
  }
  return false;
}

/// Numbers of cell styles that show dates.
std::set<int> dateStyles(const pugi::xml_document& styles) {
  const pugi::xml_node root = styles.document_element();
  std::set<int> formats{14, 15, 16, 17, 18, 19, 20, 21, 22, 45, 46, 47};
  for (int built_in = 27; built_in <= 36; ++built_in) formats.insert(built_in);  // of East Asian versions
  for (int built_in = 50; built_in <= 58; ++built_in) formats.insert(built_in);
  for (const pugi::xml_node& format : child(root, "numFmts").children()) {
    if (isDateCode(format.attribute("formatCode").value()))
      formats.insert(format.attribute("numFmtId").as_int());
  }
  std::set<int> out;
  int index = 0;
  for (const pugi::xml_node& style : child(root, "cellXfs").children()) {
    if (formats.contains(style.attribute("numFmtId").as_int())) out.insert(index);
    ++index;
  }
  return out;
}

/// Days since 1899-12-30 (the day 1900-02-29, which was none, is number 60) or since 1904-01-01.
std::optional<std::string> dateText(double serial, bool since_1904) {
  constexpr double last = 2'958'465.999999;  // 9999-12-31
  if (!(serial >= 0) || serial > last) return std::nullopt;
  auto seconds = static_cast<std::int64_t>(std::llround(serial * 86'400));
  std::int64_t days = seconds / 86'400;
  seconds %= 86'400;
  if (!since_1904 && days < 60) ++days;
  const Date date = (since_1904 ? makeDate(1904, 1, 1) : makeDate(1899, 12, 30)) + std::chrono::days{days};
  if (seconds == 0) return formatDate(date);
  return fmt::format("{}T{:02}:{:02}:{:02}", formatDate(date), seconds / 3600, seconds / 60 % 60,
                     seconds % 60);
}

/// "12", "0.1" for a number that the file has as 0.10000000000000001.
std::string numberText(std::string_view stored) {
  double value = 0;
  const auto [end, error] = std::from_chars(stored.data(), stored.data() + stored.size(), value);
  if (error != std::errc{} || end != stored.data() + stored.size()) return std::string{stored};
  const bool whole = stored.find_first_not_of("0123456789-") == std::string_view::npos;
  if (whole) return std::string{stored};
  if (std::abs(value) < 1e15 && value == std::floor(value)) return fmt::format("{:.0f}", value);
  return fmt::format("{}", value);
}

/// "AB12" to 27; nothing for what is no reference.
std::optional<std::size_t> columnOf(std::string_view reference) {
  std::size_t column = 0;
  std::size_t letters = 0;
  for (; letters < reference.size() && reference[letters] >= 'A' && reference[letters] <= 'Z' && letters < 4;
       ++letters)
    column = column * 26 + static_cast<std::size_t>(reference[letters] - 'A' + 1);
  return letters == 0 ? std::nullopt : std::optional{column - 1};
}

class Workbook {
 public:
  Workbook(std::string_view bytes, const SheetLimits& limits) : archive_(bytes, limits), limits_(limits) {}

  Sheet read() {
    const pugi::xml_document workbook = archive_.xml("xl/workbook.xml");
    const pugi::xml_node root = workbook.document_element();
    since_1904_ = child(root, "workbookPr").attribute("date1904").as_bool();
    const pugi::xml_node first = child(root, "sheets").first_child();
    std::string id;
    for (const pugi::xml_attribute& attribute : first.attributes()) {
      if (std::string_view{attribute.name()}.ends_with(":id")) id = attribute.value();
    }
    std::string sheet;
    std::string strings;
    std::string styles;
    const pugi::xml_document relations = archive_.xml("xl/_rels/workbook.xml.rels");
    for (const pugi::xml_node& relation : relations.document_element().children()) {
      const std::string_view type = relation.attribute("Type").value();
      const std::string target = resolved(relation.attribute("Target").value());
      if (relation.attribute("Id").value() == id) sheet = target;
      if (type.ends_with("/sharedStrings")) strings = target;
      if (type.ends_with("/styles")) styles = target;
    }
    if (sheet.empty()) noWorkbook();
    if (!strings.empty()) {
      const pugi::xml_document document = archive_.xml(strings);
      for (const pugi::xml_node& item : document.document_element().children())
        shared_.push_back(textOf(item));
    }
    if (!styles.empty()) date_styles_ = dateStyles(archive_.xml(styles));
    const pugi::xml_document document = archive_.xml(sheet);
    int number = 0;
    for (const pugi::xml_node& row : child(document.document_element(), "sheetData").children()) {
      number = row.attribute("r").as_int(number + 1);
      readRow(row, number);
    }
    return std::move(out_);
  }

 private:
  void readRow(const pugi::xml_node& row, int number) {
    SheetRow read{number, {}};
    std::size_t column = 0;
    for (const pugi::xml_node& cell : row.children()) {
      column = columnOf(cell.attribute("r").value()).value_or(column);
      std::string text = cellText(cell, number, column);
      if (column >= limits_.columns) {
        if (!text.empty()) tooLarge();
      } else {
        if (text.size() > limits_.cell_bytes) tooLarge();
        if (read.cells.size() <= column) read.cells.resize(column + 1);
        read.cells[column] = std::move(text);
      }
      ++column;
    }
    const bool has_error = !out_.errors.empty() && out_.errors.back().row == number;
    const bool blank =
        std::ranges::all_of(read.cells, [](const std::string& cell) { return trimmed(cell).empty(); });
    if (blank && !has_error) return;
    out_.rows.push_back(std::move(read));
    if (out_.rows.size() > limits_.rows) tooLarge();
  }

  std::string cellText(const pugi::xml_node& cell, int row, std::size_t column) {
    const std::string_view type = cell.attribute("t").value();
    if (type == "inlineStr") return textOf(child(cell, "is"));
    const pugi::xml_node value = child(cell, "v");
    const std::string_view stored = value.text().get();
    if (child(cell, "f") && (!value || (stored.empty() && type != "str"))) {
      out_.errors.push_back({row,
                             column,
                             {"公式没有计算结果，请在表格程序中打开并保存",
                              "a formula without its result; open and save the file once"}});
      return {};
    }
    if (type == "s") {
      std::size_t index = 0;
      std::from_chars(stored.data(), stored.data() + stored.size(), index);
      if (index >= shared_.size()) noWorkbook();
      return shared_[index];
    }
    if (type == "b") return stored == "1" ? "true" : "false";
    if (type == "e") {
      out_.errors.push_back(
          {row,
           column,
           {fmt::format("单元格是错误值 {}", stored), fmt::format("the cell is an error: {}", stored)}});
      return {};
    }
    if (type == "str" || type == "d") return std::string{stored};
    if (stored.empty()) return {};
    if (date_styles_.contains(cell.attribute("s").as_int())) {
      double serial = 0;
      std::from_chars(stored.data(), stored.data() + stored.size(), serial);
      if (const auto text = dateText(serial, since_1904_)) return *text;
    }
    return numberText(stored);
  }

  Archive archive_;
  const SheetLimits& limits_;
  std::vector<std::string> shared_;
  std::set<int> date_styles_;
  bool since_1904_ = false;
  Sheet out_;
};

}  // namespace

Result<Sheet> readXlsx(std::string_view bytes, const SheetLimits& limits) {
  try {
    Sheet sheet = Workbook(bytes, limits).read();
    for (const SheetRow& row : sheet.rows) {
      for (const std::string& cell : row.cells) {
        if (!isValidUtf8(cell)) noWorkbook();
      }
    }
    return sheet;
  } catch (Broken& refused) {
    return std::unexpected(std::move(refused.problem));
  }
}

}  // namespace jinyue::registry
