#include "store/excluded.h"

#include "base/json_read.h"
#include "store/store.h"

namespace jinyue::store {

std::string writeExcluded(const std::vector<std::string>& persons) {
  return persons.empty() ? std::string{} : toJson(persons);
}

std::vector<std::string> readExcluded(std::string_view text) {
  if (text.empty()) return {};
  auto persons = fromJson<std::vector<std::string>>(text);
  if (!persons)
    throw StoreFault("the persons barred from a task can't be read: " + describe(persons.error()));
  return *std::move(persons);
}

}  // namespace jinyue::store
