// Pinyin initials: 大连 is found by "dl".
#pragma once

#include <string_view>

namespace jinyue::search {

/// The letters that a character's pinyin may begin with, the usual one first; empty for one without pinyin. A
/// letter or digit is its own initial.
///
/// Readings are ICU's (Unihan: the usual one, and the one it has as a surname), and for about a hundred
/// characters with readings that begin otherwise those of the Xiandai Hanyu Cidian; a reading that is in none
/// of them is not known.
std::string_view initialsOf(char32_t letter);

}  // namespace jinyue::search
