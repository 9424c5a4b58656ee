// An account as it lies in the store, and the one way to change it: its row, its record and its audit entry
// in one commit, guarded by the version that was read.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "identity/accounts.h"
#include "identity/context.h"

namespace jinyue::identity {

/// A date as a column holds it.
inline std::optional<std::int64_t> daysOf(const std::optional<Date>& date) {
  if (!date) return std::nullopt;
  return date->time_since_epoch().count();
}

struct AccountRow {
  AccountId id = 0;
  std::int64_t version = 0;
  std::int64_t stamp = 0;  ///< raise it when rights change; sessions of another stamp are over
  AccountKind kind = AccountKind::resident;
  AccountStatus status = AccountStatus::active;
  std::string login;
  std::string unit;
  std::vector<std::string> posts;
  std::string language;
  Duty duty = Duty::none;
  std::string password;  ///< empty: none
  std::optional<Instant> password_at;
  std::vector<std::string> password_history;
  int failures = 0;
  std::optional<Instant> failed_at;
  std::optional<Instant> locked_until;
  std::string totp;          ///< sealed; empty: none
  std::string totp_pending;  ///< sealed
  std::int64_t totp_step = 0;
  std::vector<std::string> recovery;
  std::string personal;  ///< sealed; empty: erased
  std::string phone;
  std::string person;
  Instant created;
};

/// Facts of a record's body. No personal data: digests of it.
using Facts = std::map<std::string, std::string, std::less<>>;

struct Event {
  std::string kind;     ///< "account.signed-in"
  std::string subject;  ///< empty: the account itself
  std::string purpose = {};
  Facts facts = {};
};

/// What one change writes beside the account's row.
struct Step {
  std::vector<Event> events;
  std::vector<store::Statement> statements = {};
};

std::optional<AccountRow> loadAccount(store::Store& store, AccountId id);
std::optional<AccountRow> loadAccountByLogin(store::Store& store, std::string_view login);
/// By id, after `after`; of one unit or of all.
std::vector<AccountRow> loadAccounts(store::Store& store, const std::optional<std::string>& unit,
                                     AccountId after, int limit);
/// Those of these that there are, by id; fifty at most.
std::vector<AccountRow> loadAccounts(store::Store& store, std::span<const AccountId> ids);
/// Refused with "account.unknown".
Result<AccountRow> requireAccount(store::Store& store, AccountId id);

/// Loads the row, lets `step` change it, commits; again from the start when somebody was faster. `step` may
/// refuse: then nothing is written. Without events nothing is recorded.
Result<AccountRow> changeAccount(const Context& context, AccountId id, const Actor& actor,
                                 const std::function<Result<Step>(AccountRow&)>& step);
/// A new row with its first record; "account.login-taken" when the login name is in use.
Result<AccountRow> insertAccount(const Context& context, AccountRow row, const Actor& actor, Step step);

/// Sealed and keyed columns of the row from clear values, and the digests for the record.
Facts putPersonal(const Context& context, AccountRow& row, const Personal& personal);
/// Empty when erased. Throws store::StoreFault when the vault can't open it.
Personal openPersonal(const Context& context, const AccountRow& row);
Personal maskedPersonal(const Personal& personal);
Account accountOf(const Context& context, const AccountRow& row);

/// "account/17/totp": the vault's context of a column.
std::string sealContext(AccountId id, std::string_view column);
RowPlace placeOf(const AccountRow& row);
std::string subjectOf(AccountId id);

}  // namespace jinyue::identity
