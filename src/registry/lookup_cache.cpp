#include "registry/lookup_cache.h"

#include <fmt/format.h>

namespace jinyue::registry {

std::string LookupCache::idOf(std::string_view name, std::string_view key) {
  return fmt::format("{}/{}", name, key);
}

LookupCache::Versions LookupCache::find(std::string_view name, std::string_view key, std::int64_t revision) {
  const std::scoped_lock lock(mutex_);
  const auto found = by_id_.find(idOf(name, key));
  if (found == by_id_.end() || found->second->revision != revision) return nullptr;
  items_.splice(items_.begin(), items_, found->second);
  return found->second->versions;
}

void LookupCache::put(std::string_view name, std::string_view key, std::int64_t revision, Versions versions) {
  const std::scoped_lock lock(mutex_);
  std::string id = idOf(name, key);
  if (const auto found = by_id_.find(id); found != by_id_.end()) {
    items_.erase(found->second);
    by_id_.erase(found);
  }
  items_.push_front({id, revision, std::move(versions)});
  by_id_.emplace(std::move(id), items_.begin());
  while (items_.size() > capacity_) {
    by_id_.erase(items_.back().id);
    items_.pop_back();
  }
}

std::size_t LookupCache::size() const {
  const std::scoped_lock lock(mutex_);
  return items_.size();
}

}  // namespace jinyue::registry
