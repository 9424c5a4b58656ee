// Rising topics: whether a count is far above what is usual. Pure.
//
// The usual is the median of the same span in the weeks before, its spread the median absolute deviation
// (times 1.4826, which makes it a standard deviation where counts are normal). One wild week moves neither.
// Counts are never steadier than chance, so the spread is at least the square root of the median, and at
// least 1.
#pragma once

#include <cstdint>
#include <span>

namespace jinyue::hotline {

struct Surge {
  std::int64_t count = 0;  ///< now
  double usual = 0;        ///< median of the spans before
  double spread = 0;
  double threshold = 0;  ///< above this is a surge
  double times = 0;      ///< how many spreads above the usual
  bool warns = false;
};

/// `before` are the counts of the spans before, in any order; with fewer than three nothing is usual and
/// nothing warns. A surge has at least `least` orders and lies more than three spreads above the usual.
Surge surgeOf(std::int64_t count, std::span<const std::int64_t> before, std::int64_t least = 5);

}  // namespace jinyue::hotline
