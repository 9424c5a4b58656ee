// A word in both languages that JSON may give as one text, which then stands for both: "%", or
// {"zh": "件", "en": "cases"}. It is written as an object.
#pragma once

#include "base/json_read.h"

namespace jinyue {

struct Word : Text {
  Word() = default;
  explicit Word(std::string both) : Text{both, both} {}
  explicit Word(Text text) : Text(std::move(text)) {}
  bool operator==(const Word&) const = default;
};

template <>
struct JsonCodec<Word> {
  static void write(std::string& out, const Word& value) { writeJson<Text>(out, value); }
  static bool read(JsonReader& in, simdjson::ondemand::value json, Word& value) {
    simdjson::ondemand::json_type type{};
    if (const auto error = json.type().get(type)) return in.failSyntax(error);
    if (type != simdjson::ondemand::json_type::string) return readJson<Text>(in, json, value);
    std::string both;
    if (!readJson(in, json, both)) return false;
    value = Word{std::move(both)};
    return true;
  }
};

}  // namespace jinyue
