#include "search/query.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "base/text.h"
#include "search/places.h"
#include "search/tokens.h"

namespace jinyue::search {
namespace {

constexpr std::size_t most_words = 10;
constexpr std::size_t most_letters = 100;
constexpr std::size_t most_initials = 12;

struct Quote {
  std::string_view open;
  std::string_view close;
};
constexpr std::array<Quote, 3> quotes{{{"\"", "\""}, {"“", "”"}, {"＂", "＂"}}};
constexpr std::array<std::string_view, 6> blanks{" ", "\t", "\r", "\n", "\u3000", "\u00A0"};

std::size_t blankAt(std::string_view text) {
  for (const std::string_view blank : blanks) {
    if (text.starts_with(blank)) return blank.size();
  }
  return 0;
}

/// The words as they were typed. A quote that nothing closes ends with the text.
std::vector<std::string_view> wordsOf(std::string_view text) {
  std::vector<std::string_view> words;
  std::size_t begin = 0;
  std::size_t at = 0;
  const auto take = [&](std::size_t next) {
    if (at > begin) words.push_back(text.substr(begin, at - begin));
    begin = at = next;
  };
  while (at < text.size()) {
    const std::string_view rest = text.substr(at);
    const auto* const quote =
        std::ranges::find_if(quotes, [&](const Quote& one) { return rest.starts_with(one.open); });
    if (const std::size_t blank = blankAt(rest); blank > 0) {
      take(at + blank);
    } else if (quote != quotes.end()) {
      take(at + quote->open.size());
      at = std::min(text.find(quote->close, begin), text.size());
      take(std::min(at + quote->close.size(), text.size()));
    } else {
      ++at;
    }
  }
  take(at);
  return words;
}

bool isInitial(const Letter& letter) {
  return (letter.value >= 'a' && letter.value <= 'z') || (letter.value >= '0' && letter.value <= '9');
}

/// One word without gaps, of at least two letters, not of digits alone, and no longer than somebody types
/// initials.
bool mayBeInitials(const std::vector<Letter>& letters) {
  return letters.size() >= 2 && letters.size() <= most_initials && std::ranges::all_of(letters, isInitial) &&
         runsOf(letters).size() == 1 &&
         std::ranges::any_of(letters, [](const Letter& letter) { return letter.kind == LetterKind::alpha; });
}

store::TextWay tokensOfRuns(const std::vector<Run>& runs) {
  store::TextWay way;
  for (const Run run : runs) {
    if (run.front().kind != LetterKind::han) {
      way.push_back({utf8Of(run.first(std::min(run.size(), longest_word)))});
    } else if (run.size() == 1) {
      way.push_back({utf8Of(run), true});
    } else {
      for (std::size_t at = 0; at + 1 < run.size(); ++at) way.push_back({utf8Of(run.subspan(at, 2))});
    }
  }
  return way;
}

store::TextWay tokensOfInitials(const std::string& initials) {
  const std::size_t size = std::min<std::size_t>(initials.size(), 3);
  store::TextWay way;
  // Each token is a list that the index has to go through: no more of them than cover the word.
  for (std::size_t at = 0; at + size < initials.size(); at += size) {
    way.push_back({std::string{initials_mark} + initials.substr(at, size)});
  }
  way.push_back({std::string{initials_mark} + initials.substr(initials.size() - size)});
  return way;
}

/// A word of letters and digits as it is when something stands between them: B12345 written B·12345. Numbers
/// begin alike and end apart, so the last part alone is asked for, unless it is too short to tell much: an
/// index would go through every number of the city for what they all begin with.
store::TextWay tokensOfParts(const std::vector<Run>& parts) {
  if (parts.back().front().kind != LetterKind::han && parts.back().size() >= shortest_prefix)
    return tokensOfRuns({parts.back()});
  return tokensOfRuns(parts);
}

Word makeWord(std::string_view text, const LookupFn& lookups) {
  Word word;
  word.letters = lettersOf(text);
  if (word.letters.empty()) return word;
  const auto runs = runsOf(word.letters);
  const auto parts = partsOf(word.letters);
  word.ways.push_back(tokensOfRuns(runs));
  if (parts.size() > runs.size()) word.ways.push_back(tokensOfParts(parts));
  word.needs_check =
      word.ways.front().size() > 1 || word.ways.size() > 1 || word.letters.size() > longest_word;
  word.may_be_initials = mayBeInitials(word.letters);
  if (word.may_be_initials) {
    word.ways.push_back(tokensOfInitials(utf8Of(word.letters)));
    word.needs_check = word.needs_check || word.ways.back().size() > 1;
  }
  if (!lookups) return word;
  for (const std::string& hash : lookups(text)) {
    word.ways.push_back({{std::string{lookup_mark} + hash}});
    word.has_lookups = true;
  }
  return word;
}

template <class Take>
void forEachName(std::string_view names, Take take) {
  while (!names.empty()) {
    const auto end = names.find('\n');
    take(names.substr(0, end));
    names = end == std::string_view::npos ? std::string_view{} : names.substr(end + 1);
  }
}

/// A row's texts as letters, made once for all words.
struct RowLetters {
  explicit RowLetters(const store::TextRow& row) : title(lettersOf(row.title)), text(lettersOf(row.text)) {
    forEachName(row.names, [this](std::string_view name) { names.push_back(lettersOf(name)); });
  }
  std::vector<Letter> title;
  std::vector<Letter> text;
  std::vector<std::vector<Letter>> names;
};

bool isIn(const RowLetters& row, const Word& word) {
  const auto has = [&](const std::vector<Letter>& text) { return !placesOf(word.letters, text).empty(); };
  if (word.has_lookups || has(row.title) || has(row.text)) return true;
  return std::ranges::any_of(row.names, [&](const std::vector<Letter>& name) {
    return has(name) || (word.may_be_initials && !placesOfInitials(word.letters, name).empty());
  });
}

/// Whether the word of the text that begins there goes on after the word: A1 is in A12, but not as such.
bool goesOn(const Word& word, const std::vector<Letter>& text, std::size_t place) {
  const std::size_t next = place + word.letters.size();
  return next < text.size() && text[next].kind != LetterKind::han && areTogether(text[next - 1], text[next]);
}

int fitOf(const Word& word, const std::vector<Letter>& text, const std::vector<std::size_t>& places) {
  if (places.empty()) return 0;
  if (word.letters.size() == text.size()) return 100;
  const bool is_whole =
      std::ranges::any_of(places, [&](std::size_t place) { return !goesOn(word, text, place); });
  return (places.front() > 0 ? 40 : 60) + (is_whole ? 10 : 0);
}

int relevanceOf(const RowLetters& row, const Word& word) {
  int best = fitOf(word, row.title, placesOf(word.letters, row.title));
  for (const auto& name : row.names) {
    best = std::max(best, fitOf(word, name, placesOf(word.letters, name)));
    if (word.may_be_initials)
      best = std::max(best, fitOf(word, name, placesOfInitials(word.letters, name)) / 2);
  }
  constexpr std::size_t counted = 5;
  const auto in_text = static_cast<int>(std::min(placesOf(word.letters, row.text).size(), counted));
  return best + 4 * in_text;
}

}  // namespace

Result<Query> parseQuery(std::string_view text, const LookupFn& lookups) {
  if (!isValidUtf8(text)) {
    return refuse(ProblemKind::invalid, "search.not-text",
                  {"搜索内容不是有效的文字", "What is searched for is not valid UTF-8"});
  }
  const auto typed = wordsOf(text);
  Query query;
  std::size_t letters = 0;
  for (const std::string_view part : typed) {
    Word word = makeWord(part, lookups);
    if (word.letters.empty()) continue;
    letters += word.letters.size();
    if (query.size() == most_words || letters > most_letters) {
      return refuse(ProblemKind::invalid, "search.too-long",
                    {"搜索内容过长", "What is searched for is too long"}, {},
                    {fmt::format("最多 {} 个词、{} 个字", most_words, most_letters),
                     fmt::format("At most {} words and {} letters", most_words, most_letters)});
    }
    query.push_back(std::move(word));
  }
  if (query.empty()) {
    return refuse(ProblemKind::invalid, "search.empty",
                  {"没有可搜索的文字", "There is nothing to search for"}, {},
                  {"请输入汉字、字母或数字", "Give Chinese characters, letters or digits"});
  }
  return query;
}

std::vector<Range> highlights(std::string_view text, const Query& query, Where where) {
  const auto letters = lettersOf(text);
  std::vector<Range> ranges;
  const auto mark = [&](const Word& word, const std::vector<std::size_t>& places) {
    for (const std::size_t at : places) {
      ranges.push_back({letters[at].begin, letters[at + word.letters.size() - 1].end});
    }
  };
  for (const Word& word : query) {
    mark(word, placesOf(word.letters, letters));
    if (where == Where::name && word.may_be_initials) mark(word, placesOfInitials(word.letters, letters));
  }
  std::ranges::sort(ranges, {}, &Range::begin);
  std::vector<Range> merged;
  for (const Range& range : ranges) {
    if (!merged.empty() && range.begin <= merged.back().end)
      merged.back().end = std::max(merged.back().end, range.end);
    else merged.push_back(range);
  }
  return merged;
}

bool isHit(const store::TextRow& row, const Query& query) {
  if (std::ranges::none_of(query, &Word::needs_check)) return true;
  const RowLetters letters(row);
  return std::ranges::all_of(query,
                             [&](const Word& word) { return !word.needs_check || isIn(letters, word); });
}

int relevance(const store::TextRow& row, const Query& query) {
  const RowLetters letters(row);
  int sum = 0;
  for (const Word& word : query) sum += relevanceOf(letters, word);
  return sum;
}

}  // namespace jinyue::search
