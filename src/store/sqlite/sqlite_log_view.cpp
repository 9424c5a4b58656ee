#include "store/sqlite/sqlite_log_view.h"

#include "store/refusals.h"
#include "store/rows.h"
#include "store/sqlite/log_rows.h"
#include "store/sqlite/schema.h"
#include "store/sqlite/settings.h"

namespace jinyue::store::sqlite {
namespace {

class SqliteLogView final : public LogView {
 public:
  explicit SqliteLogView(Connection connection) : connection_(std::move(connection)) {
    Query query = connection_.query(Sql::meta);
    query.bind("hash");
    if (query.step() && query.text(0) == "sm3") hash_ = ledger::HashAlgorithm::sm3;
  }

  std::vector<StoredRecord> journal(std::uint64_t from, int limit) override {
    Query query = connection_.query(Sql::journal);
    query.bind(from, limit);
    return query.all(readRecord<Query>);
  }
  std::vector<StoredRecord> records(CaseId case_id, std::int64_t after, int limit) override {
    Query query = connection_.query(Sql::records);
    query.bind(case_id, after, limit);
    return query.all(readRecord<Query>);
  }
  std::string storedTile(int level, std::int64_t index) override {
    Query query = connection_.query(Sql::tile);
    query.bind(level, index);
    return query.step() ? query.text(0) : std::string();
  }
  std::string tile(int level, std::int64_t index) override {
    return readTile(connection_, hash_, level, index);
  }
  std::optional<ledger::Head> head() override {
    Query query = connection_.query(Sql::head);
    if (!query.step() || query.bytes(1).empty()) return std::nullopt;
    return headOfRow(query.bytes(1), static_cast<std::uint64_t>(query.integer(0)));
  }
  std::vector<ledger::Head> keptHeads(std::uint64_t from_size, int limit) override {
    Query query = connection_.query(Sql::kept_heads);
    query.bind(from_size, limit);
    return query.all(
        [](const Query& row) { return headOfRow(row.bytes(0), static_cast<std::uint64_t>(row.integer(1))); });
  }

 private:
  Connection connection_;
  ledger::HashAlgorithm hash_ = ledger::HashAlgorithm::sha256;
};

}  // namespace

Result<std::unique_ptr<LogView>> viewLog(const std::string& path) {
  Connection connection(path, OpenMode::read_only);
  try {
    if (const auto version = schemaVersion(connection); !version) return std::unexpected(version.error());
    else if (*version == 0) return refuseForeign();
  } catch (const SqliteFault& fault) {
    if (fault.primaryCode() == SQLITE_NOTADB) return refuseForeign();
    throw;
  }
  prepareReader(connection);
  return std::make_unique<SqliteLogView>(std::move(connection));
}

}  // namespace jinyue::store::sqlite
