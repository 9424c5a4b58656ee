#include "support/stores.h"

#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <stdexcept>

#include <fmt/format.h>
#include <libpq-fe.h>
#include <unistd.h>

namespace jinyue::testing_support {
namespace {

std::string postgresServer() {
  const char* conninfo = std::getenv("JINYUE_TEST_POSTGRES");
  if (!conninfo || !*conninfo) {
    throw std::runtime_error(
        "JINYUE_TEST_POSTGRES is not set: this test needs a PostgreSQL server; run ./check, or "
        "`scripts/postgres.sh start` and export what it prints");
  }
  return conninfo;
}

void execute(const std::string& sql) {
  PGconn* connection = PQconnectdb(postgresServer().c_str());
  PGresult* result = PQexec(connection, sql.c_str());
  const bool good = PQresultStatus(result) == PGRES_COMMAND_OK;
  const std::string message = PQerrorMessage(connection);
  PQclear(result);
  PQfinish(connection);
  if (!good) throw std::runtime_error(message);
}

}  // namespace

StorePlace::StorePlace(StoreKind kind, Flushes flushes) {
  static std::atomic<int> counter{0};
  const std::string name = fmt::format("jinyue_test_{}_{}", getpid(), counter.fetch_add(1));
  if (kind == StoreKind::postgres) {
    schema_ = name;
    execute("CREATE SCHEMA " + schema_);
    address_ = fmt::format("postgres:{} options='-csearch_path={}'", postgresServer(), schema_);
  }
  folder_ = (std::filesystem::temp_directory_path() / name).string();
  std::filesystem::create_directories(folder_);
  if (kind == StoreKind::sqlite) address_ = "sqlite:" + folder_ + "/jinyue.db";
  if (kind == StoreKind::sqlite && flushes == Flushes::none) address_ += "?relaxed";
}

StorePlace::~StorePlace() {
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
  if (schema_.empty()) return;
  try {
    execute("SET client_min_messages = warning; DROP SCHEMA " + schema_ + " CASCADE");
  } catch (const std::exception& fault) {
    fmt::print(stderr, "the schema {} is left over: {}\n", schema_, fault.what());
  }
}

}  // namespace jinyue::testing_support
