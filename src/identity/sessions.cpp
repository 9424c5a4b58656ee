#include "identity/sessions.h"

#include <algorithm>

#include <openssl/crypto.h>

#include "base/json_read.h"
#include "base/text.h"
#include "identity/accounts.h"
#include "ledger/hash.h"

namespace jinyue::identity {
namespace {

constexpr std::size_t token_bytes = 32;
constexpr std::size_t most_cached = 20'000;

constexpr std::string_view find_session =
    "SELECT s.account, s.stamp, s.created, s.seen, s.ends, s.strong, s.external, a.stamp, a.status, a.kind, "
    "a.login, a.unit, a.posts, a.language, a.duty, a.password_at, a.person FROM sessions s "
    "JOIN accounts a ON a.id = s.account WHERE s.hash = $1";
constexpr std::string_view insert_session =
    "INSERT INTO sessions (hash, account, stamp, created, seen, ends, strong, external, address, agent) "
    "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
constexpr std::string_view note_use = "UPDATE sessions SET seen = $2 WHERE hash = $1 AND seen < $2";
constexpr std::string_view list_sessions =
    "SELECT hash, created, seen, ends, strong, address, agent FROM sessions WHERE account = $1 "
    "ORDER BY created, hash LIMIT 1000";
constexpr std::string_view firms_of =
    "SELECT firm, valid_from, valid_to FROM mandates WHERE account = $1 ORDER BY number";

std::string hashOf(std::string_view prefix, std::string_view token) {
  ledger::Hasher hasher(ledger::HashAlgorithm::sha256);
  return toHex(hasher.plain(std::string(prefix) + std::string(token)));
}

std::unexpected<Problem> refuseEnded() {
  return refuse(ProblemKind::forbidden, "session.ended",
                {"请重新登录", "this session is over; sign in again"});
}

bool holdsOn(const std::optional<Date>& from, const std::optional<Date>& to, Date day) {
  return (!from || *from <= day) && (!to || day <= *to);
}

/// Cut where no character is cut.
std::string cut(std::string_view text, std::size_t most) {
  if (!isValidUtf8(text) || text.find('\0') != std::string_view::npos) return "?";
  while (text.size() > most || !isValidUtf8(text)) text = text.substr(0, std::min(most, text.size() - 1));
  return std::string(text);
}

void commit(const Context& context, store::Statement statement) {
  store::Batch batch;
  batch.statements.push_back(std::move(statement));
  context.store.commit(batch);
}

}  // namespace

std::string sessionIdOf(std::string_view token) { return hashOf("jinyue session\n", token); }
std::string csrfTokenOf(std::string_view token) { return hashOf("jinyue csrf\n", token); }

bool isCsrfToken(std::string_view token, std::string_view given) {
  const std::string wanted = csrfTokenOf(token);
  return given.size() == wanted.size() && CRYPTO_memcmp(given.data(), wanted.data(), wanted.size()) == 0;
}

store::Statement endSessions(AccountId account) {
  return store::statement("DELETE FROM sessions WHERE account = $1", account);
}

Sessions::Sessions(const Context& context, RoleBookFn roles, const SessionPolicy& policy)
    : context_(context), roles_(std::move(roles)), policy_(policy) {}

Sessions::Begun Sessions::begin(AccountId account, std::int64_t stamp, bool strong, bool external,
                                const Client& client) const {
  const Instant now = context_.now();
  const std::string token = toHex(context_.random(token_bytes));
  return {token, store::guarded(1, insert_session, sessionIdOf(token), account, stamp, now, now,
                                now + policy_.absolute, strong, external, cut(client.address, 64),
                                cut(client.agent, 200))};
}

Result<Caller> Sessions::resolve(std::string_view token, std::string request_id) {
  if (token.size() != 2 * token_bytes) return refuseEnded();
  const std::string id = sessionIdOf(token);
  const auto rows = context_.store.query(store::statement(find_session, id));
  if (rows.empty()) return refuseEnded();
  const store::SqlRow& row = rows.front();
  const Instant now = context_.now();
  const std::int64_t stamp = row.integer(7);
  if (static_cast<AccountStatus>(row.integer(8)) != AccountStatus::active || row.integer(1) != stamp ||
      now >= row.instant(4) || now - row.instant(3) >= policy_.idle) {
    return refuseEnded();
  }
  Caller caller;
  caller.id = row.integer(0);
  caller.strong = row.boolean(5);
  const bool external = row.boolean(6);
  caller.kind = static_cast<AccountKind>(row.integer(9));
  caller.login = row.text(10);
  caller.unit = row.text(11);
  auto posts = fromJson<std::vector<std::string>>(row.text(12));
  if (!posts) throw store::StoreFault("the posts of an account can't be read");
  caller.posts = *std::move(posts);
  caller.language = row.text(13);
  caller.person = row.text(16);
  caller.request_id = std::move(request_id);
  caller.session = id;

  const auto authority = authorityOf(caller.id, stamp);
  const auto book = roles_();
  const Date today = dateOf(now);
  bool needs_second_factor = false;
  for (const Grant& grant : authority->grants) {
    if (!holdsOn(grant.valid_from, grant.valid_to, today)) continue;
    caller.held.push_back({grant.role, book->permissionsOf(grant.role), grant.scope});
    needs_second_factor = needs_second_factor || policy_.second_factor_roles.contains(grant.role);
  }
  for (const Mandate& mandate : authority->mandates) {
    if (!holdsOn(mandate.valid_from, mandate.valid_to, today) ||
        std::ranges::find(caller.firms, mandate.firm) != caller.firms.end()) {
      continue;
    }
    caller.firms.push_back(mandate.firm);
    caller.parties.push_back("firm:" + mandate.firm);
  }
  if (caller.kind == AccountKind::resident && !caller.person.empty()) {
    caller.parties.push_back("person:" + caller.person);
  }

  if (!external) {
    caller.duty = static_cast<Duty>(row.integer(14));
    const auto password_at = row.optionalInstant(15);
    if (caller.duty == Duty::none && policy_.password_max_age.count() > 0 && password_at &&
        now - *password_at >= policy_.password_max_age) {
      caller.duty = Duty::change_password;
    }
  }
  if (caller.duty == Duty::none && needs_second_factor && !caller.strong) caller.duty = Duty::second_factor;

  if (now - row.instant(3) >= policy_.note_use_every) commit(context_, store::statement(note_use, id, now));
  return caller;
}

std::shared_ptr<const Sessions::Authority> Sessions::authorityOf(AccountId account, std::int64_t stamp) {
  {
    const std::lock_guard lock(mutex_);
    const auto found = authorities_.find(account);
    if (found != authorities_.end() && found->second->stamp == stamp) return found->second;
  }
  auto authority = std::make_shared<Authority>();
  authority->stamp = stamp;
  authority->grants = Grants(context_, roles_).of(account);
  std::erase_if(authority->grants, [](const Grant& grant) { return grant.state != GrantState::active; });
  for (const auto& row : context_.store.query(store::statement(firms_of, account))) {
    const auto date = [&](std::size_t column) -> std::optional<Date> {
      if (row.isNull(column)) return std::nullopt;
      return Date{std::chrono::days{row.integer(column)}};
    };
    authority->mandates.push_back({0, row.text(0), date(1), date(2), {}});
  }
  const std::lock_guard lock(mutex_);
  if (authorities_.size() >= most_cached) authorities_.clear();
  authorities_[account] = authority;
  return authority;
}

std::vector<SessionInfo> Sessions::list(AccountId account) const {
  std::vector<SessionInfo> sessions;
  const Instant now = context_.now();
  for (const auto& row : context_.store.query(store::statement(list_sessions, account))) {
    SessionInfo session{row.text(0),    row.instant(1), row.instant(2), row.instant(3),
                        row.boolean(4), row.text(5),    row.text(6)};
    if (now < session.ends && now - session.seen < policy_.idle) sessions.push_back(std::move(session));
  }
  return sessions;
}

Result<void> Sessions::end(const Caller& caller, std::string_view id) {
  store::Batch batch;
  batch.statements.push_back(
      store::guarded(1, "DELETE FROM sessions WHERE hash = $1 AND account = $2", id, caller.id));
  if (context_.store.commit(batch).done()) return {};
  return refuse(ProblemKind::not_found, "session.unknown", {"没有这个会话", "there is no such session"});
}

void Sessions::endOthers(const Caller& caller) {
  commit(context_, store::statement("DELETE FROM sessions WHERE account = $1 AND hash <> $2", caller.id,
                                    caller.session));
}

void Sessions::signOut(const Caller& caller) {
  commit(context_, store::statement("DELETE FROM sessions WHERE hash = $1", caller.session));
}

int Sessions::forgetEnded(int limit) {
  const auto rows = context_.store.query(store::statement(
      "SELECT hash FROM sessions WHERE ends <= $1 ORDER BY ends LIMIT $2", context_.now(), limit));
  if (rows.empty()) return 0;
  store::Batch batch;
  for (const auto& row : rows) {
    batch.statements.push_back(store::statement("DELETE FROM sessions WHERE hash = $1", row.text(0)));
  }
  context_.store.commit(batch);
  return static_cast<int>(rows.size());
}

}  // namespace jinyue::identity
