// Filling an empty store from a backup file.
#include <filesystem>

#include "store/address.h"
#include "store/postgres/copy.h"
#include "store/refusals.h"
#include "store/sqlite/copy.h"
#include "store/sqlite/log_rows.h"
#include "store/sqlite/schema.h"

namespace jinyue::store {
namespace {

namespace fs = std::filesystem;

/// A copy of a backup that an older program made, brought to today's schema; removed at the end.
class MigratedCopy {
 public:
  explicit MigratedCopy(const std::string& backup) : path_(backup + ".migrated") {
    fs::copy_file(backup, path_, fs::copy_options::overwrite_existing);
  }
  MigratedCopy(const MigratedCopy&) = delete;
  MigratedCopy& operator=(const MigratedCopy&) = delete;
  ~MigratedCopy() {
    std::error_code ignored;
    fs::remove(path_, ignored);
  }
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

/// What the backup is: its schema's version, or why it can't be used.
Result<int> inspect(const std::string& path) {
  if (!fs::is_regular_file(path)) return refuseNoBackup(path, "没有这个文件", "there is no such file");
  try {
    sqlite::Connection connection(path, sqlite::OpenMode::read_only);
    auto version = sqlite::schemaVersion(connection);
    if (!version) return version;
    const int known = static_cast<int>(sqlite::schemaSteps().size());
    if (*version == 0) return refuseNoBackup(path, "数据库是空的", "the database is empty");
    if (*version > known) return refuseNewer(*version, known);
    return version;
  } catch (const sqlite::SqliteFault& fault) {
    if (fault.primaryCode() != SQLITE_NOTADB && fault.primaryCode() != SQLITE_CORRUPT) throw;
    return refuseNoBackup(path, "不是完好的 SQLite 数据库", "not a sound SQLite database");
  }
}

/// The root over the records as they are in the backup.
ledger::Hash rootOfRecords(sqlite::Connection& backup, const StoreOptions& options) {
  ledger::LogTree tree(options.hash);
  sqlite::Query query = backup.query(sqlite::Sql::journal);
  query.bind(0, INT64_MAX);
  while (query.step()) tree.appendLeaf(query.bytes(3));
  return tree.root();
}

/// Whether the hash is as wanted, and the log's tiles and records match its head.
Result<void> checkLog(sqlite::Connection& backup, const StoreOptions& options) {
  const std::string hash = backup.text("SELECT value FROM meta WHERE name = 'hash'");
  if (hash != boost::describe::enum_to_string(options.hash, "")) return refuseHash(hash, options.hash);
  try {
    const StoredHead stored = sqlite::readStoredHead(backup);
    LogEdge log(options, backup.text("SELECT value FROM meta WHERE name = 'log'"));
    log.load(stored, [&](int level, std::int64_t index) {
      return sqlite::readTile(backup, options.hash, level, index);
    });
    if (stored.head && rootOfRecords(backup, options) != stored.head->root) {
      return refuseBrokenLog("the records do not give the root of the signed head");
    }
  } catch (const BrokenLog& fault) {
    return refuseBrokenLog(fault.what());
  }
  return {};
}

Result<void> restoreFrom(const std::string& path, const std::string& address, const StoreOptions& options) {
  sqlite::Connection backup(path, sqlite::OpenMode::read_only);
  sqlite::Transaction snapshot(backup, sqlite::Sql::begin_read);
  if (auto checked = checkLog(backup, options); !checked) return checked;
  if (const auto target = open(address, options); !target) return std::unexpected(target.error());
  const auto read = sqlite::tableReader(backup);
  if (const auto file = sqlitePath(address)) return sqlite::restoreInto(*file, read);
  return postgres::restoreInto(*postgresConninfo(address), read);
}

}  // namespace

Result<void> restore(const std::string& backup_path, const std::string& address,
                     const StoreOptions& options) {
  const auto version = inspect(backup_path);
  if (!version) return std::unexpected(version.error());
  if (*version == static_cast<int>(sqlite::schemaSteps().size())) {
    return restoreFrom(backup_path, address, options);
  }
  const MigratedCopy copy(backup_path);
  {
    sqlite::Connection connection(copy.path(), sqlite::OpenMode::read_write);
    if (auto migrated = sqlite::migrate(connection, options.now()); !migrated) return migrated;
  }
  return restoreFrom(copy.path(), address, options);
}

}  // namespace jinyue::store
