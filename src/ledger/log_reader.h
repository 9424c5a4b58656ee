// Reads records and leaf hashes of a log side by side, a bounded way ahead.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "ledger/alignment.h"
#include "ledger/audit.h"

namespace jinyue::ledger {

/// Stored tiles, the last one of each level remembered.
class TileCache {
 public:
  explicit TileCache(const TileReader& read) : read_(read) {}
  std::optional<Hash> hash(int level, std::uint64_t number);

 private:
  const TileReader& read_;
  std::map<int, std::pair<std::int64_t, std::string>> tiles_;
};

class LogReader {
 public:
  /// `size`: of the log by its newest good head; without one the stored hashes say where it ends.
  LogReader(const LogSource& source, TileCache& tiles, HashAlgorithm algorithm,
            std::optional<std::uint64_t> size);

  /// Reads on until the window is full or the log ends.
  void fill();
  /// What is in sight: rows and their leaf hashes, and the stored leaf hashes from nextLeaf() on.
  std::size_t rows() const { return rows_.size() - rows_used_; }
  std::size_t leaves() const { return leaves_.size() - leaves_used_; }
  const LogRow& row(std::size_t i) const { return rows_[rows_used_ + i]; }
  const Hash& rowHash(std::size_t i) const { return row_hashes_[rows_used_ + i]; }
  const std::optional<Hash>& leaf(std::size_t i) const { return leaves_[leaves_used_ + i]; }
  Ahead ahead() const;
  std::uint64_t nextLeaf() const { return next_leaf_; }
  void drop(std::size_t rows, std::size_t leaves);

 private:
  void fillRows();
  void fillLeaves();

  const LogSource& source_;
  TileCache& tiles_;
  Hasher hasher_;
  std::optional<std::uint64_t> size_;
  std::vector<LogRow> rows_;
  std::vector<Hash> row_hashes_;
  std::vector<std::optional<Hash>> leaves_;
  std::size_t rows_used_ = 0;
  std::size_t leaves_used_ = 0;
  std::uint64_t next_leaf_ = 0;
  std::uint64_t next_sequence_ = 0;
  bool rows_end_ = false;
  bool leaves_end_ = false;
};

}  // namespace jinyue::ledger
