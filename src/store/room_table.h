// Tables that rooms below the store own, described once: the description gives the DDL of both adapters and
// says what a backup copies.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "store/tables.h"

namespace jinyue::store {

struct RoomColumn {
  std::string_view name;
  ColumnKind kind = ColumnKind::text;
  bool nullable = false;
};

struct RoomIndex {
  std::string_view columns;  ///< "account, at"
  bool unique = false;
  std::string_view where = {};  ///< condition of a partial index, in portable SQL
  std::string_view name = {};   ///< when the one made of its columns would be too long
};

/// Texts compare by bytes in both stores.
struct RoomTable {
  std::string_view name;
  std::vector<RoomColumn> columns;
  std::string_view primary_key;  ///< "register, key, version"; also the order in which a backup copies
  std::vector<RoomIndex> indexes = {};
};

/// Of schema version 2, by room. A table that stores out there already have is never changed: a new step
/// does.
std::vector<RoomTable> identityTables();
std::vector<RoomTable> registryTables();
std::vector<RoomTable> notifyTables();
std::vector<RoomTable> searchTables();
/// Of schema version 3.
std::vector<RoomTable> insightTables();
/// All of them.
std::span<const RoomTable> roomTables();
/// Those that a schema version added (2 or 3).
std::vector<RoomTable> roomTablesOf(int version);

enum class Dialect { sqlite, postgres };
/// CREATE TABLE and CREATE INDEX for all of them.
std::string ddlOf(std::span<const RoomTable> tables, Dialect dialect);

}  // namespace jinyue::store
