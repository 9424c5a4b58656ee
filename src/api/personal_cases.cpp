#include "api/personal_cases.h"

#include <algorithm>

namespace jinyue::api {

identity::CasesOfFn casesOfParty(store::Store& store) {
  return [&store](std::string_view party) {
    std::vector<store::CaseId> ids;
    store::CaseFilter filter;
    filter.party = "person:" + std::string{party};
    filter.scope = store::everything();
    store::PageRequest page{1000, {}};
    do {
      const auto found = store.listCases(filter, page);
      for (const store::CaseRow& row : found.rows) ids.push_back(row.id);
      page.after = found.next;
    } while (!page.after.empty());
    std::ranges::sort(ids);
    return ids;
  };
}

}  // namespace jinyue::api
