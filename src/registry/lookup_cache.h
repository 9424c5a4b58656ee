// What look-ups have read: the versions of an entry, by register and key. Bounded; the least recently used
// goes.
#pragma once

#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

#include "feel/value.h"
#include "registry/timeline.h"

namespace jinyue::registry {

/// May be used from many threads at once.
class LookupCache {
 public:
  struct Version {
    Period period;
    feel::Value value;
  };
  using Versions = std::shared_ptr<const std::vector<Version>>;  ///< empty list: there is no such entry

  explicit LookupCache(std::size_t capacity) : capacity_(capacity) {}

  /// Null when it is not known, or was read at an older revision of its register.
  Versions find(std::string_view name, std::string_view key, std::int64_t revision);
  void put(std::string_view name, std::string_view key, std::int64_t revision, Versions versions);
  std::size_t size() const;

 private:
  struct Item {
    std::string id;
    std::int64_t revision;
    Versions versions;
  };
  static std::string idOf(std::string_view name, std::string_view key);

  std::size_t capacity_;
  mutable std::mutex mutex_;
  std::list<Item> items_;  ///< most recently used first
  std::unordered_map<std::string, std::list<Item>::iterator> by_id_;
};

}  // namespace jinyue::registry
