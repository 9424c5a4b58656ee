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

identity::EraseNoticesFn noticesOfPerson(notify::Outbox& notices) {
  return [&notices](identity::AccountId account, const std::string& person,
                    const identity::Personal& personal, const std::string& by) {
    notices.erase("account:" + std::to_string(account), by);
    if (!person.empty()) notices.erase("person:" + person, by);
    for (const auto& [channel, address] : {std::pair{notify::Channel::text_message, &personal.phone},
                                           std::pair{notify::Channel::mail, &personal.email}}) {
      if (!address->empty()) notices.erase(notices.recipientOf(channel, *address), by);
    }
  };
}

identity::FilesOf filesOfPerson(const evidence::Attachments& attachments) {
  const auto files = [](const std::vector<evidence::Attachment>& all) {
    std::vector<identity::PersonalFile> found;
    for (const evidence::Attachment& each : all) {
      if (each.isPersonal() && !each.erased)
        found.push_back({each.id, each.name, each.media_type, each.size, each.uploaded});
    }
    return found;
  };
  return {[&attachments, files](store::CaseId id) { return files(attachments.ofCase(id)); },
          [&attachments, files](identity::AccountId account) {
            return files(attachments.waitingOf("account:" + std::to_string(account)));
          }};
}

}  // namespace jinyue::api
