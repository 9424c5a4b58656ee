#include "api/every_endpoint.h"

namespace jinyue::api::test {
namespace {

std::string lower(http::Method method) {
  std::string name{http::toString(method)};
  for (char& c : name) c = static_cast<char>(c | 0x20);
  return name;
}

/// A value that fits a schema, as small as can be.
boost::json::value smallest(const ServedCity& city, const boost::json::value& any) {
  const boost::json::value* at = &any;
  while (at->as_object().contains("$ref")) {
    boost::system::error_code none;
    at =
        city.document().document().find_pointer(std::string_view{at->at("$ref").as_string()}.substr(1), none);
  }
  const boost::json::object& schema = at->as_object();
  if (const auto* examples = schema.if_contains("examples")) return examples->as_array().front();
  if (const auto* only = schema.if_contains("const")) return *only;
  if (const auto* words = schema.if_contains("enum")) return words->as_array().front();
  if (const auto* choices = schema.if_contains("oneOf")) return smallest(city, choices->as_array().front());
  const std::string type{schema.contains("type") ? schema.at("type").as_string() : "object"};
  if (type == "object") {
    boost::json::object made;
    if (const auto* required = schema.if_contains("required")) {
      for (const auto& name : required->as_array())
        made[name.as_string()] = smallest(city, schema.at("properties").at(name.as_string()));
    }
    return made;
  }
  if (type == "array") {
    boost::json::array made;
    if (schema.contains("minItems")) made.push_back(smallest(city, schema.at("items")));
    return made;
  }
  if (type == "integer" || type == "number") return schema.contains("minimum") ? schema.at("minimum") : 1;
  if (type == "boolean") return true;
  const std::string format{schema.contains("format") ? schema.at("format").as_string() : ""};
  if (format == "date") return "2026-09-21";
  if (format == "date-time") return "2026-09-21T01:00:00Z";
  return boost::json::string(
      schema.contains("minLength") ? static_cast<std::size_t>(schema.at("minLength").as_int64()) : 1, 'x');
}

}  // namespace

Wanted requestFor(const ServedCity& city, const Endpoint& endpoint, const std::string& number,
                  const std::string& word) {
  const Description& described = endpoint.description;
  const auto* operation = city.document().operation(described.path, lower(described.method));
  Wanted wanted{std::string{http::toString(described.method)}, described.path, {}};
  std::string query;
  if (const auto* parameters = operation->if_contains("parameters")) {
    for (const auto& parameter : parameters->as_array()) {
      const std::string name{parameter.at("name").as_string()};
      const std::string in{parameter.at("in").as_string()};
      const bool is_number = parameter.at("schema").as_object().contains("type") &&
                             parameter.at("schema").at("type").as_string() == "integer";
      if (in == "path") {
        const auto at = wanted.path.find('{' + name + '}');
        wanted.path.replace(at, name.size() + 2, is_number ? number : word);
      } else if (in == "query" && parameter.at("required").as_bool()) {
        query += (query.empty() ? "?" : "&") + name + '=' + (is_number ? "1" : "x");
      } else if (name == "If-Match") {
        wanted.sent.if_match = "\"1-0\"";
      }
    }
  }
  wanted.path += query;
  if (const auto* body = operation->if_contains("requestBody")) {
    const auto& content = body->at("content").as_object();
    wanted.sent.media_type = std::string{std::string_view{content.begin()->key()}};
    wanted.sent.body = wanted.sent.media_type == "application/json"
                           ? boost::json::serialize(smallest(city, content.begin()->value().at("schema")))
                           : "code,name\n1,x\n";
  }
  if (endpoint.isWrite() && described.repeats == Repeats::harmless) wanted.sent.key.clear();
  return wanted;
}

Answer send(Person& person, const Wanted& wanted) {
  return wanted.method == "GET" ? person.get(wanted.path)
                                : person.send(wanted.method, wanted.path, wanted.sent);
}

bool isSpecial(const Endpoint& endpoint) {
  const std::string& name = endpoint.description.name;
  return endpoint.is_stream || name == "signOut" || name == "eraseOwnData" || name == "endOtherSessions" ||
         name == "signIn" || name == "beginProviderSignIn" || name == "finishProviderSignIn";
}

}  // namespace jinyue::api::test
