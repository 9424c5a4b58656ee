// Opening a store file: creation, migration, and the facts that must agree with the program's configuration.
#include <filesystem>

#include <fcntl.h>
#include <unistd.h>

#include "store/refusals.h"
#include "store/sqlite/log_rows.h"
#include "store/sqlite/schema.h"
#include "store/sqlite/settings.h"
#include "store/sqlite/sqlite_store.h"

namespace jinyue::store::sqlite {
namespace {

constexpr int reader_count = 4;

/// A new database is for its owner only: it holds personal data.
void createPrivately(const std::string& path) {
  const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (file < 0) return;  // it exists, or opening it says why not
  ::close(file);
  const std::string folder = std::filesystem::absolute(path).parent_path().string();
  const int directory = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (directory < 0) return;
  ::fsync(directory);
  ::close(directory);
}

std::string readMeta(Connection& connection, std::string_view name) {
  Query query = connection.query(Sql::meta);
  query.bind(name);
  return query.step() ? query.text(0) : std::string{};
}

void writeMeta(Connection& connection, std::string_view name, std::string_view value) {
  connection.query(Sql::put_meta).bind(name, value).run();
}

/// Writes the facts of a new store, or compares those of an old one. Gives the name of the log.
Result<std::string> settleFacts(Connection& connection, const StoreOptions& options) {
  Transaction transaction(connection, Sql::begin_write);
  const std::string wanted = boost::describe::enum_to_string(options.hash, "");
  std::string log = readMeta(connection, "log");
  if (log.empty()) {
    log = options.log.empty() ? randomLogName() : options.log;
    writeMeta(connection, "log", log);
    writeMeta(connection, "hash", wanted);
  } else if (const std::string stored = readMeta(connection, "hash"); stored != wanted) {
    return refuseHash(stored, options.hash);
  }
  transaction.commit();
  return log;
}

}  // namespace

SqliteStore::SqliteStore(std::string path, const StoreOptions& options, Connection writer, std::string log)
    : path_(std::move(path)),
      options_(options),
      writer_(std::move(writer)),
      log_(options, std::move(log)),
      readers_(path_, reader_count),
      checkpointer_(path_, writer_mutex_) {
  checkpointer_.watch(writer_);
}

Result<std::unique_ptr<Store>> SqliteStore::open(const std::string& path, const StoreOptions& options,
                                                 Durability durability) {
  createPrivately(path);
  Connection writer(path, OpenMode::create);
  try {
    if (const auto version = schemaVersion(writer); !version) return std::unexpected(version.error());
  } catch (const SqliteFault& fault) {
    if (fault.primaryCode() == SQLITE_NOTADB) return refuseForeign();
    throw;
  }
  prepareWriter(writer, durability);
  if (auto migrated = migrate(writer, options.now()); !migrated) return std::unexpected(migrated.error());
  auto log = settleFacts(writer, options);
  if (!log) return std::unexpected(log.error());
  std::unique_ptr<SqliteStore> store(new SqliteStore(path, options, std::move(writer), *std::move(log)));
  try {
    store->loadLog();
  } catch (const BrokenLog& fault) {
    return refuseBrokenLog(fault.what());
  }
  return store;
}

void SqliteStore::loadLog() {
  const std::lock_guard lock(writer_mutex_);
  Transaction transaction(writer_, Sql::begin_read);
  log_.load(readStoredHead(writer_),
            [this](int level, std::int64_t index) { return readTile(writer_, options_.hash, level, index); });
}

}  // namespace jinyue::store::sqlite
