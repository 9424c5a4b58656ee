// Rows of any table on their way from one store to another.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string_view>
#include <variant>

#include "store/tables.h"

namespace jinyue::store {

/// NULL, an integer, or the bytes of a text or blob.
using Value = std::variant<std::monostate, std::int64_t, std::string_view>;
using RowOfValues = std::span<const Value>;

/// Gives the rows of a table, in its order, to `take`; the values live as long as the call.
using TableReader = std::function<void(const Table&, const std::function<void(RowOfValues)>& take)>;

}  // namespace jinyue::store
