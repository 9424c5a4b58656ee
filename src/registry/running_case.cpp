#include "registry/running_case.h"

#include <charconv>

namespace jinyue::registry {

bool isRunning(store::Store& store, std::string_view process, std::string_view number) {
  store::CaseId id = 0;
  const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), id);
  if (error != std::errc{} || end != number.data() + number.size()) return false;
  const store::CaseId ids[] = {id};
  const auto rows = store.loadCases(ids);
  return !rows.empty() && rows.front().process == process && rows.front().status == store::CaseStatus::active;
}

}  // namespace jinyue::registry
