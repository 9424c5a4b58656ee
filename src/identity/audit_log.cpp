#include "identity/audit_log.h"

#include <algorithm>

#include "base/json_write.h"
#include "base/text.h"
#include "identity/account_row.h"
#include "store/check.h"

namespace jinyue::identity {
namespace {

#define JINYUE_AUDIT "SELECT stream, position, at, account, kind, subject, purpose, request FROM audit WHERE "
// $1 to $3: the cursor; $4, $5: from and to; $6: kind or empty; $7: how many; $8: the entry to the list
#define JINYUE_AUDIT_REST                                                                                  \
  "at <= $1 AND (at < $1 OR stream < $2 OR (stream = $2 AND position < $3)) AND at >= $4 AND at < $5 AND " \
  "($6 = '' OR kind = $6) ORDER BY at DESC, stream DESC, position DESC LIMIT $7"

constexpr std::string_view of_all = JINYUE_AUDIT JINYUE_AUDIT_REST;
constexpr std::string_view of_account = JINYUE_AUDIT "account = $8 AND " JINYUE_AUDIT_REST;
constexpr std::string_view of_subject = JINYUE_AUDIT "subject = $8 AND " JINYUE_AUDIT_REST;
constexpr std::string_view of_both = JINYUE_AUDIT "account = $8 AND subject = $9 AND " JINYUE_AUDIT_REST;

#undef JINYUE_AUDIT
#undef JINYUE_AUDIT_REST

AuditEntry entryOf(const store::SqlRow& row) {
  return {row.integer(0), row.integer(1), row.instant(2), row.integer(3),
          row.text(4),    row.text(5),    row.text(6),    row.text(7)};
}

}  // namespace

Result<void> checkPurpose(std::string_view purpose) {
  const std::string_view text = trimmed(purpose);
  const bool good = isValidUtf8(purpose) && purpose.find('\0') == std::string_view::npos;
  const std::size_t length = good ? countCodePoints(text) : 0;
  if (length >= 4 && length <= 200) return {};
  return refuse(ProblemKind::invalid, "purpose.missing",
                {"查看个人信息须写明用途（4 至 200 字）",
                 "reading personal data needs a purpose of 4 to 200 characters"},
                "/purpose");
}

AuditLog::AuditLog(const Context& context) : context_(context) {}

Result<void> AuditLog::reveal(const Caller& caller, std::string_view subject, const RowPlace& row,
                              const std::vector<std::string>& fields, std::string_view purpose) {
  const bool own = !row.party.empty() && std::ranges::find(caller.parties, row.party) != caller.parties.end();
  if (!own || caller.duty != Duty::none) {
    if (auto may = require(caller, Permission::personal_read, row); !may) return may;
    if (auto good = checkPurpose(purpose); !good) return good;
  }
  const auto written =
      changeAccount(context_, caller.id, Actor::of(caller), [&](AccountRow&) -> Result<Step> {
        return Step{{{"personal.read",
                      std::string(subject),
                      own ? std::string("本人") : std::string(trimmed(purpose)),
                      {{"fields", toJson(fields)}}}}};
      });
  if (!written) return std::unexpected(written.error());
  return {};
}

Result<void> AuditLog::note(const Caller& caller, std::string_view kind, std::string_view subject,
                            const std::function<Result<store::Statement>()>& change) {
  const auto written =
      changeAccount(context_, caller.id, Actor::of(caller), [&](AccountRow&) -> Result<Step> {
        auto statement = change();
        if (!statement) return std::unexpected(std::move(statement).error());
        return Step{{{std::string(kind), std::string(subject), {}, {}}}, {std::move(*statement)}};
      });
  if (!written) return std::unexpected(written.error());
  return {};
}

Result<store::Page<AuditEntry>> AuditLog::list(const Caller& caller, const AuditFilter& filter,
                                               const store::PageRequest& page) const {
  const bool own = filter.subject == subjectOf(caller.id) || filter.account == caller.id;
  if (!own) {
    if (auto may = require(caller, Permission::audit_read); !may) return std::unexpected(may.error());
  }
  store::checkPage(page);
  const auto after = store::readCursor(page.after, {INT64_MAX, INT64_MAX, INT64_MAX});
  store::Statement statement = store::statement(
      of_all, after[0], after[1], after[2], filter.from ? store::millisOf(*filter.from) : INT64_MIN,
      filter.to ? store::millisOf(*filter.to) : INT64_MAX, filter.kind.value_or(""), page.limit + 1);
  if (filter.account) statement.values.push_back(store::sqlValue(*filter.account));
  if (filter.subject) statement.values.push_back(store::sqlValue(*filter.subject));
  if (filter.account && filter.subject) statement.sql = of_both;
  else if (filter.account) statement.sql = of_account;
  else if (filter.subject) statement.sql = of_subject;
  std::vector<AuditEntry> entries;
  for (const auto& row : context_.store.query(statement)) entries.push_back(entryOf(row));
  return store::makePage(std::move(entries), page.limit, [](const AuditEntry& entry) {
    return store::Cursor{store::millisOf(entry.at), entry.stream, entry.position};
  });
}

}  // namespace jinyue::identity
