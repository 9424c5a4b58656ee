// Values as text.
#pragma once

#include <string>
#include <string_view>

#include "feel/value.h"

namespace jinyue::feel {

/// What string(value) gives: a string as itself, null as "null", lists and contexts with their items as
/// literals.
std::string toText(const Value& value);
/// An expression that evaluates to the value: strings quoted, temporal values as @-literals. Functions have
/// none: "function".
std::string toLiteral(const Value& value);
/// A quoted string literal.
std::string stringLiteral(std::string_view text);

}  // namespace jinyue::feel
