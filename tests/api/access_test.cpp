// Every endpoint with every role, with nobody, and with identifiers of other units, other firms and of nothing:
// what is not allowed is refused, and nothing leaks.

#include <map>

#include <gtest/gtest.h>

#include "api/endpoint.h"
#include "api/served_city.h"

namespace jinyue::api {
namespace {

using test::Answer;
using test::Person;
using test::Sent;
using test::ServedCity;

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
    at = city.document().document().find_pointer(std::string_view{at->at("$ref").as_string()}.substr(1), none);
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
  return std::string(schema.contains("minLength") ? static_cast<std::size_t>(schema.at("minLength").as_int64()) : 1, 'x');
}

struct Wanted {
  std::string method;
  std::string path;
  Sent sent;
};

/// A request that an endpoint understands; numbers in its path are `number`, words are `word`.
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
  return wanted.method == "GET" ? person.get(wanted.path) : person.send(wanted.method, wanted.path, wanted.sent);
}

/// Endpoints whose answer would end the session or the account of who calls them, or never ends.
bool isSpecial(const Endpoint& endpoint) {
  const std::string& name = endpoint.description.name;
  return endpoint.is_stream || name == "signOut" || name == "eraseOwnData" || name == "endOtherSessions" ||
         name == "signIn" || name == "beginProviderSignIn" || name == "finishProviderSignIn";
}

TEST(Access, NobodyGetsInWithoutASession) {
  ServedCity city;
  Person nobody = city.nobody();
  Person forged(city, "not-a-token", false);
  int open = 0;
  for (const auto& endpoint : city.office().endpoints().all()) {
    if (isSpecial(*endpoint) && !endpoint->is_stream) continue;
    const Wanted wanted = requestFor(city, *endpoint, "1", "x");
    const Answer answer = send(nobody, wanted);
    if (endpoint->description.access.kind() == AccessRule::Kind::open) {
      EXPECT_NE(answer.status, 401) << wanted.path;
      ++open;
      continue;
    }
    EXPECT_EQ(answer.status, 401) << wanted.method << ' ' << wanted.path << answer.body;
    EXPECT_EQ(send(forged, wanted).status, 401) << wanted.path;
  }
  EXPECT_GT(open, 5);
  EXPECT_TRUE(city.faults().empty());
}

/// Role × endpoint: who has the permission comes as far as the thing, which is not there; who has not is refused.
TEST(Access, EveryRoleAtEveryEndpoint) {
  ServedCity city;
  const auto book = city.office().packs().roleBook();
  std::map<std::string, std::unique_ptr<Person>> people;
  for (const auto& [id, role] : book->roles()) {
    city.officer("holds." + id, "市示例局", {{id}});
    people.emplace(id, std::make_unique<Person>(city.signIn("holds." + id)));
  }
  int allowed = 0;
  int refused = 0;
  for (const auto& endpoint : city.office().endpoints().all()) {
    if (isSpecial(*endpoint)) continue;
    const AccessRule& access = endpoint->description.access;
    for (const auto& [id, person] : people) {
      const Wanted wanted = requestFor(city, *endpoint, "987654321", "nothing-such");
      const Answer answer = send(*person, wanted);
      const std::string what = id + ": " + wanted.method + ' ' + wanted.path + " -> " + answer.body;
      EXPECT_LT(answer.status, 500) << what;
      if (access.kind() != AccessRule::Kind::permission) {
        EXPECT_NE(answer.status, 401) << what;
        continue;
      }
      if (!book->permissionsOf(id).has(access.permission())) {
        EXPECT_EQ(answer.status, 403) << what;
        EXPECT_EQ(at(answer, "/code"), "permission.missing") << what;
        ++refused;
      } else {
        EXPECT_NE(at(answer, "/code"), "permission.missing") << what;
        ++allowed;
      }
    }
  }
  EXPECT_GT(allowed, 50);
  EXPECT_GT(refused, 500);
  EXPECT_TRUE(city.faults().empty()) << city.faults().front();
}

/// One who may do everything, but in another unit, area and pack: whatever exists, for him there is nothing.
TEST(Access, OtherUnitsAndAreasAreNotThere) {
  ServedCity city;
  const store::CaseId id = city.hotlineCase("机密标题路灯");
  const auto victim = city.officer("victim", "市示例局", {{"agent"}});
  const identity::Scope elsewhere{{"别的单位"}, {"210299"}, {"other-pack"}};
  std::vector<ServedCity::Role> roles;
  for (const char* role : {"agent", "clerk", "supervisor", "caller"}) roles.push_back({role, elsewhere});
  city.officer("outsider", "别的单位", roles);
  Person outsider = city.signIn("outsider");
  for (const auto& endpoint : city.office().endpoints().all()) {
    if (isSpecial(*endpoint)) continue;
    for (const std::int64_t number : {id, victim}) {
      const Wanted wanted = requestFor(city, *endpoint, std::to_string(number), "firms");
      const Answer answer = send(outsider, wanted);
      const std::string what = wanted.method + ' ' + wanted.path + " -> " + std::to_string(answer.status) + answer.body;
      EXPECT_LT(answer.status, 500) << what;
      EXPECT_EQ(answer.body.find("机密标题"), std::string::npos) << what;
      EXPECT_EQ(answer.body.find("13012345678"), std::string::npos) << what;
      if (endpoint->description.access.reach() == Reach::thing && endpoint->description.path.contains("{")) {
        EXPECT_GE(answer.status, 400) << what;
      }
    }
  }
  EXPECT_TRUE(city.faults().empty()) << city.faults().front();
}

}  // namespace
}  // namespace jinyue::api
