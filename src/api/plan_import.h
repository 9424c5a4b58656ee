// A plan that was read and corrected becomes cases: one for the plan, one for each measure (a draft until it
// is issued), one for each brand of an area.
#pragma once

#include "casework/engine.h"
#include "planning/plan_text.h"
#include "registry/registry.h"
#include "store/store.h"

namespace jinyue::api {

struct PlanImport {
  std::string id;                      ///< "dalian-2025": small letters, digits and "-"
  Date due;                            ///< last day of the plan; of every measure whose text says no other
  std::string previous;                ///< id of the plan before; measures of the same name are linked to it
  std::string cycle_length = "month";  ///< "month" or "quarter": how often progress is reported
  bool steps_until_due =
      false;  ///< sentences without a day of their own become steps of the route until the last day
  planning::PlanText plan;
};

struct PlanImported {
  std::int64_t plan_case = 0;
  int measures = 0;
  int linked = 0;  ///< to measures of the plan before
  int brands = 0;
  bool repeated = false;  ///< the key had been used: nothing new was done
};

struct ImportRooms {
  store::Store& store;
  casework::Engine& engine;
  registry::Registry& registry;
  std::int64_t definition = 0;  ///< of the pack `plan`
};

/// The measure of the plan before that a measure goes on with: its id, by the measure's title; none has the
/// same name twice.
std::map<std::string, std::string> measuresByName(store::Store& store, const casework::Seal& seal,
                                                  const std::string& plan);

/// Refuses a plan that is there already ("plan.exists"), an id of another form ("plan.id"), one without
/// measures
/// ("plan.empty") and values that are no numbers ("plan.value"). Repeated with its key (required) it goes on
/// where it was interrupted and does nothing twice.
Result<PlanImported> importPlan(const ImportRooms& rooms, const PlanImport& import, const bpmn::Actor& actor,
                                const std::string& key);

}  // namespace jinyue::api
