// Tables of the room identity.
#include "store/room_table.h"

namespace jinyue::store {

std::vector<RoomTable> identityTables() { return {}; }

}  // namespace jinyue::store
