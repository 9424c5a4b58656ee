// The one transaction that makes a batch durable.
#include <utility>

#include <spdlog/spdlog.h>

#include "store/rows.h"
#include "store/sqlite/log_rows.h"
#include "store/sqlite/settings.h"
#include "store/sqlite/sqlite_store.h"

namespace jinyue::store::sqlite {
namespace {

/// Tells the log's edge that a commit has failed unless it has not.
class ForgetUnlessDone {
 public:
  explicit ForgetUnlessDone(LogEdge& log) : log_(log) {}
  ForgetUnlessDone(const ForgetUnlessDone&) = delete;
  ForgetUnlessDone& operator=(const ForgetUnlessDone&) = delete;
  ~ForgetUnlessDone() {
    if (!done) log_.forget();
  }
  bool done = false;

 private:
  LogEdge& log_;
};

/// ?1 to ?14
void bindCase(Query& query, const CaseRow& row) {
  query.bind(row.id, row.version, row.definition, row.process, row.status, row.title, row.key, row.unit,
             row.opened, row.closed, row.due, row.area, row.party, Bytes{row.state});
}

void dropElements(Connection& connection, Sql id, const std::vector<ElementKey>& keys) {
  if (keys.empty()) return;
  Query query = connection.query(id);
  for (const auto& key : keys) query.bind(key.case_id, key.number).run();
}

/// While it lives, what is deleted or replaced is overwritten.
class SecureDelete {
 public:
  explicit SecureDelete(Connection& connection) : connection_(connection) {
    connection_.run("PRAGMA secure_delete = ON");
  }
  SecureDelete(const SecureDelete&) = delete;
  SecureDelete& operator=(const SecureDelete&) = delete;
  ~SecureDelete() {
    try {
      connection_.run("PRAGMA secure_delete = OFF");
    } catch (const StoreFault& fault) {
      spdlog::warn("sqlite: what is deleted goes on being overwritten: {}", fault.what());
    }
  }

 private:
  Connection& connection_;
};

std::int64_t takeNumbers(Connection& connection, std::string_view counter, int count) {
  Query query = connection.query(Sql::take_numbers);
  query.bind(counter, count);
  if (!query.step()) throw StoreFault("the store has no counter: " + std::string{counter});
  const std::int64_t first = query.integer(0);
  while (query.step()) {
  }
  return first;
}

}  // namespace

CommitOutcome SqliteStore::commit(const Batch& batch) {
  checkBatch(batch);
  const Batch* next = &batch;
  return writeAll([&next] { return std::exchange(next, nullptr); });
}

CommitOutcome SqliteStore::commitAll(const NextBatch& next) {
  return writeAll([&next] {
    const Batch* batch = next();
    if (batch != nullptr) checkBatch(*batch);
    return batch;
  });
}

CommitOutcome SqliteStore::writeAll(const NextBatch& next) {
  const std::lock_guard lock(writer_mutex_);
  Transaction transaction(writer_, Sql::begin_write);
  ForgetUnlessDone log_state(log_);
  log_state.done = true;  // as long as nothing is appended
  CommitOutcome outcome;
  while (const Batch* batch = next()) {
    writeCases(*batch, outcome);
    writeReplies(*batch, outcome);
    if (outcome.done()) {
      writeElements(*batch);
      writeOutside(*batch);
      writeStatements(*batch, outcome);
    }
    if (!outcome.done()) {
      outcome.log_size = readStoredHead(writer_).size;
      return outcome;
    }
    writeTexts(*batch);
    log_state.done = false;
    outcome.log_size = writeLog(batch->journal);
  }
  transaction.commit();
  log_state.done = true;
  return outcome;
}

void SqliteStore::writeCases(const Batch& batch, CommitOutcome& outcome) {
  if (batch.cases.empty()) return;
  Query insert = writer_.query(Sql::insert_case);
  Query update = writer_.query(Sql::update_case);
  Query move = writer_.query(Sql::move_case);
  for (const auto& write : batch.cases) {
    bool done = false;
    if (write.expected_version == 0) {
      bindCase(insert, write.row);
      done = insert.runCounting() == 1;
    } else {
      bindCase(update, write.row);
      update.bindOne(15, write.expected_version);
      done = update.runCounting() == 1;
      if (!done) {
        bindCase(move, write.row);
        move.bindOne(15, write.expected_version);
        done = move.runCounting() == 1;
      }
    }
    if (!done) outcome.conflicts.push_back(write.row.id);
  }
}

void SqliteStore::writeReplies(const Batch& batch, CommitOutcome& outcome) {
  if (batch.replies.empty()) return;
  Query query = writer_.query(Sql::insert_reply);
  for (const auto& row : batch.replies) {
    query.bind(row.key, row.actor, row.fingerprint, row.case_id, row.position, row.at);
    if (query.runCounting() == 0) outcome.repeated_keys.push_back(row.key);
  }
}

void SqliteStore::writeElements(const Batch& batch) {
  dropElements(writer_, Sql::drop_task, batch.drop_tasks);
  if (!batch.put_tasks.empty()) {
    Query query = writer_.query(Sql::put_task);
    for (const auto& row : batch.put_tasks) {
      const std::string excluded = writeExcluded(row.excluded);
      query.bind(row.id.case_id, row.id.number, row.process, row.node, row.name, row.title, row.unit,
                 row.role, row.person, row.assignee, excluded, row.created,
                 row.due ? millisOf(*row.due) : no_due, row.yellow, row.area);
      query.run();
    }
  }
  dropElements(writer_, Sql::drop_timer, batch.drop_timers);
  if (!batch.put_timers.empty()) {
    Query query = writer_.query(Sql::put_timer);
    for (const auto& row : batch.put_timers) query.bind(row.id.case_id, row.id.number, row.due).run();
  }
  dropElements(writer_, Sql::drop_subscription, batch.drop_subscriptions);
  if (!batch.put_subscriptions.empty()) {
    Query query = writer_.query(Sql::put_subscription);
    for (const auto& row : batch.put_subscriptions) {
      query.bind(row.id.case_id, row.id.number, row.kind, row.name, row.key).run();
    }
  }
  dropElements(writer_, Sql::drop_incident, batch.drop_incidents);
  if (!batch.put_incidents.empty()) {
    Query query = writer_.query(Sql::put_incident);
    for (const auto& row : batch.put_incidents) {
      query.bind(row.id.case_id, row.id.number, row.at, row.process, row.node, row.code, row.message,
                 row.unit, row.area);
      query.run();
    }
  }
}

void SqliteStore::writeOutside(const Batch& batch) {
  dropElements(writer_, Sql::drop_outbox, batch.drop_outbox);
  if (!batch.put_outbox.empty()) {
    Query query = writer_.query(Sql::put_outbox);
    for (const auto& row : batch.put_outbox) {
      query.bind(row.id.case_id, row.id.number, row.topic, row.next_attempt, row.attempts, Bytes{row.body});
      query.run();
    }
  }
  if (!batch.personal.empty()) {
    Query query = writer_.query(Sql::put_personal);
    for (const auto& row : batch.personal) query.bind(row.case_id, row.digest, Bytes{row.value}).run();
  }
}

void SqliteStore::writeStatements(const Batch& batch, CommitOutcome& outcome) {
  for (const auto& statement : batch.statements) {
    const int changed = writer_.query(statement).runCounting();
    if (statement.expected && changed != *statement.expected) {
      outcome.unexpected = true;
      return;
    }
  }
}

std::uint64_t SqliteStore::writeLog(std::span<const JournalRow> rows) {
  std::uint64_t size = 0;
  {
    Query query = writer_.query(Sql::head);
    if (!query.step()) throw BrokenLog("the store has no row for the head of its log");
    size = static_cast<std::uint64_t>(query.integer(0));
  }
  if (rows.empty()) return size;
  if (!log_.isAt(size)) {
    // Another process wrote to this file, or our last commit failed.
    log_.load(readStoredHead(writer_), [this](int level, std::int64_t index) {
      return readTile(writer_, options_.hash, level, index);
    });
  }
  Query insert = writer_.query(Sql::insert_journal);
  for (const auto& row : rows) insert.bind(size++, row.case_id, row.position, Bytes{row.record}).run();
  log_.append(rows);
  const auto update = log_.seal();
  if (!update.tiles.empty()) {
    Query query = writer_.query(Sql::put_tile);
    for (const auto& tile : update.tiles) query.bind(tile.level, tile.index, Bytes{tile.hashes}).run();
  }
  const std::string head = ledger::encodeHead(update.head);
  writer_.query(Sql::put_head).bind(update.head.size, head, update.kept_at).run();
  if (update.keep) writer_.query(Sql::keep_head).bind(update.head.size, head).run();
  return size;
}

std::vector<TimerRow> SqliteStore::claimTimers(Instant now, Instant until, int limit) {
  checkLimit(limit);
  const auto next = nextDue();
  if (!next || *next > now) return {};
  const std::lock_guard lock(writer_mutex_);
  const RelaxedDurability relaxed(writer_);
  Transaction transaction(writer_, Sql::begin_write);
  std::vector<TimerRow> rows;
  {
    Query due = writer_.query(Sql::due_timers);
    due.bind(now, limit);
    rows = due.all(readTimer<Query>);
  }
  Query hold = writer_.query(Sql::hold_timer);
  for (const auto& row : rows) hold.bind(row.id.case_id, row.id.number, until).run();
  transaction.commit();
  return rows;
}

std::vector<OutboxRow> SqliteStore::claimOutbox(Instant now, Instant until, int limit) {
  checkLimit(limit);
  const auto next = nextDue();
  if (!next || *next > now) return {};
  const std::lock_guard lock(writer_mutex_);
  const RelaxedDurability relaxed(writer_);
  Transaction transaction(writer_, Sql::begin_write);
  std::vector<OutboxRow> rows;
  {
    Query due = writer_.query(Sql::due_outbox);
    due.bind(now, limit);
    rows = due.all(readOutbox<Query>);
  }
  Query hold = writer_.query(Sql::hold_outbox);
  for (const auto& row : rows) hold.bind(row.id.case_id, row.id.number, until).run();
  transaction.commit();
  return rows;
}

void SqliteStore::retryOutbox(const ElementKey& id, int attempts, Instant next_attempt) {
  const std::lock_guard lock(writer_mutex_);
  const RelaxedDurability relaxed(writer_);
  writer_.query(Sql::retry_outbox).bind(id.case_id, id.number, attempts, next_attempt).run();
}

CaseId SqliteStore::reserveCaseIds(int count) {
  checkLimit(count, 1'000'000);
  const std::lock_guard lock(writer_mutex_);
  // A commit that uses one of the numbers makes this durable too, since it comes later in the same log.
  const RelaxedDurability relaxed(writer_);
  return takeNumbers(writer_, "case", count);
}

DefinitionRow SqliteStore::addDefinition(std::string_view name, std::string_view source, Instant at) {
  checkText(name, "the name of a definition");
  checkText(source, "the source of a definition");
  const std::lock_guard lock(writer_mutex_);
  Transaction transaction(writer_, Sql::begin_write);
  const std::int64_t id = takeNumbers(writer_, "definition", 1);
  DefinitionRow row;
  {
    Query query = writer_.query(Sql::insert_definition);
    query.bind(id, name, source, at);
    if (!query.step()) throw StoreFault("a definition was not written");
    row = readDefinition(query);
  }
  transaction.commit();
  return row;
}

std::optional<int> SqliteStore::erasePersonal(CaseId case_id, std::int64_t version, std::string_view state) {
  const std::lock_guard lock(writer_mutex_);
  // The bytes are overwritten in the database file, not only unlinked.
  const SecureDelete secure(writer_);
  Transaction transaction(writer_, Sql::begin_write);
  if (writer_.query(Sql::put_state).bind(case_id, version, Bytes{state}).runCounting() == 0)
    return std::nullopt;
  const int erased = writer_.query(Sql::erase_personal).bind(case_id).runCounting();
  transaction.commit();
  return erased;
}

int SqliteStore::forgetReplies(Instant before, int limit) {
  checkLimit(limit);
  const std::lock_guard lock(writer_mutex_);
  const RelaxedDurability relaxed(writer_);
  return writer_.query(Sql::forget_replies).bind(before, limit).runCounting();
}

}  // namespace jinyue::store::sqlite
