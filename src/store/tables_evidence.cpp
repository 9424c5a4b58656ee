// Tables of the room evidence (schema version 4).
#include "store/room_table.h"

namespace jinyue::store {

std::vector<RoomTable> evidenceTables() {
  constexpr auto integer = ColumnKind::integer;
  constexpr auto bytes = ColumnKind::bytes;
  constexpr bool nullable = true;
  return {
      // One file that somebody brought. `id` ends in the digest of its content. It waits with case_id 0 until
      // a command carries it into a case; from then on only the erasure of its content changes the row.
      {"attachments",
       {{"id"},
        {"hash"},                 // "sha256" or "sm3": what the digest in the id is
        {"owner"},                // "account:17"
        {"owner_kind", integer},  // of the account: officer, agent, resident
        {"name", bytes},          // sealed; empty once erased
        {"media_type"},
        {"size", integer},
        {"uploaded", integer},
        {"expires", integer},  // while it waits
        {"case_id", integer},
        {"position", integer},  // of the record that carries it
        {"node"},               // step that it came with; empty: the start
        {"field"},
        {"personal"},  // class of personal data; empty: none
        {"bound", integer, nullable},
        {"erased", integer, nullable}},
       "id",
       {{"case_id, position, id", false, "case_id <> 0"},
        {"owner, uploaded, id", false, "case_id = 0", "attachments_waiting"},
        {"expires, id", false, "case_id = 0"}}},
      // Its content in pieces, each sealed.
      {"attachment_pieces", {{"id"}, {"number", integer}, {"content", bytes}}, "id, number"},
  };
}

}  // namespace jinyue::store
