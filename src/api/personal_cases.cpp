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

identity::EraseCaseFn eraseCase(store::Store& store) {
  return [&store](store::CaseId id) -> Result<int> {
    const store::CaseId ids[] = {id};
    const auto rows = store.loadCases(ids);
    if (!rows.empty() && rows.front().status == store::CaseStatus::active) {
      return refuse(ProblemKind::conflict, "case.running", {"办件仍在办理", "the case is still running"},
                    std::to_string(id));
    }
    return store.erasePersonal(id);
  };
}

}  // namespace jinyue::api
