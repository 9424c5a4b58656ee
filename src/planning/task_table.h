// Plans that are published as a table: one row for each task, with its units and times in columns.
#pragma once

#include <string>
#include <vector>

#include "planning/duty.h"
#include "planning/outline.h"

namespace jinyue::planning {

struct TableItem {
  const Node* node = nullptr;  ///< under which the table stands
  std::u32string section;      ///< of the column that groups rows
  std::u32string number;
  std::u32string text;
  std::u32string goal;
  Duty duty;
  int line = 0;
};

/// Of tables whose header names a task and who does it; other tables are left out.
std::vector<TableItem> tableItems(const Outline& outline);

}  // namespace jinyue::planning
