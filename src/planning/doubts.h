// What a person should look at in a plan as it was read.
#pragma once

#include "planning/plan_text.h"

namespace jinyue::planning {

/// Adds what only the plan as a whole shows: measures without an owner, the same number twice, units that
/// seem to be one under two names. Sorts all doubts by line.
void addDoubts(PlanText& plan);

/// Whether one name seems to be short for the other: "市发改委" and "市发展改革委".
bool isShortFor(std::u32string_view shorter, std::u32string_view longer);

}  // namespace jinyue::planning
