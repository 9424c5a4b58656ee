// Roles: sets of permissions under a name. Three are built in, the three administrators that GB/T 22239-2019
// §8.1.5 asks to be kept apart; packs declare the others in roles.json.
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/problem.h"
#include "identity/permission.h"

namespace jinyue::identity {

struct Role {
  std::string id;
  Text title;
  std::vector<Permission> permissions;
  std::vector<std::string> exclusive_with;  ///< roles that the same account may not hold as well
  bool operator==(const Role&) const = default;
};
BOOST_DESCRIBE_STRUCT(Role, (), (id, title, permissions, exclusive_with))

inline constexpr std::string_view system_admin = "system-admin";      ///< 系统管理员
inline constexpr std::string_view security_admin = "security-admin";  ///< 安全管理员
inline constexpr std::string_view audit_admin = "audit-admin";        ///< 审计管理员
bool isAdministrator(std::string_view role);

/// All roles there are. Never changes; a deployment makes a new one.
class RoleBook {
 public:
  /// The built-in roles alone.
  RoleBook();
  /// The built-in roles and those of packs. Two packs may declare the same role in the same words. Refused
  /// with all causes: a role declared in two ways, one with a built-in name, one that takes a permission of
  /// the administrators (role.grant, audit.read, pack.deploy, system.read), an exclusion of a role that is
  /// not there.
  static Result<RoleBook> of(std::span<const Role> roles);

  const Role* find(std::string_view id) const;
  /// By id.
  const std::map<std::string, Role, std::less<>>& roles() const { return roles_; }
  PermissionSet permissionsOf(std::string_view id) const;
  /// Whether one of the two excludes the other.
  bool areExclusive(std::string_view one, std::string_view other) const;

 private:
  std::map<std::string, Role, std::less<>> roles_;
};

}  // namespace jinyue::identity
