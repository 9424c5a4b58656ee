// The algebra of scopes: what a query lets through is exactly what the caller may.
#include <algorithm>

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "identity/caller.h"

namespace jinyue::identity {
namespace {

rc::Gen<std::string> word(std::string prefix) {
  return rc::gen::map(rc::gen::inRange(0, 4),
                      [prefix](int n) { return n == 0 ? "" : prefix + std::to_string(n); });
}
rc::Gen<std::vector<std::string>> words(std::string prefix) {
  return rc::gen::map(rc::gen::inRange(0, 8), [prefix](int bits) {
    std::vector<std::string> list;
    for (int i = 0; i < 3; ++i) {
      if ((bits >> i) & 1) list.push_back(prefix + std::to_string(i + 1));
    }
    return list;
  });
}
rc::Gen<std::vector<store::CaseStatus>> states() {
  using List = std::vector<store::CaseStatus>;
  return rc::gen::element(List{}, List{}, List{store::CaseStatus::active},
                          List{store::CaseStatus::completed, store::CaseStatus::cancelled});
}
rc::Gen<Scope> anyScope() {
  return rc::gen::map(rc::gen::tuple(words("u"), words("a"), words("p"), states()), [](auto&& lists) {
    return Scope{std::get<0>(lists), std::get<1>(lists), std::get<2>(lists), std::get<3>(lists)};
  });
}
std::vector<std::string> partOf(const std::vector<std::string>& list, const std::string& prefix) {
  if (list.empty()) return *words(prefix);
  return {*rc::gen::elementOf(list)};
}
rc::Gen<RowPlace> anyRow() {
  using State = std::optional<store::CaseStatus>;
  const auto state =
      rc::gen::element(State{}, State{store::CaseStatus::active}, State{store::CaseStatus::completed});
  return rc::gen::map(rc::gen::tuple(word("u"), word("a"), word("p"), word("me"), state), [](auto&& parts) {
    return RowPlace{std::get<0>(parts), std::get<1>(parts), std::get<2>(parts), std::get<3>(parts),
                    std::get<4>(parts)};
  });
}

Caller anyCaller() {
  Caller caller;
  caller.duty = *rc::gen::weightedElement<Duty>({{8, Duty::none}, {1, Duty::change_password}});
  const int roles = *rc::gen::inRange(0, 5);
  for (int i = 0; i < roles; ++i) {
    HeldRole role{"r", {}, *anyScope()};
    for (const Permission permission : allPermissions()) {
      if (*rc::gen::inRange(0, 3) == 0) role.permissions.add(permission);
    }
    caller.held.push_back(std::move(role));
  }
  caller.parties = *words("me");
  return caller;
}

bool has(const std::vector<std::string>& list, const std::string& value) {
  return std::find(list.begin(), list.end(), value) != list.end();
}

/// Said once more, from the words of the rule.
bool naive(const Caller& caller, Permission permission, const RowPlace& row) {
  if (caller.duty != Duty::none) return false;
  bool good = false;
  for (const HeldRole& role : caller.held) {
    const bool in_units = role.scope.units.empty() || has(role.scope.units, row.unit);
    const bool in_areas = role.scope.areas.empty() || has(role.scope.areas, row.area);
    const bool in_packs = role.scope.packs.empty() || has(role.scope.packs, row.pack);
    const bool in_states =
        role.scope.states.empty() ||
        (row.state && std::ranges::find(role.scope.states, *row.state) != role.scope.states.end());
    if (role.permissions.has(permission) && in_units && in_areas && in_packs && in_states) good = true;
  }
  const bool for_parties = permission == Permission::case_start || permission == Permission::case_read ||
                           permission == Permission::task_work || permission == Permission::notice_read ||
                           permission == Permission::search_read;
  return good || (for_parties && !row.party.empty() && has(caller.parties, row.party));
}

TEST(ScopeProperty, TheQueryIsNeitherWiderNorNarrowerThanThePermission) {
  EXPECT_TRUE(rc::check([] {
    const Caller caller = anyCaller();
    const auto permission =
        *rc::gen::elementOf(std::vector<Permission>(allPermissions().begin(), allPermissions().end()));
    const RowScope scope = caller.scopeFor(permission);
    for (int i = 0; i < 20; ++i) {
      const RowPlace row = *anyRow();
      RC_ASSERT(scope.admits(row) == naive(caller, permission, row));
      RC_ASSERT(caller.may(permission, row) == naive(caller, permission, row));
      RC_ASSERT(!scope.isEverything() || scope.admits(row));
      RC_ASSERT(!scope.isNothing() || !caller.may(permission, row));
    }
  }));
}

TEST(ScopeProperty, NobodyGivesAwayRowsThatTheyDoNotHave) {
  EXPECT_TRUE(rc::check([] {
    Caller caller = anyCaller();
    Scope given = *anyScope();
    // Most of the scopes are parts of one that the caller has: of the others few may be given.
    if (*rc::gen::element(true, true, false)) {
      HeldRole& role = caller.held.emplace_back(HeldRole{"r", {}, *anyScope()});
      role.permissions.add(Permission::role_grant);
      given = {partOf(role.scope.units, "u"), partOf(role.scope.areas, "a"), partOf(role.scope.packs, "p"),
               role.scope.states};
    }
    RC_PRE(caller.covers(Permission::role_grant, given));
    Caller other;
    other.held.push_back({"r", {}, given});
    other.held.back().permissions.add(Permission::role_grant);
    for (int i = 0; i < 20; ++i) {
      const RowPlace row = *anyRow();
      RC_ASSERT(!other.may(Permission::role_grant, row) || caller.may(Permission::role_grant, row));
    }
  }));
}

TEST(Scope, ARowWithoutAPlaceIsOutOfEveryNarrowScope) {
  EXPECT_FALSE((Alternative{{"u1"}, {}, {}, {}}.admits({})));
  EXPECT_TRUE((Alternative{}.admits({})));
  RowScope nothing;
  EXPECT_FALSE(nothing.admits({}));
}

TEST(Scope, AlternativesThatSayNothingNewAreLeftOut) {
  RowScope scope;
  scope.add({{"u1"}, {}, {}, {}});
  scope.add({{"u1"}, {"a1"}, {}, {}});
  EXPECT_EQ(scope.any.size(), 1U);
  scope.add({});
  EXPECT_TRUE(scope.isEverything());
  EXPECT_EQ(scope.any.size(), 1U);
}

TEST(Caller, APartyWithoutANameIsNobody) {
  Caller caller;
  caller.parties = {""};
  EXPECT_FALSE(caller.may(Permission::case_read, {}));
  EXPECT_TRUE(caller.scopeFor(Permission::case_read).isNothing());
}

TEST(Role, PacksCannotDeclareAdministrators) {
  using enum Permission;
  const std::vector<Role> roles{{"clerk", {"办事员", "clerk"}, {case_read, audit_read}, {"no-such"}},
                                {"security-admin", {"假", "fake"}, {case_read}, {}},
                                {"twice", {"一", "one"}, {case_read}, {}},
                                {"twice", {"一", "one"}, {case_start}, {}}};
  const auto book = RoleBook::of(roles);
  ASSERT_FALSE(book);
  std::vector<std::string> codes;
  for (const Problem& cause : book.error().causes) codes.push_back(cause.code);
  std::ranges::sort(codes);
  EXPECT_EQ(codes, (std::vector<std::string>{"role.built-in", "role.reserved-permission", "role.twice",
                                             "role.unknown"}));
}

TEST(Role, TheThreeAdministratorsExcludeEachOther) {
  const RoleBook book;
  for (const auto one : {system_admin, security_admin, audit_admin}) {
    for (const auto other : {system_admin, security_admin, audit_admin}) {
      EXPECT_EQ(book.areExclusive(one, other), one != other);
    }
  }
  EXPECT_FALSE(book.permissionsOf(system_admin).has(Permission::role_grant));
  EXPECT_FALSE(book.permissionsOf(security_admin).has(Permission::audit_read));
  EXPECT_FALSE(book.permissionsOf(audit_admin).has(Permission::account_manage));
}

}  // namespace
}  // namespace jinyue::identity
