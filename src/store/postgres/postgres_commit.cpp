// Everything that writes. A commit takes two round trips: all rows, answered together while this side hashes
// the records; then the log's tiles, its signed head and COMMIT.
#include <utility>

#include "store/check.h"
#include "store/postgres/batch_writer.h"
#include "store/postgres/log_rows.h"
#include "store/postgres/postgres_store.h"
#include "store/rows.h"

namespace jinyue::store::postgres {
namespace {

/// Rows that a statement gives when it runs alone.
template <class Read>
auto readBy(Session& session, Sql id, const Params& params, Read read) {
  return session.use([&](Connection& connection) { return connection.run(id, params).all(read); });
}

}  // namespace

CommitOutcome PostgresStore::commit(const Batch& batch) {
  checkBatch(batch);
  return commits_.use([&](Connection& connection) {
    const Batch* next = &batch;
    return commitOn(connection, [&next] { return std::exchange(next, nullptr); }, false);
  });
}

CommitOutcome PostgresStore::commitAll(const NextBatch& next) {
  bool begun = false;
  return commits_.use([&](Connection& connection) {
    if (std::exchange(begun, true))
      throw StoreFault("PostgreSQL: the connection was lost while several batches were written");
    return commitOn(
        connection,
        [&next] {
          const Batch* batch = next();
          if (batch != nullptr) checkBatch(*batch);
          return batch;
        },
        true);
  });
}

CommitOutcome PostgresStore::commitOn(Connection& connection, const NextBatch& next, bool lock_first) {
  try {
    std::optional<BatchWriter> writer;  // of the batch at hand
    CommitOutcome outcome;
    if (writeBatches(connection, next, lock_first, writer, outcome)) return outcome;
    log_.forget();
    writer->findReasons(outcome);
    if (outcome.done())
      throw StoreFault("PostgreSQL: rows of a batch are there already, but neither case nor key");
    return outcome;
  } catch (...) {
    log_.forget();
    throw;
  }
}

bool PostgresStore::writeBatches(Connection& connection, const NextBatch& next, bool lock_first,
                                 std::optional<BatchWriter>& writer, CommitOutcome& outcome) {
  Transaction transaction(connection);
  connection.send(Sql::lock_head);
  std::optional<Rows> head_row;
  const auto receiveHead = [&] {
    transaction.started();
    head_row = connection.receive();
    outcome.log_size = static_cast<std::uint64_t>((*head_row)[0].integer(0));
  };
  if (lock_first) {  // so that what `next` reads stays as it is
    connection.flush();
    receiveHead();
  }
  int unread = 0;  // results of the batch before
  const auto send = [&](Sql id, const Params& params) {
    connection.send(id, params);
    ++unread;
  };
  while (const Batch* batch = next()) {
    writer.emplace(connection, *batch);
    writer->send();
    connection.flush();

    // While the server works: the log as it will be, unless another node appends to it first.
    const std::uint64_t expected_size = log_.size();
    const bool is_ahead = log_.isAt(expected_size);
    if (is_ahead) log_.append(batch->journal);

    if (!head_row) receiveHead();
    for (; unread > 0; --unread) connection.receive();
    if (!writer->receive()) return false;
    if (batch->journal.empty()) continue;
    if (!is_ahead || outcome.log_size != expected_size) {
      log_.load(readStoredHead(*head_row), [&](int level, std::int64_t index) {
        return readTile(connection, options_.hash, level, index);
      });
      log_.append(batch->journal);
    }
    const auto update = log_.seal();
    if (!update.tiles.empty()) {
      Params tiles;
      tiles.array(update.tiles, [](const ledger::Tile& tile) { return tile.level; })
          .array(update.tiles, [](const ledger::Tile& tile) { return tile.index; })
          .array(update.tiles, [](const ledger::Tile& tile) { return Bytes{tile.hashes}; });
      send(Sql::put_tiles, tiles);
    }
    const std::string head = ledger::encodeHead(update.head);
    send(Sql::put_head, Params::of(update.head.size, head, update.kept_at));
    if (update.keep) send(Sql::keep_head, Params::of(update.head.size, head));
    outcome.log_size = update.head.size;
  }
  transaction.commit();
  return true;
}

std::vector<TimerRow> PostgresStore::claimTimers(Instant now, Instant until, int limit) {
  checkLimit(limit);
  return readBy(claims_, Sql::claim_timers, Params::of(now, limit, until), readTimer<Row>);
}

std::vector<OutboxRow> PostgresStore::claimOutbox(Instant now, Instant until, int limit) {
  checkLimit(limit);
  return readBy(claims_, Sql::claim_outbox, Params::of(now, limit, until), readOutbox<Row>);
}

void PostgresStore::retryOutbox(const ElementKey& id, int attempts, Instant next_attempt) {
  claims_.use([&](Connection& connection) {
    connection.run(Sql::retry_outbox, Params::of(id.case_id, id.number, attempts, next_attempt));
  });
}

CaseId PostgresStore::reserveCaseIds(int count) {
  checkLimit(count, 1'000'000);
  // A commit that uses one of the numbers makes this durable too, since it comes later in the same log.
  const auto first = readBy(claims_, Sql::take_numbers, Params::of("case", count),
                            [](const Row& row) { return row.integer(0); });
  if (first.empty()) throw StoreFault("the store has no counter of case ids");
  return first.front();
}

DefinitionRow PostgresStore::addDefinition(std::string_view name, std::string_view source, Instant at) {
  checkText(name, "the name of a definition");
  checkText(source, "the source of a definition");
  return commits_.use([&](Connection& connection) {
    Transaction transaction(connection);
    // The counter's row lock also keeps two nodes from giving a name the same version.
    connection.send(Sql::take_numbers, Params::of("definition", 1));
    connection.flush();
    transaction.started();
    const Rows number = connection.receive();
    if (number.empty()) throw StoreFault("the store has no counter of definitions");
    connection.send(Sql::insert_definition, Params::of(number[0].integer(0), name, source, at));
    connection.flush();
    DefinitionRow row = readDefinition(connection.receive()[0]);
    transaction.commit();
    return row;
  });
}

std::optional<int> PostgresStore::erasePersonal(CaseId case_id, std::int64_t version,
                                                std::string_view state) {
  return commits_.use([&](Connection& connection) -> std::optional<int> {
    Transaction transaction(connection);
    // In line with the commits of other nodes, which may write rows of the same case.
    connection.send(Sql::lock_head);
    connection.send(Sql::put_state, Params::of(case_id, version, Bytes{state}));
    connection.send(Sql::erase_personal, Params::of(case_id));
    connection.flush();
    transaction.started();
    connection.receive();
    const bool found = connection.receive().changed() == 1;
    const int erased = connection.receive().changed();
    if (!found) return std::nullopt;  // rolled back
    transaction.commit();
    return erased;
  });
}

int PostgresStore::forgetReplies(Instant before, int limit) {
  checkLimit(limit);
  return claims_.use([&](Connection& connection) {
    return connection.run(Sql::forget_replies, Params::of(before, limit)).changed();
  });
}

}  // namespace jinyue::store::postgres
