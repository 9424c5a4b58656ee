// Percent-encoding (RFC 3986): all but unreserved characters.
#pragma once

#include <string>
#include <string_view>

namespace jinyue::identity {

std::string percentEncoded(std::string_view text);

}  // namespace jinyue::identity
