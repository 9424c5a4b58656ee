// HTML of the server's own few pages: plain, without scripts, readable on a phone.
#pragma once

#include <string>
#include <string_view>

#include "http/message.h"

namespace jinyue::api {

/// Text as HTML.
std::string escaped(std::string_view text);
/// A whole page; `content` is HTML.
http::Response page(http::Language language, std::string_view title, std::string_view content);
/// The style sheet of all pages.
std::string_view styleSheet();
/// One of two texts.
inline std::string_view in(http::Language language, std::string_view zh, std::string_view en) {
  return language == http::Language::zh ? zh : en;
}

}  // namespace jinyue::api
