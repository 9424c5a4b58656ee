#include "store/log_view.h"

#include "store/address.h"
#include "store/postgres/postgres_log_view.h"
#include "store/refusals.h"
#include "store/sqlite/sqlite_log_view.h"

namespace jinyue::store {

Result<std::unique_ptr<LogView>> viewLog(const std::string& address) {
  if (const auto path = sqlitePath(address)) return sqlite::viewLog(*path);
  if (const auto conninfo = postgresConninfo(address)) return postgres::viewLog(*conninfo);
  return refuseAddress(address);
}

ledger::Head headOfRow(std::string_view json, std::uint64_t size) {
  if (auto head = ledger::decodeHead(json); head && head->size == size) return *std::move(head);
  ledger::Head unreadable;
  unreadable.size = size;
  return unreadable;
}

}  // namespace jinyue::store
