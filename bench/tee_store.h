// A store that passes everything on to another one and keeps copies of the units of work it commits, so that
// the same rows can be written again with no engine.
#pragma once

#include <memory>
#include <mutex>
#include <utility>
#include <vector>

#include "store/passing_store.h"

namespace jinyue::bench {

struct Batches {
  std::mutex mutex;  ///< the engine and its sweeps commit from threads of their own
  bool keep = false;
  std::vector<store::Batch> batches;

  /// From now on, copies are kept or not.
  void keepFromNow(bool wanted) {
    const std::lock_guard lock(mutex);
    keep = wanted;
  }
};

class TeeStore final : public store::PassingStore {
 public:
  TeeStore(std::unique_ptr<Store> to, std::shared_ptr<Batches> copies)
      : PassingStore(std::move(to)), copies_(std::move(copies)) {}

  store::CommitOutcome commit(const store::Batch& batch) override {
    {
      const std::lock_guard lock(copies_->mutex);
      if (copies_->keep) copies_->batches.push_back(batch);
    }
    return PassingStore::commit(batch);
  }

 private:
  std::shared_ptr<Batches> copies_;
};

}  // namespace jinyue::bench
