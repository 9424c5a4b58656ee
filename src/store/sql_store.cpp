#include "store/sql_store.h"

#include "store/columns.h"
#include "store/rows.h"

namespace jinyue::store {
namespace {

constexpr std::string_view of_definition_sql =
    "SELECT " CASE_LIST_COLUMNS
    " FROM cases WHERE definition = $1 AND status = 0 AND id > $2 ORDER BY id LIMIT $3";
constexpr std::string_view subscriptions_sql =
    "SELECT case_id, number, kind, name, key FROM subscriptions WHERE kind = $1 AND name = $2 AND key = $3"
    " AND (case_id, number) > ($4, $5) ORDER BY case_id, number LIMIT $6";
constexpr std::string_view definition_sql =
    "SELECT id, name, version, source, at FROM definitions WHERE id = $1";
constexpr std::string_view latest_definition_sql =
    "SELECT id, name, version, source, at FROM definitions WHERE name = $1 ORDER BY version DESC LIMIT 1";
constexpr std::string_view definitions_sql =
    "SELECT id, name, version, CAST('' AS text), at FROM definitions ORDER BY id";
constexpr std::string_view personal_sql =
    "SELECT case_id, digest, value FROM personal WHERE case_id = $1 ORDER BY digest";
/// Each by one look into the index: the next text after the last.
constexpr std::string_view processes_sql =
    "WITH RECURSIVE found (process) AS (SELECT min(process) FROM tasks UNION ALL"
    " SELECT (SELECT min(process) FROM tasks WHERE process > found.process) FROM found"
    " WHERE found.process IS NOT NULL) SELECT process FROM found WHERE process IS NOT NULL";

template <class Read>
auto all(const std::vector<SqlRow>& rows, Read read) {
  std::vector<decltype(read(rows.front()))> result;
  result.reserve(rows.size());
  for (const SqlRow& row : rows) result.push_back(read(row));
  return result;
}

std::optional<DefinitionRow> first(const std::vector<SqlRow>& rows) {
  return rows.empty() ? std::nullopt : std::optional{readDefinition(rows.front())};
}

}  // namespace

std::vector<SqlRow> SqlStore::query(const Statement& statement) {
  checkStatement(statement);
  return read(statement);
}

template <class Row>
Page<Row> SqlStore::readList(std::span<const ListEntry> entries, const ListOrder<Row>& order,
                             const PageRequest& page, const std::optional<Cursor>& end) {
  if (entries.size() == 1) {
    const Ask ask = [this](std::span<const Statement> statements) {
      return std::vector<std::vector<SqlRow>>{read(statements.front())};
    };
    return readMerged(ask, entries, order, page, end);
  }
  Page<Row> result;
  if (!entries.empty())
    inSnapshot([&](const Ask& ask) { result = readMerged(ask, entries, order, page, end); });
  return result;
}

Page<CaseRow> SqlStore::listCases(const CaseFilter& filter, const PageRequest& page) {
  checkPage(page);
  return readList<CaseRow>(caseEntries(filter), caseOrder(), page);
}

Page<TaskRow> SqlStore::listTasks(const TaskFilter& filter, const PageRequest& page) {
  checkPage(page);
  const auto processes = [this] {
    return all(read(statement(processes_sql)), [](const SqlRow& row) { return row.text(0); });
  };
  return readList<TaskRow>(taskEntries(filter, processes), taskOrder(filter), page, taskEnd(filter));
}

Page<IncidentRow> SqlStore::listIncidents(const IncidentFilter& filter, const PageRequest& page) {
  checkPage(page);
  return readList<IncidentRow>(incidentEntries(filter), incidentOrder(), page);
}

Page<CaseRow> SqlStore::listCasesOfDefinition(std::int64_t definition, const PageRequest& page) {
  checkPage(page);
  const auto after = readCursor(page.after, {INT64_MIN, 0, 0})[0];
  return makePage(
      all(read(statement(of_definition_sql, definition, after, page.limit + 1)), readCase<SqlRow>),
      page.limit, [](const CaseRow& row) { return cursorOf(row); });
}

std::vector<SubscriptionRow> SqlStore::findSubscriptions(SubscriptionKind kind, std::string_view name,
                                                         std::string_view key, const ElementKey& after,
                                                         int limit) {
  checkLimit(limit);
  return all(read(statement(subscriptions_sql, kind, name, key, after.case_id, after.number, limit)),
             readSubscription<SqlRow>);
}

std::optional<DefinitionRow> SqlStore::loadDefinition(std::int64_t id) {
  return first(read(statement(definition_sql, id)));
}

std::optional<DefinitionRow> SqlStore::latestDefinition(std::string_view name) {
  return first(read(statement(latest_definition_sql, name)));
}

std::vector<DefinitionRow> SqlStore::listDefinitions() {
  return all(read(statement(definitions_sql)), readDefinition<SqlRow>);
}

std::vector<PersonalRow> SqlStore::loadPersonal(CaseId case_id) {
  return all(read(statement(personal_sql, case_id)), readPersonal<SqlRow>);
}

std::vector<NamedRead> SqlStore::reads() {
  std::vector<NamedRead> reads{{"cases_of_definition", of_definition_sql},
                               {"subscriptions", subscriptions_sql},
                               {"definition", definition_sql},
                               {"latest_definition", latest_definition_sql},
                               {"definitions", definitions_sql},
                               {"personal", personal_sql},
                               {"processes_of_tasks", processes_sql}};
  for (const auto& more : {caseReads(), taskReads(), incidentReads()})
    reads.insert(reads.end(), more.begin(), more.end());
  return reads;
}

}  // namespace jinyue::store
