#include "api/personal_cases.h"

#include <algorithm>

namespace jinyue::api {

identity::CasesOfFn casesOfParty(store::Store& store) {
  return [&store](std::string_view party) {
    std::vector<store::CaseId> ids;
    store::CaseFilter filter;
    filter.party = party;
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

Result<identity::Erased> erasePerson(const Rooms& rooms, const identity::Caller& caller,
                                     identity::AccountId id, std::string_view reason) {
  auto erased = rooms.personal_data.erase(caller, id, reason);
  if (erased) rooms.notices.erase("account:" + std::to_string(id), caller.actor());
  return erased;
}

}  // namespace jinyue::api
