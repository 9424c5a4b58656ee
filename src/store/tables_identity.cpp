// Tables of the room identity.
#include "store/room_table.h"

namespace jinyue::store {

std::vector<RoomTable> identityTables() {
  constexpr auto integer = ColumnKind::integer;
  constexpr auto bytes = ColumnKind::bytes;
  constexpr bool nullable = true;
  return {
      {"accounts",
       {{"id", integer},
        {"version", integer},  // position of its last record
        {"stamp", integer},    // rises when its rights change
        {"kind", integer},
        {"status", integer},
        {"login"},
        {"unit"},
        {"posts"},  // JSON
        {"language"},
        {"duty", integer},
        {"password", ColumnKind::text, nullable},  // Argon2id, encoded
        {"password_at", integer, nullable},
        {"password_history"},  // JSON
        {"failures", integer},
        {"failed_at", integer, nullable},
        {"locked_until", integer, nullable},
        {"totp", bytes, nullable},          // sealed secret
        {"totp_pending", bytes, nullable},  // sealed secret that is not confirmed yet
        {"totp_step", integer},             // of the last code that was used
        {"recovery"},                       // JSON: keyed hashes of codes that are left
        {"personal", bytes, nullable},      // sealed
        {"phone"},                          // keyed hash
        {"person"},                         // keyed hash of the ID number
        {"created", integer}},
       "id",
       {{"login", true}, {"unit, id"}, {"phone", false, "phone <> ''"}, {"person", false, "person <> ''"}}},
      {"grants",
       {{"account", integer},
        {"number", integer},
        {"role"},
        {"scope"},  // JSON
        {"valid_from", integer, nullable},
        {"valid_to", integer, nullable},
        {"state", integer},
        {"proposed_by", integer},
        {"decided_by", integer},
        {"at", integer}},
       "account, number",
       {{"role, account"}, {"at, account, number", false, "state = 0"}}},
      {"mandates",
       {{"account", integer},
        {"number", integer},
        {"firm"},
        {"party"},
        {"valid_from", integer, nullable},
        {"valid_to", integer, nullable},
        {"basis"},
        {"recorded_by", integer},
        {"at", integer}},
       "account, number",
       {{"firm, account"}}},
      {"sessions",
       {{"hash"},
        {"account", integer},
        {"stamp", integer},
        {"created", integer},
        {"seen", integer},
        {"ends", integer},
        {"strong", integer},
        {"external", integer},
        {"address"},
        {"agent"}},
       "hash",
       {{"account"}, {"ends"}}},
      {"external_logins",
       {{"issuer"}, {"subject"}, {"account", integer}, {"at", integer}},
       "issuer, subject",
       {{"account"}}},
      {"audit",
       {{"stream", integer},
        {"position", integer},
        {"at", integer},
        {"account", integer},
        {"kind"},
        {"subject"},
        {"purpose"},
        {"request"}},
       "stream, position",
       {{"at, stream, position"}, {"account, at, stream, position"}, {"subject, at, stream, position"}}},
  };
}

}  // namespace jinyue::store
