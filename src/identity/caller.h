// Who asks: resolved once for a request, and asked by everything that the request does.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/problem.h"
#include "base/time.h"
#include "identity/role.h"
#include "identity/scope.h"

namespace jinyue::identity {

using AccountId = std::int64_t;

enum class AccountKind : std::int8_t { officer = 0, agent = 1, resident = 2 };
BOOST_DESCRIBE_ENUM(AccountKind, officer, agent, resident)

/// What the account has to do first. Until then it may do nothing else.
enum class Duty : std::int8_t { none = 0, change_password = 1, second_factor = 2 };
BOOST_DESCRIBE_ENUM(Duty, none, change_password, second_factor)

/// A role that holds today, and where.
struct HeldRole {
  std::string role;
  PermissionSet permissions;
  Scope scope;
};

struct Caller {
  AccountId id = 0;
  AccountKind kind = AccountKind::resident;
  std::string login;
  std::string unit;                ///< of an officer
  std::vector<std::string> posts;  ///< of an officer
  std::vector<HeldRole> held;
  std::string person;              ///< Vault::lookup of a resident's or agent's ID number; may be empty
  std::vector<std::string> firms;  ///< USCC that an agent may act for today
  /// As cases name them: "person:<Vault::lookup of the ID number>" of a resident, "firm:<USCC>" of an agent.
  std::vector<std::string> parties;
  std::string language;  ///< "zh" or "en"
  Duty duty = Duty::none;
  bool strong = false;     ///< signed in with two factors
  std::string request_id;  ///< of the request that asks
  std::string session;     ///< id of the session: the hash of its token

  /// "account:17": the actor in records and in the engine.
  std::string actor() const;
  /// Ids of the roles held, for the engine's Actor.
  std::vector<std::string> roles() const;
  /// Whether somewhere, on something.
  bool may(Permission permission) const;
  /// Whether on this row.
  bool may(Permission permission, const RowPlace& row) const;
  /// The rows that this permission is for, as conditions of a query. A row is admitted by it exactly when
  /// may(permission, row).
  RowScope scopeFor(Permission permission) const;
  /// Whether on everything in a scope, through one grant: nobody gives away what is not theirs.
  bool covers(Permission permission, const Scope& scope) const;
};

/// What agents and residents may do with their own matters: case.start, case.read, task.work, notice.read,
/// search.read.
bool isForParties(Permission permission);

/// Refusal for a caller without the permission: kind forbidden, code "permission.missing".
std::unexpected<Problem> refusePermission(const Caller& caller, Permission permission);
Result<void> require(const Caller& caller, Permission permission);
Result<void> require(const Caller& caller, Permission permission, const RowPlace& row);

}  // namespace jinyue::identity
