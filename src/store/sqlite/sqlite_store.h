// The store in one SQLite file: one connection that writes, a few that read, one that makes checkpoints.
#pragma once

#include <mutex>

#include "store/log_edge.h"
#include "store/sql_store.h"
#include "store/sqlite/checkpointer.h"
#include "store/sqlite/read_pool.h"
#include "store/sqlite/settings.h"

namespace jinyue::store::sqlite {

class SqliteStore final : public SqlStore {
 public:
  /// Creates the file or migrates its schema.
  static Result<std::unique_ptr<Store>> open(const std::string& path, const StoreOptions& options,
                                             Durability durability = Durability::full);

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

  /// The plan of a statement, as EXPLAIN QUERY PLAN gives it.
  std::vector<std::string> explain(Sql id);

 private:
  std::vector<SqlRow> read(const Statement& statement) override;
  void inSnapshot(const std::function<void(const Ask&)>& work) override;

  SqliteStore(std::string path, const StoreOptions& options, Connection writer, std::string log);

  void loadLog();
  CommitOutcome writeAll(const NextBatch& next);
  void writeCases(const Batch& batch, CommitOutcome& outcome);
  void writeReplies(const Batch& batch, CommitOutcome& outcome);
  void writeElements(const Batch& batch);
  void writeOutside(const Batch& batch);
  void writeTexts(const Batch& batch);
  void writeStatements(const Batch& batch, CommitOutcome& outcome);
  std::uint64_t writeLog(std::span<const JournalRow> rows);

  std::string path_;
  StoreOptions options_;
  std::mutex writer_mutex_;  ///< guards writer_ and log_
  Connection writer_;
  LogEdge log_;
  ReadPool readers_;
  Checkpointer checkpointer_;
};

}  // namespace jinyue::store::sqlite
