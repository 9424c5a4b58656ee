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

Page<CaseRow> PostgresStore::listCases(const CaseFilter& filter, const PageRequest& page) {
  checkPage(page);
  const auto [before, unused_1, unused_2] = readCursor(page.after, {INT64_MAX, 0, 0});
  const int limit = page.limit + 1;
  const auto read = [&](Sql any_status, Sql one_status, const std::string& entry) {
    Params params = Params::of(entry, before, limit);
    if (filter.status || any_status == one_status) params.add(filter.status);
    return readBy(readers_, filter.status ? one_status : any_status, params, readCase<Row>);
  };
  std::vector<CaseRow> rows;
  if (filter.key) {
    rows = read(Sql::cases_by_key, Sql::cases_by_key, *filter.key);
  } else if (filter.unit) {
    rows = read(Sql::cases_by_unit, Sql::cases_by_unit_and_status, *filter.unit);
  } else if (filter.process) {
    rows = read(Sql::cases_by_process, Sql::cases_by_process_and_status, *filter.process);
  } else if (filter.status) {
    rows = readBy(readers_, Sql::cases_by_status, Params::of(*filter.status, before, limit), readCase<Row>);
  } else {
    rows = readBy(readers_, Sql::cases, Params::of(before, limit), readCase<Row>);
  }
  return makePage(std::move(rows), page.limit, [](const CaseRow& row) { return cursorOf(row); });
}

Page<CaseRow> PostgresStore::listCasesOfDefinition(std::int64_t definition, const PageRequest& page) {
  checkPage(page);
  const auto [after, unused_1, unused_2] = readCursor(page.after, {INT64_MIN, 0, 0});
  auto rows = readBy(readers_, Sql::cases_of_definition, Params::of(definition, after, page.limit + 1),
                     readCase<Row>);
  return makePage(std::move(rows), page.limit, [](const CaseRow& row) { return cursorOf(row); });
}

Page<TaskRow> PostgresStore::listTasks(const TaskFilter& filter, const PageRequest& page) {
  checkPage(page);
  const auto [due, case_id, number] = readCursor(page.after, {INT64_MIN, INT64_MIN, INT64_MIN});
  const int limit = page.limit + 1;
  const auto read = [&](Sql id, const std::string& entry) {
    const std::optional<std::string> none;
    const bool by_person = id == Sql::tasks_by_person;
    return readBy(readers_, id,
                  Params::of(entry, by_person ? none : filter.person, filter.unit, filter.role, due, case_id,
                             number, limit),
                  readTask<Row>);
  };
  std::vector<TaskRow> rows;
  if (filter.case_id) {
    rows = readBy(
        readers_, Sql::tasks_of_case,
        Params::of(*filter.case_id, filter.person, filter.unit, filter.role, filter.assignee, number, limit),
        readTask<Row>);
  } else if (filter.assignee) {
    rows = read(Sql::tasks_by_assignee, *filter.assignee);
  } else if (filter.person) {
    rows = read(Sql::tasks_by_person, *filter.person);
  } else if (filter.unit) {
    rows = read(filter.role ? Sql::tasks_by_unit_and_role : Sql::tasks_by_unit, *filter.unit);
  } else if (filter.role) {
    rows = read(Sql::tasks_by_role, *filter.role);
  } else {
    throw std::invalid_argument("store: a task list needs an entry");
  }
  return makePage(std::move(rows), page.limit, [](const TaskRow& row) { return cursorOf(row); });
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

Page<IncidentRow> PostgresStore::listIncidents(const std::optional<std::string>& process,
                                               const PageRequest& page) {
  checkPage(page);
  const auto [at, case_id, number] = readCursor(page.after, {INT64_MAX, INT64_MAX, INT64_MAX});
  Params params = Params::of(at, case_id, number, page.limit + 1);
  if (process) params.add(*process);
  auto rows =
      readBy(readers_, process ? Sql::incidents_by_process : Sql::incidents, params, readIncident<Row>);
  return makePage(std::move(rows), page.limit, [](const IncidentRow& row) { return cursorOf(row); });
}

std::vector<SubscriptionRow> PostgresStore::findSubscriptions(SubscriptionKind kind, std::string_view name,
                                                              std::string_view key, int limit) {
  checkLimit(limit);
  return readBy(readers_, Sql::subscriptions, Params::of(kind, name, key, limit), readSubscription<Row>);
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

std::optional<DefinitionRow> PostgresStore::loadDefinition(std::int64_t id) {
  auto rows = readBy(readers_, Sql::definition_by_id, Params::of(id), readDefinition<Row>);
  return rows.empty() ? std::nullopt : std::optional{std::move(rows.front())};
}

std::optional<DefinitionRow> PostgresStore::latestDefinition(std::string_view name) {
  auto rows = readBy(readers_, Sql::latest_definition, Params::of(name), readDefinition<Row>);
  return rows.empty() ? std::nullopt : std::optional{std::move(rows.front())};
}

std::vector<DefinitionRow> PostgresStore::listDefinitions() {
  return readBy(readers_, Sql::definitions, {}, readDefinition<Row>);
}

std::vector<PersonalRow> PostgresStore::loadPersonal(CaseId case_id) {
  return readBy(readers_, Sql::personal_of_case, Params::of(case_id), readPersonal<Row>);
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

std::vector<SqlRow> PostgresStore::query(const Statement& statement) {
  checkStatement(statement);
  return readers_.use([&](Connection& connection) {
    return connection.run(statement).all([](const Row& row) { return row.all(); });
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
