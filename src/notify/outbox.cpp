#include "notify/outbox.h"

#include <charconv>

#include <fmt/format.h>

#include "base/json_read.h"
#include "ledger/hash.h"

namespace jinyue::notify {
namespace {

using store::Blob;
using store::guarded;
using store::SqlRow;
using store::sqlValue;
using store::statement;

#define SUMMARY                                                                                      \
  "id, channel, state, created, wake, attempts, error, sent_at, case_id, pack, unit, area, notice, " \
  "recipient, language, title, decided_by, party"
constexpr std::size_t summary_columns = 18;

constexpr std::string_view insert =
    "INSERT INTO notices (id, channel, state, created, wake, holder, attempts, error, sent_at, case_id, pack,"
    " unit, area, party, notice, recipient, language, title, address, content, decided_by)"
    " VALUES ($1, $2, 0, $3, $3, '', 0, '', NULL, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, '')"
    " ON CONFLICT (id) DO NOTHING";
constexpr std::string_view is_due = "SELECT id FROM notices WHERE channel = $1 AND wake <= $2 LIMIT 1";
// The outer condition on wake is the guard: of two nodes that chose the same row one finds it held.
constexpr std::string_view hold =
    "UPDATE notices SET holder = $1, wake = $2 WHERE wake <= $3 AND id IN"
    " (SELECT id FROM notices WHERE channel = $4 AND wake <= $3 ORDER BY wake, id LIMIT $5)";
constexpr std::string_view held =
    "SELECT " SUMMARY
    ", address, content FROM notices WHERE channel = $1 AND wake = $2 AND holder = $3"
    " ORDER BY created, id";
constexpr std::string_view mark_sent =
    "UPDATE notices SET state = 1, wake = NULL, holder = '', attempts = $2, error = '', sent_at = $3"
    " WHERE id = $1 AND state <> 1";
constexpr std::string_view mark_failed =
    "UPDATE notices SET state = 2, wake = $3, holder = '', attempts = $4, error = $5"
    " WHERE id = $1 AND holder = $2";
constexpr std::string_view mark_dead =
    "UPDATE notices SET state = 3, wake = NULL, holder = '', attempts = $3, error = $4"
    " WHERE id = $1 AND holder = $2";
constexpr std::string_view put_address =
    "UPDATE notices SET address = $2 WHERE id = $1 AND content IS NOT NULL";
constexpr std::string_view one = "SELECT " SUMMARY ", address, content FROM notices WHERE id = $1";
#define NOT_BEING_SENT "(holder = '' OR wake IS NULL OR wake <= $3)"
#define MAY_BE_RETRIED " WHERE id = $1 AND state IN (2, 3, 4) AND content IS NOT NULL AND " NOT_BEING_SENT
#define MAY_BE_GIVEN_UP " WHERE id = $1 AND state IN (0, 2, 3) AND " NOT_BEING_SENT
constexpr std::string_view retry_one =
    "UPDATE notices SET state = 0, wake = $3, holder = '', attempts = 0, decided_by = $2" MAY_BE_RETRIED;
constexpr std::string_view give_up_one =
    "UPDATE notices SET state = 4, wake = NULL, holder = '', decided_by = $2" MAY_BE_GIVEN_UP;
constexpr std::string_view may_be_retried = "SELECT id FROM notices" MAY_BE_RETRIED " AND $2 <> ''";
constexpr std::string_view may_be_given_up = "SELECT id FROM notices" MAY_BE_GIVEN_UP " AND $2 <> ''";
constexpr std::string_view give_up_all =
    "UPDATE notices SET state = 4, wake = NULL, holder = '', decided_by = $2 WHERE recipient = $1 AND state "
    "<> 1";
constexpr std::string_view erase_all =
    "UPDATE notices SET address = NULL, content = NULL, title = '' WHERE recipient = $1";
constexpr std::string_view count_some =
    "SELECT count(*) FROM (SELECT id FROM notices WHERE state = $1 LIMIT $2) AS few";

std::string contextOf(std::string_view id, std::string_view field) {
  return fmt::format("notice/{}/{}", id, field);
}

NoticeSummary readSummary(const SqlRow& row) {
  NoticeSummary summary;
  summary.id = row.text(0);
  summary.channel = static_cast<Channel>(row.integer(1));
  summary.state = static_cast<State>(row.integer(2));
  summary.created = row.instant(3);
  summary.next_attempt = row.optionalInstant(4);
  summary.attempts = static_cast<int>(row.integer(5));
  summary.error = row.text(6);
  summary.sent_at = row.optionalInstant(7);
  summary.case_id = row.integer(8);
  summary.pack = row.text(9);
  summary.unit = row.text(10);
  summary.area = row.text(11);
  summary.notice = row.text(12);
  summary.recipient = row.text(13);
  summary.language = static_cast<Language>(row.integer(14));
  summary.title = row.text(15);
  summary.decided_by = row.text(16);
  summary.party = row.text(17);
  return summary;
}

Result<std::string> opened(const ledger::Vault& vault, const SqlRow& row, std::size_t column,
                           std::string_view field) {
  if (row.isNull(column)) return std::string{};
  return vault.open(row.bytes(column), contextOf(row.text(0), field));
}

/// Address and content of a row with SUMMARY, address, content.
Result<void> readSealed(const ledger::Vault& vault, const SqlRow& row, std::string& address,
                        Content& content) {
  auto clear_address = opened(vault, row, summary_columns, "address");
  if (!clear_address) return std::unexpected(std::move(clear_address.error()));
  address = std::move(*clear_address);
  const auto json = opened(vault, row, summary_columns + 1, "content");
  if (!json) return std::unexpected(json.error());
  if (json->empty()) return {};
  auto read = fromJson<Content>(*json);
  if (!read) return std::unexpected(std::move(read.error()));
  content = std::move(*read);
  return {};
}

/// A statement that grows with its filter. Lists are filled up to a power of two, so that there are few
/// different texts of it.
class Where {
 public:
  explicit Where(store::Statement& statement) : statement_(statement) {}

  std::string value(store::SqlValue value) {
    statement_.values.push_back(std::move(value));
    return fmt::format("${}", statement_.values.size());
  }

  std::string scope(const identity::RowScope& scope) {
    std::string any;
    for (const identity::Alternative& each : scope.any) {
      std::string all;
      for (const auto& [column, allowed] : {std::pair{"unit", &each.units},
                                            {"area", &each.areas},
                                            {"pack", &each.packs},
                                            {"party", &each.parties}}) {
        if (allowed->empty()) continue;
        if (!all.empty()) all += " AND ";
        all += fmt::format("{} IN ({})", column, list(*allowed));
      }
      if (all.empty()) return {};  // an alternative that admits everything
      any += fmt::format("{}({})", any.empty() ? "" : " OR ", all);
    }
    return any.empty() ? " AND 1 = 0" : fmt::format(" AND ({})", any);
  }

 private:
  std::string list(const std::vector<std::string>& texts) {
    std::size_t length = 1;
    while (length < texts.size()) length *= 2;
    std::string marks;
    for (std::size_t i = 0; i < length; ++i) {
      if (i > 0) marks += ", ";
      marks += value(sqlValue(texts[std::min(i, texts.size() - 1)]));
    }
    return marks;
  }

  store::Statement& statement_;
};

/// "1764126000000.<id>" and back.
std::string cursorAfter(const NoticeSummary& last) {
  return fmt::format("{}.{}", last.created.time_since_epoch().count(), last.id);
}

std::pair<std::int64_t, std::string> placeOf(const std::string& cursor) {
  const std::size_t dot = cursor.find('.');
  std::int64_t created = 0;
  const char* end = cursor.data() + std::min(dot, cursor.size());
  const auto read = std::from_chars(cursor.data(), end, created);
  if (dot == std::string::npos || read.ptr != end || read.ec != std::errc{})
    throw std::invalid_argument("a cursor that no page gave");
  return {created, cursor.substr(dot + 1)};
}

std::unexpected<Problem> refuseUnknown(const std::string& id) {
  return refuse(ProblemKind::not_found, "notice.unknown", {"没有这条通知", "there is no such notice"}, id);
}

}  // namespace

Outbox::Outbox(store::Store& store, const ledger::Vault& vault, std::string node)
    : store_(store), vault_(vault), node_(std::move(node)) {}

std::string Outbox::idOf(std::string_view key, store::CaseId case_id) {
  const std::string hash = ledger::toHex(ledger::Hasher(ledger::HashAlgorithm::sha256).plain(key));
  return fmt::format("{:012x}{:.20}", case_id, hash);
}

std::string Outbox::recipientOf(Channel channel, std::string_view address) const {
  const std::string field = boost::describe::enum_to_string(channel, "");
  return fmt::format("{}:{}", field, vault_.lookup("notice/" + field, address));
}

void Outbox::put(store::Batch& batch, const NewNotice& notice) const {
  const std::string id = idOf(notice.key, notice.case_id);
  std::optional<Blob> address;
  if (!notice.address.empty()) address = Blob{vault_.seal(notice.address, contextOf(id, "address"))};
  const Blob content{vault_.seal(toJson(notice.content), contextOf(id, "content"))};
  const std::string recipient = !notice.recipient.empty() || notice.address.empty()
                                    ? notice.recipient
                                    : recipientOf(notice.channel, notice.address);
  batch.statements.push_back(statement(insert, id, notice.channel, notice.at, notice.case_id, notice.pack,
                                       notice.unit, notice.area, notice.party, notice.notice, recipient,
                                       notice.language, notice.title, address, content));
}

void Outbox::write(std::span<const NewNotice> notices) {
  if (notices.empty()) return;
  store::Batch batch;
  for (const NewNotice& notice : notices) put(batch, notice);
  store_.commit(batch);
}

std::vector<Claimed> Outbox::claim(Channel channel, Instant now, Instant until, int limit) {
  if (store_.query(statement(is_due, channel, now)).empty()) return {};
  const std::string holder = fmt::format("{}-{}", node_, ++claims_);
  store::Batch batch;
  batch.statements.push_back(statement(hold, holder, until, now, channel, limit));
  store_.commit(batch);
  std::vector<Claimed> claimed;
  for (const SqlRow& row : store_.query(statement(held, channel, until, holder))) {
    const NoticeSummary summary = readSummary(row);
    Claimed next{{summary.id,
                  channel,
                  {},
                  summary.language,
                  {},
                  summary.notice,
                  summary.case_id,
                  summary.created,
                  summary.attempts + 1},
                 summary.recipient,
                 holder,
                 {}};
    if (const auto read = readSealed(vault_, row, next.notice.address, next.notice.content); !read)
      next.unreadable = read.error().code;
    claimed.push_back(std::move(next));
  }
  return claimed;
}

void Outbox::mark(std::span<const Mark> marks) {
  if (marks.empty()) return;
  store::Batch batch;
  for (const Mark& mark : marks) {
    switch (mark.state) {
      case State::sent:
        batch.statements.push_back(statement(mark_sent, mark.id, mark.attempts, mark.at));
        break;
      case State::failed:
        batch.statements.push_back(
            statement(mark_failed, mark.id, mark.holder, mark.at, mark.attempts, mark.error));
        break;
      case State::dead:
        batch.statements.push_back(statement(mark_dead, mark.id, mark.holder, mark.attempts, mark.error));
        break;
      default: throw std::invalid_argument("a mark is sent, failed or dead");
    }
    if (mark.address) {
      batch.statements.push_back(
          statement(put_address, mark.id, Blob{vault_.seal(*mark.address, contextOf(mark.id, "address"))}));
    }
  }
  store_.commit(batch);
}

store::Page<NoticeSummary> Outbox::list(const NoticeFilter& filter, const store::PageRequest& page) {
  if (page.limit < 1 || page.limit > 1000) throw std::invalid_argument("a page has 1 to 1000 rows");
  if (filter.state.has_value() + filter.case_id.has_value() + filter.recipient.has_value() +
          filter.party.has_value() !=
      1)
    throw std::invalid_argument("a list of notices is entered by state, case, recipient or party");
  store::Statement query;
  Where where(query);
  query.sql = "SELECT " SUMMARY " FROM notices WHERE ";
  if (filter.state) query.sql += "state = " + where.value(sqlValue(*filter.state));
  if (filter.case_id) query.sql += "case_id <> 0 AND case_id = " + where.value(sqlValue(*filter.case_id));
  if (filter.recipient) query.sql += "recipient = " + where.value(sqlValue(*filter.recipient));
  if (filter.party) query.sql += "party <> '' AND party = " + where.value(sqlValue(*filter.party));
  if (!page.after.empty()) {
    const auto [created, id] = placeOf(page.after);
    const std::string at = where.value(sqlValue(created));
    query.sql += fmt::format(" AND (created, id) < ({}, {})", at, where.value(sqlValue(id)));
  }
  query.sql += where.scope(filter.scope);
  query.sql += " ORDER BY created DESC, id DESC LIMIT " + where.value(sqlValue(page.limit + 1));
  store::Page<NoticeSummary> result;
  for (const SqlRow& row : store_.query(query)) result.rows.push_back(readSummary(row));
  if (result.rows.size() > static_cast<std::size_t>(page.limit)) {
    result.rows.pop_back();
    result.next = cursorAfter(result.rows.back());
  }
  return result;
}

Result<NoticeSummary> Outbox::find(const std::string& id) {
  const auto rows = store_.query(statement(one, id));
  if (rows.empty()) return refuseUnknown(id);
  return readSummary(rows.front());
}

Result<OpenedNotice> Outbox::open(const std::string& id) {
  const auto rows = store_.query(statement(one, id));
  if (rows.empty()) return refuseUnknown(id);
  OpenedNotice notice{readSummary(rows.front()), {}, {}};
  if (auto read = readSealed(vault_, rows.front(), notice.address, notice.content); !read)
    return std::unexpected(std::move(read.error()));
  return notice;
}

Result<store::Statement> Outbox::decide(std::string_view may, store::Statement change,
                                        const std::string& id) {
  store::Statement look = change;
  look.sql = may;
  look.expected.reset();
  if (!store_.query(look).empty()) return change;
  if (const auto found = find(id); !found) return std::unexpected(found.error());
  return refuse(ProblemKind::conflict, "notice.not-now",
                {"通知已发出、正在发送或内容已清除", "the notice was sent, is being sent, or is erased"}, id);
}

Result<store::Statement> Outbox::retry(const std::string& id, const std::string& by, Instant now) {
  return decide(may_be_retried, guarded(1, retry_one, id, by, now), id);
}

Result<store::Statement> Outbox::giveUp(const std::string& id, const std::string& by, Instant now) {
  return decide(may_be_given_up, guarded(1, give_up_one, id, by, now), id);
}

void Outbox::erase(const std::string& recipient, const std::string& by) {
  store::Batch batch;
  batch.statements.push_back(statement(give_up_all, recipient, by));
  batch.statements.push_back(statement(erase_all, recipient));
  store_.commit(batch);
}

std::int64_t Outbox::count(State state, int limit) {
  return store_.query(statement(count_some, state, limit)).at(0).integer(0);
}

}  // namespace jinyue::notify
