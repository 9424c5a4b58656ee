// Every endpoint with every role, with nobody, and with identifiers of other units, other firms and of
// nothing: what is not allowed is refused, and nothing leaks.

#include <map>

#include <gtest/gtest.h>

#include "api/every_endpoint.h"

namespace jinyue::api {
namespace {

using test::Answer;
using test::at;
using test::isSpecial;
using test::Person;
using test::requestFor;
using test::send;
using test::ServedCity;
using test::Wanted;

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

/// Role × endpoint: who has the permission comes as far as the thing, which is not there; who has not is
/// refused.
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
      const std::string what =
          wanted.method + ' ' + wanted.path + " -> " + std::to_string(answer.status) + answer.body;
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
