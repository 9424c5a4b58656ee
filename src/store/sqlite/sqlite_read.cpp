// Everything that only reads.
#include "store/rows.h"
#include "store/sqlite/log_rows.h"
#include "store/sqlite/sqlite_store.h"

namespace jinyue::store::sqlite {
namespace {

std::vector<SqlRow> rowsOf(Connection& connection, const Statement& statement) {
  Query query = connection.query(statement);
  return query.all([](const Query& at) {
    SqlRow row;
    row.values.reserve(static_cast<std::size_t>(at.columns()));
    for (int column = 0; column < at.columns(); ++column) row.values.push_back(at.value(column));
    return row;
  });
}

}  // namespace

std::vector<CaseRow> SqliteStore::loadCases(std::span<const CaseId> ids) {
  const ReadPool::Lease reader(readers_);
  Transaction transaction(*reader, Sql::begin_read);
  Query query = reader->query(Sql::case_by_id);
  std::vector<CaseRow> rows;
  rows.reserve(ids.size());
  for (const CaseId id : ids) {
    query.bind(id);
    if (query.step()) {
      rows.push_back(readCaseWithState(query));
    }
    query.reset();
  }
  return rows;
}

std::vector<ReplyRow> SqliteStore::findReplies(std::span<const std::string> keys) {
  const ReadPool::Lease reader(readers_);
  Transaction transaction(*reader, Sql::begin_read);
  Query query = reader->query(Sql::replies_by_key);
  std::vector<ReplyRow> rows;
  for (const auto& key : keys) {
    query.bind(key);
    while (query.step()) rows.push_back(readReply(query));
    query.reset();
  }
  return rows;
}

std::vector<StoredRecord> SqliteStore::records(CaseId case_id, std::int64_t after, int limit) {
  checkLimit(limit);
  const ReadPool::Lease reader(readers_);
  Query query = reader->query(Sql::records);
  query.bind(case_id, after, limit);
  return query.all(readRecord<Query>);
}

std::vector<StoredRecord> SqliteStore::journal(std::uint64_t from, int limit) {
  checkLimit(limit);
  const ReadPool::Lease reader(readers_);
  Query query = reader->query(Sql::journal);
  query.bind(from, limit);
  return query.all(readRecord<Query>);
}

std::vector<TaskRow> SqliteStore::loadTasks(std::span<const ElementKey> ids) {
  const ReadPool::Lease reader(readers_);
  Transaction transaction(*reader, Sql::begin_read);
  Query query = reader->query(Sql::task_by_id);
  std::vector<TaskRow> rows;
  rows.reserve(ids.size());
  for (const auto& id : ids) {
    query.bind(id.case_id, id.number);
    if (query.step()) rows.push_back(readTask(query));
    query.reset();
  }
  return rows;
}

std::optional<Instant> SqliteStore::nextDue() {
  const ReadPool::Lease reader(readers_);
  std::optional<Instant> earliest;
  for (const Sql id : {Sql::next_timer, Sql::next_outbox}) {
    Query query = reader->query(id);
    if (!query.step()) continue;
    if (const auto next = readOptionalInstant(query, 0); next && (!earliest || *next < *earliest))
      earliest = next;
  }
  return earliest;
}

std::optional<ledger::Head> SqliteStore::head() {
  const ReadPool::Lease reader(readers_);
  return readStoredHead(*reader).head;
}

std::vector<ledger::Head> SqliteStore::keptHeads(std::uint64_t from_size, int limit) {
  checkLimit(limit);
  const ReadPool::Lease reader(readers_);
  Query query = reader->query(Sql::kept_heads);
  query.bind(from_size, limit);
  return query.all([](const Query& row) {
    auto head = ledger::decodeHead(row.bytes(0));
    if (!head) throw BrokenLog("a head of the log can't be read: " + describe(head.error()));
    return *std::move(head);
  });
}

std::string SqliteStore::tile(int level, std::int64_t index) {
  const ReadPool::Lease reader(readers_);
  Transaction transaction(*reader, Sql::begin_read);
  return readTile(*reader, options_.hash, level, index);
}

std::vector<SqlRow> SqliteStore::read(const Statement& statement) {
  const ReadPool::Lease reader(readers_);
  return rowsOf(*reader, statement);
}

void SqliteStore::inSnapshot(const std::function<void(const Ask&)>& work) {
  const ReadPool::Lease reader(readers_);
  Transaction transaction(*reader, Sql::begin_read);
  work([&reader](std::span<const Statement> statements) {
    std::vector<std::vector<SqlRow>> all;
    for (const Statement& statement : statements) all.push_back(rowsOf(*reader, statement));
    return all;
  });
}

std::vector<std::string> SqliteStore::explain(const Statement& statement) {
  const ReadPool::Lease reader(readers_);
  return reader->explain(statement.sql);
}

std::vector<std::string> SqliteStore::explain(Sql id) {
  const ReadPool::Lease reader(readers_);
  return reader->explain(textOf(id));
}

}  // namespace jinyue::store::sqlite
