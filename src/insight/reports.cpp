#include "insight/reports.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/json_read.h"
#include "ledger/hash.h"
#include "ledger/record.h"
#include "store/merged_list.h"

namespace jinyue::insight {
namespace {

using store::SqlRow;
using store::statement;

#define REPORT_COLUMNS                                                                     \
  "id, version, pack, bulletin, period, edition, status, title, digest, reason, drafted, " \
  "drafted_by, frozen, frozen_by, published, published_by"

constexpr std::string_view report_by_id_sql = "SELECT " REPORT_COLUMNS ", body FROM bulletins WHERE id = $1";
constexpr std::string_view insert_report_sql =
    "INSERT INTO bulletins (" REPORT_COLUMNS
    ", body) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12,"
    " $13, $14, $15, $16, $17)";
constexpr std::string_view update_report_sql =
    "UPDATE bulletins SET version = $2, status = $3, title = $4, digest = $5, reason = $6, drafted = $7,"
    " drafted_by = $8, frozen = $9, frozen_by = $10, published = $11, published_by = $12, body = $13"
    " WHERE id = $1 AND version = $2 - 1";
constexpr std::string_view supersede_sql =
    "UPDATE bulletins SET status = 3 WHERE pack = $1 AND bulletin = $2 AND period = $3 AND status = 2 AND id "
    "<> $4";
constexpr std::string_view newest_report_sql =
    "SELECT " REPORT_COLUMNS
    ", body FROM bulletins WHERE pack = $1 AND bulletin = $2 AND period = $3"
    " ORDER BY edition DESC LIMIT 1";
constexpr std::string_view newest_public_sql =
    "SELECT " REPORT_COLUMNS
    ", body FROM bulletins WHERE pack = $1 AND bulletin = $2 AND period = $3"
    " AND (status = 2 OR status = 3) ORDER BY edition DESC LIMIT 1";

Report readReport(const SqlRow& row) {
  Report report;
  report.id = row.integer(0);
  report.version = row.integer(1);
  report.pack = row.text(2);
  report.bulletin = row.text(3);
  report.period = row.text(4);
  report.edition = row.integer(5);
  report.status = static_cast<ReportStatus>(row.integer(6));
  report.title = row.text(7);
  report.digest = row.text(8);
  report.reason = row.text(9);
  report.drafted = row.instant(10);
  report.drafted_by = row.text(11);
  report.frozen = row.optionalInstant(12);
  report.frozen_by = row.text(13);
  report.published = row.optionalInstant(14);
  report.published_by = row.text(15);
  if (row.values.size() > 16) report.body = row.text(16);
  return report;
}

std::optional<Report> firstReport(const std::vector<SqlRow>& rows) {
  return rows.empty() ? std::nullopt : std::optional{readReport(rows.front())};
}

/// Body of a report's records.
struct ReportRecord {
  static constexpr bool json_sparse = true;
  std::string pack;
  std::string bulletin;
  std::string period;
  std::int64_t edition = 0;
  std::string digest;  ///< SHA-256 of what it says
  std::string reason;
};
BOOST_DESCRIBE_STRUCT(ReportRecord, (), (pack, bulletin, period, edition, digest, reason))

std::string recordOf(const Report& report, std::string_view reason = {}) {
  return toJson(ReportRecord{report.pack, report.bulletin, report.period, report.edition, report.digest,
                             std::string{reason}});
}

std::unexpected<Problem> reportChanged() {
  return refuse(ProblemKind::conflict, "report.changed",
                {"这一期已被他人修改，请重新读取", "somebody has changed this edition; read it again"});
}

std::unexpected<Problem> unknownReport() {
  return refuse(ProblemKind::not_found, "report.unknown", {"没有这一期", "there is no such edition"});
}

Text statusName(ReportStatus status) {
  switch (status) {
    case ReportStatus::draft: return {"草稿", "a draft"};
    case ReportStatus::frozen: return {"已冻结", "frozen"};
    case ReportStatus::published: return {"已发布", "published"};
    case ReportStatus::superseded: return {"已被更正版取代", "superseded"};
    case ReportStatus::discarded: break;
  }
  return {"已作废", "discarded"};
}

}  // namespace

NameFn namesFrom(registry::Registry& registry) {
  return [&registry](const std::string& register_name, const std::string& key, Date day) {
    const feel::Value entry = registry.lookup(register_name, feel::Value(key), day);
    const feel::Context* context = entry.asContext();
    const auto member = [&](std::string_view name, const std::string& without) {
      const feel::Value* value = context == nullptr ? nullptr : context->find(name);
      const auto text = value == nullptr ? std::nullopt : value->asString();
      return text && !text->empty() ? std::string{*text} : without;
    };
    const std::string zh = member("name", key);
    return Text{zh, member("name_en", zh)};
  };
}

std::string digestOf(std::string_view bytes) {
  return ledger::toHex(ledger::Hasher(ledger::HashAlgorithm::sha256).plain(bytes));
}

Result<BulletinContent> Reports::contentOf(const Report& report) {
  return fromJson<BulletinContent>(report.body);
}

Result<Reports::Computed> Reports::compute(const Report& report, std::vector<Adjustment> adjustments) {
  const auto period = parsePeriod(report.period);
  if (!period) {
    return refuse(ProblemKind::invalid, "figure.period", {"期间无效", "this is no period"}, "period");
  }
  const auto rules = book_.rules();
  Computed computed;
  auto content = computeBulletin(figures_, *rules, report.pack, report.bulletin, *period,
                                 std::move(adjustments), name_, &computed.state);
  if (!content) return std::unexpected(std::move(content).error());
  computed.content = std::move(*content);
  const auto earlier = firstReport(
      store_.query(statement(newest_public_sql, report.pack, report.bulletin, computed.content.period)));
  if (earlier && earlier->edition < report.edition) {
    const auto before = contentOf(*earlier);
    if (!before) return std::unexpected(before.error());
    computed.content.corrects = earlier->edition;
    computed.content.corrections = correctionsBetween(*before, computed.content);
  }
  return computed;
}

Result<Report> Reports::write(Report report, std::string_view kind, std::string_view actor, std::string body,
                              std::vector<store::Statement> more) {
  const bool is_new = report.version == 0;
  ++report.version;
  store::Batch batch;
  if (is_new) {
    batch.statements.push_back(statement(insert_report_sql, report.id, report.version, report.pack,
                                         report.bulletin, report.period, report.edition, report.status,
                                         report.title, report.digest, report.reason, report.drafted,
                                         report.drafted_by, report.frozen, report.frozen_by, report.published,
                                         report.published_by, report.body));
    batch.statements.back().expected = 1;
  } else {
    batch.statements.push_back(store::guarded(1, update_report_sql, report.id, report.version, report.status,
                                              report.title, report.digest, report.reason, report.drafted,
                                              report.drafted_by, report.frozen, report.frozen_by,
                                              report.published, report.published_by, report.body));
  }
  for (store::Statement& each : more) batch.statements.push_back(std::move(each));
  batch.journal.push_back(
      {report.id, report.version,
       ledger::encodeRecord({report.id, report.version, std::string{kind}, std::string{actor}, now_(),
                             report.pack + "/" + report.bulletin, std::move(body)})});
  if (!store_.commit(batch).done()) return reportChanged();
  return report;
}

Result<Report> Reports::draft(std::string_view pack, std::string_view bulletin, std::string_view period_text,
                              std::string_view reason, std::string_view actor) {
  const auto period = parsePeriod(period_text);
  if (!period) {
    return refuse(ProblemKind::invalid, "figure.period", {"期间无效", "this is no period"}, "period");
  }
  if (period->first > dateOf(now_())) {
    return refuse(ProblemKind::invalid, "bulletin.period",
                  {"这个期间还没有开始", "this period has not begun"}, "period");
  }
  const std::string text = formatPeriod(*period);
  const auto last = firstReport(store_.query(statement(newest_report_sql, pack, bulletin, text)));
  const auto shown = firstReport(store_.query(statement(newest_public_sql, pack, bulletin, text)));
  Report report;
  std::vector<Adjustment> adjustments;
  if (last && last->status == ReportStatus::frozen) {
    return refuse(ProblemKind::conflict, "report.frozen",
                  {"上一稿已冻结、尚未发布", "the edition before is frozen and not yet published"}, {},
                  {"先发布或作废", "publish or discard it first"});
  }
  if (last && last->status == ReportStatus::draft) {
    report = *last;
    if (const auto before = contentOf(*last)) adjustments = before->adjustments;
  } else {
    report.id = store_.reserveCaseIds(1);
    report.pack = pack;
    report.bulletin = bulletin;
    report.period = text;
    report.edition = last ? last->edition + 1 : 1;
    if (shown) {
      if (const auto before = contentOf(*shown)) adjustments = before->adjustments;
    }
  }
  if (!reason.empty()) report.reason = reason;
  if (shown && report.reason.empty()) {
    return refuse(ProblemKind::invalid, "report.reason",
                  {"更正已发布的一期要写明原因", "a correction of what was published needs a reason"},
                  "reason");
  }
  auto computed = compute(report, std::move(adjustments));
  if (!computed) return std::unexpected(std::move(computed).error());
  report.title = computed->content.title.zh;
  report.body = toJson(computed->content);
  report.digest = digestOf(report.body);
  report.drafted = now_();
  report.drafted_by = actor;
  std::string body = recordOf(report, report.reason);
  return write(std::move(report), "report.drafted", actor, std::move(body));
}

Result<Report> Reports::atVersion(std::int64_t id, std::int64_t version,
                                  std::initializer_list<ReportStatus> allowed) {
  auto report = find(id);
  if (!report) return unknownReport();
  if (report->version != version) return reportChanged();
  if (std::ranges::find(allowed, report->status) != allowed.end()) return std::move(*report);
  const Text status = statusName(report->status);
  return refuse(
      ProblemKind::conflict, "report.status",
      {"这一期" + status.zh + "，不能这样做", "this edition is " + status.en + ": this can't be done"});
}

Result<Report> Reports::adjust(std::int64_t id, std::int64_t version, std::vector<Adjustment> adjustments,
                               std::string_view actor) {
  auto report = atVersion(id, version, {ReportStatus::draft});
  if (!report) return report;
  for (std::size_t i = 0; i < adjustments.size(); ++i) {
    const auto points = feel::Number::parse(adjustments[i].points);
    if (points && points->absolute() <= feel::Number(100)) continue;
    return refuse(ProblemKind::invalid, "report.points",
                  {"加减分应为 -100 到 100 的数", "points are a number from -100 to 100"},
                  fmt::format("/adjustments/{}/points", i));
  }
  auto computed = compute(*report, std::move(adjustments));
  if (!computed) return std::unexpected(std::move(computed).error());
  report->body = toJson(computed->content);
  report->digest = digestOf(report->body);
  report->drafted = now_();
  report->drafted_by = actor;
  std::string body = recordOf(*report);
  return write(std::move(*report), "report.adjusted", actor, std::move(body));
}

Result<Report> Reports::freeze(std::int64_t id, std::int64_t version, std::string_view actor) {
  auto report = atVersion(id, version, {ReportStatus::draft});
  if (!report) return report;
  const auto content = contentOf(*report);
  if (!content) return std::unexpected(content.error());
  if (content->last >= dateOf(now_())) {
    return refuse(ProblemKind::conflict, "report.not-over",
                  {"期间还没有结束，不能冻结", "the period is not over: it can't be frozen yet"});
  }
  auto computed = compute(*report, content->adjustments);
  if (!computed) return std::unexpected(std::move(computed).error());
  if (!computed->state.complete) {
    return refuse(ProblemKind::unavailable, "report.recounting",
                  {"指标定义刚改过，历史办件还在重算，请稍后再冻结",
                   "declarations have changed and old cases are being counted anew; freeze it later"});
  }
  if (toJson(computed->content) != report->body) {
    return refuse(ProblemKind::conflict, "report.stale",
                  {"数据已变，草稿不是最新的", "the figures have changed since it was drafted"}, {},
                  {"重新生成草稿，看过后再冻结", "draft it again, look at it, then freeze it"});
  }
  report->status = ReportStatus::frozen;
  report->frozen = now_();
  report->frozen_by = actor;
  std::string body = recordOf(*report);
  return write(std::move(*report), "report.frozen", actor, std::move(body));
}

Result<Report> Reports::publish(std::int64_t id, std::int64_t version, std::string_view actor) {
  auto report = atVersion(id, version, {ReportStatus::frozen});
  if (!report) return report;
  if (report->frozen_by == actor) {
    return refuse(ProblemKind::forbidden, "report.same-person",
                  {"冻结和发布应由不同的人做", "who froze it can't publish it"});
  }
  report->status = ReportStatus::published;
  report->published = now_();
  report->published_by = actor;
  std::string body = recordOf(*report);
  const Report& it = *report;
  std::vector<store::Statement> supersede{statement(supersede_sql, it.pack, it.bulletin, it.period, it.id)};
  return write(std::move(*report), "report.published", actor, std::move(body), std::move(supersede));
}

Result<Report> Reports::discard(std::int64_t id, std::int64_t version, std::string_view reason,
                                std::string_view actor) {
  auto report = atVersion(id, version, {ReportStatus::draft, ReportStatus::frozen});
  if (!report) return report;
  report->status = ReportStatus::discarded;
  std::string body = recordOf(*report, reason);
  return write(std::move(*report), "report.discarded", actor, std::move(body));
}

Result<std::vector<Correction>> Reports::changesSince(const Report& report) {
  const auto content = contentOf(report);
  if (!content) return std::unexpected(content.error());
  auto computed = compute(report, content->adjustments);
  if (!computed) return std::unexpected(std::move(computed).error());
  return correctionsBetween(*content, computed->content);
}

std::optional<Report> Reports::find(std::int64_t id) {
  auto report = firstReport(store_.query(statement(report_by_id_sql, id)));
  if (report && digestOf(report->body) != report->digest) {
    throw store::StoreFault(fmt::format("edition {} is not what its digest says", id));
  }
  return report;
}

store::Page<Report> Reports::list(const ReportFilter& filter, const store::PageRequest& page) {
  static const std::string sql = fmt::format(
      "SELECT " REPORT_COLUMNS
      " FROM bulletins WHERE id < $1 AND ($2 = '' OR pack = $2) AND ($3 = '' OR bulletin = $3) AND"
      " ($4 = '' OR period = $4) AND ($5 = -1 OR status = $5) AND {} ORDER BY id DESC LIMIT $7",
      store::fits("pack", 6));
  const auto before = store::readCursor(page.after, {INT64_MAX, 0, 0})[0];
  const auto rows = store_.query(statement(sql, before, filter.pack.value_or(""),
                                           filter.bulletin.value_or(""), filter.period.value_or(""),
                                           filter.status ? static_cast<std::int64_t>(*filter.status) : -1,
                                           store::textSet(filter.packs_in_reach), page.limit + 1));
  std::vector<Report> reports;
  for (const SqlRow& row : rows) reports.push_back(readReport(row));
  return store::makePage(std::move(reports), page.limit,
                         [](const Report& report) { return store::Cursor{report.id, 0, 0}; });
}

}  // namespace jinyue::insight
