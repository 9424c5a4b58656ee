// Where a word stands in a text.
#pragma once

#include <span>
#include <vector>

#include "search/letters.h"

namespace jinyue::search {

/// Indexes of the letters where the word begins, as the index would find it: see search/tokens.h.
std::vector<std::size_t> placesOf(std::span<const Letter> word, std::span<const Letter> text);
/// Indexes of the letters of a name from where the word is its initials.
std::vector<std::size_t> placesOfInitials(std::span<const Letter> word, std::span<const Letter> name);

}  // namespace jinyue::search
