// The frame of the portal's pages that work without scripts: head, language, size of letters, links.
#pragma once

#include <string>
#include <string_view>

#include "http/message.h"

namespace jinyue::api {

/// What a visitor has chosen; in cookies, so that it needs no script.
struct Look {
  http::Language language = http::Language::zh;
  int size = 0;  ///< 0 usual, 1 large, 2 very large
};
Look lookOf(const http::Request& request);

/// A page of the portal; `content` is HTML, its first heading included. Not to be kept by others on the way.
http::Response portalPage(const http::Request& request, const Look& look, std::string_view title,
                          std::string_view content, int status = 200);

/// GET /settings: keeps the choices of its query (language, size) and goes back to the page in `back`.
http::Response keepSettings(const http::Request& request);

}  // namespace jinyue::api
