// The pages of the portal that work without scripts: start, search, guides, progress.
#pragma once

#include "api/rooms.h"
#include "http/router.h"

namespace jinyue::api {

/// Adds GET /, /search, /guides, /guides/{pack}/{item}, /progress, /settings, and POST /progress and
/// /progress/rating, which take forms. What is passed must outlive the router.
void addPortalPages(http::Router& router, const Rooms& rooms);

}  // namespace jinyue::api
