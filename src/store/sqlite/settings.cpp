#include "store/sqlite/settings.h"

#include <thread>

namespace jinyue::store::sqlite {
namespace {

constexpr const char* for_all = R"(
PRAGMA trusted_schema = OFF;
PRAGMA temp_store = MEMORY;
PRAGMA mmap_size = 0;
)";

/// A new file changes its journal once. While another process does that SQLite says "busy" at once, without
/// the wait that it has for everything else.
void useWriteAheadLog(Connection& connection) {
  constexpr int attempts = 500;
  for (int attempt = 1;; ++attempt) {
    try {
      return connection.run("PRAGMA journal_mode = WAL");
    } catch (const SqliteFault& fault) {
      if (fault.primaryCode() != SQLITE_BUSY || attempt == attempts) throw;
    }
    std::this_thread::sleep_for(std::chrono::milliseconds{20});
  }
}

}  // namespace

void prepareWriter(Connection& connection, Durability durability) {
  connection.run(for_all);
  // The page size counts only before the first table is made.
  connection.run("PRAGMA page_size = 8192");
  useWriteAheadLog(connection);
  connection.run(R"(
PRAGMA synchronous = FULL;
PRAGMA wal_autocheckpoint = 0;
PRAGMA journal_size_limit = 268435456;
PRAGMA cache_size = -262144;
PRAGMA secure_delete = OFF;
)");
  if (durability == Durability::relaxed) connection.run("PRAGMA synchronous = OFF");
}

void prepareReader(Connection& connection) {
  connection.run(for_all);
  connection.run("PRAGMA query_only = ON; PRAGMA cache_size = -16384;");
}

void prepareCheckpointer(Connection& connection) {
  connection.run(for_all);
  connection.run("PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 0; PRAGMA cache_size = -1024;");
}

RelaxedDurability::RelaxedDurability(Connection& connection)
    : connection_(connection), was_full_(connection.number("PRAGMA synchronous") > 1) {
  if (was_full_) connection_.run("PRAGMA synchronous = NORMAL");
}

RelaxedDurability::~RelaxedDurability() {
  // Setting it can only fail inside a transaction, and then the writer must not go on with less than it
  // promises.
  if (was_full_) connection_.run("PRAGMA synchronous = FULL");
}

}  // namespace jinyue::store::sqlite
