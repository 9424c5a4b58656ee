// Tables of the room notify.
#include "store/room_table.h"

namespace jinyue::store {

std::vector<RoomTable> notifyTables() { return {}; }

}  // namespace jinyue::store
