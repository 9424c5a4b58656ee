// One PostgreSQL connection in pipeline mode: statements are sent without waiting, results are read in the
// same order. For one thread at a time.
#pragma once

#include <array>
#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

#include <libpq-fe.h>

#include "store/postgres/params.h"
#include "store/postgres/statements.h"
#include "store/store.h"

namespace jinyue::store::postgres {

/// PostgreSQL said no to something that must work, or the connection is lost.
class PostgresFault : public StoreFault {
 public:
  PostgresFault(const std::string& what, std::string sqlstate, bool connection_lost)
      : StoreFault(what), state(std::move(sqlstate)), lost(connection_lost) {}
  std::string state;  ///< SQLSTATE; empty when the server did not answer
  bool lost;          ///< the connection is gone
};

struct ClearResult {
  void operator()(PGresult* result) const { PQclear(result); }
};
using ResultHandle = std::unique_ptr<PGresult, ClearResult>;

/// One row of a result; see rows.h.
class Row {
 public:
  Row(const PGresult* result, int row) : result_(result), row_(row) {}
  std::int64_t integer(int column) const;
  std::string_view bytes(int column) const;
  std::string text(int column) const { return std::string{bytes(column)}; }
  bool isNull(int column) const { return PQgetisnull(result_, row_, column) == 1; }
  /// All columns of a room's statement.
  SqlRow all() const;

 private:
  const PGresult* result_;
  int row_;
};

class Rows {
 public:
  explicit Rows(ResultHandle result) : result_(std::move(result)) {}
  int size() const { return PQntuples(result_.get()); }
  bool empty() const { return size() == 0; }
  Row operator[](int row) const { return {result_.get(), row}; }
  /// Rows that an INSERT, UPDATE or DELETE changed.
  int changed() const;
  template <class Read>
  auto all(Read read) const {
    std::vector<decltype(read((*this)[0]))> rows;
    rows.reserve(static_cast<std::size_t>(size()));
    for (int row = 0; row < size(); ++row) rows.push_back(read((*this)[row]));
    return rows;
  }

 private:
  ResultHandle result_;
};

/// What a connection is for.
enum class Purpose {
  commits,  ///< each commit is durable when it returns
  claims,   ///< a commit may be lost when the database server goes down: it only means that work is tried
            ///< again
  reads,
  searches,  ///< reads of full text, whose index gives its rows as a bitmap
};

class Connection {
 public:
  Connection(const std::string& conninfo, Purpose purpose);

  /// Sends a statement (and prepares it the first time); its result is the next that receive() has not given
  /// yet.
  void send(Sql id, const Params& params = {});
  void send(const Statement& statement);
  /// Asks the server to answer all that was sent.
  void flush();
  /// The result of the oldest statement without one; throws PostgresFault.
  Rows receive();
  /// Ends what was sent as one unit: without BEGIN, all of it is one transaction. Then all results are read.
  void sync();
  /// Sends one statement and gives its result, durable if it writes.
  Rows run(Sql id, const Params& params = {});
  Rows run(const Statement& statement);
  /// After a fault: leaves the connection without a transaction, ready for the next statement. Never throws;
  /// a connection that can't be brought back is lost.
  void recover() noexcept;
  bool isLost() const { return lost_ || PQstatus(connection_.get()) != CONNECTION_OK; }

  /// Outside the pipeline: schema and settings, several statements in one text.
  void runText(const std::string& sql);
  /// One value that such a text gives; empty for none or NULL.
  std::string valueOf(const std::string& sql);
  std::vector<std::string> linesOf(const std::string& sql);
  /// COPY … TO STDOUT or FROM STDIN, outside the pipeline. getCopy gives false at the end.
  void startCopy(const std::string& sql, ExecStatusType expected);
  bool getCopy(std::string& row);
  void putCopy(std::string_view bytes);
  void endCopy();

 private:
  struct Finish {
    void operator()(PGconn* connection) const { PQfinish(connection); }
  };

  [[noreturn]] void fail(std::string_view doing);
  [[noreturn]] void fail(std::string_view doing, const PGresult* result);
  ResultHandle runPlain(const std::string& sql);
  void send(const char* name, const char* text, bool& prepared, const Params& params, bool typed);
  Rows finish(const char* name);
  void leavePipeline();
  void enterPipeline();
  void push();
  void sendSync();
  ResultHandle next();
  void readSync(std::string_view doing);
  void drain();

  std::unique_ptr<PGconn, Finish> connection_;
  std::array<bool, statement_count> prepared_{};
  struct RoomStatement {
    std::string name;
    bool prepared = false;
  };
  std::unordered_map<std::string, RoomStatement> room_statements_;  ///< by text
  struct Waiting {
    const char* name;
    bool* prepared;  ///< when the result is that of the statement's preparation: where to note a failure
  };
  std::deque<Waiting> waiting_;  ///< without a result yet, oldest first
  int open_syncs_ = 0;           ///< ends of units that were sent and not read
  bool lost_ = false;
};

/// A transaction on a connection in pipeline mode; BEGIN goes with the first flush. Rolled back unless
/// committed.
class Transaction {
 public:
  explicit Transaction(Connection& connection) : connection_(connection) { connection_.send(Sql::begin); }
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  ~Transaction() {
    if (!done_) connection_.recover();
  }
  /// Reads the result of BEGIN.
  void started() { connection_.receive(); }
  /// Sends COMMIT behind all that was sent, and reads every result. When the connection is lost after that,
  /// the outcome is unknown.
  void commit();

 private:
  Connection& connection_;
  bool done_ = false;
};

}  // namespace jinyue::store::postgres
