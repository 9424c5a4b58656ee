#include "api/plain_value.h"

#include "feel/text_form.h"
#include "feel/value_json.h"

namespace jinyue {
namespace {

void write(std::string& out, const feel::Value& value);

void write(std::string& out, const feel::Context& context) {
  out += '{';
  for (bool first = true; const auto& [name, value] : context) {
    if (!std::exchange(first, false)) out += ',';
    appendJsonString(out, name);
    out += ':';
    write(out, value);
  }
  out += '}';
}

void write(std::string& out, const feel::Value& value) {
  switch (value.kind()) {
    case feel::Kind::null:
    case feel::Kind::boolean:
    case feel::Kind::number:
    case feel::Kind::string: JsonCodec<feel::Value>::write(out, value); return;
    case feel::Kind::list:
      out += '[';
      for (bool first = true; const feel::Value& item : value.list()) {
        if (!std::exchange(first, false)) out += ',';
        write(out, item);
      }
      out += ']';
      return;
    case feel::Kind::context: write(out, value.context()); return;
    default: appendJsonString(out, feel::toText(value)); return;
  }
}

}  // namespace

void JsonCodec<api::PlainValue>::write(std::string& out, const api::PlainValue& value) {
  jinyue::write(out, value.value);
}

bool JsonCodec<api::PlainValue>::read(JsonReader& in, simdjson::ondemand::value json,
                                      api::PlainValue& value) {
  return JsonCodec<feel::Value>::read(in, json, value.value);
}

void JsonCodec<api::PlainObject>::write(std::string& out, const api::PlainObject& object) {
  jinyue::write(out, object.members);
}

bool JsonCodec<api::PlainObject>::read(JsonReader& in, simdjson::ondemand::value json,
                                       api::PlainObject& object) {
  feel::Value value;
  if (!JsonCodec<feel::Value>::read(in, json, value)) return false;
  if (const feel::Context* members = value.asContext()) {
    object.members = *members;
    return true;
  }
  return in.failType("对象", "an object");
}

}  // namespace jinyue
