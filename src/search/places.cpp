#include "search/places.h"

#include "search/initials.h"
#include "search/tokens.h"

namespace jinyue::search {
namespace {

bool startsPart(std::span<const Letter> text, std::size_t at) {
  return at == 0 || text[at].after_gap || text[at].kind != text[at - 1].kind;
}

/// Whether the last word in it, if it is no Han, is too short to be the beginning of another.
bool endsShort(std::span<const Letter> word) {
  if (word.back().kind == LetterKind::han) return false;
  return runsOf(word).back().size() < shortest_prefix;
}

bool standsAt(std::span<const Letter> word, std::span<const Letter> text, std::size_t at) {
  for (std::size_t index = 0; index < word.size(); ++index) {
    const Letter& letter = text[at + index];
    if (letter.value != word[index].value) return false;
    const bool may_be_apart = index == 0 || word[index].after_gap || word[index].kind != word[index - 1].kind;
    if (letter.after_gap && !may_be_apart) return false;
  }
  return true;
}

template <class Fits>
std::vector<std::size_t> allPlaces(std::size_t word, std::size_t text, Fits fits) {
  std::vector<std::size_t> places;
  for (std::size_t at = 0; at + word <= text; ++at) {
    if (fits(at)) places.push_back(at);
  }
  return places;
}

}  // namespace

std::vector<std::size_t> placesOf(std::span<const Letter> word, std::span<const Letter> text) {
  if (word.empty()) return {};
  const bool from_start = word.front().kind != LetterKind::han;
  const bool to_end = endsShort(word);
  return allPlaces(word.size(), text.size(), [&](std::size_t at) {
    const std::size_t end = at + word.size();
    return text[at].value == word.front().value && (!from_start || startsPart(text, at)) &&
           (!to_end || end == text.size() || startsPart(text, end)) && standsAt(word, text, at);
  });
}

std::vector<std::size_t> placesOfInitials(std::span<const Letter> word, std::span<const Letter> name) {
  if (word.empty()) return {};
  return allPlaces(word.size(), name.size(), [&](std::size_t at) {
    for (std::size_t index = 0; index < word.size(); ++index) {
      const auto wanted = static_cast<char>(word[index].value);
      if (!initialsOf(name[at + index].value).contains(wanted)) return false;
    }
    return true;
  });
}

}  // namespace jinyue::search
