// Tables of full text search. The index of their tokens is another in each store: see their schema.cpp.
#include "store/room_table.h"

namespace jinyue::store {

std::vector<RoomTable> searchTables() {
  constexpr auto integer = ColumnKind::integer;
  return {{"texts",
           {{"id", integer},
            {"kind", integer},
            {"process"},
            {"area"},
            {"unit"},
            {"party"},
            {"status", integer},
            {"at", integer},
            {"title"},
            {"names"},
            {"text"}},
           "id"}};
}

}  // namespace jinyue::store
