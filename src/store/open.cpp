#include "store/address.h"
#include "store/postgres/postgres_store.h"
#include "store/refusals.h"
#include "store/sqlite/sqlite_store.h"

namespace jinyue::store {
namespace {

constexpr std::string_view relaxed_suffix = "?relaxed";

std::optional<std::string> partAfter(std::string_view scheme, const std::string& address) {
  if (!address.starts_with(scheme) || address.size() == scheme.size()) return std::nullopt;
  return address.substr(scheme.size());
}

}  // namespace

bool isRelaxed(const std::string& address) {
  return address.starts_with("sqlite:") && address.ends_with(relaxed_suffix);
}

std::optional<std::string> sqlitePath(const std::string& address) {
  auto path = partAfter("sqlite:", address);
  if (path && isRelaxed(address)) path->resize(path->size() - relaxed_suffix.size());
  return path;
}

std::optional<std::string> postgresConninfo(const std::string& address) {
  return partAfter("postgres:", address);
}

Result<std::unique_ptr<Store>> open(const std::string& address, const StoreOptions& options) {
  if (const auto path = sqlitePath(address)) {
    return sqlite::SqliteStore::open(
        *path, options, isRelaxed(address) ? sqlite::Durability::relaxed : sqlite::Durability::full);
  }
  if (const auto conninfo = postgresConninfo(address))
    return postgres::PostgresStore::open(*conninfo, options);
  return refuseAddress(address);
}

}  // namespace jinyue::store
