// The service "edition": a process asks whether a bulletin may be appealed against.
#pragma once

#include <memory>

#include "casework/pump.h"
#include "insight/reports.h"

namespace jinyue::insight {

/// The topic of the tasks.
inline constexpr const char* edition_topic = "edition";

/// Takes `report`, the number of an edition, and `on`, the day on which somebody appeals ("2026-11-26").
/// Gives `edition`: a context with `open` (whether an appeal is taken), `because` (why not, in Chinese),
/// `title`, `published_on` and `last_day` (texts; empty when there are none). An appeal is taken against the
/// published edition that stands, until `appeal_days` of its bulletin after the day of publication. `reports`
/// is asked when a job runs.
casework::JobHandler editionJob(std::shared_ptr<Reports> reports, const FactBook& book);

}  // namespace jinyue::insight
