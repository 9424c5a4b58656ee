// The log's own rows: head and tiles.
#pragma once

#include "store/log_edge.h"
#include "store/postgres/connection.h"

namespace jinyue::store::postgres {

/// From a row of Sql::head or Sql::lock_head.
StoredHead readStoredHead(const Rows& rows);
/// A tile, completed from the journal when it is the unfinished one of level 0. Its statements are sent and
/// read; they end no unit.
std::string readTile(Connection& connection, ledger::HashAlgorithm hash, int level, std::int64_t index);

}  // namespace jinyue::store::postgres
