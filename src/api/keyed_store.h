// Idempotency keys for writes that are not commands of cases: accounts, grants, registers, notices. The rooms
// that do such writes know nothing of keys: the store between them and the database puts the key into the
// same commit as the change, so that a request that comes again, also after a crash, is told what its first
// coming did.
#pragma once

#include <map>
#include <mutex>
#include <thread>

#include "store/passing_store.h"

namespace jinyue::api {

/// Every commit with records that a thread makes while a Scope of that thread lives carries the scope's key,
/// with the last of those records as its answer.
class KeyedStore final : public store::PassingStore {
 public:
  explicit KeyedStore(std::unique_ptr<store::Store> inner) : PassingStore(std::move(inner)) {}

  store::CommitOutcome commit(const store::Batch& batch) override;

  /// The writes of this thread belong to one request.
  class Scope {
   public:
    /// The row's case and position are filled in by the commit.
    Scope(KeyedStore& store, store::ReplyRow row);
    Scope(const Scope&) = delete;
    Scope& operator=(const Scope&) = delete;
    ~Scope();
    /// The row that was committed, if one was.
    const std::optional<store::ReplyRow>& written() const { return written_; }
    /// Another request with this key was faster: nothing of ours was written.
    bool lostToAnother() const { return lost_; }

   private:
    friend class KeyedStore;
    KeyedStore& store_;
    store::ReplyRow row_;
    std::optional<store::ReplyRow> written_;
    bool lost_ = false;
  };

 private:
  std::mutex mutex_;
  std::map<std::thread::id, Scope*> scopes_;
};

}  // namespace jinyue::api
