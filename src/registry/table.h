// The rows of a table as entries of a register, without looking at what the register holds.
#pragma once

#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "registry/declaration.h"
#include "registry/entry.h"
#include "registry/import.h"
#include "registry/sheet.h"

namespace jinyue::registry {

struct TableRow {
  int row = 0;
  std::string key;
  Change change;
  bool good = true;
};

class TableReader {
 public:
  TableReader(const Register& reg, const Sheet& sheet, const ImportOptions& options)
      : reg_(reg), sheet_(sheet), options_(options) {}

  /// False when the header is wrong: then there are no rows.
  bool read();
  /// What the schema says about an entry; `ask` is what it asks from outside.
  void check(TableRow& read, SchemaSurroundings ask);
  void error(int row, std::optional<std::size_t> column, std::string field, Text text);

  std::vector<TableRow>& rows() { return rows_; }
  std::vector<RowError>& errors() { return errors_; }
  std::optional<std::size_t> fromColumn() const { return from_column_; }

 private:
  bool readHeader();
  void readRows();
  Date dateIn(const SheetRow& row, std::optional<std::size_t> column, Date otherwise, bool& good);

  const Register& reg_;
  const Sheet& sheet_;
  const ImportOptions& options_;
  std::vector<RowError> errors_;
  std::vector<const Field*> columns_;
  std::optional<std::size_t> from_column_;
  std::optional<std::size_t> to_column_;
  std::vector<TableRow> rows_;
  std::unordered_map<std::string, std::size_t> keys_;
};

inline const Text from_title{"有效期起", "valid_from"};
inline const Text to_title{"有效期止", "valid_to"};

}  // namespace jinyue::registry
