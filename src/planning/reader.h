// Reads an action plan as it was published into measures, for the genre and not for one city's way to write
// it.
#pragma once

#include <string>
#include <string_view>

#include "planning/plan_text.h"

namespace jinyue::planning {

struct ReadOptions {
  std::optional<int> year = {};  ///< that the plan is for, when the text does not say
};

/// A file (source.h says which kinds). What is doubtful is in the result; refused is only what can't be read
/// at all.
Result<PlanText> readPlan(std::string_view bytes, const ReadOptions& options = {});

}  // namespace jinyue::planning
