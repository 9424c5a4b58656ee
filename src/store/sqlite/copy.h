// Whole tables from and to a SQLite file: backups.
#pragma once

#include <string>

#include "store/copy.h"
#include "store/sqlite/connection.h"
#include "store/store.h"

namespace jinyue::store::sqlite {

/// Reads the tables of a database inside the caller's transaction.
TableReader tableReader(Connection& connection);
/// Fills the tables, which are emptied first, inside the caller's transaction.
void fillTables(Connection& connection, const TableReader& read);
/// Whether the store of this connection holds nothing but its own facts.
bool isEmpty(Connection& connection);

/// A new backup file that appears under its name only when it is whole and on the disk.
class BackupFile {
 public:
  /// Refuses a path that exists.
  static Result<BackupFile> create(const std::string& path);
  /// Where to write until finish().
  const std::string& unfinishedPath() const { return unfinished_; }
  void finish();

 private:
  explicit BackupFile(std::string path) : path_(std::move(path)), unfinished_(path_ + ".unfinished") {}
  std::string path_;
  std::string unfinished_;
};

/// Writes a backup from the tables of another store.
Result<void> writeBackup(const std::string& path, const StoreOptions& options, const TableReader& read);

/// Fills the empty store at `path` (which open() has made) from the tables of a backup.
Result<void> restoreInto(const std::string& path, const TableReader& read);

}  // namespace jinyue::store::sqlite
