#include "identity/scope.h"

#include <algorithm>

namespace jinyue::identity {
namespace {

template <class T, class V>
bool has(const std::vector<T>& list, const V& value) {
  return list.empty() || std::ranges::find(list, value) != list.end();
}

/// Whether a list that may be empty (all) has everything that the other has.
template <class T>
bool covers(const std::vector<T>& wide, const std::vector<T>& narrow) {
  if (wide.empty()) return true;
  return !narrow.empty() && std::ranges::all_of(narrow, [&](const T& value) { return has(wide, value); });
}

bool covers(const Alternative& wide, const Alternative& narrow) {
  return covers(wide.units, narrow.units) && covers(wide.areas, narrow.areas) &&
         covers(wide.packs, narrow.packs) && covers(wide.parties, narrow.parties) &&
         covers(wide.states, narrow.states);
}

}  // namespace

bool Scope::contains(const Scope& other) const {
  return covers(units, other.units) && covers(areas, other.areas) && covers(packs, other.packs) &&
         covers(states, other.states);
}

bool Alternative::admits(const RowPlace& row) const {
  return has(units, row.unit) && has(areas, row.area) && has(packs, row.pack) && has(parties, row.party) &&
         has(states, row.state);
}

bool RowScope::admits(const RowPlace& row) const {
  return std::ranges::any_of(any, [&](const Alternative& alternative) { return alternative.admits(row); });
}

bool RowScope::isEverything() const { return std::ranges::find(any, Alternative{}) != any.end(); }

void RowScope::add(Alternative alternative) {
  if (std::ranges::any_of(any, [&](const Alternative& there) { return covers(there, alternative); })) return;
  std::erase_if(any, [&](const Alternative& there) { return covers(alternative, there); });
  any.push_back(std::move(alternative));
}

}  // namespace jinyue::identity
