#include "store/postgres/postgres_store.h"
#include "store/refusals.h"
#include "store/sqlite/sqlite_store.h"

namespace jinyue::store {
namespace {

/// The part of an address after its scheme.
std::optional<std::string> after(std::string_view scheme, const std::string& address) {
  if (!address.starts_with(scheme) || address.size() == scheme.size()) return std::nullopt;
  return address.substr(scheme.size());
}

}  // namespace

Result<std::unique_ptr<Store>> open(const std::string& address, const StoreOptions& options) {
  if (const auto path = after("sqlite:", address)) return sqlite::SqliteStore::open(*path, options);
  if (const auto conninfo = after("postgres:", address))
    return postgres::PostgresStore::open(*conninfo, options);
  return refuseAddress(address);
}

}  // namespace jinyue::store
