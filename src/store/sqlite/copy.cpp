#include "store/sqlite/copy.h"

#include <filesystem>

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include "store/refusals.h"
#include "store/sqlite/log_rows.h"
#include "store/sqlite/schema.h"
#include "store/sqlite/settings.h"

namespace jinyue::store::sqlite {
namespace {

namespace fs = std::filesystem;

void syncPath(const std::string& path, int flags) {
  const int file = ::open(path.c_str(), flags | O_CLOEXEC);
  const bool synced = file >= 0 && ::fsync(file) == 0;
  if (file >= 0) ::close(file);
  if (!synced) throw StoreFault("can't make " + path + " durable");
}

Value valueAt(const Query& query, int column, ColumnKind kind) {
  if (query.isNull(column)) return std::monostate{};
  if (kind == ColumnKind::integer) return query.integer(column);
  return query.bytes(column);
}

void bindValue(Query& query, int index, const Value& value, ColumnKind kind) {
  if (const auto* number = std::get_if<std::int64_t>(&value)) {
    query.bindOne(index, *number);
  } else if (const auto* bytes = std::get_if<std::string_view>(&value)) {
    if (kind == ColumnKind::bytes) query.bindOne(index, Bytes{*bytes});
    else query.bindOne(index, *bytes);
  } else {
    query.bindOne(index, nullptr);
  }
}

}  // namespace

TableReader tableReader(Connection& connection) {
  return [&connection](const Table& table, const std::function<void(RowOfValues)>& take) {
    const auto statement = connection.prepareOnce(
        fmt::format("SELECT {} FROM {} ORDER BY {}", columnList(table), table.name, table.order));
    Query query(connection, statement.get());
    std::vector<Value> values(table.columns.size());
    while (query.step()) {
      for (std::size_t index = 0; index < values.size(); ++index) {
        values[index] = valueAt(query, static_cast<int>(index), table.columns[index].kind);
      }
      take(values);
    }
  };
}

void fillTables(Connection& connection, const TableReader& read) {
  for (const Table& table : tables()) {
    connection.run(fmt::format("DELETE FROM {}", table.name).c_str());
    std::string marks;
    for (std::size_t index = 0; index < table.columns.size(); ++index) marks += index == 0 ? "?" : ", ?";
    const auto statement = connection.prepareOnce(
        fmt::format("INSERT INTO {} ({}) VALUES ({})", table.name, columnList(table), marks));
    Query query(connection, statement.get());
    read(table, [&](RowOfValues row) {
      for (std::size_t index = 0; index < row.size(); ++index) {
        bindValue(query, static_cast<int>(index) + 1, row[index], table.columns[index].kind);
      }
      query.run();
    });
  }
}

bool isEmpty(Connection& connection) {
  if (connection.number("SELECT size FROM log_head") != 0) return false;
  for (const Table& table : tables()) {
    if (table.name == "meta" || table.name == "counters" || table.name == "log_head") continue;
    if (connection.number(fmt::format("SELECT EXISTS (SELECT 1 FROM {})", table.name).c_str()) != 0)
      return false;
  }
  return true;
}

Result<BackupFile> BackupFile::create(const std::string& path) {
  if (fs::exists(path)) return refuseExistingFile(path);
  BackupFile file(path);
  fs::remove(file.unfinished_);
  // For its owner only, from the first byte on: it holds personal data.
  const int created = ::open(file.unfinished_.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (created < 0) throw StoreFault("can't write the backup " + file.unfinished_);
  ::close(created);
  return file;
}

void BackupFile::finish() {
  syncPath(unfinished_, O_RDWR);
  fs::rename(unfinished_, path_);
  syncPath(fs::absolute(path_).parent_path().string(), O_RDONLY | O_DIRECTORY);
}

Result<void> writeBackup(const std::string& path, const StoreOptions& options, const TableReader& read) {
  auto file = BackupFile::create(path);
  if (!file) return std::unexpected(file.error());
  {
    Connection connection(file->unfinishedPath(), OpenMode::create);
    // A file that is not whole is never looked at, so nothing needs to be undone or synced on the way.
    connection.run("PRAGMA page_size = 8192; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;");
    if (auto migrated = migrate(connection, options.now()); !migrated) return migrated;
    Transaction transaction(connection, Sql::begin_write);
    fillTables(connection, read);
    storeOpenTile(connection, options.hash);
    transaction.commit();
  }
  file->finish();
  return {};
}

Result<void> restoreInto(const std::string& path, const TableReader& read) {
  Connection connection(path, OpenMode::read_write);
  prepareWriter(connection);
  Transaction transaction(connection, Sql::begin_write);
  if (!isEmpty(connection)) return refuseNotEmpty();
  fillTables(connection, read);
  transaction.commit();
  return {};
}

}  // namespace jinyue::store::sqlite
