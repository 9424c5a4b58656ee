// Lossless JSON of values. Null, booleans, strings, lists and contexts are themselves; numbers keep all their
// digits and never pass through a double; a temporal value is {"@": "2026-11-22"} with the text of FEEL's
// @-literal; a range is {"@range": {…}}. A context whose only entry begins with "@" is wrapped as
// {"@context": {…}}, so that it can't be mistaken. A function has no JSON: writing one is a fault
// (std::invalid_argument); ask isData() first.
#pragma once

#include "base/json_read.h"
#include "feel/value.h"

namespace jinyue {

template <>
struct JsonCodec<feel::Value> {
  static void write(std::string& out, const feel::Value& value);
  static bool read(JsonReader& in, simdjson::ondemand::value json, feel::Value& value);
};

template <>
struct JsonCodec<feel::Context> {
  static void write(std::string& out, const feel::Context& value);
  static bool read(JsonReader& in, simdjson::ondemand::value json, feel::Context& value);
};

}  // namespace jinyue
