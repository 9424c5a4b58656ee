// The domain of one input of a table, cut at every value that a cell names: inside one piece all cells are
// constant. With it, a value leads to the rules that accept it in one look-up, and a table's analysis is
// about finitely many pieces.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <unordered_map>
#include <vector>

#include "dmn/bits.h"
#include "dmn/shape.h"

namespace jinyue::dmn {

class Partition {
 public:
  static constexpr std::uint32_t none = UINT32_MAX;

  /// Cells that are `other` are ignored. Empty when the cells' values can't all be compared.
  static std::optional<Partition> of(std::span<const Shape* const> cells);

  const Line& line() const { return line_; }
  std::uint32_t size() const { return size_; }
  /// The piece of a value; none for one that can't be compared with the cells' values.
  std::uint32_t find(const feel::Value& value) const {
    if (!line_.has(value)) return none;
    return by_hash_ ? findHashed(value) : findSorted(value);
  }
  /// The pieces that a cell accepts; the form must not be `other`.
  Bits piecesOf(const Shape& cell) const;
  /// The values of a piece; empty for "all values that no cell names".
  std::optional<Interval> intervalOf(std::uint32_t piece) const;
  /// Pieces without any value: between two dates that follow each other, before the first moment of the day,
  /// beyond false and true.
  Bits emptyPieces() const;
  /// Whether the pieces are ordered intervals (else: single values, and the rest as the last piece).
  bool isSorted() const { return !by_hash_; }

 private:
  std::uint32_t findSorted(const feel::Value& value) const;
  std::uint32_t findHashed(const feel::Value& value) const;
  void buildHash();

  Line line_;
  bool by_hash_ = false;
  std::uint32_t size_ = 1;
  /// Sorted: pieces are (..c0) [c0] (c0..c1) [c1] … Hashed: piece i is cuts_[i], the last one all else.
  std::vector<feel::Value> cuts_;
  std::vector<feel::Int128> positions_;  ///< of the cuts, for temporal kinds
  std::vector<std::uint32_t> buckets_;   ///< open addressing, index into cuts_ plus 1; size a power of two
};

}  // namespace jinyue::dmn
