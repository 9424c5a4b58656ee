// The tokens of a text: what full text search finds it by. Pure; the stores keep tokens as they are.
//
// - Han (and Kana, Hangul): each pair of letters that stand together, and the last letter of a run. One
// letter
//   is asked for as the beginning of a token, two and more by their pairs.
// - Other words (Latin letters and digits): how the word begins, from three letters up to 24, and the word
//   itself when it is shorter; the same from each change between letters and digits. So "admin" finds
//   "administration" and "18030" finds "GB18030". A word of 16 letters costs 14 tokens where a text of a
//   hundred characters has a hundred pairs; asking an index for everything between "admin" and "admio" would
//   cost nothing here, but would read a million tokens when a million case numbers begin alike.
// - Names: the pairs and triples of pinyin initials, in every reading that search/initials.h knows.
// - Keyed hashes that the caller gives, for what may be found but not read (telephone and identity numbers).
//
// Pairs that are all there may yet stand apart, so a hit is compared with the text itself: search/query.h.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "search/letters.h"
#include "store/texts.h"

namespace jinyue::search {

/// What a text row is to be found by, sorted, each once, with blanks between them: its title, names and text,
/// and `lookups` (Vault::lookup; hexadecimal). Of a very long text only the first 8,000 tokens are kept;
/// title and names come first.
std::string tokensOf(const store::TextRow& row, std::span<const std::string> lookups = {});

inline constexpr std::size_t longest_word = 24;  ///< letters of a word that are told apart
inline constexpr std::size_t shortest_prefix = 3;
inline constexpr std::string_view initials_mark = "_i";
inline constexpr std::string_view lookup_mark = "_h";

/// The letters of one word: a run without gaps, all Han or none.
using Run = std::span<const Letter>;
std::vector<Run> runsOf(std::span<const Letter> letters);
/// Runs, also parted between letters and digits.
std::vector<Run> partsOf(std::span<const Letter> letters);
std::string utf8Of(Run letters);

}  // namespace jinyue::search
