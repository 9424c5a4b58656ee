// Sends the rows of a batch, one statement for each kind of row.
#pragma once

#include "store/postgres/connection.h"

namespace jinyue::store::postgres {

/// The statements whose results tell whether the batch may be committed were sent first, in this order: new
/// cases (if any), changed cases (if any), replies (if any).
class BatchWriter {
 public:
  BatchWriter(Connection& connection, const Batch& batch) : connection_(connection), batch_(batch) {}

  void send();
  /// Reads the results of all that was sent; conflicts and repeated keys go into the outcome.
  void receive(CommitOutcome& outcome);

 private:
  void sendCases();
  void sendReplies();
  void sendElements();
  void sendOutside();
  void sendJournal();
  void sendRows(Sql id, const Params& params);
  void sendDrops(Sql id, const std::vector<ElementKey>& keys);

  Connection& connection_;
  const Batch& batch_;
  std::vector<const CaseWrite*> new_cases_;
  std::vector<const CaseWrite*> changed_cases_;
  int others_ = 0;  ///< statements whose results say nothing
};

}  // namespace jinyue::store::postgres
