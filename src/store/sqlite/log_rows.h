// The log's own rows: head and tiles.
#pragma once

#include "store/log_edge.h"
#include "store/sqlite/connection.h"

namespace jinyue::store::sqlite {

StoredHead readStoredHead(Connection& connection);
/// A tile, completed from the journal when it is the unfinished one of level 0. For a steady answer call it
/// inside one transaction with whatever else is read.
std::string readTile(Connection& connection, ledger::HashAlgorithm hash, int level, std::int64_t index);
/// Stores the unfinished tile of level 0 of a copy, so that a check of the copy can tell each record by
/// itself.
void storeOpenTile(Connection& connection, ledger::HashAlgorithm hash);

}  // namespace jinyue::store::sqlite
