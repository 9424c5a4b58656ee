// The page of the development adapter: what would have been sent, newest first.
#pragma once

#include <memory>

#include "http/router.h"
#include "notify/kept_notices.h"

namespace jinyue::api {

/// Adds GET /dev/notices. It shows notices with addresses and content to whoever asks: for development only.
void addNoticePage(http::Router& router, std::shared_ptr<const notify::KeptNotices> kept);

}  // namespace jinyue::api
