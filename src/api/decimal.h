// Exact decimal numbers in the interface.
#pragma once

#include "api/schema.h"
#include "feel/number.h"

namespace jinyue::api {

struct Decimal {
  feel::Number number;
};

}  // namespace jinyue::api

namespace jinyue {

template <>
struct JsonCodec<api::Decimal> {
  static void write(std::string& out, const api::Decimal& value) { out += value.number.toJson(); }
};
template <>
struct api::SchemaOf<api::Decimal> {
  static constexpr std::string_view name;
  static std::string json() { return R"({"type":"number"})"; }
};

}  // namespace jinyue
