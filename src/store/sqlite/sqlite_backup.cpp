// A copy of a running store as one file.
#include "store/sqlite/copy.h"
#include "store/sqlite/log_rows.h"
#include "store/sqlite/sqlite_store.h"

namespace jinyue::store::sqlite {

Result<void> SqliteStore::backup(const std::string& path) {
  auto file = BackupFile::create(path);
  if (!file) return std::unexpected(file.error());
  {
    // VACUUM INTO reads one snapshot of the database; writers go on meanwhile. It writes into an empty file.
    // The connection may not be a query_only one: SQLite takes the copy for a write.
    Connection connection(path_, OpenMode::read_write);
    connection.copyInto(file->unfinishedPath());
    Connection copy(file->unfinishedPath(), OpenMode::read_write);
    storeOpenTile(copy, options_.hash);
  }
  file->finish();
  return {};
}

}  // namespace jinyue::store::sqlite
