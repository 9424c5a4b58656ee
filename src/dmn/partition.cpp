#include "dmn/partition.h"

#include <algorithm>
#include <bit>

#include "feel/compare.h"

namespace jinyue::dmn {

using feel::Kind;
using feel::Value;

namespace {

/// The first and the last position that a time can have.
std::pair<feel::Int128, feel::Int128> endsOfDay(bool has_zone) {
  constexpr feel::Int128 day = feel::seconds_per_day * 1000;
  constexpr feel::Int128 farthest_offset = 18 * 3600 * 1000;
  return has_zone ? std::pair{-farthest_offset, day - 1 + farthest_offset}
                  : std::pair{feel::Int128{0}, day - 1};
}

std::size_t hashOf(std::string_view text) { return std::hash<std::string_view>{}(text); }

}  // namespace

std::optional<Partition> Partition::of(std::span<const Shape* const> cells) {
  const auto line = commonLine(cells);
  if (!line || line->kind == Kind::null) return {};
  Partition out;
  out.line_ = *line;
  out.by_hash_ = line->kind == Kind::string || line->kind == Kind::boolean;
  for (const auto* cell : cells) {
    if (cell->form != Shape::Form::tests) continue;
    for (const auto& interval : cell->intervals) {
      if (!interval.isSingle()) out.by_hash_ = false;
      if (!interval.low.isNull()) out.cuts_.push_back(interval.low);
      if (!interval.high.isNull()) out.cuts_.push_back(interval.high);
    }
  }
  if (line->kind == Kind::boolean) {
    out.by_hash_ = true;
    out.cuts_ = {Value(false), Value(true)};
  }
  std::ranges::sort(out.cuts_, [](const Value& a, const Value& b) { return orderOf(a, b) < 0; });
  const auto rest =
      std::ranges::unique(out.cuts_, [](const Value& a, const Value& b) { return orderOf(a, b) == 0; });
  out.cuts_.erase(rest.begin(), rest.end());
  const auto count = static_cast<std::uint32_t>(out.cuts_.size());
  out.size_ = out.by_hash_ ? count + 1 : 2 * count + 1;
  if (out.by_hash_) out.buildHash();
  for (const auto& cut : out.cuts_) {
    if (const auto position = feel::linePosition(cut)) out.positions_.push_back(*position);
  }
  return out;
}

void Partition::buildHash() {
  if (line_.kind != Kind::string) return;
  buckets_.assign(std::bit_ceil(cuts_.size() * 2 + 2), 0);
  for (std::uint32_t i = 0; i < cuts_.size(); ++i) {
    auto at = hashOf(cuts_[i].string()) & (buckets_.size() - 1);
    while (buckets_[at] != 0) at = (at + 1) & (buckets_.size() - 1);
    buckets_[at] = i + 1;
  }
}

std::uint32_t Partition::findHashed(const Value& value) const {
  if (line_.kind == Kind::boolean) return value.isTrue() ? 1 : 0;
  const auto text = value.string();
  for (auto at = hashOf(text) & (buckets_.size() - 1); buckets_[at] != 0;
       at = (at + 1) & (buckets_.size() - 1)) {
    if (cuts_[buckets_[at] - 1].string() == text) return buckets_[at] - 1;
  }
  return size_ - 1;
}

std::uint32_t Partition::findSorted(const Value& value) const {
  std::uint32_t low = 0;
  auto count = static_cast<std::uint32_t>(cuts_.size());
  const auto search = [&](const auto& cuts, const auto& isLess, const auto& isSame) {
    while (count > 0) {
      const std::uint32_t half = count / 2;
      const bool go_right = isLess(cuts[low + half]);
      low = go_right ? low + half + 1 : low;
      count = go_right ? count - half - 1 : half;
    }
    return low < cuts.size() && isSame(cuts[low]) ? 2 * low + 1 : 2 * low;
  };
  if (line_.kind == Kind::number) {
    const auto number = value.number();
    return search(
        cuts_, [&](const Value& cut) { return cut.number() < number; },
        [&](const Value& cut) { return cut.number() == number; });
  }
  if (line_.kind == Kind::string) {
    const auto text = value.string();
    return search(
        cuts_, [&](const Value& cut) { return cut.string() < text; },
        [&](const Value& cut) { return cut.string() == text; });
  }
  const auto position = *feel::linePosition(value);
  return search(
      positions_, [&](feel::Int128 cut) { return cut < position; },
      [&](feel::Int128 cut) { return cut == position; });
}

Bits Partition::piecesOf(const Shape& cell) const {
  if (cell.isAny()) return Bits(size_, true);
  Bits bits(size_);
  for (const auto& interval : cell.intervals) {
    if (by_hash_) {
      bits.set(find(interval.low));
      continue;
    }
    std::uint32_t first = 0;
    std::uint32_t last = size_ - 1;
    if (!interval.low.isNull()) first = find(interval.low) + (interval.low_included ? 0 : 1);
    if (!interval.high.isNull()) {
      const auto end = find(interval.high) + (interval.high_included ? 1 : 0);
      if (end == 0) continue;
      last = end - 1;
    }
    for (auto piece = first; piece <= last; ++piece) bits.set(piece);
  }
  return cell.negated ? Bits(size_, true) - bits : bits;
}

std::optional<Interval> Partition::intervalOf(std::uint32_t piece) const {
  if (by_hash_) {
    if (piece >= cuts_.size()) return {};
    return Interval::only(cuts_[piece]);
  }
  if (piece % 2 == 1) return Interval::only(cuts_[piece / 2]);
  return Interval{piece == 0 ? Value{} : cuts_[piece / 2 - 1],
                  piece == size_ - 1 ? Value{} : cuts_[piece / 2], false, false};
}

Bits Partition::emptyPieces() const {
  Bits bits(size_);
  if (line_.kind == Kind::boolean) bits.set(size_ - 1);
  for (std::uint32_t i = 1; i < positions_.size(); ++i) {
    if (positions_[i - 1] + 1 == positions_[i]) bits.set(2 * i);
  }
  if (line_.kind == Kind::time) {
    const auto [first, last] = endsOfDay(line_.has_zone);
    if (positions_.front() == first) bits.set(0);
    if (positions_.back() == last) bits.set(size_ - 1);
  }
  return bits;
}

}  // namespace jinyue::dmn
