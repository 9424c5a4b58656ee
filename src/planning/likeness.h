// Measures that are the same or nearly: of one year's plan and the next, of two members.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace jinyue::planning {

/// A name without blanks, punctuation and the difference of widths; two measures with equal ones have the
/// same name.
std::string plainName(std::string_view name);
/// 0 to 100: the share of pairs of neighbouring letters that two texts have in common (Dice).
int likeness(std::string_view one, std::string_view other);

struct Alike {
  std::size_t one = 0;
  std::size_t other = 0;
  int percent = 0;
};
/// Pairs of texts that are at least so much alike, the most alike first.
std::vector<Alike> alikeAmong(std::span<const std::string> texts, int least = 60);

}  // namespace jinyue::planning
