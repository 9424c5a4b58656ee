#include "identity/caller.h"

#include <algorithm>
#include <iterator>

namespace jinyue::identity {

std::string Caller::actor() const { return "account:" + std::to_string(id); }

std::vector<std::string> Caller::roles() const {
  std::vector<std::string> names;
  for (const HeldRole& role : held) {
    if (std::ranges::find(names, role.role) == names.end()) names.push_back(role.role);
  }
  return names;
}

bool Caller::may(Permission permission) const {
  if (duty != Duty::none) return false;
  return std::ranges::any_of(held, [&](const HeldRole& role) { return role.permissions.has(permission); }) ||
         (isForParties(permission) &&
          std::ranges::any_of(parties, [](const std::string& p) { return !p.empty(); }));
}

bool Caller::may(Permission permission, const RowPlace& row) const {
  if (duty != Duty::none) return false;
  for (const HeldRole& role : held) {
    if (!role.permissions.has(permission)) continue;
    if (Alternative::of(role.scope).admits(row)) return true;
  }
  return isForParties(permission) && !row.party.empty() &&
         std::ranges::find(parties, row.party) != parties.end();
}

RowScope Caller::scopeFor(Permission permission) const {
  RowScope scope;
  if (duty != Duty::none) return scope;
  for (const HeldRole& role : held) {
    if (role.permissions.has(permission)) {
      scope.add(Alternative::of(role.scope));
    }
  }
  std::vector<std::string> own;
  std::ranges::copy_if(parties, std::back_inserter(own), [](const std::string& p) { return !p.empty(); });
  if (isForParties(permission) && !own.empty()) scope.add({{}, {}, {}, std::move(own), {}});
  return scope;
}

bool Caller::covers(Permission permission, const Scope& scope) const {
  return duty == Duty::none && std::ranges::any_of(held, [&](const HeldRole& role) {
           return role.permissions.has(permission) && role.scope.contains(scope);
         });
}

bool isForParties(Permission permission) {
  using enum Permission;
  return permission == case_start || permission == case_read || permission == task_work ||
         permission == notice_read || permission == search_read;
}

std::unexpected<Problem> refusePermission(const Caller& caller, Permission permission) {
  if (caller.duty == Duty::change_password) {
    return refuse(ProblemKind::forbidden, "account.password-due",
                  {"请先修改密码", "the password must be changed first"});
  }
  if (caller.duty == Duty::second_factor) {
    return refuse(ProblemKind::forbidden, "account.second-factor-due",
                  {"该角色须使用两种方式登录，请先设置动态口令",
                   "this role needs a second factor: set up one-time codes first"});
  }
  const std::string word{wordOf(permission)};
  return refuse(ProblemKind::forbidden, "permission.missing",
                {"没有这项权限", "this account may not do this"}, {},
                {"需要权限 " + word, "it needs the permission " + word});
}

Result<void> require(const Caller& caller, Permission permission) {
  if (caller.may(permission)) return {};
  return refusePermission(caller, permission);
}

Result<void> require(const Caller& caller, Permission permission, const RowPlace& row) {
  if (caller.may(permission, row)) return {};
  return refusePermission(caller, permission);
}

}  // namespace jinyue::identity
