// Tokens as PostgreSQL's tsvector in its binary form: a count, and each token with a zero and no positions.
#pragma once

#include <string>
#include <string_view>

namespace jinyue::store::postgres {

/// From words between blanks; each once.
std::string toLexemes(std::string_view tokens);
std::string fromLexemes(std::string_view binary);

}  // namespace jinyue::store::postgres
