// The schema of the SQLite adapter, as steps from one version to the next. A step that stores out there
// already have is never changed; a change of the schema is a new step at the end.
#pragma once

#include <span>

#include "base/problem.h"
#include "store/sqlite/connection.h"

namespace jinyue::store::sqlite {

/// Step i leads from version i to version i + 1.
std::span<const char* const> schemaSteps();

/// Marks a database file as ours (the application id in its header).
inline constexpr std::int64_t application_id = 0x4a59'7374;  // "JYst"

/// The version that the database has; 0 for an empty one. Refuses a database that is not ours.
Result<int> schemaVersion(Connection& connection);

/// Brings the schema to version `to` (the newest by default) in one transaction. Refuses a database that is
/// not ours and one of a newer program.
Result<void> migrate(Connection& connection, Instant now);
Result<void> migrate(Connection& connection, Instant now, int to);

}  // namespace jinyue::store::sqlite
