#include "store/sqlite/rows.h"

#include "store/check.h"
#include "store/excluded.h"

namespace jinyue::store::sqlite {
namespace {

ElementKey readKey(const Query& query) {
  return {query.integer(0), static_cast<ElementNumber>(query.integer(1))};
}

}  // namespace

CaseRow readCase(const Query& query) {
  CaseRow row;
  row.id = query.integer(0);
  row.version = query.integer(1);
  row.definition = query.integer(2);
  row.process = query.text(3);
  row.status = static_cast<CaseStatus>(query.integer(4));
  row.title = query.text(5);
  row.key = query.text(6);
  row.unit = query.text(7);
  row.opened = query.instant(8);
  row.closed = query.optionalInstant(9);
  row.due = query.optionalInstant(10);
  return row;
}

void bindCase(Query& query, const CaseRow& row) {
  query.bind(row.id, row.version, row.definition, row.process, row.status, row.title, row.key, row.unit,
             row.opened, row.closed, row.due, Bytes{row.state});
}

TaskRow readTask(const Query& query) {
  TaskRow row;
  row.id = readKey(query);
  row.process = query.text(2);
  row.node = query.text(3);
  row.name = query.text(4);
  row.title = query.text(5);
  row.unit = query.text(6);
  row.role = query.text(7);
  row.person = query.text(8);
  row.assignee = query.text(9);
  row.excluded = readExcluded(query.bytes(10));
  row.created = query.instant(11);
  if (query.integer(12) != no_due) row.due = query.instant(12);
  row.yellow = query.optionalInstant(13);
  return row;
}

void bindTask(Query& query, const TaskRow& row, const std::string& excluded) {
  query.bind(row.id.case_id, row.id.number, row.process, row.node, row.name, row.title, row.unit, row.role,
             row.person, row.assignee, excluded, row.created, row.due ? millisOf(*row.due) : no_due,
             row.yellow);
}

IncidentRow readIncident(const Query& query) {
  return {readKey(query), query.instant(2), query.text(3), query.text(4), query.text(5), query.text(6)};
}

OutboxRow readOutbox(const Query& query) {
  return {readKey(query), query.text(2), query.instant(3), static_cast<int>(query.integer(4)), query.text(5)};
}

SubscriptionRow readSubscription(const Query& query) {
  return {readKey(query), static_cast<SubscriptionKind>(query.integer(2)), query.text(3), query.text(4)};
}

ReplyRow readReply(const Query& query) {
  return {query.text(0),    query.text(1),    query.integer(2),
          query.integer(3), query.integer(4), query.instant(5)};
}

StoredRecord readRecord(const Query& query) {
  return {static_cast<std::uint64_t>(query.integer(0)), query.integer(1), query.integer(2), query.text(3)};
}

DefinitionRow readDefinition(const Query& query) {
  return {query.integer(0), query.text(1), query.integer(2), query.text(3), query.instant(4)};
}

}  // namespace jinyue::store::sqlite
