// Quantities that a text promises: "抽检……不少于100批次", "新开4条集装箱航线", "失业率控制在4%以内".
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "planning/plan_text.h"

namespace jinyue::planning {

/// A number with a unit counts as a target when a word compares it ("不少于", "以上") or when its clause says
/// that so much is to be brought about ("新开", "打造", "举办"). Versions, names in quotation marks, ranks of
/// law and durations that nothing compares are none. `year` is that of the plan, for times without one.
std::vector<Target> targetsIn(std::u32string_view text, std::optional<int> year, std::optional<Date> end);

}  // namespace jinyue::planning
