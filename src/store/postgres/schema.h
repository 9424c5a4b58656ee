// The schema of the PostgreSQL adapter, as steps from one version to the next. A step that stores out there
// already have is never changed; a change of the schema is a new step at the end.
#pragma once

#include <span>

#include "base/problem.h"
#include "store/postgres/connection.h"

namespace jinyue::store::postgres {

/// Step i leads from version i to version i + 1.
std::span<const char* const> schemaSteps();

/// Brings the connection's current schema to version `to` (the newest by default) in one transaction. Refuses
/// one that is not ours and one of a newer program.
Result<void> migrate(Connection& connection, Instant now);
Result<void> migrate(Connection& connection, Instant now, int to);

}  // namespace jinyue::store::postgres
