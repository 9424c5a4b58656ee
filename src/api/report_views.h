// Editions of bulletins and assessments as the interface shows them.
#pragma once

#include "api/endpoint.h"
#include "api/rooms.h"
#include "insight/reports.h"

namespace jinyue::api {

struct ReportLine {
  std::int64_t id = 0;
  std::int64_t version = 0;
  std::string pack;
  std::string bulletin;
  std::string period;
  std::int64_t edition = 0;
  insight::ReportStatus status = insight::ReportStatus::draft;
  Text title;
  std::string digest;
  std::string reason;
  Instant drafted;
  std::optional<Instant> frozen;
  std::optional<Instant> published;
  static std::vector<About> about() {
    return {{"edition", {"第几版", "number of the edition"}},
            {"digest", {"内容的 SHA-256", "SHA-256 of what it says"}},
            {"reason", {"更正或作废的原因", "why it corrects an earlier one"}}};
  }
};
BOOST_DESCRIBE_STRUCT(ReportLine, (),
                      (id, version, pack, bulletin, period, edition, status, title, digest, reason, drafted,
                       frozen, published))

struct ReportView : ReportLine {
  std::string drafted_by;
  std::string frozen_by;
  std::string published_by;
  std::string drafted_by_name;
  std::string frozen_by_name;
  std::string published_by_name;
  insight::BulletinContent content;
};
BOOST_DESCRIBE_STRUCT(ReportView, (ReportLine),
                      (drafted_by, frozen_by, published_by, drafted_by_name, frozen_by_name,
                       published_by_name, content))

/// What everybody may see of a published edition.
struct OpenReport : ReportLine {
  insight::BulletinContent content;
};
BOOST_DESCRIBE_STRUCT(OpenReport, (ReportLine), (content))

enum class ReportFormat : std::int8_t { pdf = 0, xlsx = 1 };
BOOST_DESCRIBE_ENUM(ReportFormat, pdf, xlsx)

/// The Chinese title as it was written; the English one follows from the declaration.
Text reportTitle(const Rooms& rooms, const insight::Report& report);
/// The packs that a scope reaches as a whole, that is for all units and areas; empty: all packs. Nothing:
/// none.
std::optional<std::vector<std::string>> wholePacks(const identity::RowScope& scope);

}  // namespace jinyue::api
