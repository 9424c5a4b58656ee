// The tables that both adapters have, with their columns: what a backup copies. The tables of versions
// (jinyue_schema) are not among them, since a copy has the schema of the program that makes it.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace jinyue::store {

enum class ColumnKind {
  integer,
  text,
  bytes,
  tokens,  ///< of text_index: a text of words between blanks; a tsvector in PostgreSQL
};

struct Column {
  std::string_view name;
  ColumnKind kind;
};

struct Table {
  std::string_view name;
  std::vector<Column> columns;
  std::string_view order;  ///< columns in whose order rows are copied
};

std::span<const Table> tables();

/// "a, b, c"
std::string columnList(const Table& table);

}  // namespace jinyue::store
