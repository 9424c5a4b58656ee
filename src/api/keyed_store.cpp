#include "api/keyed_store.h"

#include <algorithm>

namespace jinyue::api {

KeyedStore::Scope::Scope(KeyedStore& store, store::ReplyRow row) : store_(store), row_(std::move(row)) {
  const std::lock_guard lock(store_.mutex_);
  store_.scopes_[std::this_thread::get_id()] = this;
}

KeyedStore::Scope::~Scope() {
  const std::lock_guard lock(store_.mutex_);
  store_.scopes_.erase(std::this_thread::get_id());
}

store::CommitOutcome KeyedStore::commit(const store::Batch& batch) {
  Scope* scope = nullptr;
  {
    const std::lock_guard lock(mutex_);
    const auto found = scopes_.find(std::this_thread::get_id());
    if (found != scopes_.end()) scope = found->second;
  }
  // A change that takes several commits is remembered by its first: what follows is the same request.
  if (!scope || scope->written_ || batch.journal.empty()) return inner().commit(batch);
  store::Batch keyed = batch;
  scope->row_.case_id = batch.journal.back().case_id;
  scope->row_.position = batch.journal.back().position;
  keyed.replies.push_back(scope->row_);
  store::CommitOutcome outcome = inner().commit(keyed);
  if (outcome.done()) scope->written_ = scope->row_;
  scope->lost_ = std::ranges::find(outcome.repeated_keys, scope->row_.key) != outcome.repeated_keys.end();
  return outcome;
}

}  // namespace jinyue::api
