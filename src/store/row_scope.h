// Which rows of cases, tasks and incidents somebody may see. A list applies it inside its query, never to a
// page that was cut already.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace jinyue::store {

enum class CaseStatus : std::int8_t;

/// A row fits when it fits every member that is not empty; one without members fits every row. Lists name
/// each value once and are at most a few thousand long.
struct ScopeAlternative {
  std::vector<std::string> units;         ///< lead unit of the case; of a task: the unit that it is for
  std::vector<std::string> areas;         ///< district or zone
  std::vector<std::string> processes;     ///< process ids
  std::optional<std::string> party;       ///< whose matter it is; tasks and incidents have none and don't fit
  std::vector<CaseStatus> statuses = {};  ///< of the case; tasks and incidents are those of running cases
  bool operator==(const ScopeAlternative&) const = default;
};

/// Rows that fit one of the alternatives. By default none: a list that forgot its scope is empty.
struct RowScope {
  bool all = false;  ///< every row, whatever the alternatives say
  std::vector<ScopeAlternative> alternatives;
  bool operator==(const RowScope&) const = default;
};

/// For the program's own work: every row.
inline RowScope everything() { return {true, {}}; }

}  // namespace jinyue::store
