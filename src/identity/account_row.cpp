#include "identity/account_row.h"

#include <algorithm>
#include <iterator>

#include <fmt/format.h>

#include "base/json_read.h"
#include "base/json_write.h"
#include "ledger/record.h"

namespace jinyue::identity {
namespace {

constexpr int most_attempts = 20;

#define JINYUE_ACCOUNT_COLUMNS                                                                               \
  "id, version, stamp, kind, status, login, unit, posts, language, duty, password, password_at, "            \
  "password_history, failures, failed_at, locked_until, totp, totp_pending, totp_step, recovery, personal, " \
  "phone, person, created"

constexpr std::string_view by_id = "SELECT " JINYUE_ACCOUNT_COLUMNS " FROM accounts WHERE id = $1";
constexpr std::string_view by_login = "SELECT " JINYUE_ACCOUNT_COLUMNS " FROM accounts WHERE login = $1";
constexpr std::string_view list_all =
    "SELECT " JINYUE_ACCOUNT_COLUMNS " FROM accounts WHERE id > $1 ORDER BY id LIMIT $2";
constexpr std::string_view list_unit =
    "SELECT " JINYUE_ACCOUNT_COLUMNS " FROM accounts WHERE unit = $3 AND id > $1 ORDER BY id LIMIT $2";
constexpr std::size_t most_ids = 50;
/// With as many placeholders as ids may be given: one text for any number of them.
const std::string& byIds() {
  static const std::string sql = [] {
    std::string text = "SELECT " JINYUE_ACCOUNT_COLUMNS " FROM accounts WHERE id IN ($1";
    for (std::size_t i = 2; i <= most_ids; ++i) text += fmt::format(", ${}", i);
    return text + ") ORDER BY id";
  }();
  return sql;
}
constexpr std::string_view insert_account =
    "INSERT INTO accounts (" JINYUE_ACCOUNT_COLUMNS
    ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, "
    "$21, $22, $23, $24) ON CONFLICT DO NOTHING";
constexpr std::string_view update_account =
    "UPDATE accounts SET version = $2, stamp = $3, kind = $4, status = $5, login = $6, unit = $7, posts = "
    "$8, "
    "language = $9, duty = $10, password = $11, password_at = $12, password_history = $13, failures = $14, "
    "failed_at = $15, locked_until = $16, totp = $17, totp_pending = $18, totp_step = $19, recovery = $20, "
    "personal = $21, phone = $22, person = $23, created = $24 WHERE id = $1 AND version = $25";
constexpr std::string_view insert_audit =
    "INSERT INTO audit (stream, position, at, account, kind, subject, purpose, request) "
    "VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";

std::vector<std::string> listOf(const std::string& json) {
  auto list = fromJson<std::vector<std::string>>(json);
  if (!list) throw store::StoreFault("a list in a row of accounts can't be read: " + describe(list.error()));
  return *std::move(list);
}

store::SqlValue textOrNull(const std::string& text) {
  return text.empty() ? store::SqlValue{} : store::SqlValue{text};
}
store::SqlValue bytesOrNull(const std::string& bytes) {
  return bytes.empty() ? store::SqlValue{} : store::SqlValue{store::Blob{bytes}};
}

std::vector<store::SqlValue> valuesOf(const AccountRow& row) {
  using store::sqlValue;
  return {sqlValue(row.id),
          sqlValue(row.version),
          sqlValue(row.stamp),
          sqlValue(row.kind),
          sqlValue(row.status),
          sqlValue(row.login),
          sqlValue(row.unit),
          sqlValue(toJson(row.posts)),
          sqlValue(row.language),
          sqlValue(row.duty),
          textOrNull(row.password),
          sqlValue(row.password_at),
          sqlValue(toJson(row.password_history)),
          sqlValue(row.failures),
          sqlValue(row.failed_at),
          sqlValue(row.locked_until),
          bytesOrNull(row.totp),
          bytesOrNull(row.totp_pending),
          sqlValue(row.totp_step),
          sqlValue(toJson(row.recovery)),
          bytesOrNull(row.personal),
          sqlValue(row.phone),
          sqlValue(row.person),
          sqlValue(row.created)};
}

AccountRow rowOf(const store::SqlRow& from) {
  AccountRow row;
  row.id = from.integer(0);
  row.version = from.integer(1);
  row.stamp = from.integer(2);
  row.kind = static_cast<AccountKind>(from.integer(3));
  row.status = static_cast<AccountStatus>(from.integer(4));
  row.login = from.text(5);
  row.unit = from.text(6);
  row.posts = listOf(from.text(7));
  row.language = from.text(8);
  row.duty = static_cast<Duty>(from.integer(9));
  row.password = from.optionalText(10).value_or("");
  row.password_at = from.optionalInstant(11);
  row.password_history = listOf(from.text(12));
  row.failures = static_cast<int>(from.integer(13));
  row.failed_at = from.optionalInstant(14);
  row.locked_until = from.optionalInstant(15);
  if (!from.isNull(16)) row.totp = from.bytes(16);
  if (!from.isNull(17)) row.totp_pending = from.bytes(17);
  row.totp_step = from.integer(18);
  row.recovery = listOf(from.text(19));
  if (!from.isNull(20)) row.personal = from.bytes(20);
  row.phone = from.text(21);
  row.person = from.text(22);
  row.created = from.instant(23);
  return row;
}

std::optional<AccountRow> loadOne(store::Store& store, const store::Statement& statement) {
  const auto rows = store.query(statement);
  return rows.empty() ? std::nullopt : std::optional{rowOf(rows.front())};
}

/// Records and audit entries of the events at the positions after the row's version, which they raise.
void record(const Context& context, AccountRow& row, const Actor& actor, Step& step, store::Batch& batch) {
  const Instant now = context.now();
  for (Event& event : step.events) {
    ++row.version;
    if (event.subject.empty()) event.subject = subjectOf(row.id);
    Facts body = event.facts;
    body.emplace("subject", event.subject);
    if (!event.purpose.empty()) body.emplace("purpose", event.purpose);
    if (!actor.request_id.empty()) body.emplace("request", actor.request_id);
    batch.journal.push_back({row.id, row.version,
                             ledger::encodeRecord({row.id, row.version, event.kind, actor.name(), now,
                                                   "identity@1", toJson(body)})});
    batch.statements.push_back(store::guarded(1, insert_audit, row.id, row.version, now, actor.account,
                                              event.kind, event.subject, event.purpose, actor.request_id));
  }
}

}  // namespace

#undef JINYUE_ACCOUNT_COLUMNS

std::optional<AccountRow> loadAccount(store::Store& store, AccountId id) {
  return loadOne(store, store::statement(by_id, id));
}

std::optional<AccountRow> loadAccountByLogin(store::Store& store, std::string_view login) {
  return loadOne(store, store::statement(by_login, login));
}

std::vector<AccountRow> loadAccounts(store::Store& store, const std::optional<std::string>& unit,
                                     AccountId after, int limit) {
  std::vector<AccountRow> accounts;
  for (const auto& row : store.query(unit ? store::statement(list_unit, after, limit, *unit)
                                          : store::statement(list_all, after, limit))) {
    accounts.push_back(rowOf(row));
  }
  return accounts;
}

std::vector<AccountRow> loadAccounts(store::Store& store, std::span<const AccountId> ids) {
  if (ids.empty()) return {};
  if (ids.size() > most_ids) throw std::invalid_argument("too many accounts at once");
  store::Statement statement{byIds(), {}, {}};
  for (std::size_t i = 0; i < most_ids; ++i)
    statement.values.push_back(store::sqlValue(ids[std::min(i, ids.size() - 1)]));
  std::vector<AccountRow> accounts;
  for (const auto& row : store.query(statement)) accounts.push_back(rowOf(row));
  return accounts;
}

Result<AccountRow> requireAccount(store::Store& store, AccountId id) {
  if (auto row = loadAccount(store, id)) return *std::move(row);
  return refuse(ProblemKind::not_found, "account.unknown", {"没有这个账号", "there is no such account"},
                std::to_string(id));
}

Result<AccountRow> changeAccount(const Context& context, AccountId id, const Actor& actor,
                                 const std::function<Result<Step>(AccountRow&)>& step) {
  for (int attempt = 0; attempt < most_attempts; ++attempt) {
    auto row = requireAccount(context.store, id);
    if (!row) return row;
    const std::int64_t before = row->version;
    auto done = step(*row);
    if (!done) return std::unexpected(std::move(done).error());
    store::Batch batch;
    if (done->events.empty() && done->statements.empty()) return row;
    if (!done->events.empty()) {
      store::Batch records;
      record(context, *row, actor, *done, records);
      store::Statement update = store::guarded(1, update_account);
      update.values = valuesOf(*row);
      update.values.push_back(store::sqlValue(before));
      batch.statements.push_back(std::move(update));  // first: it is the guard of all that follows
      batch.journal = std::move(records.journal);
      std::ranges::move(records.statements, std::back_inserter(batch.statements));
    }
    std::ranges::move(done->statements, std::back_inserter(batch.statements));
    if (context.store.commit(batch).done()) return row;
  }
  return refuse(ProblemKind::unavailable, "account.busy",
                {"账号正在被其他操作修改，请稍后再试", "others are changing this account; try again"});
}

Result<AccountRow> insertAccount(const Context& context, AccountRow row, const Actor& actor, Step step) {
  store::Batch batch;
  store::Batch records;
  row.version = 0;
  record(context, row, actor, step, records);
  store::Statement insert = store::guarded(1, insert_account);
  insert.values = valuesOf(row);
  batch.statements.push_back(std::move(insert));
  batch.journal = std::move(records.journal);
  std::ranges::move(records.statements, std::back_inserter(batch.statements));
  std::ranges::move(step.statements, std::back_inserter(batch.statements));
  if (context.store.commit(batch).done()) return row;
  return refuse(ProblemKind::conflict, "account.login-taken", {"登录名已被使用", "the login name is in use"},
                "/login");
}

Facts putPersonal(const Context& context, AccountRow& row, const Personal& personal) {
  const auto found_by = [&](FieldClass field, const std::string& value) {
    const std::string one_way = normalised(field, value);
    return one_way.empty() ? std::string{} : context.vault.lookup(wordOf(field), one_way);
  };
  row.personal = context.vault.seal(toJson(personal), sealContext(row.id, "personal"));
  row.phone = found_by(FieldClass::phone, personal.phone);
  row.person = found_by(FieldClass::id_number, personal.id_number);
  return {{"personal", context.digester.digest(row.id, toJson(personal))}};
}

Personal openPersonal(const Context& context, const AccountRow& row) {
  if (row.personal.empty()) return {};
  const auto json = context.vault.open(row.personal, sealContext(row.id, "personal"));
  if (!json) throw store::StoreFault(describe(json.error()));
  auto personal = fromJson<Personal>(*json);
  if (!personal) throw store::StoreFault("sealed personal data can't be read");
  return *std::move(personal);
}

Personal maskedPersonal(const Personal& personal) {
  return {masked(FieldClass::name, personal.name), masked(FieldClass::phone, personal.phone),
          masked(FieldClass::id_number, personal.id_number), masked(FieldClass::email, personal.email)};
}

Account accountOf(const Context& context, const AccountRow& row) {
  return {row.id,
          row.version,
          row.kind,
          row.status,
          row.login,
          row.unit,
          row.posts,
          row.language,
          maskedPersonal(openPersonal(context, row)),
          !row.totp.empty(),
          row.locked_until && *row.locked_until > context.now() ? row.locked_until : std::nullopt,
          row.created};
}

std::string sealContext(AccountId id, std::string_view column) {
  return fmt::format("account/{}/{}", id, column);
}

RowPlace placeOf(const AccountRow& row) { return {row.unit, {}, {}, {}}; }

std::string subjectOf(AccountId id) { return fmt::format("account:{}", id); }

}  // namespace jinyue::identity
