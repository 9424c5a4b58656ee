// Which public boards of projects there are.
#pragma once

#include "api/rooms.h"

namespace jinyue::api {

/// Adds GET /open/boards; a board itself is GET /open/boards/{plan}.
void addBoards(Endpoints& endpoints, const Rooms& rooms);

}  // namespace jinyue::api
