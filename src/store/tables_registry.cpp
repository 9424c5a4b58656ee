// Tables of the room registry. Dates are days since 1970-01-01; a period includes its last day.
#include "store/room_table.h"

namespace jinyue::store {

std::vector<RoomTable> registryTables() {
  constexpr auto integer = ColumnKind::integer;
  constexpr auto text = ColumnKind::text;
  constexpr auto bytes = ColumnKind::bytes;
  return {
      // Registers by name; `revision` counts what was declared and published, for caches on other nodes.
      {"registers",
       {{"name", text}, {"declaration", text}, {"id", integer}, {"version", integer}, {"revision", integer}},
       "name"},
      // An entry has one row for all its versions; `version` is the position of its last record.
      {"register_entries",
       {{"id", integer}, {"register", text}, {"key", text}, {"version", integer}},
       "id",
       {{"register, key", true}}},
      // `number` is the position of the record that made the version. Status 1 holds in its period, 0 was
      // corrected. f1 to f4 are the values of the declared filters.
      {"register_versions",
       {{"entry", integer},
        {"number", integer},
        {"register", text},
        {"key", text},
        {"status", integer},
        {"valid_from", integer},
        {"valid_to", integer},
        {"is_public", integer},
        {"area", text},
        {"unit", text},
        {"f1", text},
        {"f2", text},
        {"f3", text},
        {"f4", text},
        {"body", text},
        {"sealed", bytes, true},
        {"proposal", integer},
        {"published", integer}},
       "entry, number",
       {{"register, key, valid_from", true, "status = 1"},
        {"register, is_public, key", false, "status = 1"},
        {"register, f1, key", false, "status = 1"},
        {"register, f2, key", false, "status = 1"},
        {"register, f3, key", false, "status = 1"},
        {"register, f4, key", false, "status = 1"}}},
      {"register_proposals",
       {{"id", integer},
        {"register", text},
        {"version", integer},
        {"status", integer},
        {"title", text},
        {"size", integer},
        {"proposer", text},
        {"proposed", integer},
        {"approver", text},
        {"decided", integer, true},
        {"reason", text},
        {"publisher", text},
        {"published", integer, true}},
       "id",
       {{"register, status, id"}}},
      {"register_drafts",
       {{"proposal", integer},
        {"number", integer},
        {"kind", integer},
        {"key", text},
        {"of_number", integer},
        {"base", integer},
        {"valid_from", integer},
        {"valid_to", integer},
        {"body", text},
        {"sealed", bytes, true}},
       "proposal, number"},
  };
}

}  // namespace jinyue::store
