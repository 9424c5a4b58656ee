// The log of a store as it lies there, for `jinyue verify`: opened to read only; nothing is created, migrated
// or refused for what the log says. A head that can't be read, or does not fit the row that it is in, comes
// with its row's size and no signature.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "store/store.h"

namespace jinyue::store {

class LogView {
 public:
  virtual ~LogView() = default;

  virtual std::vector<StoredRecord> journal(std::uint64_t from, int limit) = 0;
  virtual std::vector<StoredRecord> records(CaseId case_id, std::int64_t after, int limit) = 0;
  /// As it is stored; the unfinished tile of level 0 may end early.
  virtual std::string storedTile(int level, std::int64_t index) = 0;
  /// As Store::tile gives it.
  virtual std::string tile(int level, std::int64_t index) = 0;
  virtual std::optional<ledger::Head> head() = 0;
  virtual std::vector<ledger::Head> keptHeads(std::uint64_t from_size, int limit) = 0;
};

/// `sqlite:PATH` (a store or a backup) or `postgres:CONNINFO`. Throws StoreFault when there is nothing to
/// read.
Result<std::unique_ptr<LogView>> viewLog(const std::string& address);

/// The head of a row as LogView gives it.
ledger::Head headOfRow(std::string_view json, std::uint64_t size);

}  // namespace jinyue::store
