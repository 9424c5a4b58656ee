// Everything that only reads.
#include "store/rows.h"
#include "store/sqlite/log_rows.h"
#include "store/sqlite/sqlite_store.h"

namespace jinyue::store::sqlite {

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

Page<CaseRow> SqliteStore::listCases(const CaseFilter& filter, const PageRequest& page) {
  checkPage(page);
  const auto [before, unused_1, unused_2] = readCursor(page.after, {INT64_MAX, 0, 0});
  const int limit = page.limit + 1;
  const ReadPool::Lease reader(readers_);
  const auto read = [&](Sql any_status, Sql one_status, const std::string& entry) {
    Query query = reader->query(filter.status ? one_status : any_status);
    query.bind(entry, before, limit);
    if (filter.status || any_status == one_status) query.bindOne(4, filter.status);
    return query.all(readCase<Query>);
  };
  std::vector<CaseRow> rows;
  if (filter.key) {
    rows = read(Sql::cases_by_key, Sql::cases_by_key, *filter.key);
  } else if (filter.unit) {
    rows = read(Sql::cases_by_unit, Sql::cases_by_unit_and_status, *filter.unit);
  } else if (filter.process) {
    rows = read(Sql::cases_by_process, Sql::cases_by_process_and_status, *filter.process);
  } else if (filter.status) {
    Query query = reader->query(Sql::cases_by_status);
    query.bind(*filter.status, before, limit);
    rows = query.all(readCase<Query>);
  } else {
    Query query = reader->query(Sql::cases);
    query.bind(before, limit);
    rows = query.all(readCase<Query>);
  }
  return makePage(std::move(rows), page.limit, [](const CaseRow& row) { return cursorOf(row); });
}

Page<CaseRow> SqliteStore::listCasesOfDefinition(std::int64_t definition, const PageRequest& page) {
  checkPage(page);
  const auto [after, unused_1, unused_2] = readCursor(page.after, {INT64_MIN, 0, 0});
  const ReadPool::Lease reader(readers_);
  Query query = reader->query(Sql::cases_of_definition);
  query.bind(definition, after, page.limit + 1);
  return makePage(query.all(readCase<Query>), page.limit, [](const CaseRow& row) { return cursorOf(row); });
}

Page<TaskRow> SqliteStore::listTasks(const TaskFilter& filter, const PageRequest& page) {
  checkPage(page);
  const auto [due, case_id, number] = readCursor(page.after, {INT64_MIN, INT64_MIN, INT64_MIN});
  const int limit = page.limit + 1;
  const ReadPool::Lease reader(readers_);
  const auto read = [&](Sql id, const std::string& entry) {
    Query query = reader->query(id);
    const std::optional<std::string> none;
    const bool by_person = id == Sql::tasks_by_person;
    query.bind(entry, by_person ? none : filter.person, filter.unit, filter.role, due, case_id, number,
               limit);
    return query.all(readTask<Query>);
  };
  std::vector<TaskRow> rows;
  if (filter.case_id) {
    Query query = reader->query(Sql::tasks_of_case);
    query.bind(*filter.case_id, filter.person, filter.unit, filter.role, filter.assignee, number, limit);
    rows = query.all(readTask<Query>);
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

Page<IncidentRow> SqliteStore::listIncidents(const std::optional<std::string>& process,
                                             const PageRequest& page) {
  checkPage(page);
  const auto [at, case_id, number] = readCursor(page.after, {INT64_MAX, INT64_MAX, INT64_MAX});
  const ReadPool::Lease reader(readers_);
  Query query = reader->query(process ? Sql::incidents_by_process : Sql::incidents);
  query.bind(at, case_id, number, page.limit + 1);
  if (process) query.bindOne(5, *process);
  return makePage(query.all(readIncident<Query>), page.limit,
                  [](const IncidentRow& row) { return cursorOf(row); });
}

std::vector<SubscriptionRow> SqliteStore::findSubscriptions(SubscriptionKind kind, std::string_view name,
                                                            std::string_view key, int limit) {
  checkLimit(limit);
  const ReadPool::Lease reader(readers_);
  Query query = reader->query(Sql::subscriptions);
  query.bind(kind, name, key, limit);
  return query.all(readSubscription<Query>);
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

std::optional<DefinitionRow> SqliteStore::loadDefinition(std::int64_t id) {
  const ReadPool::Lease reader(readers_);
  Query query = reader->query(Sql::definition_by_id);
  query.bind(id);
  if (!query.step()) return std::nullopt;
  return readDefinition(query);
}

std::optional<DefinitionRow> SqliteStore::latestDefinition(std::string_view name) {
  const ReadPool::Lease reader(readers_);
  Query query = reader->query(Sql::latest_definition);
  query.bind(name);
  if (!query.step()) return std::nullopt;
  return readDefinition(query);
}

std::vector<DefinitionRow> SqliteStore::listDefinitions() {
  const ReadPool::Lease reader(readers_);
  Query query = reader->query(Sql::definitions);
  return query.all(readDefinition<Query>);
}

std::vector<PersonalRow> SqliteStore::loadPersonal(CaseId case_id) {
  const ReadPool::Lease reader(readers_);
  Query query = reader->query(Sql::personal_of_case);
  query.bind(case_id);
  return query.all(readPersonal<Query>);
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

std::vector<SqlRow> SqliteStore::query(const Statement& statement) {
  checkStatement(statement);
  const ReadPool::Lease reader(readers_);
  Query query = reader->query(statement);
  return query.all([](const Query& at) {
    SqlRow row;
    for (int column = 0; column < at.columns(); ++column) row.values.push_back(at.value(column));
    return row;
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
