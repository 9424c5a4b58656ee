// Values as clients of the interface write and read them: plain JSON, in which dates and times are texts.
// What type a text becomes is said by the form that it answers.
#pragma once

#include "api/schema.h"
#include "feel/value.h"

namespace jinyue::api {

/// Any JSON.
struct PlainValue {
  feel::Value value;
};
/// A JSON object.
struct PlainObject {
  feel::Context members;
};

}  // namespace jinyue::api

namespace jinyue {

template <>
struct JsonCodec<api::PlainValue> {
  static void write(std::string& out, const api::PlainValue& value);
  static bool read(JsonReader& in, simdjson::ondemand::value json, api::PlainValue& value);
};
template <>
struct JsonCodec<api::PlainObject> {
  static void write(std::string& out, const api::PlainObject& object);
  static bool read(JsonReader& in, simdjson::ondemand::value json, api::PlainObject& object);
};
template <>
struct api::SchemaOf<api::PlainValue> {
  static constexpr std::string_view name;
  static std::string json() { return "{}"; }
};
template <>
struct api::SchemaOf<api::PlainObject> {
  static constexpr std::string_view name;
  static std::string json() { return R"({"type":"object"})"; }
};

}  // namespace jinyue
