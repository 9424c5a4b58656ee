#include "store/sqlite/connection.h"

#include <stdexcept>

#include <fmt/format.h>

namespace jinyue::store::sqlite {
namespace {

constexpr int busy_milliseconds = 10'000;

int flagsOf(OpenMode mode) {
  // A connection is used by one thread at a time, so SQLite needs no mutex of its own for it.
  const int common = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
  switch (mode) {
    case OpenMode::create: return common | SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
    case OpenMode::read_write: return common | SQLITE_OPEN_READWRITE;
    case OpenMode::read_only: return common | SQLITE_OPEN_READONLY;
  }
  return common;
}

/// Unless it is told not to, SQLite counts every allocation under one mutex of the process, for which its
/// connections then wait in turn. Nobody reads those counts. It can be told only before the first connection.
void countNoMemory() { [[maybe_unused]] static const int code = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0); }

}  // namespace

Connection::Connection(const std::string& path, OpenMode mode) : path_(path) {
  countNoMemory();
  sqlite3* database = nullptr;
  const int code = sqlite3_open_v2(path.c_str(), &database, flagsOf(mode), nullptr);
  database_.reset(database);
  if (code != SQLITE_OK) fail(code, "open");
  sqlite3_busy_timeout(database, busy_milliseconds);
}

void Connection::fail(int code, std::string_view doing) const {
  const std::string detail = database_ ? sqlite3_errmsg(database_.get()) : sqlite3_errstr(code);
  throw SqliteFault(fmt::format("SQLite database {}: {}: {} (code {})", path_, doing, detail, code), code);
}

Connection::StatementHandle Connection::prepare(std::string_view sql, unsigned flags) const {
  sqlite3_stmt* statement = nullptr;
  const int code = sqlite3_prepare_v3(database_.get(), sql.data(), static_cast<int>(sql.size()), flags,
                                      &statement, nullptr);
  if (code != SQLITE_OK) fail(code, sql);
  return StatementHandle{statement};
}

void Connection::run(const char* sql) {
  const int code = sqlite3_exec(database_.get(), sql, nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) fail(code, sql);
}

std::int64_t Connection::number(const char* sql) {
  const auto statement = prepare(sql, 0);
  Query query(*this, statement.get());
  return query.step() ? query.integer(0) : 0;
}

std::string Connection::text(const char* sql) {
  const auto statement = prepare(sql, 0);
  Query query(*this, statement.get());
  return query.step() ? query.text(0) : std::string{};
}

Query Connection::query(Sql id) {
  StatementHandle& statement = statements_[static_cast<std::size_t>(id)];
  if (!statement) statement = prepare(textOf(id), SQLITE_PREPARE_PERSISTENT);
  return Query(*this, statement.get());
}

Query Connection::query(const Statement& statement) {
  auto found = room_statements_.find(statement.sql);
  if (found == room_statements_.end()) {
    if (room_statements_.size() >= most_statements)
      throw std::logic_error("store: too many different statements; put values into placeholders");
    found = room_statements_.emplace(statement.sql, prepare(statement.sql, SQLITE_PREPARE_PERSISTENT)).first;
  }
  sqlite3_stmt* prepared = found->second.get();
  if (sqlite3_bind_parameter_count(prepared) != static_cast<int>(statement.values.size()))
    throw std::logic_error("store: not one value for each placeholder: " + statement.sql);
  for (std::size_t index = 0; index < statement.values.size(); ++index) {
    // SQLite numbers $1, $2, … by their first appearance.
    const int place = sqlite3_bind_parameter_index(prepared, fmt::format("${}", index + 1).c_str());
    if (place == 0) throw std::logic_error("store: a placeholder is missing: " + statement.sql);
    Query(*this, prepared).bindOne(place, statement.values[index]);
  }
  return Query(*this, prepared);
}

std::vector<std::string> Connection::explain(std::string_view sql) {
  const auto statement = prepare(fmt::format("EXPLAIN QUERY PLAN {}", sql), 0);
  Query query(*this, statement.get());
  std::vector<std::string> lines;
  while (query.step()) lines.push_back(query.text(3));
  return lines;
}

void Connection::copyInto(const std::string& path) {
  const auto statement = prepare("VACUUM INTO ?1", 0);
  Query query(*this, statement.get());
  query.bind(path).run();
}

bool Query::step() {
  const int code = sqlite3_step(statement_);
  if (code == SQLITE_ROW) return true;
  if (code != SQLITE_DONE) connection_.fail(code, sqlite3_sql(statement_));
  return false;
}

void Query::run() {
  while (step()) {
  }
  sqlite3_reset(statement_);
}

std::string_view Query::bytes(int column) const {
  const void* data = sqlite3_column_blob(statement_, column);
  const int size = sqlite3_column_bytes(statement_, column);
  return data == nullptr ? std::string_view{}
                         : std::string_view{static_cast<const char*>(data), static_cast<std::size_t>(size)};
}

std::string Query::text(int column) const { return std::string{bytes(column)}; }

void Query::bindOne(int index, std::int64_t value) { sqlite3_bind_int64(statement_, index, value); }

void Query::bindOne(int index, std::nullptr_t) { sqlite3_bind_null(statement_, index); }

void Query::bindOne(int index, const SqlValue& value) {
  if (const auto* number = std::get_if<std::int64_t>(&value)) bindOne(index, *number);
  else if (const auto* text = std::get_if<std::string>(&value)) bindOne(index, std::string_view{*text});
  else if (const auto* blob = std::get_if<Blob>(&value)) bindOne(index, Bytes{blob->bytes});
  else bindOne(index, nullptr);
}

SqlValue Query::value(int column) const {
  switch (sqlite3_column_type(statement_, column)) {
    case SQLITE_NULL: return {};
    case SQLITE_INTEGER: return integer(column);
    case SQLITE_TEXT: return text(column);
    case SQLITE_BLOB: return Blob{text(column)};
    default: throw std::logic_error("store: a column that is neither integer, text nor bytes");
  }
}

void Query::bindOne(int index, std::string_view value) {
  // A null pointer would bind NULL.
  const char* data = value.data() == nullptr ? "" : value.data();
  const int code = sqlite3_bind_text64(statement_, index, data, value.size(), SQLITE_STATIC, SQLITE_UTF8);
  if (code != SQLITE_OK) connection_.fail(code, "bind a text");
}

void Query::bindOne(int index, Bytes value) {
  const char* data = value.bytes.data() == nullptr ? "" : value.bytes.data();
  const int code = sqlite3_bind_blob64(statement_, index, data, value.bytes.size(), SQLITE_STATIC);
  if (code != SQLITE_OK) connection_.fail(code, "bind bytes");
}

Transaction::~Transaction() {
  // SQLite has rolled back by itself after some errors.
  if (!connection_.inTransaction()) return;
  try {
    connection_.query(Sql::rollback).run();
  } catch (const StoreFault&) {  // NOLINT(bugprone-empty-catch)
    // The fault that led here is already on its way; a connection that can't roll back fails at its next
    // begin.
  }
}

void Transaction::commit() {
  try {
    connection_.query(Sql::commit).run();
  } catch (const SqliteFault& fault) {
    throw SqliteFault(fault.what(), fault.code, fault.primaryCode() != SQLITE_BUSY);
  }
}

}  // namespace jinyue::store::sqlite
