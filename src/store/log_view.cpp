#include "store/log_view.h"

#include "store/postgres/postgres_log_view.h"
#include "store/refusals.h"
#include "store/sqlite/sqlite_log_view.h"

namespace jinyue::store {

Result<std::unique_ptr<LogView>> viewLog(const std::string& address) {
  constexpr std::string_view sqlite_scheme = "sqlite:";
  constexpr std::string_view postgres_scheme = "postgres:";
  if (address.starts_with(sqlite_scheme)) return sqlite::viewLog(address.substr(sqlite_scheme.size()));
  if (address.starts_with(postgres_scheme)) return postgres::viewLog(address.substr(postgres_scheme.size()));
  return refuseAddress(address);
}

ledger::Head headOfRow(std::string_view json, std::uint64_t size) {
  if (auto head = ledger::decodeHead(json); head && head->size == size) return *std::move(head);
  ledger::Head unreadable;
  unreadable.size = size;
  return unreadable;
}

}  // namespace jinyue::store
