// The packs of the deployed definitions, read once: a version never changes.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "identity/role.h"
#include "packs/pack.h"
#include "store/store.h"

namespace jinyue::api {

/// May be used from many threads at once.
class DeployedPacks {
 public:
  DeployedPacks(store::Store& store, casework::Definitions& definitions)
      : store_(store), definitions_(definitions) {}

  using PackPtr = std::shared_ptr<const packs::Pack>;
  struct Version {
    std::int64_t definition = 0;
    std::int64_t version = 0;
    Instant deployed;
    PackPtr pack;
  };

  /// The pack of a definition, by its id. Throws store::StoreFault when the store has none that can be read.
  PackPtr of(std::int64_t definition);
  /// The newest version of a pack.
  std::optional<Version> newest(std::string_view name);
  /// The newest version of every pack, by name.
  std::vector<Version> all();
  /// The name of the pack that a definition is a version of.
  std::string nameOf(std::int64_t definition);
  /// Ids of the processes that any version of a pack has.
  std::vector<std::string> processesOf(std::string_view name);
  /// The built-in roles and those that the newest versions declare.
  std::shared_ptr<const identity::RoleBook> roleBook();
  /// The same as it would be with another version of one pack; refused when two packs then declare a role in
  /// two ways.
  Result<identity::RoleBook> rolesWith(const packs::Pack& pack);
  /// Looks for versions that were deployed since, here or on another node.
  void refresh();

 private:
  struct Known {
    std::string name;
    std::int64_t version = 0;
    Instant deployed;
  };
  bool readList();

  store::Store& store_;
  casework::Definitions& definitions_;
  std::mutex mutex_;
  bool listed_ = false;
  std::unordered_map<std::int64_t, Known> known_;
  std::unordered_map<std::int64_t, PackPtr> packs_;
  std::shared_ptr<const identity::RoleBook> book_;
};

}  // namespace jinyue::api
