// What the checker knows about types: which can be compared, what arithmetic gives, what paths give.
#pragma once

#include <optional>
#include <string_view>

#include "feel/ast.h"
#include "feel/type.h"

namespace jinyue::feel {

/// Whether some value of the type can stand where `wanted` is asked for, after implicit conversions.
bool mayBe(const Type& type, const Type& wanted);
/// Whether "=" (or the order, when `ordered`) can give something else than null.
bool areComparable(const Type& left, const Type& right, bool ordered);
/// The type of the result; empty when it would always be null.
std::optional<Type> arithmeticType(Operation operation, const Type& left, const Type& right);
/// The type of an entry or property; empty when there is none.
std::optional<Type> memberType(const Type& type, std::string_view name);
/// The most special type that both have.
Type joinedType(const Type& left, const Type& right);

}  // namespace jinyue::feel
