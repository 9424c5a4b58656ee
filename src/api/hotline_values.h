// What the endpoints of the hotline share.
#pragma once

#include <cmath>
#include <string>
#include <string_view>

#include "feel/value.h"

namespace jinyue::api {

inline constexpr std::string_view hotline_pack = "hotline";
inline constexpr std::string_view hotline_process = "hotline-order";

/// A share of 0 to 1 in whole per cent.
inline std::int64_t perCent(double share) { return std::llround(100 * share); }

/// A text among the variables of an order; empty when there is none.
inline std::string orderText(const feel::Context& variables, std::string_view name) {
  const feel::Value* value = variables.find(name);
  return std::string{value ? value->asString().value_or("") : ""};
}

}  // namespace jinyue::api
