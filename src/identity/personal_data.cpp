#include "identity/personal_data.h"

#include <algorithm>
#include <iterator>
#include <span>

#include "base/json_write.h"
#include "casework/seal.h"
#include "identity/account_row.h"
#include "identity/sessions.h"

namespace jinyue::identity {
namespace {

constexpr std::size_t cases_at_once = 500;
constexpr std::string_view about =
    "SELECT stream, position, at, account, kind, subject, purpose, request FROM audit WHERE subject = $1 "
    "ORDER BY at, stream, position";
constexpr std::string_view mandates_of =
    "SELECT number, firm, valid_from, valid_to, basis FROM mandates WHERE account = $1 ORDER BY number";
constexpr std::string_view sessions_of =
    "SELECT created, seen, address, agent FROM sessions WHERE account = $1 ORDER BY created, hash";

/// Writes "key":value members of an object, and commas between items.
class Writer {
 public:
  explicit Writer(std::string& out) : out_(out) {}
  template <class T>
  void member(std::string_view key, const T& value) {
    raw(key, toJson(value));
  }
  void raw(std::string_view key, std::string_view json) {
    if (!out_.ends_with('{') && !out_.ends_with('[')) out_ += ',';
    appendJsonString(out_, key);
    out_ += ':';
    out_ += json;
  }

 private:
  std::string& out_;
};

template <class Items, class Write>
std::string arrayOf(const Items& items, Write write) {
  std::string out = "[";
  for (const auto& item : items) {
    if (out.size() > 1) out += ',';
    out += '{';
    write(Writer(out), item);
    out += '}';
  }
  return out += ']';
}

std::optional<Date> dateAt(const store::SqlRow& row, std::size_t column) {
  if (row.isNull(column)) return std::nullopt;
  return Date{std::chrono::days{row.integer(column)}};
}

std::string auditOf(store::Store& store, const std::string& subject) {
  return arrayOf(store.query(store::statement(about, subject)), [](Writer out, const store::SqlRow& row) {
    out.member("at", row.instant(2));
    out.member("account", row.integer(3));
    out.member("kind", row.text(4));
    out.member("subject", row.text(5));
    out.member("purpose", row.text(6));
  });
}

}  // namespace

PersonalData::PersonalData(const Context& context, RoleBookFn roles, CasesOfFn cases_of,
                           EraseCaseFn erase_case, EraseNoticesFn erase_notices, FilesOf files_of)
    : context_(context),
      roles_(std::move(roles)),
      cases_of_(std::move(cases_of)),
      erase_case_(std::move(erase_case)),
      erase_notices_(std::move(erase_notices)),
      files_of_(std::move(files_of)) {}

std::vector<store::CaseRow> PersonalData::casesOf(std::string_view person) const {
  std::vector<store::CaseRow> rows;
  if (person.empty()) return rows;
  const auto ids = cases_of_("person:" + std::string(person));
  for (std::size_t from = 0; from < ids.size(); from += cases_at_once) {
    const auto some = std::span(ids).subspan(from, std::min(cases_at_once, ids.size() - from));
    std::ranges::move(context_.store.loadCases(some), std::back_inserter(rows));
  }
  return rows;
}

Result<std::string> PersonalData::exportOf(const Caller& caller, AccountId account,
                                           std::string_view purpose) {
  const auto row = requireAccount(context_.store, account);
  if (!row) return std::unexpected(row.error());
  if (caller.id != account) {
    if (auto may = require(caller, Permission::personal_read, placeOf(*row)); !may) {
      return std::unexpected(may.error());
    }
    if (auto good = checkPurpose(purpose); !good) return std::unexpected(good.error());
  }
  const auto recorded =
      changeAccount(context_, caller.id, Actor::of(caller), [&](AccountRow&) -> Result<Step> {
        return Step{{{"personal.exported", subjectOf(account), std::string(trimmed(purpose))}}};
      });
  if (!recorded) return std::unexpected(recorded.error());

  std::string document = "{";
  Writer out(document);
  out.member("exported", context_.now());
  out.member("account", accountOf(context_, *row));
  out.member("personal", openPersonal(context_, *row));
  out.member("grants", Grants(context_, roles_).of(account));
  out.raw("mandates", arrayOf(context_.store.query(store::statement(mandates_of, account)),
                              [](Writer item, const store::SqlRow& mandate) {
                                item.member("firm", mandate.text(1));
                                if (const auto date = dateAt(mandate, 2)) item.member("valid_from", *date);
                                if (const auto date = dateAt(mandate, 3)) item.member("valid_to", *date);
                                item.member("basis", mandate.text(4));
                              }));
  out.raw("sessions", arrayOf(context_.store.query(store::statement(sessions_of, account)),
                              [](Writer item, const store::SqlRow& session) {
                                item.member("created", session.instant(0));
                                item.member("seen", session.instant(1));
                                item.member("address", session.text(2));
                                item.member("agent", session.text(3));
                              }));
  out.raw("cases", arrayOf(casesOf(row->person), [&](Writer item, const store::CaseRow& one) {
            item.member("id", one.id);
            item.member("process", one.process);
            item.member("title", one.title);
            item.member("status", one.status);
            item.member("opened", one.opened);
            if (one.closed) item.member("closed", *one.closed);
            std::string values = "[";
            for (const store::PersonalRow& value : context_.store.loadPersonal(one.id)) {
              if (values.size() > 1) values += ',';
              auto clear = casework::Seal(context_.vault).open(value);
              if (!clear)
                throw store::StoreFault("a personal value can't be opened: " + describe(clear.error()));
              values += *clear;
            }
            item.raw("personal", values + "]");
            item.member("attachments", files_of_.a_case(one.id));
            item.raw("audit", auditOf(context_.store, "case:" + std::to_string(one.id)));
          }));
  out.member("attachments", files_of_.an_account(account));
  out.raw("audit", auditOf(context_.store, subjectOf(account)));
  return document + "}";
}

Result<Erased> PersonalData::erase(const Caller& caller, AccountId account, std::string_view reason) {
  const auto row = requireAccount(context_.store, account);
  if (!row) return std::unexpected(row.error());
  if (caller.id != account) {
    if (auto may = require(caller, Permission::account_manage, placeOf(*row)); !may) {
      return std::unexpected(may.error());
    }
  }
  Erased erased;
  for (const store::CaseRow& one : casesOf(row->person)) {
    const auto values =
        one.status == store::CaseStatus::active
            ? refuse(ProblemKind::conflict, "case.running", {"办件尚未办结", "the case is still running"})
            : erase_case_(one.id);
    if (!values) {
      erased.kept.push_back(one.id);
      continue;
    }
    ++erased.cases;
    erased.values += *values;
  }
  // Before the account forgets its addresses: they are what these notices are found by.
  erase_notices_(account, row->person, openPersonal(context_, *row), Actor::of(caller).name());
  const auto cleared =
      changeAccount(context_, account, Actor::of(caller), [&](AccountRow& changed) -> Result<Step> {
        if (changed.status == AccountStatus::erased && erased.cases == 0) {
          return refuse(ProblemKind::conflict, "account.erased", {"账号已注销", "the account is erased"});
        }
        changed.status = AccountStatus::erased;
        ++changed.stamp;
        changed.login = "erased-" + std::to_string(account);
        changed.posts.clear();
        changed.password.clear();
        changed.password_at.reset();
        changed.password_history.clear();
        changed.totp.clear();
        changed.totp_pending.clear();
        changed.recovery.clear();
        changed.personal.clear();
        changed.phone.clear();
        // What still runs must be found again when it is closed: until then the keyed hash stays.
        if (erased.kept.empty()) changed.person.clear();
        return Step{
            {{"personal.erased",
              {},
              std::string(trimmed(reason)),
              {{"cases", std::to_string(erased.cases)}, {"kept", std::to_string(erased.kept.size())}}}},
            {endSessions(account),
             store::statement("DELETE FROM external_logins WHERE account = $1", account),
             store::statement("DELETE FROM mandates WHERE account = $1", account)}};
      });
  if (!cleared) return std::unexpected(cleared.error());
  return erased;
}

}  // namespace jinyue::identity
