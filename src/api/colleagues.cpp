// /colleagues: to whom a task can be assigned; /cases/{id}/approvers: who may approve an extension. Logins,
// names, units and posts.

#include <algorithm>

#include "api/bodies.h"
#include "api/case_views.h"
#include "api/endpoint.h"
#include "api/paging.h"

namespace jinyue::api {
namespace {

using identity::Permission;

struct ColleagueQuery : PageQuery {
  std::optional<std::string> unit;
  static std::vector<About> about() {
    auto all = PageQuery::about();
    all.push_back({"unit", {"单位", "unit"}});
    return all;
  }
};
BOOST_DESCRIBE_STRUCT(ColleagueQuery, (PageQuery), (unit))

struct Colleague {
  std::int64_t account = 0;
  std::string login;
  std::string name;
  std::string unit;
  Text unit_name;
  std::vector<std::string> posts;
  static std::vector<About> about() {
    return {{"name", {"姓名，没有登记则为登录名", "name; the login name when none is known"}},
            {"unit_name", {"单位名称", "name of the unit"}}};
  }
};
BOOST_DESCRIBE_STRUCT(Colleague, (), (account, login, name, unit, unit_name, posts))

struct Approvers {
  std::vector<Colleague> items;
};
BOOST_DESCRIBE_STRUCT(Approvers, (), (items))

bool canAct(const identity::Person& person) {
  return person.kind == identity::AccountKind::officer && person.status == identity::AccountStatus::active;
}

Colleague colleagueOf(const Rooms& rooms, identity::Person&& person, Instant now) {
  Text unit_name = rooms.names.unit(person.unit, now);
  return {person.id,
          std::move(person.login),
          std::move(person.name),
          std::move(person.unit),
          std::move(unit_name),
          std::move(person.posts)};
}

Result<Answer<Listing<Colleague>>> colleagues(const Rooms& rooms, const Call& call,
                                              const ColleagueQuery& query) {
  const auto page = pageOf(query);
  if (!page) return std::unexpected(page.error());
  const auto found = rooms.accounts.list(query.unit, *page);
  std::vector<identity::AccountId> ids;
  for (const identity::Account& account : found.rows) ids.push_back(account.id);
  Listing<Colleague> listing;
  for (identity::Person& person : rooms.accounts.people(*call.caller, ids)) {
    if (canAct(person)) listing.items.push_back(colleagueOf(rooms, std::move(person), call.now));
  }
  if (!found.next.empty()) listing.next = found.next;
  return listing;
}

/// Accounts with a grant of today that supervises the case; one query for each role that can.
std::vector<identity::AccountId> supervisorsOf(const Rooms& rooms, const identity::RowPlace& place,
                                               Date today) {
  constexpr int most_grants = 2'000;
  std::vector<identity::AccountId> accounts;
  for (const auto& [id, role] : rooms.roles()->roles()) {
    if (std::ranges::find(role.permissions, Permission::case_supervise) == role.permissions.end()) continue;
    for (const identity::Grant& grant : rooms.grants.holdersOf(id, most_grants)) {
      const bool holds =
          (!grant.valid_from || *grant.valid_from <= today) && (!grant.valid_to || today <= *grant.valid_to);
      if (holds && identity::Alternative::of(grant.scope).admits(place)) accounts.push_back(grant.account);
    }
  }
  std::ranges::sort(accounts);
  const auto twice = std::ranges::unique(accounts);
  accounts.erase(twice.begin(), twice.end());
  return accounts;
}

Result<Answer<Approvers>> approvers(const Rooms& rooms, Call& call, std::int64_t id) {
  constexpr std::size_t most_shown = 200;
  const auto row = findCase(call, rooms, id);
  if (!row) return std::unexpected(row.error());
  call.foundInReach();
  Approvers answer;
  for (identity::Person& person : rooms.accounts.people(
           *call.caller, supervisorsOf(rooms, placeOf(*row, rooms.packs), dateOf(call.now)))) {
    if (canAct(person) && person.id != call.caller->id)
      answer.items.push_back(colleagueOf(rooms, std::move(person), call.now));
  }
  std::ranges::sort(answer.items, {}, [&](const Colleague& each) {
    return std::tuple{each.unit != call.caller->unit, each.unit_name.zh, each.name, each.account};
  });
  if (answer.items.size() > most_shown) answer.items.resize(most_shown);
  return answer;
}

}  // namespace

void addColleagues(Endpoints& endpoints, const Rooms& rooms) {
  endpoints.add(
      {.path = "/colleagues",
       .name = "listColleagues",
       .tag = "tasks",
       .summary = {"可以指派的工作人员", "officers to whom a task can be assigned"},
       .access = needs(Permission::task_assign, Reach::nothing)},
      [rooms](Call& call, const In<None, ColleagueQuery>& in) { return colleagues(rooms, call, in.query); });
  endpoints.add({.path = "/cases/{id}/approvers",
                 .name = "listApprovers",
                 .tag = "cases",
                 .summary = {"可以批准延期的人员，本单位的在前",
                             "who may approve an extension, those of one's own unit first"},
                 .access = needs(Permission::task_work, Reach::thing)},
                [rooms](Call& call, const In<CasePath>& in) { return approvers(rooms, call, in.path.id); });
}

}  // namespace jinyue::api
