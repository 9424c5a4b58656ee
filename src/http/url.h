// Request targets, decoded strictly: what two programs could read differently is refused.
#pragma once

#include "base/problem.h"
#include "http/message.h"

namespace jinyue::http {

struct UrlLimits {
  std::size_t segments = 24;
  std::size_t query_fields = 100;
};

struct Url {
  std::string path;
  std::vector<std::string> segments;
  std::vector<NameValue> query;
};

/// From origin-form ("/a?b=c"), absolute-form ("http://host/a") or "*" (no segments, path "*").
/// Says no to broken %-escapes, bytes that are not UTF-8, control characters, "." and ".." segments (also
/// when escaped), a fragment, and more than the limits allow.
Result<Url> parseTarget(std::string_view target, const UrlLimits& limits);

/// %-escapes decoded; nothing when one is broken.
std::optional<std::string> percentDecoded(std::string_view text, bool plus_is_blank = false);
/// For building links: everything but unreserved characters (RFC 3986 §2.3) escaped.
std::string percentEncoded(std::string_view text);

}  // namespace jinyue::http
