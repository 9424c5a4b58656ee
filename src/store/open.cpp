#include "store/address.h"
#include "store/postgres/postgres_store.h"
#include "store/refusals.h"
#include "store/sqlite/sqlite_store.h"

namespace jinyue::store {
namespace {

std::optional<std::string> partAfter(std::string_view scheme, const std::string& address) {
  if (!address.starts_with(scheme) || address.size() == scheme.size()) return std::nullopt;
  return address.substr(scheme.size());
}

}  // namespace

std::optional<std::string> sqlitePath(const std::string& address) { return partAfter("sqlite:", address); }

std::optional<std::string> postgresConninfo(const std::string& address) {
  return partAfter("postgres:", address);
}

Result<std::unique_ptr<Store>> open(const std::string& address, const StoreOptions& options) {
  if (const auto path = sqlitePath(address)) return sqlite::SqliteStore::open(*path, options);
  if (const auto conninfo = postgresConninfo(address))
    return postgres::PostgresStore::open(*conninfo, options);
  return refuseAddress(address);
}

}  // namespace jinyue::store
