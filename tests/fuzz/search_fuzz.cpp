// Any bytes are what somebody looks for (up to the first line break) and a text (the rest): refused or read
// within limits, tokens are of the agreed form, marks lie on letters, and a text that has the words is found
// by its tokens.
#include <algorithm>
#include <cstdlib>
#include <set>

#include "base/text.h"
#include "search/excerpt.h"
#include "search/initials.h"
#include "search/query.h"
#include "search/tokens.h"
#include "store/text_match.h"

using namespace jinyue;
using namespace jinyue::search;

namespace {

void require(bool condition) {
  if (!condition) std::abort();
}

std::set<std::string, std::less<>> tokensIn(std::string_view list) {
  std::set<std::string, std::less<>> tokens;
  while (!list.empty()) {
    const auto end = std::min(list.find(' '), list.size());
    tokens.emplace(list.substr(0, end));
    list.remove_prefix(std::min(end + 1, list.size()));
  }
  return tokens;
}

/// What an index does: all tokens of one of the ways.
bool indexFinds(const std::set<std::string, std::less<>>& tokens, const Word& word) {
  return std::ranges::any_of(word.ways, [&](const store::TextWay& way) {
    return std::ranges::all_of(way, [&](const store::TextTerm& term) {
      const auto found = tokens.lower_bound(term.token);
      return found != tokens.end() && (term.prefix ? found->starts_with(term.token) : *found == term.token);
    });
  });
}

bool hasGap(std::span<const Letter> letters) {
  return std::ranges::any_of(letters.subspan(std::min<std::size_t>(1, letters.size())), &Letter::after_gap);
}

/// Whether the word stands somewhere in the text as it was typed. (A Latin word that is parted in one of
/// them, ad-min, is marked where the other has it whole, but an index finds it only by its parts.)
bool standsIn(std::string_view text, const Word& word) {
  if (hasGap(word.letters)) return false;
  return std::ranges::any_of(highlights(text, {word}), [&](const Range& range) {
    return !hasGap(lettersOf(text.substr(range.begin, range.end - range.begin)));
  });
}

void marksLieOnLetters(const Marked& marked) {
  require(isValidUtf8(marked.text));
  std::uint32_t last = 0;
  for (const Range& range : marked.marks) {
    require(range.begin >= last && range.begin < range.end && range.end <= marked.text.size());
    require(isValidUtf8(std::string_view{marked.text}.substr(range.begin, range.end - range.begin)));
    last = range.end;
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size > 4'096) return 0;
  const std::string_view bytes{reinterpret_cast<const char*>(data), size};
  const auto end = std::min(bytes.find('\n'), bytes.size());
  const std::string_view wanted = bytes.substr(0, end);
  const std::string_view rest = bytes.substr(std::min(end + 1, bytes.size()));
  const auto query = parseQuery(wanted);
  if (!query) {
    require(!query.error().title.zh.empty() && !query.error().title.en.empty());
  } else {
    store::TextQuery asked;
    for (const Word& word : *query) asked.words.push_back(word.ways);
    asked.scope = {store::TextScope{}};
    store::checkTextQuery(asked);
    require(!store::matchOf(asked, store::MatchDialect::fts5).empty());
    require(!store::matchOf(asked, store::MatchDialect::tsquery).empty());
  }
  if (!isValidUtf8(rest) || rest.find('\0') != std::string_view::npos) return 0;
  store::TextRow row;
  row.title = rest.substr(0, rest.size() / 2);
  if (!isValidUtf8(row.title)) row.title.clear();
  row.names = row.title;
  row.text = rest;
  row.tokens = tokensOf(row);
  store::checkTextRow(row);
  if (!query) return 0;
  const auto tokens = tokensIn(row.tokens);
  for (const Word& word : *query) {
    // Of a longer text only the first tokens are kept.
    if (tokens.size() < 4'000 && standsIn(row.text, word)) require(indexFinds(tokens, word));
  }
  marksLieOnLetters(markedText(row.text, *query));
  marksLieOnLetters(markedText(row.names, *query, Where::name));
  marksLieOnLetters(excerptOf(row.text, *query, 20));
  require(relevance(row, *query) >= 0);
  static_cast<void>(isHit(row, *query));
  return 0;
}
