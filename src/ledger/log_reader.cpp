#include "ledger/log_reader.h"

#include <algorithm>

namespace jinyue::ledger {
namespace {

/// Rows that are looked ahead for the place where records and hashes agree again.
constexpr std::size_t window = 512;
constexpr int rows_at_a_time = 2048;

template <class T>
void dropFront(std::vector<T>& items, std::size_t count) {
  items.erase(items.begin(), items.begin() + static_cast<std::ptrdiff_t>(count));
}

}  // namespace

std::optional<Hash> TileCache::hash(int level, std::uint64_t number) {
  const auto index = static_cast<std::int64_t>(number / tile_width);
  auto [tile, is_new] = tiles_.try_emplace(level, index, std::string());
  if (is_new || tile->second.first != index) tile->second = {index, read_(level, index)};
  const std::size_t offset = number % tile_width * hash_bytes;
  if (tile->second.second.size() < offset + hash_bytes) return std::nullopt;
  return Hash::fromBytes(std::string_view(tile->second.second).substr(offset));
}

LogReader::LogReader(const LogSource& source, TileCache& tiles, HashAlgorithm algorithm,
                     std::optional<std::uint64_t> size)
    : source_(source), tiles_(tiles), hasher_(algorithm), size_(size) {}

void LogReader::fill() {
  if (rows_.size() - rows_used_ < window && !rows_end_) fillRows();
  if (leaves_.size() - leaves_used_ < window && !leaves_end_) fillLeaves();
}

void LogReader::fillRows() {
  dropFront(rows_, rows_used_);
  dropFront(row_hashes_, rows_used_);
  rows_used_ = 0;
  auto more = source_.rows(next_sequence_, rows_at_a_time);
  rows_end_ = more.size() < static_cast<std::size_t>(rows_at_a_time);
  for (LogRow& row : more) {
    next_sequence_ = row.sequence + 1;
    row_hashes_.push_back(hasher_.leaf(row.record));
    rows_.push_back(std::move(row));
  }
}

void LogReader::fillLeaves() {
  dropFront(leaves_, leaves_used_);
  leaves_used_ = 0;
  const std::size_t rows = rows_.size() - rows_used_;
  while (leaves_.size() < static_cast<std::size_t>(rows_at_a_time)) {
    const std::uint64_t number = next_leaf_ + leaves_.size();
    leaves_end_ = size_ && number >= *size_;
    if (leaves_end_) return;
    const auto hash = tiles_.hash(0, number);
    // The hashes of the unfinished tile may not be stored yet; the head says how many there are.
    const bool is_unfinished = size_ && number / tile_width == *size_ / tile_width;
    if (!hash && !is_unfinished) {
      leaves_end_ = rows_end_ && (size_ ? rows == 0 : leaves_.size() >= rows);
      if (leaves_end_ || leaves_.size() >= window) return;
    }
    leaves_.push_back(hash);
  }
}

Ahead LogReader::ahead() const {
  const std::span rows = std::span(rows_).subspan(rows_used_);
  const std::span<const std::optional<Hash>> leaves = std::span(leaves_).subspan(leaves_used_);
  Ahead ahead{std::span(row_hashes_).subspan(rows_used_), leaves, rows_end_ ? rows.size() : not_in_sight,
              leaves_end_ ? leaves.size() : not_in_sight};
  if (size_) {
    const auto past = std::ranges::find_if(rows, [&](const LogRow& row) { return row.sequence >= *size_; });
    if (past != rows.end()) ahead.rows_until_end = static_cast<std::size_t>(past - rows.begin());
    // Where nothing is stored any more, fewer may be in sight than the head counts.
    if (leaves_end_)
      ahead.leaves_until_end = std::max(leaves.size(), static_cast<std::size_t>(*size_ - next_leaf_));
  }
  return ahead;
}

void LogReader::drop(std::size_t rows, std::size_t leaves) {
  rows_used_ += rows;
  leaves_used_ += leaves;
  next_leaf_ += leaves;
}

}  // namespace jinyue::ledger
