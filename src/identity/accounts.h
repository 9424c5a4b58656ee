// Accounts: who there is. An account has a number (the stream of its records in the log), a login name, and
// personal data that lie sealed in its row.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "identity/caller.h"
#include "identity/context.h"
#include "identity/mask.h"
#include "identity/password.h"

namespace jinyue::identity {

enum class AccountStatus : std::int8_t { active = 0, disabled = 1, erased = 2 };
BOOST_DESCRIBE_ENUM(AccountStatus, active, disabled, erased)

/// Clear values. In the store they are sealed, in the log only their keyed digests.
struct Personal {
  static constexpr bool json_sparse = true;
  std::string name = {};
  std::string phone = {};
  std::string id_number = {};
  std::string email = {};
  bool operator==(const Personal&) const = default;
};
BOOST_DESCRIBE_STRUCT(Personal, (), (name, phone, id_number, email))

/// An account as lists and pages show it: personal data masked.
struct Account {
  AccountId id = 0;
  std::int64_t version = 0;
  AccountKind kind = AccountKind::resident;
  AccountStatus status = AccountStatus::active;
  std::string login;
  std::string unit;
  std::vector<std::string> posts;
  std::string language;
  Personal masked;
  bool second_factor = false;
  std::optional<Instant> locked_until;
  Instant created;
};
BOOST_DESCRIBE_STRUCT(Account, (),
                      (id, version, kind, status, login, unit, posts, language, masked, second_factor,
                       locked_until, created))

/// An account as others see who is behind it.
struct Person {
  AccountId id = 0;
  AccountKind kind = AccountKind::resident;
  AccountStatus status = AccountStatus::active;
  std::string login;
  std::string name;  ///< as the caller may see it; an officer without one: the login name; may be empty
  std::string unit;
  std::vector<std::string> posts;
};

/// A firm's agent may act for the firm from one date to another, both included.
struct Mandate {
  std::int64_t number = 0;  ///< within the account
  std::string firm;         ///< USCC
  std::optional<Date> valid_from;
  std::optional<Date> valid_to;
  std::string basis;  ///< what it rests on: number of a power of attorney, confirmation by the firm …
};
BOOST_DESCRIBE_STRUCT(Mandate, (), (number, firm, valid_from, valid_to, basis))

struct NewAccount {
  AccountKind kind = AccountKind::resident;
  std::string login;  ///< 3 to 64 characters of a-z 0-9 . _ - @
  std::string unit;   ///< officers have one, others have none
  std::vector<std::string> posts;
  std::string language = "zh";
  Personal personal;
  std::string password;  ///< first password, to be changed at first sign-in; empty: signs in elsewhere
};
BOOST_DESCRIBE_STRUCT(NewAccount, (), (kind, login, unit, posts, language, personal, password))

/// What is to be another way; what is absent stays.
struct AccountChange {
  std::optional<std::string> unit = {};
  std::optional<std::vector<std::string>> posts = {};
  std::optional<std::string> language = {};
  std::optional<Personal> personal = {};
};
BOOST_DESCRIBE_STRUCT(AccountChange, (), (unit, posts, language, personal))

/// Who does it, for record and audit: an account, or the operator at the machine's own command line.
struct Actor {
  AccountId account = 0;  ///< 0: the operator
  std::string request_id;
  static Actor of(const Caller& caller) { return {caller.id, caller.request_id}; }
  std::string name() const { return account == 0 ? "operator" : "account:" + std::to_string(account); }
};

class Accounts {
 public:
  Accounts(const Context& context, PasswordHasher& hasher, const PasswordPolicy& policy);

  /// All below ask the caller for account.manage in the unit of the account (an account without unit: a grant
  /// that is for all units), unless it is said otherwise.
  Result<Account> create(const Caller& caller, const NewAccount& account);
  /// From the command line alone, with no caller to ask: the first administrators, a seed of officers. With
  /// `temporary` false the password need not be changed.
  Result<Account> createByOperator(const NewAccount& account, bool temporary = true);

  Result<Account> find(AccountId id) const;
  std::optional<AccountId> findByLogin(std::string_view login) const;
  /// By phone or ID number, through their keyed hashes.
  std::vector<AccountId> findByPersonal(FieldClass field, std::string_view value) const;
  /// As cases name them: the residents and agents whose accounts have this number.
  std::vector<std::string> partiesByPhone(std::string_view phone) const;
  /// By id. With a unit: the accounts of this unit.
  store::Page<Account> list(const std::optional<std::string>& unit, const store::PageRequest& page) const;

  /// Those of these accounts that there are, by id, in one look-up for each fifty. Officers' names are whole
  /// for officers, since they sign what they do; everybody else's are masked, save one's own.
  std::vector<Person> people(const Caller& caller, std::span<const AccountId> ids) const;

  /// An account may change its own language and personal data (save the ID number) without permission.
  Result<Account> change(const Caller& caller, AccountId id, const AccountChange& change);
  /// Ends its sessions.
  Result<void> disable(const Caller& caller, AccountId id, std::string_view reason);
  /// Also ends a lock-out.
  Result<void> enable(const Caller& caller, AccountId id, std::string_view reason);
  /// A temporary password that must be changed at the next sign-in; takes the second factor away with
  /// `drop_second_factor`. Ends its sessions. Nobody resets their own.
  Result<void> resetPassword(const Caller& caller, AccountId id, std::string_view password,
                             bool drop_second_factor);

  /// Agents only. Ends the agent's sessions, which have the firms of before.
  Result<Mandate> addMandate(const Caller& caller, AccountId id, const Mandate& mandate);
  /// The last day on which it holds.
  Result<void> endMandate(const Caller& caller, AccountId id, std::int64_t number, Date last_day);
  std::vector<Mandate> mandates(AccountId id) const;

  /// Sign-in by an identity provider's subject.
  Result<void> linkExternal(const Caller& caller, AccountId id, std::string_view issuer,
                            std::string_view subject);

  /// The clear values: asks for personal.read in the account's unit and a purpose, and is audited. One's own
  /// need neither permission nor purpose.
  Result<Personal> readPersonal(const Caller& caller, AccountId id, std::string_view purpose);

 private:
  Result<Account> insert(const Actor& actor, const NewAccount& account, bool temporary);

  Context context_;
  PasswordHasher& hasher_;
  PasswordPolicy policy_;
};

}  // namespace jinyue::identity
