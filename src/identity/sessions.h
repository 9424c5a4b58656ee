// Sessions: a random token in the client's hands, its hash in the store.
#pragma once

#include <chrono>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "identity/caller.h"
#include "identity/context.h"
#include "identity/grants.h"

namespace jinyue::identity {

struct SessionPolicy {
  std::chrono::minutes idle{30};                ///< without a request
  std::chrono::minutes absolute{12 * 60};       ///< since sign-in
  std::chrono::seconds note_use_every{60};      ///< how exactly idleness is known
  std::set<std::string> second_factor_roles{};  ///< roles that work in a session of two factors only
  std::chrono::days password_max_age{180};      ///< see PasswordPolicy::max_age
};

/// Where a session was begun.
struct Client {
  std::string address;
  std::string agent;  ///< as the browser calls itself; cut to 200 bytes
};

struct SessionInfo {
  std::string id;  ///< hash of its token: names it, does not open it
  Instant created;
  Instant seen;
  Instant ends;
  bool strong = false;
  std::string address;
  std::string agent;
};
BOOST_DESCRIBE_STRUCT(SessionInfo, (), (id, created, seen, ends, strong, address, agent))

/// The hash under which a token is stored.
std::string sessionIdOf(std::string_view token);
/// Goes with every write from a page (header or form field); follows from the token and does not tell it.
std::string csrfTokenOf(std::string_view token);
/// In constant time.
bool isCsrfToken(std::string_view token, std::string_view given);

class Sessions {
 public:
  Sessions(const Context& context, RoleBookFn roles, const SessionPolicy& policy);

  /// Who asks: one query, and two more when the account's rights changed since they were last read here.
  /// Refused with "session.ended" (kind forbidden): unknown, ended, idle too long, too old, account disabled,
  /// rights changed since.
  Result<Caller> resolve(std::string_view token, std::string request_id);

  std::vector<SessionInfo> list(AccountId account) const;
  /// One of the caller's own.
  Result<void> end(const Caller& caller, std::string_view id);
  /// All of the caller's own but this one.
  void endOthers(const Caller& caller);
  /// Ends the caller's session.
  void signOut(const Caller& caller);
  /// Housekeeping: removes sessions that are over; the number of them.
  int forgetEnded(int limit);

  /// A new session's token and the statement that begins it; for those who sign accounts in.
  struct Begun {
    std::string token;
    store::Statement statement;
  };
  Begun begin(AccountId account, std::int64_t stamp, bool strong, bool external, const Client& client) const;

 private:
  struct Authority {
    std::int64_t stamp = 0;
    std::vector<Grant> grants;
    std::vector<Mandate> mandates;
  };
  std::shared_ptr<const Authority> authorityOf(AccountId account, std::int64_t stamp);

  Context context_;
  RoleBookFn roles_;
  SessionPolicy policy_;
  std::mutex mutex_;
  std::unordered_map<AccountId, std::shared_ptr<const Authority>> authorities_;
};

/// Ends all sessions of an account.
store::Statement endSessions(AccountId account);

}  // namespace jinyue::identity
