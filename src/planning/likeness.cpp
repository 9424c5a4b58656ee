#include "planning/likeness.h"

#include <algorithm>
#include <tuple>

#include "planning/letters.h"

namespace jinyue::planning {
namespace {

std::u32string plain(std::string_view name) {
  std::u32string out;
  for (const char32_t c : evened(toLetters(name))) {
    const bool word = isHan(c) || isDigit(c) || (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z');
    if (word) out += c >= U'A' && c <= U'Z' ? c + 32 : c;
  }
  return out;
}

using Pairs = std::vector<std::uint64_t>;
Pairs pairsOf(const std::u32string& letters) {
  Pairs pairs;
  for (std::size_t i = 0; i + 1 < letters.size(); ++i)
    pairs.push_back((static_cast<std::uint64_t>(letters[i]) << 32U) | letters[i + 1]);
  std::ranges::sort(pairs);
  return pairs;
}

int shareOf(const Pairs& one, const Pairs& other) {
  if (one.empty() || other.empty()) return 0;
  std::size_t common = 0;
  for (std::size_t i = 0, k = 0; i < one.size() && k < other.size();) {
    if (one[i] == other[k]) {
      ++common;
      ++i;
      ++k;
    } else if (one[i] < other[k]) {
      ++i;
    } else {
      ++k;
    }
  }
  return static_cast<int>(200 * common / (one.size() + other.size()));
}

}  // namespace

std::string plainName(std::string_view name) { return toText(plain(name)); }

int likeness(std::string_view one, std::string_view other) {
  return shareOf(pairsOf(plain(one)), pairsOf(plain(other)));
}

std::vector<Alike> alikeAmong(std::span<const std::string> texts, int least) {
  std::vector<Pairs> pairs;
  pairs.reserve(texts.size());
  for (const std::string& each : texts) pairs.push_back(pairsOf(plain(each)));
  std::vector<Alike> found;
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    for (std::size_t k = i + 1; k < pairs.size(); ++k) {
      const int percent = shareOf(pairs[i], pairs[k]);
      if (percent >= least) found.push_back({i, k, percent});
    }
  }
  std::ranges::sort(found, {},
                    [](const Alike& each) { return std::tuple(-each.percent, each.one, each.other); });
  return found;
}

}  // namespace jinyue::planning
