// What somebody typed: words between blanks, all of which must be found; "words in quotes" (also “…”) stand
// together. Each word is looked for as it is, and by its tokens in an index (search/tokens.h).
//
// Punctuation inside a word counts for nothing: 辽B·12345 and 辽B12345 are the same. A word of Latin letters
// or digits is the beginning of one in the text, or the whole of it when it is shorter than three letters; or
// it is the pinyin initials of a name.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/problem.h"
#include "search/letters.h"
#include "store/texts.h"

namespace jinyue::search {

struct Word {
  std::vector<Letter> letters;
  bool may_be_initials = false;
  bool has_lookups = false;
  bool needs_check = false;  ///< its tokens may be there without the word
  store::TextWord ways;      ///< how an index is asked for it
};
using Query = std::vector<Word>;

/// Keyed hashes of a word (Vault::lookup of a telephone number, an identity number …) that it may be found
/// by; none when it is no such number or the caller may not look for them.
using LookupFn = std::function<std::vector<std::string>(std::string_view word)>;

/// Refuses a text without a letter, one of more than 10 words or 100 letters, and one that is not UTF-8.
Result<Query> parseQuery(std::string_view text, const LookupFn& lookups = {});

/// Bytes of a text, from `begin` to before `end`; never inside a letter.
struct Range {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  bool operator==(const Range&) const = default;
};
BOOST_DESCRIBE_STRUCT(Range, (), (begin, end))

enum class Where {
  text,
  name,  ///< words may be its initials, too
};

/// Where the words are in a text, in order, none overlapping or touching another.
std::vector<Range> highlights(std::string_view text, const Query& query, Where where = Where::text);

/// Whether a row that an index gave has all words. A word with lookups is believed.
bool isHit(const store::TextRow& row, const Query& query);

/// How well a row fits: words in title and names count more than in the text, at their beginning or as a
/// whole more than inside.
int relevance(const store::TextRow& row, const Query& query);

}  // namespace jinyue::search
