#include "store/postgres/connection.h"

#include <fmt/format.h>
#include <poll.h>

#include "store/postgres/binary.h"

namespace jinyue::store::postgres {
namespace {

// What holds for every connection. The planner is told to use indexes even for tables that are small now:
// prepared plans live long, and a table that was empty when the plan was made would be scanned for ever.
constexpr const char* settings = R"(
SET client_min_messages = warning;
SET default_transaction_isolation = 'read committed';
SET plan_cache_mode = force_generic_plan;
SET enable_seqscan = off; SET enable_bitmapscan = off; SET enable_sort = off;
SET enable_hashjoin = off; SET enable_mergejoin = off; SET jit = off;
SET idle_in_transaction_session_timeout = '10s';
SET lock_timeout = '30s';
)";

// Stronger settings of the server, which wait for replicas, stay.
constexpr const char* settings_for_commits =
    "SELECT set_config('synchronous_commit', 'on', false)"
    " WHERE current_setting('synchronous_commit') IN ('off', 'local')";
constexpr const char* settings_for_claims = "SET synchronous_commit = off";
constexpr const char* settings_for_searches =
    "SET enable_bitmapscan = on; SET enable_sort = on; SET max_parallel_workers_per_gather = 0";

constexpr std::size_t most_params = 64;

// Numbers of PostgreSQL's types.
constexpr unsigned type_bytea = 17;
constexpr unsigned type_int8 = 20;
constexpr unsigned type_int4 = 23;
constexpr unsigned type_text = 25;

}  // namespace

std::int64_t Row::integer(int column) const {
  const char* value = PQgetvalue(result_, row_, column);
  switch (PQgetlength(result_, row_, column)) {
    case 8: return fromBigEndian<std::int64_t>(value);
    case 4: return fromBigEndian<std::int32_t>(value);
    default: return 0;  // NULL
  }
}

std::string_view Row::bytes(int column) const {
  return {PQgetvalue(result_, row_, column), static_cast<std::size_t>(PQgetlength(result_, row_, column))};
}

SqlRow Row::all() const {
  SqlRow row;
  for (int column = 0; column < PQnfields(result_); ++column) {
    SqlValue& value = row.values.emplace_back();
    if (isNull(column)) continue;
    switch (PQftype(result_, column)) {
      case type_int4:
      case type_int8: value = integer(column); break;
      case type_text: value = text(column); break;
      case type_bytea: value = Blob{text(column)}; break;
      default: throw std::logic_error("store: a column that is neither bigint, text nor bytea; cast it");
    }
  }
  return row;
}

int Rows::changed() const {
  const char* count = PQcmdTuples(result_.get());
  return *count == '\0' ? 0 : std::stoi(count);
}

Connection::Connection(const std::string& conninfo, Purpose purpose) {
  // The address may override what stands before it.
  const std::array keywords{"connect_timeout",  "keepalives_idle",  "keepalives_interval",
                            "keepalives_count", "tcp_user_timeout", "fallback_application_name",
                            "dbname",           "client_encoding",  static_cast<const char*>(nullptr)};
  const std::array values{
      "10", "10", "5", "3", "20000", "jinyue", conninfo.c_str(), "UTF8", static_cast<const char*>(nullptr)};
  connection_.reset(PQconnectdbParams(keywords.data(), values.data(), 1));
  if (!connection_ || PQstatus(connection_.get()) != CONNECTION_OK) fail("connect");
  PQsetNoticeProcessor(connection_.get(), [](void*, const char*) {}, nullptr);
  runPlain(settings);
  if (purpose == Purpose::commits) runPlain(settings_for_commits);
  if (purpose == Purpose::claims) runPlain(settings_for_claims);
  if (purpose == Purpose::searches) runPlain(settings_for_searches);
  enterPipeline();
}

void Connection::fail(std::string_view doing) {
  lost_ = true;
  const char* message = connection_ ? PQerrorMessage(connection_.get()) : "out of memory";
  throw PostgresFault(fmt::format("PostgreSQL: {}: {}", doing, message), "", true);
}

void Connection::fail(std::string_view doing, const PGresult* result) {
  const char* state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
  if (state == nullptr || PQstatus(connection_.get()) != CONNECTION_OK) fail(doing);
  // Class 57P: the server shuts this connection down and tells us so.
  const bool lost = std::string_view{state}.starts_with("57P");
  lost_ = lost_ || lost;
  throw PostgresFault(fmt::format("PostgreSQL: {}: {}", doing, PQresultErrorMessage(result)), state, lost);
}

void Connection::enterPipeline() {
  if (PQsetnonblocking(connection_.get(), 1) != 0 || PQenterPipelineMode(connection_.get()) != 1) {
    fail("enter the pipeline");
  }
}

void Connection::leavePipeline() {
  if (PQexitPipelineMode(connection_.get()) != 1 || PQsetnonblocking(connection_.get(), 0) != 0) {
    fail("leave the pipeline");
  }
}

ResultHandle Connection::runPlain(const std::string& sql) {
  ResultHandle result{PQexec(connection_.get(), sql.c_str())};
  const auto status = PQresultStatus(result.get());
  if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK && status != PGRES_EMPTY_QUERY) {
    if (!result) fail(sql);
    fail(sql, result.get());
  }
  return result;
}

void Connection::runText(const std::string& sql) {
  leavePipeline();
  runPlain(sql);
  enterPipeline();
}

std::string Connection::valueOf(const std::string& sql) {
  const auto lines = linesOf(sql);
  return lines.empty() ? std::string{} : lines.front();
}

std::vector<std::string> Connection::linesOf(const std::string& sql) {
  leavePipeline();
  const auto result = runPlain(sql);
  enterPipeline();
  std::vector<std::string> lines;
  for (int row = 0; row < PQntuples(result.get()); ++row)
    lines.emplace_back(PQgetvalue(result.get(), row, 0));
  return lines;
}

void Connection::send(Sql id, const Params& params) {
  const NamedStatement& statement = statementOf(id);
  send(statement.name, statement.text, prepared_[static_cast<std::size_t>(id)], params, false);
}

void Connection::send(const Statement& statement) {
  auto found = room_statements_.find(statement.sql);
  if (found == room_statements_.end()) {
    if (room_statements_.size() >= most_statements)
      throw std::logic_error("store: too many different statements; put values into placeholders");
    found = room_statements_
                .emplace(statement.sql, RoomStatement{fmt::format("room_{}", room_statements_.size()), false})
                .first;
  }
  Params params;
  for (const SqlValue& value : statement.values) params.add(value);
  send(found->second.name.c_str(), found->first.c_str(), found->second.prepared, params, true);
}

void Connection::send(const char* name, const char* text, bool& prepared, const Params& params, bool typed) {
  const std::size_t count = params.values().size();
  if (!prepared) {
    if (PQsendPrepare(connection_.get(), name, text, typed ? static_cast<int>(count) : 0,
                      typed ? params.types().data() : nullptr) != 1)
      fail(name);
    prepared = true;
    waiting_.push_back({name, &prepared});
  }
  std::array<const char*, most_params> values{};
  std::array<int, most_params> lengths{};
  std::array<int, most_params> formats{};
  for (std::size_t index = 0; index < count; ++index) {
    values.at(index) = params.isNull(index) ? nullptr : params.values()[index].data();
    lengths.at(index) = static_cast<int>(params.values()[index].size());
    formats.at(index) = 1;
  }
  if (PQsendQueryPrepared(connection_.get(), name, static_cast<int>(count), values.data(), lengths.data(),
                          formats.data(), 1) != 1) {
    fail(name);
  }
  waiting_.push_back({name, nullptr});
}

/// Writes all that libpq holds back, reading what the server says meanwhile, so that neither waits for the
/// other.
void Connection::push() {
  while (true) {
    const int rest = PQflush(connection_.get());
    if (rest == 0) return;
    if (rest < 0) fail("send");
    pollfd socket{PQsocket(connection_.get()), POLLIN | POLLOUT, 0};
    if (::poll(&socket, 1, -1) < 0 && errno != EINTR) fail("wait for the server");
    if ((socket.revents & POLLIN) != 0 && PQconsumeInput(connection_.get()) != 1) fail("receive");
  }
}

void Connection::flush() {
  if (PQsendFlushRequest(connection_.get()) != 1) fail("send");
  push();
}

ResultHandle Connection::next() {
  ResultHandle result{PQgetResult(connection_.get())};
  if (!result) fail("receive");
  if (PQresultStatus(result.get()) != PGRES_PIPELINE_SYNC) {
    // Each statement's results end with a null.
    while (ResultHandle more{PQgetResult(connection_.get())}) {
    }
  }
  return result;
}

Rows Connection::receive() {
  while (true) {
    if (waiting_.empty()) throw std::logic_error("PostgreSQL: no statement waits for a result");
    const auto [name, prepared] = waiting_.front();
    auto result = next();
    waiting_.pop_front();
    const auto status = PQresultStatus(result.get());
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) {
      if (prepared != nullptr) *prepared = false;
      fail(name, result.get());
    }
    if (prepared == nullptr) return Rows{std::move(result)};
  }
}

void Connection::sendSync() {
  if (PQpipelineSync(connection_.get()) != 1) fail("send");
  ++open_syncs_;
  push();
}

void Connection::readSync(std::string_view doing) {
  const auto end = next();
  if (PQresultStatus(end.get()) != PGRES_PIPELINE_SYNC) fail(doing, end.get());
  --open_syncs_;
}

/// Reads results up to the end of the last unit.
void Connection::drain() {
  while (open_syncs_ > 0) {
    const ResultHandle result{PQgetResult(connection_.get())};  // null between the results of two statements
    if (!result && PQstatus(connection_.get()) != CONNECTION_OK) fail("receive");
    if (!result) continue;
    if (PQresultStatus(result.get()) == PGRES_PIPELINE_SYNC) {
      --open_syncs_;
    } else if (!waiting_.empty()) {
      // A preparation behind a fault did not happen.
      bool* const prepared = waiting_.front().prepared;
      waiting_.pop_front();
      if (prepared != nullptr) *prepared = PQresultStatus(result.get()) == PGRES_COMMAND_OK;
    }
  }
  waiting_.clear();
}

void Connection::sync() {
  sendSync();
  // Also results that nobody asked for are looked at: a fault must not pass unseen.
  while (!waiting_.empty()) receive();
  readSync("end of the pipeline");
}

Rows Connection::run(Sql id, const Params& params) {
  send(id, params);
  return finish(statementOf(id).name);
}

Rows Connection::run(const Statement& statement) {
  send(statement);
  return finish(statement.sql.c_str());
}

Rows Connection::finish(const char* name) {
  sendSync();
  Rows rows = receive();
  readSync(name);
  return rows;
}

void Connection::recover() noexcept {
  try {
    if (isLost()) return;
    if (open_syncs_ == 0) sendSync();
    drain();
    if (PQtransactionStatus(connection_.get()) != PQTRANS_IDLE) run(Sql::rollback);
  } catch (const std::exception&) {
    lost_ = true;
  }
}

void Connection::startCopy(const std::string& sql, ExecStatusType expected) {
  leavePipeline();
  const ResultHandle result{PQexec(connection_.get(), sql.c_str())};
  if (PQresultStatus(result.get()) != expected) fail(sql, result.get());
}

bool Connection::getCopy(std::string& row) {
  char* buffer = nullptr;
  const int length = PQgetCopyData(connection_.get(), &buffer, 0);
  if (length == -1) return false;
  if (length < 0) fail("COPY");
  row.assign(buffer, static_cast<std::size_t>(length));
  PQfreemem(buffer);
  return true;
}

void Connection::putCopy(std::string_view bytes) {
  if (PQputCopyData(connection_.get(), bytes.data(), static_cast<int>(bytes.size())) != 1) fail("COPY");
}

void Connection::endCopy() {
  PQputCopyEnd(connection_.get(), nullptr);
  while (const ResultHandle result{PQgetResult(connection_.get())}) {
    if (PQresultStatus(result.get()) != PGRES_COMMAND_OK) fail("COPY", result.get());
  }
  enterPipeline();
}

void Transaction::commit() {
  connection_.send(Sql::commit);
  try {
    connection_.sync();
  } catch (const PostgresFault& fault) {
    if (!fault.lost) throw;
    done_ = true;  // nothing to roll back on a lost connection
    throw StoreFault(fault.what(), true);
  }
  done_ = true;
}

}  // namespace jinyue::store::postgres
