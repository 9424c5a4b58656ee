// Who does it: the words with which plans name lead units, units that take part, areas and times.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace jinyue::planning {

struct Duty {
  std::vector<std::u32string> leads;
  std::vector<std::u32string> assisting;
  std::vector<std::u32string> areas;
  std::vector<std::u32string> times;  ///< what is said of the time
  bool open_ended = false;            ///< "……等部门": not all are named
  bool any() const { return !leads.empty() || !assisting.empty() || !areas.empty() || !times.empty(); }
};

/// A text and the duties that were said in it.
struct DutyReading {
  Duty duty;
  std::u32string rest;  ///< the text without them
};

/// Takes every parenthesis with duties ("（牵头单位：…；责任地区：…）", "（市甲局牵头，市乙局配合）") and the
/// labels that follow the text ("责任单位：…"). Nothing where no duty is said.
std::optional<DutyReading> dutyIn(std::u32string_view text);
/// Whether a line begins with one of the labels ("牵头单位：").
bool beginsWithLabel(std::u32string_view line);
/// The units of a list, or of a cell of a table; `into` says what they are when nothing else does.
void readUnits(std::u32string_view list, std::vector<std::u32string>& into, Duty& duty);
bool namesAllAreas(std::u32string_view name);
/// Names of areas: "各区市县政府", "先导区管委会", "长兴岛经济技术开发区".
bool namesArea(std::u32string_view name);

}  // namespace jinyue::planning
