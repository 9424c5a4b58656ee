// Tables of the room registry.
#include "store/room_table.h"

namespace jinyue::store {

std::vector<RoomTable> registryTables() { return {}; }

}  // namespace jinyue::store
