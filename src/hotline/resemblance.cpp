#include "hotline/resemblance.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>

#include "search/letters.h"

namespace jinyue::hotline {
namespace {

using Pairs = std::map<std::pair<char32_t, char32_t>, int>;

Pairs pairsOf(std::string_view text, int& count) {
  const auto letters = search::lettersOf(text);
  Pairs pairs;
  for (std::size_t i = 0; i + 1 < letters.size(); ++i) {
    ++pairs[{letters[i].value, letters[i + 1].value}];
    ++count;
  }
  return pairs;
}

}  // namespace

double likeness(std::string_view a, std::string_view b) {
  int count_a = 0;
  int count_b = 0;
  const Pairs pairs_a = pairsOf(a, count_a);
  const Pairs pairs_b = pairsOf(b, count_b);
  if (count_a + count_b == 0) return 0;
  int common = 0;
  for (const auto& [pair, count] : pairs_a) {
    if (const auto found = pairs_b.find(pair); found != pairs_b.end())
      common += std::min(count, found->second);
  }
  return 2.0 * common / (count_a + count_b);
}

double containment(std::string_view part, std::string_view whole) {
  int count = 0;
  int count_whole = 0;
  const Pairs pairs = pairsOf(part, count);
  const Pairs pairs_whole = pairsOf(whole, count_whole);
  if (count == 0) return 0;
  int common = 0;
  for (const auto& [pair, times] : pairs) common += pairs_whole.contains(pair) ? times : 0;
  return static_cast<double>(common) / count;
}

double metresBetween(double longitude_a, double latitude_a, double longitude_b, double latitude_b) {
  constexpr double earth = 6'371'000;
  constexpr double degree = std::numbers::pi / 180;
  const double half_north = std::sin((latitude_b - latitude_a) * degree / 2);
  const double half_east = std::sin((longitude_b - longitude_a) * degree / 2);
  const double square = half_north * half_north +
                        std::cos(latitude_a * degree) * std::cos(latitude_b * degree) * half_east * half_east;
  return 2 * earth * std::asin(std::min(1.0, std::sqrt(square)));
}

Resemblance compare(const Matter& a, const Matter& b) {
  Resemblance found;
  found.title = likeness(a.title, b.title);
  const bool pins = a.longitude && a.latitude && b.longitude && b.latitude;
  if (pins) found.metres = metresBetween(*a.longitude, *a.latitude, *b.longitude, *b.latitude);
  const bool places = !a.place.empty() && !b.place.empty();
  if (places) found.place = likeness(a.place, b.place);
  if (!pins && !places) {
    constexpr double nearly_the_same = 0.8;
    found.score = found.title >= nearly_the_same ? found.title : found.title / 2;
    return found;
  }
  const double where = found.metres
                           ? (*found.metres <= near ? 1.0 : std::max(0.0, 1 - *found.metres / (4 * near)))
                           : found.place;
  // Another place is another matter, however alike the words are.
  found.score = where < 0.3 ? where * found.title : (found.title + std::max(where, found.place)) / 2;
  return found;
}

}  // namespace jinyue::hotline
