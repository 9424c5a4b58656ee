// Tables of the room notify.
#include "store/room_table.h"

namespace jinyue::store {

/// `wake` is the moment from which a claim may hand a notice out: its next attempt, or the end of the hold
/// that `holder` has on it. Null: nobody will try it. `address` and `content` are sealed; null when they are
/// not known, or erased. `title` shows no personal data.
std::vector<RoomTable> notifyTables() {
  constexpr auto integer = ColumnKind::integer;
  constexpr auto text = ColumnKind::text;
  constexpr auto bytes = ColumnKind::bytes;
  return {{"notices",
           {{"id", text},
            {"channel", integer},
            {"state", integer},
            {"created", integer},
            {"wake", integer, true},
            {"holder", text},
            {"attempts", integer},
            {"error", text},
            {"sent_at", integer, true},
            {"case_id", integer},
            {"pack", text},
            {"unit", text},
            {"area", text},
            {"party", text},
            {"notice", text},
            {"recipient", text},
            {"language", integer},
            {"title", text},
            {"address", bytes, true},
            {"content", bytes, true},
            {"decided_by", text}},
           "id",
           {{"channel, wake, id", false, "wake IS NOT NULL"},
            {"state, created, id"},
            {"unit, state, created, id"},
            {"case_id, created, id", false, "case_id <> 0"},
            {"recipient, created, id"},
            {"party, created, id", false, "party <> ''"}}}};
}

}  // namespace jinyue::store
