// What the client prefers, and what it already has.
#pragma once

#include "http/message.h"

namespace jinyue::http {

/// By Accept-Language (RFC 9110 §12.5.4): the better of zh and en, zh when neither or both alike.
Language languageFrom(std::string_view accept_language);

/// The weight in thousandths (0 to 1000) that an Accept-Encoding value gives to a coding; 0: not wanted.
int weightOf(std::string_view accept_encoding, std::string_view coding);

/// Whether an If-None-Match or If-Match value names the entity tag (quoted, as in ETag). weak compares as
/// If-None-Match does, strong as If-Match does (RFC 9110 §8.8.3.2).
enum class TagComparison { weak, strong };
bool matchesTag(std::string_view header, std::string_view tag, TagComparison comparison);

/// A GET whose If-None-Match names the tag: answer 304 without a body.
bool isUnchanged(const Request& request, std::string_view tag);

}  // namespace jinyue::http
