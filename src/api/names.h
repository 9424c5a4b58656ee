// Names for what cases and tasks refer to by numbers and ids: accounts, roles, units, areas.
#pragma once

#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>

#include "api/call.h"
#include "base/problem.h"
#include "identity/accounts.h"
#include "identity/role.h"
#include "registry/registry.h"

namespace jinyue::api {

/// Names from registers, kept for a minute. May be used from many threads at once.
class NameBook {
 public:
  explicit NameBook(registry::Registry& registry) : registry_(registry) {}

  /// In both languages; what no register knows has its id as its name, an empty id an empty one.
  Text unit(const std::string& id, Instant now) { return nameOf("units", id, now); }
  Text area(const std::string& code, Instant now) { return nameOf("regions", code, now); }
  Text entry(const std::string& register_name, const std::string& key, Instant now) {
    return nameOf(register_name, key, now);
  }

 private:
  struct Known {
    Text name;
    Instant until;
  };
  /// Plans name units as they are called, not by their keys.
  std::optional<Text> unitCalled(const std::string& name, Instant now);
  Text nameOf(const std::string& name, const std::string& key, Instant now);

  registry::Registry& registry_;
  std::mutex mutex_;
  std::map<std::pair<std::string, std::string>, Known> known_;
};

/// The title of a role; its id when there is no such role.
Text roleTitle(const identity::RoleBook& roles, const std::string& id);

/// The number in "account:17"; nothing for other actors.
std::optional<identity::AccountId> accountIn(std::string_view actor);

/// Names by actor ("account:17"), as the caller may see them; whoever has none is not among them.
using ActorNames = std::map<std::string, std::string, std::less<>>;
ActorNames actorNames(const identity::Accounts& accounts, const identity::Caller& caller,
                      const std::set<std::string>& actors);
/// Empty when there is none.
std::string nameIn(const ActorNames& names, std::string_view actor);

}  // namespace jinyue::api
