// Whole tables from and to PostgreSQL, through binary COPY.
#pragma once

#include <string>

#include "store/copy.h"
#include "store/postgres/connection.h"

namespace jinyue::store::postgres {

/// Reads the tables inside the caller's transaction.
TableReader tableReader(Connection& connection);

/// Fills the empty store at `conninfo` (which open() has made) from the tables of a backup.
Result<void> restoreInto(const std::string& conninfo, const TableReader& read);

}  // namespace jinyue::store::postgres
