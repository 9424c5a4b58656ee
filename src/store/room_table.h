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

/// Of schema version 2, by room. What a step says is never changed: a new step changes the table.
std::vector<RoomTable> identityTables();
std::vector<RoomTable> registryTables();
std::vector<RoomTable> notifyTables();
std::vector<RoomTable> searchTables();
/// Of schema version 3.
std::vector<RoomTable> insightTables();
/// Of schema version 4.
std::vector<RoomTable> evidenceTables();
/// All of them, as they are after every step.
std::span<const RoomTable> roomTables();
/// Those that a schema version added (2 to 4), as it made them.
std::vector<RoomTable> roomTablesOf(int version);
/// What version 4 takes away, in the SQL of both: `mandates.party` said "firm:" and the column beside it.
inline constexpr std::string_view drop_of_version_4 = "ALTER TABLE mandates DROP COLUMN party;\n";

enum class Dialect { sqlite, postgres };
/// CREATE TABLE and CREATE INDEX for all of them.
std::string ddlOf(std::span<const RoomTable> tables, Dialect dialect);

}  // namespace jinyue::store
