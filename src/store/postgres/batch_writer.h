// Sends the rows of a batch, one statement for each kind of row.
#pragma once

#include "store/postgres/connection.h"

namespace jinyue::store::postgres {

/// Rows are inserted plainly: whoever writes them holds the log's head, so nobody else inserts meanwhile, and
/// ON CONFLICT would cost a second search and a lock for each row. What is put is dropped first.
class BatchWriter {
 public:
  BatchWriter(Connection& connection, const Batch& batch) : connection_(connection), batch_(batch) {}

  void send();
  /// Reads the results of all that was sent; false when the batch met cases or keys that it did not expect,
  /// or a statement changed another number of rows than it must. Then the transaction must be rolled back,
  /// and findReasons() says which they are.
  bool receive();
  void findReasons(CommitOutcome& outcome);

 private:
  void sendCases();
  void sendReplies();
  void sendElements();
  void sendOutside();
  void sendTexts();
  void sendStatements();
  void sendJournal();
  void sendRows(Sql id, const Params& params);
  template <class Row>
  void sendDrops(Sql id, const std::vector<ElementKey>& dropped, const std::vector<Row>& put);

  Connection& connection_;
  const Batch& batch_;
  std::vector<const CaseWrite*> new_cases_;
  std::vector<const CaseWrite*> changed_cases_;
  std::vector<std::optional<int>> expected_;  ///< rows of each statement behind the changed cases
  bool unexpected_ = false;
};

}  // namespace jinyue::store::postgres
