// Opening a store in PostgreSQL: migration, and the facts that must agree with the program's configuration.
#include "store/postgres/log_rows.h"
#include "store/postgres/postgres_store.h"
#include "store/postgres/schema.h"
#include "store/refusals.h"

namespace jinyue::store::postgres {
namespace {

constexpr int reader_count = 4;
constexpr int searcher_count = 2;

/// Writes the facts of a new store, or compares those of an old one. Gives the name of the log.
Result<std::string> settleFacts(Connection& connection, const StoreOptions& options) {
  const std::string wanted = boost::describe::enum_to_string(options.hash, "");
  Transaction transaction(connection);
  // Only one of several nodes that start at once names the log.
  connection.send(Sql::lock_head);
  connection.flush();
  transaction.started();
  connection.receive();
  connection.send(Sql::meta, Params::of("log"));
  connection.send(Sql::meta, Params::of("hash"));
  connection.flush();
  const Rows log_row = connection.receive();
  const Rows hash_row = connection.receive();
  std::string log;
  if (log_row.empty()) {
    log = options.log.empty() ? randomLogName() : options.log;
    connection.send(Sql::put_meta, Params::of("log", log));
    connection.send(Sql::put_meta, Params::of("hash", wanted));
  } else {
    log = log_row[0].text(0);
    const std::string stored = hash_row.empty() ? std::string{} : hash_row[0].text(0);
    if (stored != wanted) return refuseHash(stored, options.hash);
  }
  transaction.commit();
  return log;
}

}  // namespace

PostgresStore::PostgresStore(const std::string& conninfo, const StoreOptions& options, std::string log)
    : conninfo_(conninfo),
      options_(options),
      commits_(conninfo, Purpose::commits),
      log_(options, std::move(log)),
      claims_(conninfo, Purpose::claims),
      readers_(conninfo, reader_count, Purpose::reads),
      searchers_(conninfo, searcher_count, Purpose::searches) {}

Result<std::unique_ptr<Store>> PostgresStore::open(const std::string& conninfo, const StoreOptions& options) {
  std::string log;
  {
    Connection connection(conninfo, Purpose::commits);
    if (auto migrated = migrate(connection, options.now()); !migrated)
      return std::unexpected(migrated.error());
    auto settled = settleFacts(connection, options);
    if (!settled) return std::unexpected(settled.error());
    log = *std::move(settled);
  }
  std::unique_ptr<PostgresStore> store(new PostgresStore(conninfo, options, std::move(log)));
  try {
    store->loadLog();
  } catch (const BrokenLog& fault) {
    return refuseBrokenLog(fault.what());
  }
  return store;
}

void PostgresStore::loadLog() {
  commits_.use([this](Connection& connection) {
    Transaction transaction(connection);
    connection.send(Sql::lock_head);
    connection.flush();
    transaction.started();
    log_.load(readStoredHead(connection.receive()), [&](int level, std::int64_t index) {
      return readTile(connection, options_.hash, level, index);
    });
    transaction.commit();
  });
}

}  // namespace jinyue::store::postgres
