#include "feel/value_json.h"

#include <stdexcept>

#include "feel/text_form.h"

namespace jinyue {

using feel::Context;
using feel::Kind;
using feel::List;
using feel::Range;
using feel::Value;

namespace {

void writeRange(std::string& out, const Range& range) {
  out += R"({"@range":{"start":)";
  JsonCodec<Value>::write(out, range.start);
  out += R"(,"end":)";
  JsonCodec<Value>::write(out, range.end);
  out += R"(,"start included":)";
  out += range.start_included ? "true" : "false";
  out += R"(,"end included":)";
  out += range.end_included ? "true" : "false";
  if (range.form != feel::RangeForm::endpoints) {
    out += R"(,"comparison":)";
    appendJsonString(out, symbolOf(range.form));
  }
  out += "}}";
}

bool readRange(JsonReader& in, const Context& members, Value& value) {
  const auto wrong = [&] {
    return in.fail("feel.range", {"区间应有 start、end、start included、end included",
                                  "a range has start, end, start included and end included"});
  };
  const Value* start = members.find("start");
  const Value* end = members.find("end");
  const Value* start_included = members.find("start included");
  const Value* end_included = members.find("end included");
  const Value* comparison = members.find("comparison");
  if (members.size() != (comparison != nullptr ? 5U : 4U) || start == nullptr || end == nullptr ||
      start_included == nullptr || end_included == nullptr || !start_included->is(Kind::boolean) ||
      !end_included->is(Kind::boolean)) {
    return wrong();
  }
  if (comparison == nullptr) {
    value = Range{*start, *end, start_included->isTrue(), end_included->isTrue()};
    return true;
  }
  using enum feel::RangeForm;
  for (const auto form : {equal, unequal, less, less_equal, greater, greater_equal}) {
    if (comparison->is(Kind::string) && comparison->string() == symbolOf(form)) {
      value = Range::comparison(form, form == less || form == less_equal ? *end : *start);
      return true;
    }
  }
  return wrong();
}

bool readTemporal(JsonReader& in, std::string_view text, Value& value) {
  if (const auto date = feel::parseCivilDate(text)) value = *date;
  else if (const auto moment = feel::parseDateTime(text)) value = *moment;
  else if (const auto time = feel::parseClockTime(text)) value = *time;
  else if (const auto days = feel::parseDaysDuration(text)) value = *days;
  else if (const auto years = feel::parseYearsDuration(text)) value = *years;
  else return in.fail("feel.temporal", {"不是日期、时间或时长", "not a date, time or duration"});
  return true;
}

bool readMembers(JsonReader& in, simdjson::ondemand::value& json, Context& members) {
  return json_detail::forEachMember(in, json, [&](std::string_view key, simdjson::ondemand::value& item) {
    if (members.find(key) != nullptr)
      return in.fail("json.duplicate", {"重复的字段", "this member appears twice"});
    Value value;
    const bool good = JsonCodec<Value>::read(in, item, value);
    members.set(key, std::move(value));
    return good;
  });
}

/// What an object with one member that begins with "@" stands for.
bool readSpecial(JsonReader& in, const Context::Entry& member, Value& value) {
  const Value content = member.value;
  if (member.name == "@" && content.is(Kind::string)) return readTemporal(in, content.string(), value);
  if (member.name == "@range" && content.is(Kind::context)) return readRange(in, content.context(), value);
  return in.fail("feel.special", {"“@”开头的字段只能写日期时间、区间或上下文",
                                  "a member that begins with @ is a temporal value, a range or a context"});
}

/// FEEL allows it, JSON doesn't.
bool hasLeadingZero(std::string_view token) {
  if (token.starts_with('-')) token.remove_prefix(1);
  return token.size() > 1 && token[0] == '0' && token[1] >= '0' && token[1] <= '9';
}

bool isSpecial(const Context& members) {
  return members.size() == 1 && members.begin()->name.starts_with('@');
}

/// An object in one pass: {"@context": {…}} stands for its inner members, whatever they are called; another
/// member beside it makes it an ordinary one.
bool readObject(JsonReader& in, simdjson::ondemand::value& json, Value& value) {
  Context members;
  bool wrapped = false;
  const bool good =
      json_detail::forEachMember(in, json, [&](std::string_view key, simdjson::ondemand::value& item) {
        if (members.find(key) != nullptr)
          return in.fail("json.duplicate", {"重复的字段", "this member appears twice"});
        Value read;
        bool done = false;
        simdjson::ondemand::json_type type{};
        if (key == "@context" && !item.type().get(type) && type == simdjson::ondemand::json_type::object) {
          Context inner;
          wrapped = true;
          done = readMembers(in, item, inner);
          read = std::move(inner);
        } else {
          done = JsonCodec<Value>::read(in, item, read);
        }
        members.set(key, std::move(read));
        return done;
      });
  if (!good) return false;
  if (wrapped && members.size() == 1) {
    value = members.begin()->value;
    return true;
  }
  if (wrapped) {
    const Context inner = members.find("@context")->context();
    Value meant = inner;
    if (isSpecial(inner) && !readSpecial(in, *inner.begin(), meant)) return false;
    members.set("@context", std::move(meant));
  }
  if (isSpecial(members)) return readSpecial(in, *members.begin(), value);
  value = std::move(members);
  return true;
}

}  // namespace

void JsonCodec<Value>::write(std::string& out, const Value& value) {
  switch (value.kind()) {
    case Kind::null: out += "null"; return;
    case Kind::boolean: out += value.isTrue() ? "true" : "false"; return;
    case Kind::number: out += value.number().toJson(); return;
    case Kind::string: appendJsonString(out, value.string()); return;
    case Kind::list:
      out += '[';
      for (bool first = true; const Value& item : value.list()) {
        if (!std::exchange(first, false)) out += ',';
        write(out, item);
      }
      out += ']';
      return;
    case Kind::context: JsonCodec<Context>::write(out, value.context()); return;
    case Kind::range: writeRange(out, *value.asRange()); return;
    case Kind::function: throw std::invalid_argument("a function has no JSON form");
    default:
      out += R"({"@":)";
      appendJsonString(out, toText(value));
      out += '}';
  }
}

void JsonCodec<Context>::write(std::string& out, const Context& value) {
  const bool special = isSpecial(value);
  if (special) out += R"({"@context":)";
  out += '{';
  for (bool first = true; const auto& [name, item] : value) {
    if (!std::exchange(first, false)) out += ',';
    appendJsonString(out, name);
    out += ':';
    JsonCodec<Value>::write(out, item);
  }
  out += '}';
  if (special) out += '}';
}

bool JsonCodec<Value>::read(JsonReader& in, simdjson::ondemand::value json, Value& value) {
  simdjson::ondemand::json_type type;
  if (const auto error = json.type().get(type)) return in.failSyntax(error);
  switch (type) {
    case simdjson::ondemand::json_type::null: {
      bool null = false;
      if (const auto error = json.is_null().get(null)) return in.failSyntax(error);
      value = {};
      return null || in.failType("null", "null");
    }
    case simdjson::ondemand::json_type::boolean: {
      bool flag = false;
      if (const auto error = json.get_bool().get(flag)) return in.failSyntax(error);
      value = flag;
      return true;
    }
    case simdjson::ondemand::json_type::number: {
      const std::string_view token = trimmed(json.raw_json_token());
      double ignored = 0;  // consumes the token and checks its grammar
      if (const auto error = json.get_double().get(ignored)) {
        if (error != simdjson::NUMBER_ERROR) return in.failSyntax(error);
      }
      const auto number = feel::Number::parse(token);
      if (!number || hasLeadingZero(token)) return in.failType("数字", "a number in range");
      value = *number;
      return true;
    }
    case simdjson::ondemand::json_type::string: {
      std::string_view text;
      if (const auto error = json.get_string().get(text)) return in.failSyntax(error);
      value = text;
      return true;
    }
    case simdjson::ondemand::json_type::array: {
      List items;
      const bool good = readJson(in, json, items);
      value = std::move(items);
      return good;
    }
    case simdjson::ondemand::json_type::object: return readObject(in, json, value);
  }
  return in.failType("值", "a value");
}

bool JsonCodec<Context>::read(JsonReader& in, simdjson::ondemand::value json, Context& value) {
  Value whole;
  if (!JsonCodec<Value>::read(in, json, whole)) return false;
  if (!whole.is(Kind::context)) return in.failType("对象", "an object");
  value = whole.context();
  return true;
}

}  // namespace jinyue
