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
  /// The roles that the newest versions declare, beside the built-in ones.
  Result<identity::RoleBook> roles();
  /// Something was deployed here: look again. What other nodes deploy is seen when a version is asked for
  /// that is not known, and after `refresh`.
  void refresh();

 private:
  struct Known {
    std::string name;
    std::int64_t version = 0;
    Instant deployed;
  };
  void readList();

  store::Store& store_;
  casework::Definitions& definitions_;
  std::mutex mutex_;
  bool listed_ = false;
  std::unordered_map<std::int64_t, Known> known_;
  std::unordered_map<std::int64_t, PackPtr> packs_;
};

}  // namespace jinyue::api
