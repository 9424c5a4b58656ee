// The right edge of the log, held in memory between commits: it makes the tiles and the signed head that a
// commit writes. For one thread at a time.
//
// The unfinished tile of level 0 is stored only with the heads that are kept: with small batches it would be
// most of what a commit writes, and the rest of it follows from the last records of the journal. Every other
// tile is stored as it is.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "ledger/head.h"
#include "ledger/tree.h"
#include "store/store.h"

namespace jinyue::store {

/// What the store holds of the log's head: one row from the start on, with no signed head while the log is
/// empty.
struct StoredHead {
  std::uint64_t size = 0;
  std::optional<ledger::Head> head;
  Instant kept_at;  ///< of the newest head that is kept for ever
};

/// The log was changed behind our back: its tiles do not give the root of its signed head.
class BrokenLog : public StoreFault {
 public:
  using StoreFault::StoreFault;
};

class LogEdge {
 public:
  LogEdge(const StoreOptions& options, std::string log)
      : options_(options), log_(std::move(log)), tree_(options.hash) {}

  /// Whether the next leaf would get this number.
  bool isAt(std::uint64_t size) const { return known_ && tree_.size() == size; }
  std::uint64_t size() const { return tree_.size(); }
  /// Reads the edge of the stored log; throws BrokenLog.
  void load(const StoredHead& stored, const ledger::TileReader& read);
  /// After a commit that failed: what was appended is not in the log.
  void forget() { known_ = false; }

  void append(std::span<const JournalRow> rows);

  struct Update {
    std::vector<ledger::Tile> tiles;
    ledger::Head head;
    bool keep = false;  ///< the head is one of those kept for ever
    Instant kept_at;
  };
  /// What the commit has to write after append(). Without a signer in the options this is a std::logic_error.
  Update seal();

 private:
  StoreOptions options_;
  std::string log_;
  ledger::LogTree tree_;
  Instant kept_at_;
  bool known_ = false;
};

/// The hashes of a tile of level 0 from the records under it.
class TileOfRecords {
 public:
  /// `stored`: its first hashes, as far as they are stored.
  explicit TileOfRecords(ledger::HashAlgorithm hash, std::string stored = {})
      : hasher_(hash), hashes_(std::move(stored)) {}
  /// Hashes so far: the place in the tile of the next record.
  std::int64_t size() const { return static_cast<std::int64_t>(hashes_.size() / ledger::hash_bytes); }
  bool isFull() const { return size() >= ledger::tile_width; }
  void add(std::string_view record) { hashes_ += hasher_.leaf(record).view(); }
  std::string take() && { return std::move(hashes_); }

 private:
  ledger::Hasher hasher_;
  std::string hashes_;
};

/// A new name for a log, from the system's randomness.
std::string randomLogName();

}  // namespace jinyue::store
