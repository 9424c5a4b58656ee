// One SQLite connection with its prepared statements. For one thread at a time.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <unordered_map>
#include <vector>

#include <sqlite3.h>

#include "base/time.h"
#include "store/sqlite/statements.h"
#include "store/store.h"

namespace jinyue::store::sqlite {

/// SQLite said no to something that must work; `code` is its extended result code.
class SqliteFault : public StoreFault {
 public:
  SqliteFault(const std::string& what, int sqlite_code, bool outcome_unknown = false)
      : StoreFault(what, outcome_unknown), code(sqlite_code) {}
  int primaryCode() const { return code & 0xff; }
  int code;
};

/// A text bound as BLOB.
struct Bytes {
  std::string_view bytes;
};

enum class OpenMode { create, read_write, read_only };

class Query;

class Connection {
 public:
  Connection(const std::string& path, OpenMode mode);

  /// Runs statements that are not in the list: settings and schema.
  void run(const char* sql);
  /// One number that a statement or pragma gives.
  std::int64_t number(const char* sql);
  std::string text(const char* sql);
  Query query(Sql id);
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
  };
  using StatementHandle = std::unique_ptr<sqlite3_stmt, Finalize>;
  /// A statement of a room with its values bound; they must outlive the query.
  Query query(const Statement& statement);
  /// A statement that is not in the list, for a Query of its own: backups.
  StatementHandle prepareOnce(std::string_view sql) { return prepare(sql, 0); }
  /// The plan of a statement, as EXPLAIN QUERY PLAN gives it.
  std::vector<std::string> explain(std::string_view sql);
  /// Writes one snapshot of the database to a new file.
  void copyInto(const std::string& path);
  /// Rows that the last INSERT, UPDATE or DELETE changed.
  int changes() const { return sqlite3_changes(database_.get()); }
  bool inTransaction() const { return sqlite3_get_autocommit(database_.get()) == 0; }
  sqlite3* raw() const { return database_.get(); }

  [[noreturn]] void fail(int code, std::string_view doing) const;

 private:
  struct CloseDatabase {
    void operator()(sqlite3* database) const { sqlite3_close_v2(database); }
  };
  StatementHandle prepare(std::string_view sql, unsigned flags) const;

  std::string path_;
  std::unique_ptr<sqlite3, CloseDatabase> database_;
  std::array<StatementHandle, statement_count> statements_;
  std::unordered_map<std::string, StatementHandle> room_statements_;
};

/// One use of a prepared statement, and the row that it is at. Bound texts must outlive the steps; the
/// statement is reset at the end.
class Query {
 public:
  explicit Query(const Connection& connection, sqlite3_stmt* statement)
      : connection_(connection), statement_(statement) {}
  Query(const Query&) = delete;
  Query& operator=(const Query&) = delete;
  ~Query() { sqlite3_reset(statement_); }

  /// Binds ?1, ?2, … in order.
  template <class... Values>
  Query& bind(const Values&... values) {
    int index = 0;
    (bindOne(++index, values), ...);
    return *this;
  }
  /// Moves to the next row; false at the end.
  bool step();
  /// Ready for the next values.
  void reset() { sqlite3_reset(statement_); }
  /// Runs a statement that gives no row, and makes it ready for the next values.
  void run();
  /// The rows that it changed.
  int runCounting() {
    run();
    return connection_.changes();
  }

  std::int64_t integer(int column) const { return sqlite3_column_int64(statement_, column); }
  bool isNull(int column) const { return sqlite3_column_type(statement_, column) == SQLITE_NULL; }
  std::string text(int column) const;
  std::string_view bytes(int column) const;
  /// The rows from here to the end, each read by `read`.
  template <class Read>
  auto all(Read read) {
    std::vector<decltype(read(*this))> rows;
    while (step()) rows.push_back(read(*this));
    return rows;
  }

  void bindOne(int index, std::int64_t value);
  void bindOne(int index, std::int32_t value) { bindOne(index, static_cast<std::int64_t>(value)); }
  void bindOne(int index, std::uint64_t value) { bindOne(index, static_cast<std::int64_t>(value)); }
  void bindOne(int index, std::string_view value);
  void bindOne(int index, const std::string& value) { bindOne(index, std::string_view{value}); }
  void bindOne(int index, const char* value) { bindOne(index, std::string_view{value}); }
  void bindOne(int index, Bytes value);
  void bindOne(int index, Instant value) { bindOne(index, value.time_since_epoch().count()); }
  void bindOne(int index, std::nullptr_t);
  void bindOne(int index, const SqlValue& value);
  SqlValue value(int column) const;
  int columns() const { return sqlite3_column_count(statement_); }
  template <class T>
  void bindOne(int index, const std::optional<T>& value) {
    if (value) bindOne(index, *value);
    else bindOne(index, nullptr);
  }
  template <class E>
    requires std::is_enum_v<E>
  void bindOne(int index, E value) {
    bindOne(index, static_cast<std::int64_t>(value));
  }

 private:
  const Connection& connection_;
  sqlite3_stmt* statement_;
};

/// A transaction that is rolled back unless it was committed.
class Transaction {
 public:
  Transaction(Connection& connection, Sql begin) : connection_(connection) { connection.query(begin).run(); }
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  ~Transaction();
  /// Throws a fault whose outcome is unknown when the disk refused it: the transaction may yet be found there
  /// after a crash.
  void commit();

 private:
  Connection& connection_;
};

}  // namespace jinyue::store::sqlite
