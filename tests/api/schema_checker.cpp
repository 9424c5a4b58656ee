#include "api/schema_checker.h"

#include <algorithm>
#include <set>
#include <stdexcept>

#include <fmt/format.h>

#include "base/text.h"
#include "base/time.h"

namespace jinyue::api::test {
namespace {

namespace json = boost::json;

const std::set<std::string, std::less<>> known_words{
    "type",     "properties",    "required",  "additionalProperties",
    "items",    "enum",          "const",     "oneOf",
    "minimum",  "maximum",       "minLength", "maxLength",
    "minItems", "maxItems",      "format",    "description",
    "examples", "discriminator", "$ref"};

bool isOfType(const json::value& value, std::string_view type) {
  if (type == "object") return value.is_object();
  if (type == "array") return value.is_array();
  if (type == "string") return value.is_string();
  if (type == "boolean") return value.is_bool();
  if (type == "integer") return value.is_int64() || value.is_uint64();
  if (type == "number") return value.is_number();
  throw std::runtime_error("the schema has an unknown type " + std::string{type});
}

double numberOf(const json::value& value) { return value.to_number<double>(); }

}  // namespace

const json::value& SchemaChecker::resolved(const json::value& schema) const {
  const json::value* at = &schema;
  while (at->is_object() && at->as_object().contains("$ref")) {
    const std::string pointer{at->at("$ref").as_string().subview(1)};
    boost::system::error_code none;
    at = document_.find_pointer(pointer, none);
    if (!at) throw std::runtime_error("leads nowhere: " + pointer);
  }
  return *at;
}

void SchemaChecker::check(const json::value& any, const json::value& value, const std::string& at,
                          std::vector<std::string>& wrong) const {
  const json::object& schema = resolved(any).as_object();
  const auto say = [&](const std::string& what) { wrong.push_back(at + ": " + what); };
  for (const auto& word : schema) {
    if (!known_words.contains(std::string_view{word.key()})) say("unknown word " + std::string{word.key()});
  }
  if (const auto* type = schema.if_contains("type"); type && !isOfType(value, type->as_string())) {
    return say("is no " + std::string{type->as_string()});
  }
  if (const auto* words = schema.if_contains("enum")) {
    if (std::ranges::find(words->as_array(), value) == words->as_array().end()) say("none of the words");
  }
  if (const auto* only = schema.if_contains("const"); only && *only != value) say("not the constant");
  if (const auto* choices = schema.if_contains("oneOf")) {
    std::size_t fitting = 0;
    for (const json::value& choice : choices->as_array()) fitting += check(choice, value).empty() ? 1 : 0;
    if (fitting != 1) say(fmt::format("fits {} of the alternatives", fitting));
  }
  if (value.is_string()) {
    const std::string_view text = value.as_string();
    const auto length = static_cast<std::int64_t>(countCodePoints(text));
    if (const auto* least = schema.if_contains("minLength"); least && length < least->as_int64())
      say("too short");
    if (const auto* most = schema.if_contains("maxLength"); most && length > most->as_int64())
      say("too long");
    if (const auto* format = schema.if_contains("format")) {
      const std::string_view name = format->as_string();
      if (name == "date" && !parseDate(text)) say("no date");
      if (name == "date-time" && !parseInstant(text)) say("no instant");
    }
  }
  if (value.is_number()) {
    if (const auto* least = schema.if_contains("minimum"); least && numberOf(value) < numberOf(*least))
      say("too small");
    if (const auto* most = schema.if_contains("maximum"); most && numberOf(value) > numberOf(*most))
      say("too large");
  }
  if (value.is_array()) {
    const auto size = static_cast<std::int64_t>(value.as_array().size());
    if (const auto* least = schema.if_contains("minItems"); least && size < least->as_int64())
      say("too few items");
    if (const auto* most = schema.if_contains("maxItems"); most && size > most->as_int64())
      say("too many items");
    if (const auto* items = schema.if_contains("items")) {
      for (std::size_t i = 0; i < value.as_array().size(); ++i)
        check(*items, value.as_array()[i], fmt::format("{}/{}", at, i), wrong);
    }
  }
  if (!value.is_object()) return;
  const auto* properties = schema.if_contains("properties");
  const auto* others = schema.if_contains("additionalProperties");
  if (!properties && !others) return;  // any object
  for (const auto& member : value.as_object()) {
    const std::string place = at + '/' + std::string{member.key()};
    const auto* property = properties ? properties->as_object().if_contains(member.key()) : nullptr;
    if (property) check(*property, member.value(), place, wrong);
    else if (others && others->is_object()) check(*others, member.value(), place, wrong);
    else wrong.push_back(place + ": is not described");
  }
  if (const auto* required = schema.if_contains("required")) {
    for (const json::value& name : required->as_array()) {
      if (!value.as_object().contains(name.as_string())) say("lacks " + std::string{name.as_string()});
    }
  }
}

std::vector<std::string> SchemaChecker::check(const json::value& schema, const json::value& value) const {
  std::vector<std::string> wrong;
  check(schema, value, "", wrong);
  return wrong;
}

const json::object* SchemaChecker::operation(const std::string& path, const std::string& method) const {
  const auto* operations = document_.at("paths").as_object().if_contains(path);
  const auto* operation = operations ? operations->as_object().if_contains(method) : nullptr;
  return operation ? &operation->as_object() : nullptr;
}

std::vector<std::string> SchemaChecker::checkAnswer(const std::string& path, const std::string& method,
                                                    int status, const std::string& media_type,
                                                    const std::string& body) const {
  const json::object* found = operation(path, method);
  if (!found) return {"the document has no " + method + ' ' + path};
  const auto* response = found->at("responses").as_object().if_contains(std::to_string(status));
  if (!response) return {fmt::format("{} {} does not say that it answers {}", method, path, status)};
  const auto* content = response->as_object().if_contains("content");
  if (!content) return body.empty() ? std::vector<std::string>{} : std::vector<std::string>{"has a body"};
  const std::string plain = media_type.substr(0, media_type.find(';'));
  const auto* media = content->as_object().if_contains(plain);
  if (!media) return {"does not say that it gives " + media_type};
  if (!plain.ends_with("json")) return {};
  boost::system::error_code bad;
  const json::value value = json::parse(body, bad);
  if (bad) return {"is no JSON"};
  return check(media->at("schema"), value);
}

std::vector<std::string> SchemaChecker::checkDocument() const {
  std::vector<std::string> wrong;
  const auto walk = [&](const auto& self, const json::value& at) -> void {
    if (at.is_array()) {
      for (const json::value& item : at.as_array()) self(self, item);
    } else if (at.is_object()) {
      if (at.as_object().contains("$ref")) {
        try {
          resolved(at);
        } catch (const std::exception& fault) {
          wrong.emplace_back(fault.what());
        }
      }
      for (const auto& member : at.as_object()) self(self, member.value());
    }
  };
  walk(walk, document_);
  for (const auto& schema : document_.at("components").at("schemas").as_object()) {
    for (const auto& word : schema.value().as_object()) {
      if (!known_words.contains(std::string_view{word.key()}))
        wrong.push_back(std::string{schema.key()} + ": unknown word " + std::string{word.key()});
    }
  }
  return wrong;
}

}  // namespace jinyue::api::test
