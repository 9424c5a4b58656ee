#include "store/fresh_store.h"

#include <atomic>
#include <cstdlib>
#include <stdexcept>

#include <fmt/format.h>
#include <sqlite3.h>
#include <unistd.h>

#include "store/postgres/connection.h"

namespace jinyue::store {
namespace {

std::string serverAddress() {
  const char* address = std::getenv("JINYUE_TEST_POSTGRES");
  if (address == nullptr || *address == '\0') {
    throw std::runtime_error(
        "JINYUE_TEST_POSTGRES is not set: it names a PostgreSQL server where tests may create schemas "
        "(scripts/postgres.sh start; export JINYUE_TEST_POSTGRES=\"$(scripts/postgres.sh url)\")");
  }
  return address;
}

std::string uniqueName() {
  static std::atomic<int> count = 0;
  return fmt::format("jinyue_test_{}_{}", ::getpid(), ++count);
}

}  // namespace

std::string nameOf(Adapter adapter) { return adapter == Adapter::sqlite ? "sqlite" : "postgres"; }

Place::Place(Adapter adapter) : adapter_(adapter) {
  std::string name = (std::filesystem::temp_directory_path() / "jinyue-store-XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no folder for the test");
  folder_ = name;
  if (adapter == Adapter::sqlite) {
    address_ = "sqlite:" + path("store.db");
  } else {
    const std::string server = serverAddress();
    schema_ = uniqueName();
    postgres::Connection(server, postgres::Purpose::reads).runText("CREATE SCHEMA " + schema_);
    address_ = fmt::format("postgres:{} options='-c search_path={}'", server, schema_);
  }
}

Place::~Place() {
  std::filesystem::remove_all(folder_);
  if (schema_.empty()) return;
  postgres::Connection(serverAddress(), postgres::Purpose::reads).runText("DROP SCHEMA " + schema_ + " CASCADE");
}

void Place::runSql(const std::string& sql) const {
  if (adapter_ == Adapter::postgres) {
    postgres::Connection(address_.substr(9), postgres::Purpose::reads).runText(sql);
    return;
  }
  sqlite3* database = nullptr;
  sqlite3_open(address_.substr(7).c_str(), &database);
  sqlite3_busy_timeout(database, 5000);
  char* message = nullptr;
  const int code = sqlite3_exec(database, sql.c_str(), nullptr, nullptr, &message);
  const std::string error = message == nullptr ? "" : message;
  sqlite3_free(message);
  sqlite3_close(database);
  if (code != SQLITE_OK) throw std::runtime_error(error);
}

StoreOptions testOptions() {
  static const auto signer =
      std::make_shared<const ledger::Signer>(ledger::Signer::generate(ledger::SignatureAlgorithm::ed25519));
  StoreOptions options;
  options.signer = signer;
  return options;
}

std::unique_ptr<Store> openStore(const std::string& address, const StoreOptions& options) {
  auto store = open(address, options);
  if (!store) throw std::runtime_error(describe(store.error()));
  return *std::move(store);
}

}  // namespace jinyue::store
