// /roles, /grants: who holds which role where. Separation of duties is identity's (identity/grants.h).

#include "api/endpoint.h"
#include "api/paging.h"
#include "api/resource.h"
#include "api/rooms.h"

namespace jinyue::api {
namespace {

using identity::Permission;

struct Roles {
  std::vector<identity::Role> items;
};
BOOST_DESCRIBE_STRUCT(Roles, (), (items))

struct GrantHolderPath {
  std::int64_t account = 0;
};
BOOST_DESCRIBE_STRUCT(GrantHolderPath, (), (account))

struct GrantPath {
  std::int64_t account = 0;
  std::int64_t number = 0;
};
BOOST_DESCRIBE_STRUCT(GrantPath, (), (account, number))

struct AccountGrants {
  std::vector<identity::Grant> items;
};
BOOST_DESCRIBE_STRUCT(AccountGrants, (), (items))

struct GrantBody {
  std::string role;
  identity::Scope scope;
  std::optional<Date> valid_from;
  std::optional<Date> valid_to;
  static std::vector<About> about() {
    return {
        {"role", {"角色", "id of the role"}, R"("clerk")", 1, 100},
        {"scope", {"范围：单位、区划、系统包，空为全部", "units, areas and packs; an empty list is all"}}};
  }
};
BOOST_DESCRIBE_STRUCT(GrantBody, (), (role, scope, valid_from, valid_to))

Description grants(http::Method method, std::string_view path, std::string name, Text summary) {
  const Resource resource{"grants", "", needs(Permission::role_grant, Reach::thing), Repeats::by_store};
  return resource.of(method, path, std::move(name), std::move(summary));
}

Result<Answer<Written>> written(const Rooms& rooms, Result<identity::Grant> grant) {
  if (!grant) return std::unexpected(std::move(grant).error());
  const auto account = rooms.accounts.find(grant->account);
  const std::int64_t version = account ? account->version : 0;
  return Answer<Written>({grant->account, version, false}, version);
}

/// The account whose rights are meant must be in the caller's reach.
Result<void> inReach(const Rooms& rooms, Call& call, std::int64_t id) {
  const auto account = rooms.accounts.find(id);
  if (account && call.may({account->unit, {}, {}, {}})) return {};
  return refuse(ProblemKind::not_found, "account.unknown", {"没有这个账号", "there is no such account"},
                std::to_string(id));
}

using Decide = Result<identity::Grant> (identity::Grants::*)(const identity::Caller&, identity::AccountId,
                                                             std::int64_t);

void addDecision(Endpoints& endpoints, const Rooms& rooms, std::string word, std::string name, Text summary,
                 Decide decide) {
  endpoints.add(grants(http::Method::post, "/accounts/{account}/grants/{number}/" + std::move(word),
                       std::move(name), std::move(summary)),
                [rooms, decide](Call& call, const In<GrantPath>& in) -> Result<Answer<Written>> {
                  if (auto near = inReach(rooms, call, in.path.account); !near)
                    return std::unexpected(std::move(near).error());
                  return written(rooms,
                                 (rooms.grants.*decide)(*call.caller, in.path.account, in.path.number));
                });
}

}  // namespace

void addGrants(Endpoints& endpoints, const Rooms& rooms) {
  endpoints.add({.path = "/roles",
                 .name = "listRoles",
                 .tag = "grants",
                 .summary = {"全部角色及其权限", "all roles and their permissions"},
                 .access = signedIn()},
                [rooms](Call&, const In<>&) -> Result<Answer<Roles>> {
                  Roles roles;
                  for (const auto& [id, role] : rooms.roles()->roles()) roles.items.push_back(role);
                  return roles;
                });
  auto proposed = grants(http::Method::get, "/grants/proposed", "listProposedGrants",
                         {"待另一人确认的授权", "grants that wait for another person"});
  proposed.access = needs(Permission::role_grant, Reach::rows);
  endpoints.add(
      proposed,
      [rooms](Call& call, const In<None, PageQuery>& in) -> Result<Answer<Listing<identity::Grant>>> {
        const auto page = pageOf(in.query);
        if (!page) return std::unexpected(page.error());
        // Administrators' roles are for the whole city: so must be the scope of who decides on them.
        if (!call.scope().isEverything()) return Listing<identity::Grant>{};
        return listingOf(rooms.grants.proposed(*page), [](const identity::Grant& grant) { return grant; });
      });
  endpoints.add(grants(http::Method::get, "/accounts/{account}/grants", "listGrants",
                       {"某账号的角色", "grants of an account"}),
                [rooms](Call& call, const In<GrantHolderPath>& in) -> Result<Answer<AccountGrants>> {
                  if (auto near = inReach(rooms, call, in.path.account); !near)
                    return std::unexpected(std::move(near).error());
                  return AccountGrants{rooms.grants.of(in.path.account)};
                });
  auto gives = grants(
      http::Method::post, "/accounts/{account}/grants", "grantRole",
      {"授予角色；管理员角色须另一人确认", "grants a role; an administrator's waits for another person"});
  gives.status = 201;
  endpoints.add(
      gives, [rooms](Call& call, const In<GrantHolderPath, None, GrantBody>& in) -> Result<Answer<Written>> {
        if (auto near = inReach(rooms, call, in.path.account); !near)
          return std::unexpected(std::move(near).error());
        return written(rooms, rooms.grants.grant(*call.caller, {in.path.account, in.body.role, in.body.scope,
                                                                in.body.valid_from, in.body.valid_to}));
      });
  addDecision(endpoints, rooms, "confirmation", "confirmGrant", {"确认", "confirms a proposed grant"},
              &identity::Grants::confirm);
  addDecision(endpoints, rooms, "rejection", "rejectGrant", {"驳回", "rejects a proposed grant"},
              &identity::Grants::reject);
  addDecision(endpoints, rooms, "revocation", "revokeGrant", {"收回", "takes a role away"},
              &identity::Grants::revoke);
}

}  // namespace jinyue::api
