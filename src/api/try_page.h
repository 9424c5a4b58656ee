// The page at /api/: every endpoint with its text, its parameters and its body, to try it in a browser. Made
// from the OpenAPI document by a script of our own; nothing is loaded from elsewhere.
#pragma once

#include "http/router.h"

namespace jinyue::api {

/// Adds GET /api/, /api/try.js and /api/try.css.
void addTryPage(http::Router& router);

}  // namespace jinyue::api
