#include "registry/table.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.h"
#include "registry/cell.h"
#include "registry/contains.h"
#include "registry/schema_node.h"

namespace jinyue::registry {

namespace {

bool isNamed(std::string_view cell, const Text& title) { return cell == title.zh || cell == title.en; }

}  // namespace

bool TableReader::read() {
  if (!readHeader()) return false;
  readRows();
  return true;
}

void TableReader::error(int row, std::optional<std::size_t> column, std::string field, Text text) {
  if (errors_.size() < options_.max_errors)
    errors_.push_back({row, column ? columnName(*column) : "", std::move(field), std::move(text)});
}

bool TableReader::readHeader() {
  if (sheet_.rows.empty()) {
    error(1, {}, "", {"表是空的", "the table is empty"});
    return false;
  }
  const SheetRow& header = sheet_.rows.front();
  columns_.resize(header.cells.size(), nullptr);
  for (std::size_t column = 0; column < header.cells.size(); ++column) {
    const std::string_view cell = trimmed(withoutGuard(header.cells[column]));
    if (cell.empty()) continue;
    if (isNamed(cell, from_title)) {
      from_column_ = column;
      continue;
    }
    if (isNamed(cell, to_title)) {
      to_column_ = column;
      continue;
    }
    const auto& fields = reg_.schema().fields();
    auto found = std::ranges::find(fields, cell, &Field::name);
    if (found == fields.end())
      found = std::ranges::find_if(fields, [&](const Field& field) { return isNamed(cell, field.title); });
    if (found == fields.end()) {
      error(header.number, column, "",
            {fmt::format("没有“{}”这个字段", cell), fmt::format("there is no field “{}”", cell)});
    } else if (!isTabular(*found)) {
      error(header.number, column, found->name,
            {fmt::format("“{}”不能用表格导入", found->title.zh),
             fmt::format("“{}” can't come from a table", found->title.en)});
    } else if (contains(columns_, &*found)) {
      error(
          header.number, column, found->name,
          {fmt::format("“{}”有两列", found->title.zh), fmt::format("“{}” has two columns", found->title.en)});
    } else {
      columns_[column] = &*found;
    }
  }
  for (const std::string& key : reg_.declaration().key) {
    const Field* field = reg_.schema().field(key);
    if (!contains(columns_, field))
      error(header.number, {}, key,
            {fmt::format("缺少“{}”列", field->title.zh),
             fmt::format("the column “{}” is missing", field->title.en)});
  }
  return errors_.empty();
}

/// The day in a cell; the given one when it is empty.
Date TableReader::dateIn(const SheetRow& row, std::optional<std::size_t> column, Date otherwise, bool& good) {
  if (!column || *column >= row.cells.size()) return otherwise;
  const std::string_view cell = trimmed(row.cells[*column]);
  if (cell.empty()) return otherwise;
  if (const auto date = parseDate(dateText(cell))) return *date;
  good = false;
  error(row.number, column, "", {"应为日期，如 2026-11-22", "a date is needed, such as 2026-11-22"});
  return otherwise;
}

void TableReader::readRows() {
  std::size_t next_error = 0;
  for (std::size_t index = 1; index < sheet_.rows.size(); ++index) {
    const SheetRow& row = sheet_.rows[index];
    TableRow read{row.number, {}, {}, true};
    for (; next_error < sheet_.errors.size() && sheet_.errors[next_error].row <= row.number; ++next_error) {
      const SheetError& found = sheet_.errors[next_error];
      if (found.row == row.number) read.good = false;
      error(found.row, found.column, "", found.text);
    }
    feel::Context entry;
    for (std::size_t column = 0; column < row.cells.size(); ++column) {
      const std::string_view cell = trimmed(withoutGuard(row.cells[column]));
      if (cell.empty() || column == from_column_ || column == to_column_) continue;
      if (column >= columns_.size() || columns_[column] == nullptr) {
        read.good = false;
        error(row.number, column, "", {"这一列没有标题", "this column has no heading"});
        continue;
      }
      entry.set(columns_[column]->name, valueOf(*columns_[column], cell));
    }
    read.change.period = {dateIn(row, from_column_, options_.valid_from, read.good),
                          dateIn(row, to_column_, no_end, read.good)};
    read.change.entry = std::move(entry);
    read.key = reg_.keyOf(read.change.entry);
    rows_.push_back(std::move(read));
  }
  keys_.reserve(rows_.size());
  for (std::size_t index = 0; index < rows_.size(); ++index) {
    const auto [first, is_new] = keys_.emplace(rows_[index].key, index);
    if (is_new || rows_[index].key.empty()) continue;
    rows_[index].good = false;
    error(rows_[index].row, {}, "",
          {fmt::format("“{}”与第 {} 行重复", rows_[index].key, rows_[first->second].row),
           fmt::format("“{}” is in row {} already", rows_[index].key, rows_[first->second].row)});
  }
}

void TableReader::check(TableRow& read, SchemaSurroundings ask) {
  // Entries that come together may refer to each other.
  ask.has_entry = [this, outside = std::move(ask.has_entry)](std::string_view name, std::string_view key) {
    return (name == reg_.name() && keys_.contains(std::string{key})) || !outside || outside(name, key);
  };
  for (const Finding& finding : reg_.schema().check(read.change.entry, ask)) {
    read.good = false;
    const std::string_view step =
        std::string_view{finding.pointer}.substr(std::min<std::size_t>(1, finding.pointer.size()));
    const std::string name{step.substr(0, step.find('/'))};
    std::optional<std::size_t> column;
    for (std::size_t index = 0; index < columns_.size(); ++index) {
      if (columns_[index] != nullptr && pointerStep(columns_[index]->name) == name) column = index;
    }
    error(read.row, column, name, finding.text);
  }
}

}  // namespace jinyue::registry
