#include "store/room_table.h"

#include <algorithm>

#include <fmt/format.h>

namespace jinyue::store {
namespace {

std::string_view typeOf(ColumnKind kind, Dialect dialect) {
  const bool sqlite = dialect == Dialect::sqlite;
  switch (kind) {
    case ColumnKind::integer: return sqlite ? "INTEGER" : "bigint";
    case ColumnKind::text: return sqlite ? "TEXT" : "text COLLATE \"C\"";
    case ColumnKind::bytes: return sqlite ? "BLOB" : "bytea";
    case ColumnKind::tokens: break;  // in no table of a room
  }
  return {};
}

/// "account, at" as part of a name.
std::string joined(std::string_view columns) {
  std::string name;
  for (const char character : columns) {
    if (character == ',') name += '_';
    else if (character != ' ') name += character;
  }
  return name;
}

/// SQLite keeps rows in the order of their own number unless told; a key that is such a number is it.
bool isRowNumber(const RoomTable& table) {
  const auto found = std::ranges::find(table.columns, table.primary_key, &RoomColumn::name);
  return found != table.columns.end() && found->kind == ColumnKind::integer;
}

std::string createTable(const RoomTable& table, Dialect dialect) {
  std::string sql = fmt::format("CREATE TABLE {} (\n", table.name);
  for (const RoomColumn& column : table.columns) {
    sql += fmt::format("  {} {}{},\n", column.name, typeOf(column.kind, dialect),
                       column.nullable ? "" : " NOT NULL");
  }
  sql += fmt::format("  PRIMARY KEY ({})\n)", table.primary_key);
  if (dialect == Dialect::sqlite) sql += isRowNumber(table) ? " STRICT" : " STRICT, WITHOUT ROWID";
  return sql + ";\n";
}

std::string createIndex(const RoomTable& table, const RoomIndex& index) {
  const std::string name = index.name.empty() ? fmt::format("{}_by_{}", table.name, joined(index.columns))
                                              : std::string{index.name};
  return fmt::format("CREATE {}INDEX {} ON {} ({}){}{};\n", index.unique ? "UNIQUE " : "", name, table.name,
                     index.columns, index.where.empty() ? "" : " WHERE ", index.where);
}

}  // namespace

std::vector<RoomTable> roomTablesOf(int version) {
  std::vector<std::vector<RoomTable>> rooms;
  if (version == 2) rooms = {identityTables(), registryTables(), notifyTables(), searchTables()};
  if (version == 3) rooms = {insightTables()};
  if (version == 4) rooms = {evidenceTables()};
  std::vector<RoomTable> tables;
  for (const auto& room : rooms) tables.insert(tables.end(), room.begin(), room.end());
  return tables;
}

std::span<const RoomTable> roomTables() {
  static const std::vector<RoomTable> all = [] {
    std::vector<RoomTable> tables;
    for (const int version : {2, 3, 4}) {
      const auto added = roomTablesOf(version);
      tables.insert(tables.end(), added.begin(), added.end());
    }
    const auto mandates = std::ranges::find(tables, "mandates", &RoomTable::name);
    std::erase_if(mandates->columns, [](const RoomColumn& column) { return column.name == "party"; });
    return tables;
  }();
  return all;
}

std::string ddlOf(std::span<const RoomTable> tables, Dialect dialect) {
  std::string sql;
  for (const RoomTable& table : tables) {
    sql += createTable(table, dialect);
    for (const RoomIndex& index : table.indexes) sql += createIndex(table, index);
  }
  return sql;
}

}  // namespace jinyue::store
