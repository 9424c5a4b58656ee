// A city's identity room over a fresh store: a clock that the test moves, cheap passwords, roles of a pack,
// and three administrators who are there from the start.
#pragma once

#include <map>
#include <memory>
#include <stdexcept>
#include <string>

#include <gmock/gmock.h>

#include "identity/accounts.h"
#include "identity/audit_log.h"
#include "identity/grants.h"
#include "identity/sessions.h"
#include "identity/sign_in.h"
#include "identity/totp.h"
#include "ledger/audit.h"
#include "ledger/record.h"
#include "store/fresh_store.h"
#include "store/log_view.h"

namespace jinyue::identity {

inline constexpr const char* good_password = "Yuan-Zhe-2026";

template <class T>
T must(Result<T> result) {
  if (!result) throw std::runtime_error(describe(result.error()));
  return std::move(*result);
}
inline void must(const Result<void>& result) {
  if (!result) throw std::runtime_error(describe(result.error()));
}

/// "" when the result is good.
template <class T>
std::string codeOf(const Result<T>& result) {
  return result ? "" : result.error().code;
}

inline std::vector<Role> packRoles() {
  using enum Permission;
  return {{"handler", {"经办", "handler"}, {case_start, case_read, task_work, search_read}, {"inspector"}},
          {"supervisor", {"督办", "supervisor"}, {case_read, case_supervise, task_assign, personal_read}, {}},
          {"inspector", {"督查", "inspector"}, {case_read, personal_read}, {"handler"}}};
}

class IdentityTest : public store::OnBothStores {
 protected:
  void SetUp() override {
    store::OnBothStores::SetUp();
    must(ledger::Vault::create(place.path("vault.json")));
    vault = std::make_unique<ledger::Vault>(must(ledger::Vault::load(place.path("vault.json"))));
    build();
    // Sample people, all made up.
    root = officer("security.one", "210200-data", security_admin);
    second = officer("security.two", "210200-data", security_admin);
    auditor = officer("audit.one", "210200-audit", audit_admin);
  }

  /// Everything over the store as it is, as another node would have it.
  void build() {
    context = std::make_unique<Context>(Context{*store, *vault, digester, [this] { return now; }});
    roles = [book = std::make_shared<const RoleBook>(must(RoleBook::of(packRoles())))] { return book; };
    accounts = std::make_unique<Accounts>(*context, hasher, policy);
    grants = std::make_unique<Grants>(*context, roles);
    sessions = std::make_unique<Sessions>(*context, roles, session_policy);
    sign_in = std::make_unique<SignIn>(*context, hasher, policy, LockPolicy{}, *sessions);
    audit = std::make_unique<AuditLog>(*context);
  }

  AccountId newAccount(const std::string& login, AccountKind kind, const std::string& unit = {},
                       Personal personal = {}) {
    NewAccount account;
    account.kind = kind;
    account.login = login;
    account.unit = unit;
    account.password = good_password;
    account.personal = std::move(personal);
    return must(accounts->createByOperator(account, false)).id;
  }
  AccountId officer(const std::string& login, const std::string& unit, std::string_view role = {},
                    Scope scope = {}) {
    const AccountId id = newAccount(login, AccountKind::officer, unit, {.name = "王小明"});
    if (!role.empty()) must(grants->grantByOperator({id, std::string(role), std::move(scope), {}, {}}));
    return id;
  }

  std::string tokenOf(const std::string& login, const std::string& password = good_password) {
    return must(sign_in->signIn({login, password, {}}, {"10.0.0.1", "test"})).token;
  }
  /// Signed in anew.
  Caller callerOf(const std::string& login) { return must(sessions->resolve(tokenOf(login), "req-1")); }
  std::string signInCode(const std::string& login, const std::string& password,
                         const std::string& code = {}) {
    return codeOf(sign_in->signIn({login, password, code}, {"10.0.0.1", "test"}));
  }

  std::vector<std::string> recordKinds(AccountId id) {
    std::vector<std::string> kinds;
    for (const auto& record : store->records(id, 0, 1000)) {
      kinds.push_back(must(ledger::decodeRecord(record.record)).kind);
    }
    return kinds;
  }
  std::string allRecords() {
    std::string all;
    for (const auto& record : store->journal(0, 10'000)) all += record.record + "\n";
    return all;
  }
  /// The whole log against its heads, as `jinyue verify` does it.
  std::vector<ledger::Finding> findingsOfLog() {
    ledger::LogSource source;
    source.rows = [this](std::uint64_t from, int limit) {
      std::vector<ledger::LogRow> rows;
      for (auto& record : store->journal(from, limit)) {
        rows.push_back({record.sequence, record.case_id, record.position, std::move(record.record)});
      }
      return rows;
    };
    source.tiles = [this](int level, std::int64_t index) { return store->tile(level, index); };
    source.head = [this] { return store->head(); };
    source.kept_heads = [this](std::uint64_t from, int limit) { return store->keptHeads(from, limit); };
    return ledger::audit(source).findings;
  }

  Instant now = *parseInstant("2026-11-26T01:00:00Z");  // 09:00 in China
  PasswordPolicy policy;
  SessionPolicy session_policy;
  PasswordHasher hasher{PasswordCost{.memory_kib = 64, .iterations = 1, .lanes = 1}, ledger::randomBytes};
  ledger::PersonalDigester digester{ledger::HashAlgorithm::sha256, std::string(32, 'k')};
  std::unique_ptr<ledger::Vault> vault;
  std::unique_ptr<Context> context;
  RoleBookFn roles;
  std::unique_ptr<Accounts> accounts;
  std::unique_ptr<Grants> grants;
  std::unique_ptr<Sessions> sessions;
  std::unique_ptr<SignIn> sign_in;
  std::unique_ptr<AuditLog> audit;
  AccountId root = 0;
  AccountId second = 0;
  AccountId auditor = 0;
};

}  // namespace jinyue::identity
