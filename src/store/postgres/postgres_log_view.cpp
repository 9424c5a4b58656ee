#include "store/postgres/postgres_log_view.h"

#include "store/postgres/log_rows.h"
#include "store/rows.h"

namespace jinyue::store::postgres {
namespace {

class PostgresLogView final : public LogView {
 public:
  explicit PostgresLogView(const std::string& conninfo) : connection_(conninfo, Purpose::reads) {
    const Rows rows = connection_.run(Sql::meta, Params::of("hash"));
    if (!rows.empty() && rows[0].bytes(0) == "sm3") hash_ = ledger::HashAlgorithm::sm3;
  }

  std::vector<StoredRecord> journal(std::uint64_t from, int limit) override {
    return connection_.run(Sql::journal, Params::of(from, limit)).all(readRecord<Row>);
  }
  std::vector<StoredRecord> records(CaseId case_id, std::int64_t after, int limit) override {
    return connection_.run(Sql::records, Params::of(case_id, after, limit)).all(readRecord<Row>);
  }
  std::string storedTile(int level, std::int64_t index) override {
    const Rows rows = connection_.run(Sql::tile, Params::of(level, index));
    return rows.empty() ? std::string() : rows[0].text(0);
  }
  std::string tile(int level, std::int64_t index) override {
    std::string hashes = readTile(connection_, hash_, level, index);
    connection_.sync();
    return hashes;
  }
  std::optional<ledger::Head> head() override {
    const Rows rows = connection_.run(Sql::head);
    if (rows.empty() || rows[0].bytes(1).empty()) return std::nullopt;
    return headOfRow(rows[0].bytes(1), static_cast<std::uint64_t>(rows[0].integer(0)));
  }
  std::vector<ledger::Head> keptHeads(std::uint64_t from_size, int limit) override {
    return connection_.run(Sql::kept_heads, Params::of(from_size, limit)).all([](const Row& row) {
      return headOfRow(row.bytes(0), static_cast<std::uint64_t>(row.integer(1)));
    });
  }

 private:
  Connection connection_;
  ledger::HashAlgorithm hash_ = ledger::HashAlgorithm::sha256;
};

}  // namespace

Result<std::unique_ptr<LogView>> viewLog(const std::string& conninfo) {
  return std::make_unique<PostgresLogView>(conninfo);
}

}  // namespace jinyue::store::postgres
