// Everything that only reads.
#include <map>

#include <fmt/format.h>

#include "store/postgres/log_rows.h"
#include "store/postgres/postgres_store.h"
#include "store/rows.h"

namespace jinyue::store::postgres {
namespace {

template <class Read>
auto readBy(ReadPool& readers, Sql id, const Params& params, Read read) {
  return readers.use([&](Connection& connection) { return connection.run(id, params).all(read); });
}

}  // namespace

std::vector<CaseRow> PostgresStore::loadCases(std::span<const CaseId> ids) {
  if (ids.empty()) return {};
  Params params;
  params.array(ids, [](CaseId id) { return id; });
  std::map<CaseId, CaseRow> found;
  for (auto& row : readBy(readers_, Sql::cases_by_id, params, readCaseWithState<Row>)) {
    const CaseId id = row.id;
    found.emplace(id, std::move(row));
  }
  std::vector<CaseRow> rows;
  rows.reserve(found.size());
  for (const CaseId id : ids) {
    if (const auto row = found.find(id); row != found.end()) rows.push_back(row->second);
  }
  return rows;
}

std::vector<ReplyRow> PostgresStore::findReplies(std::span<const std::string> keys) {
  if (keys.empty()) return {};
  Params params;
  params.array(keys, [](const std::string& key) { return std::string_view{key}; });
  std::multimap<std::string, ReplyRow> found;
  for (auto& row : readBy(readers_, Sql::replies_by_key, params, readReply<Row>)) found.emplace(row.key, row);
  std::vector<ReplyRow> rows;
  rows.reserve(found.size());
  for (const auto& key : keys) {
    const auto [begin, end] = found.equal_range(key);
    for (auto row = begin; row != end; ++row) rows.push_back(row->second);
  }
  return rows;
}

std::vector<StoredRecord> PostgresStore::records(CaseId case_id, std::int64_t after, int limit) {
  checkLimit(limit);
  return readBy(readers_, Sql::records, Params::of(case_id, after, limit), readRecord<Row>);
}

std::vector<StoredRecord> PostgresStore::journal(std::uint64_t from, int limit) {
  checkLimit(limit);
  return readBy(readers_, Sql::journal, Params::of(from, limit), readRecord<Row>);
}

std::vector<TaskRow> PostgresStore::loadTasks(std::span<const ElementKey> ids) {
  if (ids.empty()) return {};
  Params params;
  params.array(ids, [](const ElementKey& id) { return id.case_id; }).array(ids, [](const ElementKey& id) {
    return id.number;
  });
  std::map<ElementKey, TaskRow> found;
  for (auto& row : readBy(readers_, Sql::tasks_by_id, params, readTask<Row>)) found.emplace(row.id, row);
  std::vector<TaskRow> rows;
  rows.reserve(found.size());
  for (const auto& id : ids) {
    if (const auto row = found.find(id); row != found.end()) rows.push_back(row->second);
  }
  return rows;
}

std::optional<Instant> PostgresStore::nextDue() {
  return readers_.use([](Connection& connection) {
    connection.send(Sql::next_timer);
    connection.send(Sql::next_outbox);
    connection.flush();
    std::optional<Instant> earliest;
    for (int count = 0; count < 2; ++count) {
      const Rows rows = connection.receive();
      const auto next = readOptionalInstant(rows[0], 0);
      if (next && (!earliest || *next < *earliest)) earliest = next;
    }
    connection.sync();
    return earliest;
  });
}

std::optional<ledger::Head> PostgresStore::head() {
  return readers_.use([](Connection& connection) { return readStoredHead(connection.run(Sql::head)).head; });
}

std::vector<ledger::Head> PostgresStore::keptHeads(std::uint64_t from_size, int limit) {
  checkLimit(limit);
  return readBy(readers_, Sql::kept_heads, Params::of(from_size, limit), [](const Row& row) {
    auto head = ledger::decodeHead(row.bytes(0));
    if (!head) throw BrokenLog("a head of the log can't be read: " + describe(head.error()));
    return *std::move(head);
  });
}

std::string PostgresStore::tile(int level, std::int64_t index) {
  return readers_.use([&](Connection& connection) {
    std::string hashes = readTile(connection, options_.hash, level, index);
    connection.sync();
    return hashes;
  });
}

std::vector<SqlRow> PostgresStore::read(const Statement& statement) {
  return readers_.use([&](Connection& connection) {
    return connection.run(statement).all([](const Row& row) { return row.all(); });
  });
}

void PostgresStore::inSnapshot(const std::function<void(const Ask&)>& work) {
  readers_.use([&](Connection& connection) {
    connection.send(Sql::begin_snapshot);
    connection.flush();
    connection.receive();
    work([&connection](std::span<const Statement> statements) {
      for (const Statement& statement : statements) connection.send(statement);
      connection.flush();
      std::vector<std::vector<SqlRow>> all;
      for (std::size_t index = 0; index < statements.size(); ++index)
        all.push_back(connection.receive().all([](const Row& row) { return row.all(); }));
      return all;
    });
    connection.run(Sql::rollback);
  });
}

std::vector<std::string> PostgresStore::explain(const Statement& statement) {
  return explainText(statement.sql, readers_);
}

std::vector<std::string> PostgresStore::explain(Sql id) {
  const bool is_search = id == Sql::walk_texts || id == Sql::find_texts;
  return explainText(statementOf(id).text, is_search ? searchers_ : readers_);
}

std::vector<std::string> PostgresStore::explainText(std::string_view sql, ReadPool& readers) {
  return readers.use([&](Connection& connection) {
    connection.runText(fmt::format("PREPARE explained AS {}", sql));
    const int count = std::stoi(connection.valueOf(
        "SELECT cardinality(parameter_types) FROM pg_prepared_statements WHERE name = 'explained'"));
    std::string nulls;
    for (int index = 0; index < count; ++index) nulls += index == 0 ? "(NULL" : ", NULL";
    auto lines = connection.linesOf(fmt::format("EXPLAIN EXECUTE explained{}", count > 0 ? nulls + ")" : ""));
    connection.runText("DEALLOCATE explained");
    return lines;
  });
}

}  // namespace jinyue::store::postgres
