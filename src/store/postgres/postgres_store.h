// The store in PostgreSQL: any number of nodes over one database. Each has a connection for commits, one for
// claims and a few that read; a lost connection is opened anew.
#pragma once

#include "store/log_edge.h"
#include "store/postgres/batch_writer.h"
#include "store/postgres/session.h"
#include "store/sql_store.h"

namespace jinyue::store::postgres {

class PostgresStore final : public SqlStore {
 public:
  /// `conninfo` is libpq's; the tables are made in the first schema of the search path.
  static Result<std::unique_ptr<Store>> open(const std::string& conninfo, const StoreOptions& options);

  CommitOutcome commit(const Batch& batch) override;
  CommitOutcome commitAll(const NextBatch& next) override;
  std::vector<std::string> explain(const Statement& statement) override;

  std::vector<CaseRow> loadCases(std::span<const CaseId> ids) override;
  std::vector<ReplyRow> findReplies(std::span<const std::string> keys) override;
  std::vector<StoredRecord> records(CaseId case_id, std::int64_t after, int limit) override;
  std::vector<StoredRecord> journal(std::uint64_t from, int limit) override;

  std::vector<TaskRow> loadTasks(std::span<const ElementKey> ids) override;

  std::vector<TimerRow> claimTimers(Instant now, Instant until, int limit) override;
  std::vector<OutboxRow> claimOutbox(Instant now, Instant until, int limit) override;
  void retryOutbox(const ElementKey& id, int attempts, Instant next_attempt) override;
  std::optional<Instant> nextDue() override;

  CaseId reserveCaseIds(int count) override;

  DefinitionRow addDefinition(std::string_view name, std::string_view source, Instant at) override;

  Page<TextRow> searchTexts(const TextQuery& query, const PageRequest& page) override;

  std::optional<int> erasePersonal(CaseId case_id, std::int64_t version, std::string_view state) override;
  int forgetReplies(Instant before, int limit) override;

  std::optional<ledger::Head> head() override;
  std::vector<ledger::Head> keptHeads(std::uint64_t from_size, int limit) override;
  std::string tile(int level, std::int64_t index) override;

  Result<void> backup(const std::string& path) override;

  /// The plan of a statement as this adapter runs it.
  std::vector<std::string> explain(Sql id);

 private:
  PostgresStore(const std::string& conninfo, const StoreOptions& options, std::string log);

  std::vector<SqlRow> read(const Statement& statement) override;
  void inSnapshot(const std::function<void(const Ask&)>& work) override;
  std::vector<std::string> explainText(std::string_view sql, ReadPool& readers);

  void loadLog();
  CommitOutcome commitOn(Connection& connection, const NextBatch& next, bool lock_first);
  /// False, with nothing written, when a batch met cases or keys that it did not expect; `writer` is its.
  bool writeBatches(Connection& connection, const NextBatch& next, bool lock_first,
                    std::optional<BatchWriter>& writer, CommitOutcome& outcome);

  std::string conninfo_;
  StoreOptions options_;
  Session commits_;
  LogEdge log_;  ///< only inside commits_.use()
  Session claims_;
  ReadPool readers_;
  ReadPool searchers_;
};

}  // namespace jinyue::store::postgres
