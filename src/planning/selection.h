// Which paragraphs of a plan are its measures.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "planning/duty.h"
#include "planning/outline.h"

namespace jinyue::planning {

struct Selected {
  const Node* node = nullptr;
  std::u32string text;              ///< with all that stands under it
  std::optional<DutyReading> duty;  ///< with the text without it
  bool is_brand = false;
  std::u32string area;  ///< of a brand
};

struct Selection {
  std::vector<Selected> items;
  bool any_duty = false;  ///< somewhere in the plan it is said who does it
};

/// A measure is a numbered paragraph that says who does it, or that has no such words but stands among those
/// that do. What a plan says of its aims, its organisation and its attachments is none. A section in which
/// nobody is named and each paragraph begins with an area holds the areas' brands.
Selection select(const Outline& outline);

}  // namespace jinyue::planning
