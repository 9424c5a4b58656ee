#include "identity/role.h"

#include <algorithm>

#include <fmt/format.h>

namespace jinyue::identity {
namespace {

std::vector<Role> builtIn() {
  using enum Permission;
  const auto others = [](std::string_view self) {
    std::vector<std::string> names;
    for (const std::string_view name : {system_admin, security_admin, audit_admin}) {
      if (name != self) names.emplace_back(name);
    }
    return names;
  };
  return {{std::string{system_admin},
           {"系统管理员", "system administrator"},
           {system_read, pack_deploy, incident_repair},
           others(system_admin)},
          {std::string{security_admin},
           {"安全管理员", "security administrator"},
           {account_manage, role_grant},
           others(security_admin)},
          {std::string{audit_admin},
           {"审计管理员", "audit administrator"},
           {audit_read, system_read},
           others(audit_admin)}};
}

bool isReserved(Permission permission) {
  using enum Permission;
  return permission == role_grant || permission == audit_read || permission == pack_deploy ||
         permission == system_read;
}

Problem problemOf(std::string code, Text title, std::string where) {
  return {ProblemKind::invalid, std::move(code), std::move(title), std::move(where), {}, {}};
}

}  // namespace

bool isAdministrator(std::string_view role) {
  return role == system_admin || role == security_admin || role == audit_admin;
}

RoleBook::RoleBook() {
  for (Role& role : builtIn()) {
    std::string id = role.id;
    roles_.emplace(std::move(id), std::move(role));
  }
}

Result<RoleBook> RoleBook::of(std::span<const Role> roles) {
  RoleBook book;
  Problem all{ProblemKind::invalid, "roles.refused", {"角色定义有误", "the roles can't be used"}, {}, {}, {}};
  for (const Role& role : roles) {
    if (isAdministrator(role.id)) {
      all.causes.push_back(
          problemOf("role.built-in", {"这是内置角色的名称", "this is the name of a built-in role"}, role.id));
      continue;
    }
    if (std::ranges::any_of(role.permissions, isReserved)) {
      all.causes.push_back(problemOf(
          "role.reserved-permission",
          {"权限 role.grant、audit.read、pack.deploy、system.read 只属于内置管理员角色",
           "role.grant, audit.read, pack.deploy and system.read belong to the built-in administrators alone"},
          role.id));
    }
    const auto [there, is_new] = book.roles_.emplace(role.id, role);
    if (!is_new && there->second != role) {
      all.causes.push_back(problemOf(
          "role.twice", {"同一角色有两种不同的定义", "the role is declared in two different ways"}, role.id));
    }
  }
  for (const auto& [id, role] : book.roles_) {
    for (const std::string& other : role.exclusive_with) {
      if (book.find(other) == nullptr || other == id) {
        all.causes.push_back(problemOf("role.unknown",
                                       {"互斥的角色不存在", "it excludes a role that is not there"},
                                       fmt::format("{}/{}", id, other)));
      }
    }
  }
  if (!all.causes.empty()) return std::unexpected(std::move(all));
  return book;
}

const Role* RoleBook::find(std::string_view id) const {
  const auto found = roles_.find(id);
  return found == roles_.end() ? nullptr : &found->second;
}

PermissionSet RoleBook::permissionsOf(std::string_view id) const {
  PermissionSet set;
  if (const Role* role = find(id)) {
    for (const Permission permission : role->permissions) set.add(permission);
  }
  return set;
}

bool RoleBook::areExclusive(std::string_view one, std::string_view other) const {
  const auto excludes = [this](std::string_view a, std::string_view b) {
    const Role* role = find(a);
    return role != nullptr && std::ranges::find(role->exclusive_with, b) != role->exclusive_with.end();
  };
  return excludes(one, other) || excludes(other, one);
}

}  // namespace jinyue::identity
