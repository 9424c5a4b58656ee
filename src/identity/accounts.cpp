#include "identity/accounts.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/json_write.h"
#include "identity/account_row.h"
#include "identity/audit_log.h"
#include "identity/new_password.h"
#include "identity/sessions.h"
#include "store/check.h"

namespace jinyue::identity {
namespace {

constexpr std::string_view insert_mandate =
    "INSERT INTO mandates (account, number, firm, valid_from, valid_to, basis, recorded_by, at) "
    "VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
constexpr std::string_view select_mandates =
    "SELECT number, firm, valid_from, valid_to, basis FROM mandates WHERE account = $1 ORDER BY number";

bool isLogin(std::string_view login) {
  return login.size() >= 3 && login.size() <= 64 && std::ranges::all_of(login, [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-' ||
                  c == '@';
         });
}

/// Only the form; whether the check character fits is for the register of firms to say.
bool isFirm(std::string_view code) {
  return code.size() == 18 &&
         std::ranges::all_of(code, [](char c) { return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z'); });
}

std::optional<Date> dateOfDays(std::optional<std::int64_t> days) {
  if (!days) return std::nullopt;
  return Date{std::chrono::days{*days}};
}

std::unexpected<Problem> refuseOwnAccount() {
  return refuse(ProblemKind::forbidden, "account.own",
                {"不能对自己的账号执行此操作", "nobody does this to their own account"});
}

Result<void> requireManage(const Caller& caller, const AccountRow& row) {
  return require(caller, Permission::account_manage, placeOf(row));
}

Result<void> checkUnit(AccountKind kind, std::string_view unit) {
  if ((kind == AccountKind::officer) != unit.empty()) return {};
  return refuse(ProblemKind::invalid, "account.unit",
                {"工作人员须有单位，其他账号不能有单位", "officers have a unit, others have none"}, "/unit");
}

Result<void> checkLanguage(std::string_view language) {
  if (language == "zh" || language == "en") return {};
  return refuse(ProblemKind::invalid, "account.language", {"语言应为 zh 或 en", "the language is zh or en"},
                "/language");
}

}  // namespace

Accounts::Accounts(const Context& context, PasswordHasher& hasher, const PasswordPolicy& policy)
    : context_(context), hasher_(hasher), policy_(policy) {}

Result<Account> Accounts::create(const Caller& caller, const NewAccount& account) {
  if (auto may = require(caller, Permission::account_manage, RowPlace{account.unit, {}, {}, {}}); !may) {
    return std::unexpected(std::move(may).error());
  }
  return insert(Actor::of(caller), account, true);
}

Result<Account> Accounts::createByOperator(const NewAccount& account, bool temporary) {
  return insert(Actor{}, account, temporary);
}

Result<Account> Accounts::insert(const Actor& actor, const NewAccount& account, bool temporary) {
  if (!isLogin(account.login)) {
    return refuse(ProblemKind::invalid, "account.login",
                  {"登录名为 3 至 64 个字符：小写字母、数字、. _ - @",
                   "a login name has 3 to 64 characters of a-z 0-9 . _ - @"},
                  "/login");
  }
  if (auto good = checkUnit(account.kind, account.unit); !good) return std::unexpected(good.error());
  if (auto good = checkLanguage(account.language); !good) return std::unexpected(good.error());
  const Instant now = context_.now();
  AccountRow row;
  row.id = context_.store.reserveCaseIds(1);
  row.stamp = 1;
  row.kind = account.kind;
  row.login = account.login;
  row.unit = account.unit;
  row.posts = account.posts;
  row.language = account.language;
  row.created = now;
  if (!account.password.empty()) {
    auto encoded = newPassword(hasher_, policy_, row, account.password);
    if (!encoded) return std::unexpected(std::move(encoded).error());
    putPassword(row, *encoded, policy_, now);
    row.duty = temporary ? Duty::change_password : Duty::none;
  }
  Facts facts = putPersonal(context_, row, account.personal);
  facts.emplace("kind", boost::describe::enum_to_string(account.kind, ""));
  facts.emplace("unit", account.unit);
  facts.emplace("login", context_.digester.digest(row.id, account.login));
  auto inserted =
      insertAccount(context_, std::move(row), actor, {{{"account.created", {}, {}, std::move(facts)}}});
  if (!inserted) return std::unexpected(std::move(inserted).error());
  return accountOf(context_, *inserted);
}

Result<Account> Accounts::find(AccountId id) const {
  const auto row = requireAccount(context_.store, id);
  if (!row) return std::unexpected(row.error());
  return accountOf(context_, *row);
}

std::optional<AccountId> Accounts::findByLogin(std::string_view login) const {
  const auto row = loadAccountByLogin(context_.store, login);
  return row ? std::optional{row->id} : std::nullopt;
}

std::vector<std::string> Accounts::partiesByPhone(std::string_view phone) const {
  const std::string one_way = normalised(FieldClass::phone, phone);
  if (one_way.empty()) return {};
  const std::string key = context_.vault.lookup(wordOf(FieldClass::phone), one_way);
  std::vector<std::string> parties;
  for (const auto& row :
       context_.store.query(store::statement("SELECT person FROM accounts WHERE phone = $1 AND phone <> '' "
                                             "AND person <> '' ORDER BY id LIMIT 100",
                                             key))) {
    parties.push_back("person:" + row.text(0));
  }
  return parties;
}

std::vector<AccountId> Accounts::findByPersonal(FieldClass field, std::string_view value) const {
  const std::string one_way = normalised(field, value);
  if (one_way.empty() || (field != FieldClass::phone && field != FieldClass::id_number)) return {};
  const std::string key = context_.vault.lookup(wordOf(field), one_way);
  const std::string_view sql =
      field == FieldClass::phone
          ? "SELECT id FROM accounts WHERE phone = $1 AND phone <> '' ORDER BY id LIMIT 100"
          : "SELECT id FROM accounts WHERE person = $1 AND person <> '' ORDER BY id LIMIT 100";
  std::vector<AccountId> ids;
  for (const auto& row : context_.store.query(store::statement(sql, key))) ids.push_back(row.integer(0));
  return ids;
}

store::Page<Account> Accounts::list(const std::optional<std::string>& unit,
                                    const store::PageRequest& page) const {
  store::checkPage(page);
  const std::int64_t after = store::readCursor(page.after, {0, 0, 0})[0];
  std::vector<Account> accounts;
  for (const AccountRow& row : loadAccounts(context_.store, unit, after, page.limit + 1)) {
    accounts.push_back(accountOf(context_, row));
  }
  return store::makePage(std::move(accounts), page.limit,
                         [](const Account& account) { return store::Cursor{account.id, 0, 0}; });
}

Result<Account> Accounts::change(const Caller& caller, AccountId id, const AccountChange& change) {
  const auto row = changeAccount(context_, id, Actor::of(caller), [&](AccountRow& account) -> Result<Step> {
    const bool own = caller.id == id;
    const bool manages = caller.may(Permission::account_manage, placeOf(account)) && !own;
    if (!manages && (!own || change.unit || change.posts)) {
      return refusePermission(caller, Permission::account_manage);
    }
    if (account.status == AccountStatus::erased) {
      return refuse(ProblemKind::conflict, "account.erased", {"账号已注销", "the account is erased"});
    }
    Step step;
    Facts facts;
    if (change.unit) {
      if (auto good = checkUnit(account.kind, *change.unit); !good) return std::unexpected(good.error());
      if (auto good = require(caller, Permission::account_manage, RowPlace{*change.unit, {}, {}, {}});
          !good) {
        return std::unexpected(good.error());
      }
      account.unit = *change.unit;
      facts.emplace("unit", account.unit);
      ++account.stamp;
      step.statements.push_back(endSessions(id));
    }
    if (change.posts) {
      account.posts = *change.posts;
      facts.emplace("posts", toJson(account.posts));
    }
    if (change.language) {
      if (auto good = checkLanguage(*change.language); !good) return std::unexpected(good.error());
      account.language = *change.language;
      facts.emplace("language", account.language);
    }
    if (change.personal) {
      const Personal before = openPersonal(context_, account);
      if (!manages && before.id_number != change.personal->id_number) {
        return refuse(ProblemKind::forbidden, "account.id-number",
                      {"身份证件号码不能自行修改", "one does not change one's own ID number"},
                      "/personal/id_number");
      }
      if (before.id_number != change.personal->id_number) {  // the matters in reach are others
        ++account.stamp;
        step.statements.push_back(endSessions(id));
      }
      facts.merge(putPersonal(context_, account, *change.personal));
    }
    step.events.push_back({"account.changed", {}, {}, std::move(facts)});
    return step;
  });
  if (!row) return std::unexpected(row.error());
  return accountOf(context_, *row);
}

Result<void> Accounts::disable(const Caller& caller, AccountId id, std::string_view reason) {
  if (caller.id == id) return refuseOwnAccount();
  const auto row = changeAccount(context_, id, Actor::of(caller), [&](AccountRow& account) -> Result<Step> {
    if (auto may = requireManage(caller, account); !may) return std::unexpected(may.error());
    if (account.status != AccountStatus::active) {
      return refuse(ProblemKind::conflict, "account.not-active", {"账号未启用", "the account is not active"});
    }
    account.status = AccountStatus::disabled;
    ++account.stamp;
    return Step{{{"account.disabled", {}, std::string(reason)}}, {endSessions(id)}};
  });
  if (!row) return std::unexpected(row.error());
  return {};
}

Result<void> Accounts::enable(const Caller& caller, AccountId id, std::string_view reason) {
  if (caller.id == id) return refuseOwnAccount();
  const auto row = changeAccount(context_, id, Actor::of(caller), [&](AccountRow& account) -> Result<Step> {
    if (auto may = requireManage(caller, account); !may) return std::unexpected(may.error());
    if (account.status == AccountStatus::erased) {
      return refuse(ProblemKind::conflict, "account.erased", {"账号已注销", "the account is erased"});
    }
    account.status = AccountStatus::active;
    account.failures = 0;
    account.locked_until.reset();
    return Step{{{"account.enabled", {}, std::string(reason)}}};
  });
  if (!row) return std::unexpected(row.error());
  return {};
}

Result<void> Accounts::resetPassword(const Caller& caller, AccountId id, std::string_view password,
                                     bool drop_second_factor) {
  if (caller.id == id) return refuseOwnAccount();
  const auto before = requireAccount(context_.store, id);
  if (!before) return std::unexpected(before.error());
  if (auto may = requireManage(caller, *before); !may) return may;
  const auto encoded = newPassword(hasher_, policy_, *before, password);
  if (!encoded) return std::unexpected(encoded.error());
  const auto row = changeAccount(context_, id, Actor::of(caller), [&](AccountRow& account) -> Result<Step> {
    if (auto may = requireManage(caller, account); !may) return std::unexpected(may.error());
    if (account.status == AccountStatus::erased) {
      return refuse(ProblemKind::conflict, "account.erased", {"账号已注销", "the account is erased"});
    }
    putPassword(account, *encoded, policy_, context_.now());
    account.duty = Duty::change_password;
    ++account.stamp;
    if (drop_second_factor) {
      account.totp.clear();
      account.totp_pending.clear();
      account.recovery.clear();
    }
    return Step{
        {{"account.password-reset", {}, {}, {{"second-factor", drop_second_factor ? "dropped" : "kept"}}}},
        {endSessions(id)}};
  });
  if (!row) return std::unexpected(row.error());
  return {};
}

Result<Mandate> Accounts::addMandate(const Caller& caller, AccountId id, const Mandate& mandate) {
  if (caller.id == id) return refuseOwnAccount();
  if (!isFirm(mandate.firm)) {
    return refuse(ProblemKind::invalid, "mandate.firm",
                  {"统一社会信用代码应为 18 位", "a unified social credit code has 18 characters"}, "/firm");
  }
  if (mandate.valid_from && mandate.valid_to && *mandate.valid_to < *mandate.valid_from) {
    return refuse(ProblemKind::invalid, "dates.reversed",
                  {"结束日期早于开始日期", "it ends before it begins"}, "/valid_to");
  }
  Mandate added = mandate;
  const auto row = changeAccount(context_, id, Actor::of(caller), [&](AccountRow& account) -> Result<Step> {
    if (auto may = requireManage(caller, account); !may) return std::unexpected(may.error());
    if (account.kind != AccountKind::agent || account.status != AccountStatus::active) {
      return refuse(ProblemKind::conflict, "mandate.no-agent",
                    {"只有启用的企业经办人账号可以登记授权", "only an active agent can act for a firm"});
    }
    const auto last = context_.store.query(
        store::statement("SELECT coalesce(max(number), 0) FROM mandates WHERE account = $1", id));
    added.number = last.front().integer(0) + 1;
    ++account.stamp;
    return Step{{{"mandate.added", {}, {}, {{"firm", added.firm}, {"basis", added.basis}}}},
                {store::guarded(1, insert_mandate, id, added.number, added.firm, daysOf(added.valid_from),
                                daysOf(added.valid_to), added.basis, caller.id, context_.now()),
                 endSessions(id)}};
  });
  if (!row) return std::unexpected(row.error());
  return added;
}

Result<void> Accounts::endMandate(const Caller& caller, AccountId id, std::int64_t number, Date last_day) {
  if (caller.id == id) return refuseOwnAccount();
  const auto all = mandates(id);
  if (std::ranges::find(all, number, &Mandate::number) == all.end()) {
    return refuse(ProblemKind::not_found, "mandate.unknown", {"没有这项授权", "there is no such mandate"});
  }
  const auto row = changeAccount(context_, id, Actor::of(caller), [&](AccountRow& account) -> Result<Step> {
    if (auto may = requireManage(caller, account); !may) return std::unexpected(may.error());
    ++account.stamp;
    return Step{
        {{"mandate.ended", {}, {}, {{"number", std::to_string(number)}, {"last-day", formatDate(last_day)}}}},
        {store::guarded(1, "UPDATE mandates SET valid_to = $3 WHERE account = $1 AND number = $2", id, number,
                        daysOf(last_day)),
         endSessions(id)}};
  });
  if (!row) return std::unexpected(row.error());
  return {};
}

std::vector<Mandate> Accounts::mandates(AccountId id) const {
  std::vector<Mandate> list;
  for (const auto& row : context_.store.query(store::statement(select_mandates, id))) {
    list.push_back({row.integer(0), row.text(1), dateOfDays(row.optionalInteger(2)),
                    dateOfDays(row.optionalInteger(3)), row.text(4)});
  }
  return list;
}

Result<void> Accounts::linkExternal(const Caller& caller, AccountId id, std::string_view issuer,
                                    std::string_view subject) {
  if (caller.id == id) return refuseOwnAccount();
  const auto taken = context_.store.query(store::statement(
      "SELECT account FROM external_logins WHERE issuer = $1 AND subject = $2", issuer, subject));
  if (!taken.empty()) {
    return refuse(ProblemKind::conflict, "external.taken",
                  {"该身份已关联其他账号", "this identity is linked to an account already"});
  }
  const auto row = changeAccount(context_, id, Actor::of(caller), [&](AccountRow& account) -> Result<Step> {
    if (auto may = requireManage(caller, account); !may) return std::unexpected(may.error());
    return Step{{{"account.linked", {}, {}, {{"issuer", std::string(issuer)}}}},
                {store::guarded(1,
                                "INSERT INTO external_logins (issuer, subject, account, at) VALUES ($1, $2, "
                                "$3, $4) ON CONFLICT DO NOTHING",
                                issuer, subject, id, context_.now())}};
  });
  if (!row) return std::unexpected(row.error());
  return {};
}

Result<Personal> Accounts::readPersonal(const Caller& caller, AccountId id, std::string_view purpose) {
  const auto row = requireAccount(context_.store, id);
  if (!row) return std::unexpected(row.error());
  if (caller.id != id) {
    AuditLog audit(context_);
    if (auto allowed = audit.reveal(caller, subjectOf(id), placeOf(*row), {"personal"}, purpose); !allowed) {
      return std::unexpected(std::move(allowed).error());
    }
  }
  return openPersonal(context_, *row);
}

}  // namespace jinyue::identity
