// /reports: bulletins, summaries and assessments: drafted, frozen, published by another person. Published
// ones are for everybody, under /open/reports.

#include "api/bodies.h"
#include "api/names.h"
#include "api/paging.h"
#include "api/report_views.h"
#include "insight/print.h"

namespace jinyue::api {
namespace {

using identity::Permission;
using insight::Report;
using insight::ReportStatus;

struct ReportPath {
  std::int64_t id = 0;
};
BOOST_DESCRIBE_STRUCT(ReportPath, (), (id))

struct ReportKind {
  std::string pack;
  std::string bulletin;
  Text title;
  std::string source;
  packs::BulletinPeriod period = packs::BulletinPeriod::month;
  std::vector<packs::BulletinBy> by;
  std::optional<std::int64_t> appeal_days;
};
BOOST_DESCRIBE_STRUCT(ReportKind, (), (pack, bulletin, title, source, period, by, appeal_days))
struct ReportKinds {
  std::vector<ReportKind> items;
};
BOOST_DESCRIBE_STRUCT(ReportKinds, (), (items))

struct ReportsQuery : PageQuery {
  std::optional<std::string> pack;
  std::optional<std::string> bulletin;
  std::optional<std::string> period;
  std::optional<ReportStatus> status;
  static std::vector<About> about() {
    auto all = PageQuery::about();
    all.insert(all.end(), {{"pack", {"系统包", "the pack"}},
                           {"bulletin", {"通报标识", "id of the bulletin"}},
                           {"period", {"期间", "the period"}, R"("2026-09")"},
                           {"status", {"状态", "status"}}});
    return all;
  }
};
BOOST_DESCRIBE_STRUCT(ReportsQuery, (PageQuery), (pack, bulletin, period, status))

struct OpenReportsQuery : PageQuery {
  std::optional<std::string> pack;
  std::optional<std::string> bulletin;
  std::optional<std::string> period;
};
BOOST_DESCRIBE_STRUCT(OpenReportsQuery, (PageQuery), (pack, bulletin, period))

struct DraftBody {
  std::string pack;
  std::string bulletin;
  std::string period;
  std::optional<std::string> reason;
  static std::vector<About> about() {
    return {{"pack", {"系统包", "the pack"}, R"("demonstration")"},
            {"bulletin", {"通报标识", "id of the bulletin"}, R"("monthly")"},
            {"period", {"期间", "the period"}, R"("2026-09")"},
            {"reason", {"更正已发布的一期时必填", "needed when it corrects what was published"}, {}, 1, 500}};
  }
};
BOOST_DESCRIBE_STRUCT(DraftBody, (), (pack, bulletin, period, reason))

struct AdjustmentsBody {
  std::vector<insight::Adjustment> adjustments;
  static std::vector<About> about() {
    return {{"adjustments",
             {"全部加减分，取代原有的", "all adjustments, in the place of those there are"},
             {},
             0,
             500}};
  }
};
BOOST_DESCRIBE_STRUCT(AdjustmentsBody, (), (adjustments))

struct CorrectionList {
  std::vector<insight::Correction> items;
};
BOOST_DESCRIBE_STRUCT(CorrectionList, (), (items))

struct ReportFileQuery {
  ReportFormat format = ReportFormat::pdf;
  static std::vector<About> about() { return {{"format", {"pdf 或 xlsx", "pdf or xlsx"}, R"("pdf")"}}; }
};
BOOST_DESCRIBE_STRUCT(ReportFileQuery, (), (format))

std::unexpected<Problem> unknownReport() {
  return refuse(ProblemKind::not_found, "report.unknown", {"没有这一期", "there is no such edition"});
}

bool isOpenReport(const Report& report) {
  return report.status == ReportStatus::published || report.status == ReportStatus::superseded;
}

/// An edition that the caller may see.
Result<Report> findReport(Call& call, const Rooms& rooms, std::int64_t id) {
  auto report = rooms.reports.find(id);
  if (!report || !call.may({.pack = report->pack})) return unknownReport();
  return std::move(*report);
}

Result<Report> findOpenReport(const Rooms& rooms, std::int64_t id) {
  auto report = rooms.reports.find(id);
  if (!report || !isOpenReport(*report)) return unknownReport();
  return std::move(*report);
}

Result<Answer<Download>> reportFileOf(const Report& report, ReportFormat format) {
  const auto content = insight::Reports::contentOf(report);
  if (!content) return std::unexpected(content.error());
  const std::string name =
      content->title.zh + (report.edition > 1 ? fmt::format("（第{}版）", report.edition) : "");
  if (format == ReportFormat::xlsx) {
    return Download{"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", name + ".xlsx",
                    insight::printXlsx(report, *content)};
  }
  return Download{"application/pdf", name + ".pdf", insight::printPdf(report, *content)};
}

ReportLine reportLineOf(const Rooms& rooms, const Report& report) {
  return {report.id,       report.version, report.pack,    report.bulletin,
          report.period,   report.edition, report.status,  reportTitle(rooms, report),
          report.digest,   report.reason,  report.drafted, report.frozen,
          report.published};
}

Result<Answer<Written>> written(Result<Report> report) {
  if (!report) return std::unexpected(std::move(report).error());
  return Answer<Written>({report->id, report->version, false}, report->version);
}

void addReportReading(Endpoints& endpoints, const Rooms& rooms) {
  endpoints.add({.path = "/reports/kinds",
                 .name = "listReportKinds",
                 .tag = "reports",
                 .summary = {"有哪些通报、总结和考核", "which bulletins and assessments there are"},
                 .access = needs(Permission::figure_read, Reach::nothing)},
                [rooms](Call&, const In<>&) -> Result<Answer<ReportKinds>> {
                  ReportKinds kinds;
                  const auto rules = rooms.facts.rules();
                  for (const auto& declared : rules->declared) {
                    for (const packs::Bulletin& each : declared->figures.bulletins)
                      kinds.items.push_back({declared->pack, each.id, each.title, each.source, each.period,
                                             each.by, each.appeal_days});
                  }
                  return kinds;
                });
  endpoints.add({.path = "/reports",
                 .name = "listReports",
                 .tag = "reports",
                 .summary = {"各期通报和考核，新的在前", "editions, newest first"},
                 .access = needs(Permission::figure_read, Reach::rows)},
                [rooms](Call& call, const In<None, ReportsQuery>& in) -> Result<Answer<Listing<ReportLine>>> {
                  const auto page = pageOf(in.query);
                  if (!page) return std::unexpected(page.error());
                  const auto packs = wholePacks(call.scope());
                  if (!packs) return Listing<ReportLine>{};
                  return listingOf(rooms.reports.list({in.query.pack, in.query.bulletin, in.query.period,
                                                       in.query.status, *packs},
                                                      *page),
                                   [&](const Report& report) { return reportLineOf(rooms, report); });
                });
  endpoints.add({.path = "/reports/{id}",
                 .name = "readReport",
                 .tag = "reports",
                 .summary = {"一期的全部内容", "an edition as a whole"},
                 .access = needs(Permission::figure_read, Reach::thing)},
                [rooms](Call& call, const In<ReportPath>& in) -> Result<Answer<ReportView>> {
                  const auto report = findReport(call, rooms, in.path.id);
                  if (!report) return std::unexpected(report.error());
                  auto content = insight::Reports::contentOf(*report);
                  if (!content) return std::unexpected(std::move(content).error());
                  const ActorNames names =
                      actorNames(rooms.accounts, *call.caller,
                                 {report->drafted_by, report->frozen_by, report->published_by});
                  ReportView view{reportLineOf(rooms, *report),
                                  report->drafted_by,
                                  report->frozen_by,
                                  report->published_by,
                                  nameIn(names, report->drafted_by),
                                  nameIn(names, report->frozen_by),
                                  nameIn(names, report->published_by),
                                  std::move(*content)};
                  return Answer<ReportView>(std::move(view), report->version);
                });
  endpoints.add({.path = "/reports/{id}/changes",
                 .name = "listReportChanges",
                 .tag = "reports",
                 .summary = {"与现有数据相比，这一期有哪些出入", "what the facts say otherwise today"},
                 .access = needs(Permission::figure_read, Reach::thing)},
                [rooms](Call& call, const In<ReportPath>& in) -> Result<Answer<CorrectionList>> {
                  const auto report = findReport(call, rooms, in.path.id);
                  if (!report) return std::unexpected(report.error());
                  auto changes = rooms.reports.changesSince(*report);
                  if (!changes) return std::unexpected(std::move(changes).error());
                  return CorrectionList{std::move(*changes)};
                });
  endpoints.add(
      {.path = "/reports/{id}/file",
       .name = "exportReport",
       .tag = "reports",
       .summary = {"导出 PDF 或 XLSX", "as PDF or XLSX"},
       .access = needs(Permission::figure_read, Reach::thing),
       .gives = {"application/pdf", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}},
      [rooms](Call& call, const In<ReportPath, ReportFileQuery>& in) -> Result<Answer<Download>> {
        const auto report = findReport(call, rooms, in.path.id);
        if (!report) return std::unexpected(report.error());
        return reportFileOf(*report, in.query.format);
      });
}

void addReportWriting(Endpoints& endpoints, const Rooms& rooms) {
  endpoints.add({.method = http::Method::post,
                 .path = "/reports/drafts",
                 .name = "draftReport",
                 .tag = "reports",
                 .summary = {"按现有数据生成草稿", "drafts an edition from the facts as they are"},
                 .access = needs(Permission::report_draft, Reach::thing),
                 .repeats = Repeats::by_store},
                [rooms](Call& call, const In<None, None, DraftBody>& in) -> Result<Answer<Written>> {
                  if (!call.may({.pack = in.body.pack})) {
                    return refuse(ProblemKind::not_found, "bulletin.unknown",
                                  {"没有这个通报", "there is no such bulletin"});
                  }
                  return written(rooms.reports.draft(in.body.pack, in.body.bulletin, in.body.period,
                                                     in.body.reason.value_or(""), call.caller->actor()));
                });
  const auto adds = [&](std::string verb, std::string name, Text summary, Permission permission, auto act) {
    endpoints.add({.method = http::Method::post,
                   .path = "/reports/{id}/" + verb,
                   .name = std::move(name),
                   .tag = "reports",
                   .summary = std::move(summary),
                   .access = needs(permission, Reach::thing),
                   .repeats = Repeats::by_store,
                   .changes_version = true},
                  std::move(act));
  };
  adds("adjustments", "adjustReport", {"写入申诉结论的加减分", "writes what decisions change of the scores"},
       Permission::report_draft,
       [rooms](Call& call, const In<ReportPath, None, AdjustmentsBody>& in) -> Result<Answer<Written>> {
         if (auto report = findReport(call, rooms, in.path.id); !report)
           return std::unexpected(report.error());
         return written(rooms.reports.adjust(in.path.id, call.expected_version.value_or(0),
                                             in.body.adjustments, call.caller->actor()));
       });
  adds("freeze", "freezeReport",
       {"冻结：内容摘要写入日志", "freezes it: its digest becomes a record of the log"},
       Permission::report_draft, [rooms](Call& call, const In<ReportPath>& in) -> Result<Answer<Written>> {
         if (auto report = findReport(call, rooms, in.path.id); !report)
           return std::unexpected(report.error());
         return written(
             rooms.reports.freeze(in.path.id, call.expected_version.value_or(0), call.caller->actor()));
       });
  adds("publish", "publishReport",
       {"发布（与冻结的不是同一人）", "publishes it, by another person than who froze it"},
       Permission::report_publish, [rooms](Call& call, const In<ReportPath>& in) -> Result<Answer<Written>> {
         if (auto report = findReport(call, rooms, in.path.id); !report)
           return std::unexpected(report.error());
         return written(
             rooms.reports.publish(in.path.id, call.expected_version.value_or(0), call.caller->actor()));
       });
  adds("discard", "discardReport", {"作废草稿或未发布的一期", "discards what was not published"},
       Permission::report_draft,
       [rooms](Call& call, const In<ReportPath, None, ReasonBody>& in) -> Result<Answer<Written>> {
         if (auto report = findReport(call, rooms, in.path.id); !report)
           return std::unexpected(report.error());
         return written(rooms.reports.discard(in.path.id, call.expected_version.value_or(0), in.body.reason,
                                              call.caller->actor()));
       });
}

void addOpenReports(Endpoints& endpoints, const Rooms& rooms) {
  endpoints.add(
      {.path = "/open/reports",
       .name = "listOpenReports",
       .tag = "open",
       .summary = {"已发布的通报和考核", "published bulletins and assessments"},
       .access = anyone()},
      [rooms](Call&, const In<None, OpenReportsQuery>& in) -> Result<Answer<Listing<ReportLine>>> {
        const auto page = pageOf(in.query);
        if (!page) return std::unexpected(page.error());
        return listingOf(
            rooms.reports.list(
                {in.query.pack, in.query.bulletin, in.query.period, ReportStatus::published, {}}, *page),
            [&](const Report& report) { return reportLineOf(rooms, report); });
      });
  endpoints.add({.path = "/open/reports/{id}",
                 .name = "readOpenReport",
                 .tag = "open",
                 .summary = {"已发布的一期", "a published edition"},
                 .access = anyone()},
                [rooms](Call&, const In<ReportPath>& in) -> Result<Answer<OpenReport>> {
                  const auto report = findOpenReport(rooms, in.path.id);
                  if (!report) return std::unexpected(report.error());
                  auto content = insight::Reports::contentOf(*report);
                  if (!content) return std::unexpected(std::move(content).error());
                  return OpenReport{reportLineOf(rooms, *report), std::move(*content)};
                });
  endpoints.add(
      {.path = "/open/reports/{id}/file",
       .name = "exportOpenReport",
       .tag = "open",
       .summary = {"已发布的一期，PDF 或 XLSX", "a published edition as PDF or XLSX"},
       .access = anyone(),
       .gives = {"application/pdf", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}},
      [rooms](Call&, const In<ReportPath, ReportFileQuery>& in) -> Result<Answer<Download>> {
        const auto report = findOpenReport(rooms, in.path.id);
        if (!report) return std::unexpected(report.error());
        return reportFileOf(*report, in.query.format);
      });
}

}  // namespace

Text reportTitle(const Rooms& rooms, const Report& report) {
  Text title{report.title, report.title};
  const auto rules = rooms.facts.rules();
  if (const insight::DeclaredFigures* declared = rules->pack(report.pack)) {
    const auto& all = declared->figures.bulletins;
    const auto found = std::ranges::find(all, report.bulletin, &packs::Bulletin::id);
    const auto period = insight::parsePeriod(report.period);
    if (found != all.end() && period) title.en = insight::titleOf(*found, *period).en;
  }
  return title;
}

std::optional<std::vector<std::string>> wholePacks(const identity::RowScope& scope) {
  std::vector<std::string> packs;
  for (const identity::Alternative& each : scope.any) {
    if (!each.units.empty() || !each.areas.empty() || !each.parties.empty()) continue;
    if (each.packs.empty()) return std::vector<std::string>{};
    packs.insert(packs.end(), each.packs.begin(), each.packs.end());
  }
  if (packs.empty()) return std::nullopt;
  return packs;
}

void addReports(Endpoints& endpoints, const Rooms& rooms) {
  addReportReading(endpoints, rooms);
  addReportWriting(endpoints, rooms);
  addOpenReports(endpoints, rooms);
}

}  // namespace jinyue::api
