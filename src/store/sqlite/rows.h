// Rows of the port from and to the columns of the SQLite statements.
#pragma once

#include "store/sqlite/connection.h"
#include "store/store.h"

namespace jinyue::store::sqlite {

CaseRow readCase(const Query& query);  ///< without state
TaskRow readTask(const Query& query);
IncidentRow readIncident(const Query& query);
OutboxRow readOutbox(const Query& query);
SubscriptionRow readSubscription(const Query& query);
ReplyRow readReply(const Query& query);
StoredRecord readRecord(const Query& query);
DefinitionRow readDefinition(const Query& query);

void bindCase(Query& query, const CaseRow& row);  ///< ?1 to ?12
/// The JSON texts must outlive the step.
void bindTask(Query& query, const TaskRow& row, const std::string& excluded);

/// Steps to the end and reads each row.
template <class Read>
auto readAll(Query& query, Read read) {
  std::vector<decltype(read(query))> rows;
  while (query.step()) rows.push_back(read(query));
  return rows;
}

}  // namespace jinyue::store::sqlite
