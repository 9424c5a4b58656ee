#include "store/merged_list.h"

#include <algorithm>

#include <fmt/format.h>

namespace jinyue::store {
namespace {

// A text that lists are found by has no control characters: see Run::shortText.
constexpr char separator = '\x1f';

}  // namespace

std::string textSet(std::span<const std::string> texts) {
  std::string set;
  for (const std::string& text : texts) (set += separator) += text;
  if (!texts.empty()) set += separator;
  return set;
}

std::string fits(std::string_view column, std::size_t placeholder) {
  // Both stores know replace(), and it takes no character for a pattern.
  return fmt::format("(${0} = '' OR replace(${0}, '{2}' || {1} || '{2}', '') <> ${0})", placeholder, column,
                     separator);
}

std::optional<Texts> both(const std::optional<std::string>& filter, const Texts& scope) {
  if (!filter) {
    Texts texts = scope;
    std::ranges::sort(texts);
    texts.erase(std::unique(texts.begin(), texts.end()), texts.end());
    return texts;
  }
  if (!scope.empty() && std::ranges::find(scope, *filter) == scope.end()) return std::nullopt;
  return Texts{*filter};
}

bool isEntry(const Texts& texts) {
  return !texts.empty() && std::ranges::find(texts, std::string{}) == texts.end();
}

bool ofRunningCases(const ScopeAlternative& alternative) {
  return alternative.statuses.empty() ||
         std::ranges::find(alternative.statuses, CaseStatus::active) != alternative.statuses.end();
}

std::vector<ScopeAlternative> alternativesOf(const RowScope& scope) {
  return scope.all ? std::vector<ScopeAlternative>(1) : scope.alternatives;
}

}  // namespace jinyue::store
