// Schemas of types of other rooms that write their JSON themselves.
#pragma once

#include "api/schema.h"
#include "feel/value_json.h"
#include "identity/permission.h"

namespace jinyue {

template <>
struct api::SchemaOf<identity::Permission> {
  static constexpr std::string_view name = "Permission";
  static std::string json() {
    std::string out = R"({"type":"string","enum":[)";
    for (const identity::Permission permission : identity::allPermissions()) {
      if (out.back() != '[') out += ',';
      appendJsonString(out, identity::wordOf(permission));
    }
    return out + "]}";
  }
};

/// Any JSON, in FEEL's lossless form (feel/value_json.h).
template <>
struct api::SchemaOf<feel::Value> {
  static constexpr std::string_view name;
  static std::string json() { return "{}"; }
};

}  // namespace jinyue
