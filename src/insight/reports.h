// Bulletins, summaries and assessments as the city issues them. An edition is drafted from facts, frozen (its
// digest becomes a record of the log), and published by another person. A frozen edition never changes: what
// comes late makes a corrected edition, which says what it corrects.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "insight/bulletin.h"
#include "registry/registry.h"
#include "store/store.h"

namespace jinyue::insight {

enum class ReportStatus : std::int8_t { draft = 0, frozen = 1, published = 2, superseded = 3, discarded = 4 };
BOOST_DESCRIBE_ENUM(ReportStatus, draft, frozen, published, superseded, discarded)

struct Report {
  std::int64_t id = 0;
  std::int64_t version = 0;
  std::string pack;
  std::string bulletin;
  std::string period;
  std::int64_t edition = 0;
  ReportStatus status = ReportStatus::draft;
  std::string title;
  std::string body;    ///< JSON of a BulletinContent; empty in lists
  std::string digest;  ///< SHA-256 of the body, in hexadecimal
  std::string reason;  ///< of a correction, or why it was discarded
  Instant drafted;
  std::string drafted_by;
  std::optional<Instant> frozen;
  std::string frozen_by;
  std::optional<Instant> published;
  std::string published_by;
};

struct ReportFilter {
  std::optional<std::string> pack = {};
  std::optional<std::string> bulletin = {};
  std::optional<std::string> period = {};
  std::optional<ReportStatus> status = {};
  std::vector<std::string> packs_in_reach = {};  ///< empty: all
};

class Reports {
 public:
  Reports(store::Store& store, Figures& figures, const FactBook& book, NameFn name, NowFn now)
      : store_(store), figures_(figures), book_(book), name_(std::move(name)), now_(std::move(now)) {}

  /// The draft of the next edition, computed now; a draft that is there is computed again. A reason is needed
  /// when an edition was published already (report.reason). Refuses while one is frozen and not published
  /// (report.frozen).
  Result<Report> draft(std::string_view pack, std::string_view bulletin, std::string_view period,
                       std::string_view reason, std::string_view actor);
  /// What decisions change of a draft's scores; in the place of those that were there.
  Result<Report> adjust(std::int64_t id, std::int64_t version, std::vector<Adjustment> adjustments,
                        std::string_view actor);
  /// Refuses before the period is over (report.not-over), while old cases are being counted anew
  /// (report.recounting), and a draft that is not what the facts say now (report.stale).
  Result<Report> freeze(std::int64_t id, std::int64_t version, std::string_view actor);
  /// By another person than who froze it (report.same-person). The edition before it is superseded.
  Result<Report> publish(std::int64_t id, std::int64_t version, std::string_view actor);
  Result<Report> discard(std::int64_t id, std::int64_t version, std::string_view reason,
                         std::string_view actor);

  /// What the facts say otherwise today than an edition does.
  Result<std::vector<Correction>> changesSince(const Report& report);

  /// Throws store::StoreFault when a frozen edition is not what was frozen.
  std::optional<Report> find(std::int64_t id);
  /// Newest first, without bodies.
  store::Page<Report> list(const ReportFilter& filter, const store::PageRequest& page);

  static Result<BulletinContent> contentOf(const Report& report);

 private:
  struct Computed {
    BulletinContent content;
    FigureState state;
  };
  Result<Computed> compute(const Report& report, std::vector<Adjustment> adjustments);
  Result<Report> atVersion(std::int64_t id, std::int64_t version,
                           std::initializer_list<ReportStatus> allowed);
  /// Writes the report at its next version with a record; false when somebody was faster.
  Result<Report> write(Report report, std::string_view kind, std::string_view actor, std::string body,
                       std::vector<store::Statement> more = {});

  store::Store& store_;
  Figures& figures_;
  const FactBook& book_;
  NameFn name_;
  NowFn now_;
};

/// Names from the registers of a city: the field `name` of the entry that holds on the day.
NameFn namesFrom(registry::Registry& registry);

/// SHA-256 in hexadecimal.
std::string digestOf(std::string_view bytes);

}  // namespace jinyue::insight
