#include "api/portal_search.h"

#include <algorithm>

namespace jinyue::api {
namespace {

std::string loweredAscii(std::string_view text) {
  std::string made{text};
  for (char& c : made) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
  return made;
}

/// Every word by which entries are found is open, and so is every entry: a hit tells nothing that is not.
bool isSearchedOpenly(const registry::Declaration& declared) {
  if (!declared.disclosure || declared.disclosure->fields.empty() || declared.disclosure->entries)
    return false;
  const auto shown = [&](const std::string& field) {
    return std::ranges::find(declared.disclosure->fields, field) != declared.disclosure->fields.end();
  };
  return std::ranges::all_of(declared.names, shown) && std::ranges::all_of(declared.search, shown);
}

}  // namespace

std::vector<GuideLine> guidesWith(std::vector<GuideLine> guides, std::string_view words) {
  const std::string wanted = loweredAscii(words);
  std::erase_if(guides, [&](const GuideLine& guide) {
    const std::string all =
        loweredAscii(guide.title.zh + ' ' + guide.title.en + ' ' + guide.system.zh + ' ' + guide.system.en);
    std::string_view rest = wanted;
    bool any = false;
    while (!rest.empty()) {
      const std::string_view word = rest.substr(0, rest.find(' '));
      rest.remove_prefix(std::min(word.size() + 1, rest.size()));
      if (word.empty()) continue;
      any = true;
      if (all.find(word) == std::string::npos) return true;
    }
    return !any;
  });
  return guides;
}

std::vector<OpenAnswer> openAnswers(const Rooms& rooms, const std::string& words) {
  constexpr int most = 20;
  std::map<std::string, Text> titles;
  search::Request request;
  request.text = words;
  request.order = search::Order::relevance;
  store::TextScope scope;
  scope.kinds = {store::TextKind::entry};
  for (const std::string& name : rooms.registry.names()) {
    const auto reg = rooms.registry.find(name);
    if (!reg || !isSearchedOpenly((*reg)->declaration())) continue;
    scope.processes.push_back(name);
    titles.emplace(name, (*reg)->declaration().title);
  }
  if (titles.empty()) return {};
  std::vector<OpenAnswer> answers;
  const auto found = rooms.searcher.search({scope}, request, {most, {}});
  if (!found) return answers;
  for (const search::Hit& hit : found->rows)
    answers.push_back({hit.title.text, hit.excerpt.text, titles[hit.process]});
  return answers;
}

}  // namespace jinyue::api
