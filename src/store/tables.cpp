#include "store/tables.h"

#include "store/room_table.h"

namespace jinyue::store {

namespace {

std::vector<Table> ownTables() {
  constexpr auto integer = ColumnKind::integer;
  constexpr auto text = ColumnKind::text;
  constexpr auto bytes = ColumnKind::bytes;
  return {
      {"meta", {{"name", text}, {"value", text}}, "name"},
      {"counters", {{"name", text}, {"value", integer}}, "name"},
      {"journal",
       {{"sequence", integer}, {"case_id", integer}, {"position", integer}, {"record", bytes}},
       "sequence"},
      {"log_head", {{"id", integer}, {"size", integer}, {"head", text}, {"kept_at", integer}}, "id"},
      {"heads", {{"size", integer}, {"head", text}}, "size"},
      {"tiles", {{"level", integer}, {"idx", integer}, {"hashes", bytes}}, "level, idx"},
      {"cases",
       {{"id", integer},
        {"version", integer},
        {"definition", integer},
        {"process", text},
        {"status", integer},
        {"title", text},
        {"key", text},
        {"unit", text},
        {"opened", integer},
        {"closed", integer},
        {"due", integer},
        {"state", bytes},
        {"area", text},
        {"party", text}},
       "id"},
      {"tasks",
       {{"case_id", integer},
        {"number", integer},
        {"process", text},
        {"node", text},
        {"name", text},
        {"title", text},
        {"unit", text},
        {"role", text},
        {"person", text},
        {"assignee", text},
        {"excluded", text},
        {"created", integer},
        {"due", integer},
        {"yellow", integer},
        {"area", text}},
       "case_id, number"},
      {"timers",
       {{"case_id", integer}, {"number", integer}, {"due", integer}, {"wake", integer}},
       "case_id, number"},
      {"subscriptions",
       {{"case_id", integer}, {"number", integer}, {"kind", integer}, {"name", text}, {"key", text}},
       "case_id, number"},
      {"incidents",
       {{"case_id", integer},
        {"number", integer},
        {"at", integer},
        {"process", text},
        {"node", text},
        {"code", text},
        {"message", text},
        {"unit", text},
        {"area", text}},
       "case_id, number"},
      {"outbox",
       {{"case_id", integer},
        {"number", integer},
        {"topic", text},
        {"next_attempt", integer},
        {"attempts", integer},
        {"body", bytes},
        {"wake", integer}},
       "case_id, number"},
      {"replies",
       {{"key", text},
        {"actor", text},
        {"fingerprint", integer},
        {"case_id", integer},
        {"position", integer},
        {"at", integer}},
       "at"},
      {"personal", {{"case_id", integer}, {"digest", text}, {"value", bytes}}, "case_id, digest"},
      {"definitions",
       {{"id", integer}, {"name", text}, {"version", integer}, {"source", text}, {"at", integer}},
       "id"},
      {"text_index", {{"rowid", integer}, {"tokens", ColumnKind::tokens}}, "rowid"},
  };
}

std::vector<Table> allTables() {
  std::vector<Table> all = ownTables();
  for (const RoomTable& room : roomTables()) {
    Table table{room.name, {}, room.primary_key};
    for (const RoomColumn& column : room.columns) table.columns.push_back({column.name, column.kind});
    all.push_back(std::move(table));
  }
  return all;
}

}  // namespace

std::span<const Table> tables() {
  static const std::vector<Table> all = allTables();
  return all;
}

std::string columnList(const Table& table) {
  std::string list;
  for (const Column& column : table.columns) {
    if (!list.empty()) list += ", ";
    list += column.name;
  }
  return list;
}

}  // namespace jinyue::store
