// Grants: an account holds a role in a scope, from one date to another.
//
// Separation of duties: nobody grants to themselves; nobody grants beyond their own scope; roles that exclude
// each other are not granted to the same account; a role of an administrator is proposed by one person and
// confirmed by another.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "identity/accounts.h"
#include "identity/caller.h"
#include "identity/context.h"

namespace jinyue::identity {

enum class GrantState : std::int8_t { proposed = 0, active = 1, revoked = 2, rejected = 3 };
BOOST_DESCRIBE_ENUM(GrantState, proposed, active, revoked, rejected)

struct Grant {
  AccountId account = 0;
  std::int64_t number = 0;  ///< within the account, from 1
  std::string role;
  Scope scope;
  std::optional<Date> valid_from;  ///< absent: at once
  std::optional<Date> valid_to;    ///< included; absent: until it is revoked
  GrantState state = GrantState::proposed;
  AccountId proposed_by = 0;  ///< 0: the operator
  AccountId decided_by = 0;
  Instant at;
};
BOOST_DESCRIBE_STRUCT(Grant, (),
                      (account, number, role, scope, valid_from, valid_to, state, proposed_by, decided_by,
                       at))

struct NewGrant {
  AccountId account = 0;
  std::string role;
  Scope scope;
  std::optional<Date> valid_from;
  std::optional<Date> valid_to;
};
BOOST_DESCRIBE_STRUCT(NewGrant, (), (account, role, scope, valid_from, valid_to))

/// The roles as of now; changed by a deployment.
using RoleBookFn = std::function<std::shared_ptr<const RoleBook>()>;

class Grants {
 public:
  Grants(const Context& context, RoleBookFn roles);

  /// Active at once, or proposed when the role is an administrator's. Ends the sessions of the account: they
  /// start anew with the new rights.
  Result<Grant> grant(const Caller& caller, const NewGrant& grant);
  /// By another person than proposed it and than it is for.
  Result<Grant> confirm(const Caller& caller, AccountId account, std::int64_t number);
  Result<Grant> reject(const Caller& caller, AccountId account, std::int64_t number);
  Result<Grant> revoke(const Caller& caller, AccountId account, std::int64_t number);
  /// From the command line alone: the first administrators (two security administrators at least, or nobody
  /// can confirm a third). Exclusions hold here, too.
  Result<Grant> grantByOperator(const NewGrant& grant);

  std::vector<Grant> of(AccountId account) const;
  /// The active grants of a role, by account; `limit` at most.
  std::vector<Grant> holdersOf(std::string_view role, int limit) const;
  /// Oldest first.
  store::Page<Grant> proposed(const store::PageRequest& page) const;

 private:
  Result<Grant> insert(const Actor& actor, const NewGrant& grant, GrantState state);
  Result<Grant> decide(const Caller& caller, AccountId account, std::int64_t number, GrantState to,
                       const char* kind);

  Context context_;
  RoleBookFn roles_;
};

}  // namespace jinyue::identity
