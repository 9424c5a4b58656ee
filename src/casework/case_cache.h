// The cases that were used last, with their state ready to step. Bounded; used by one thread only.
#pragma once

#include <functional>
#include <list>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>

#include "bpmn/state.h"
#include "casework/definitions.h"
#include "store/store.h"

namespace jinyue::casework {

/// A case in memory: its row without the encoded state, and the state itself.
struct LoadedCase {
  store::CaseRow row;
  bpmn::State state;
  std::shared_ptr<const Definition> definition;
  Instant updated;  ///< when its last record was made, if that was since it was loaded
  /// The last deadline of its own clock that is known here: a case that has ended has no clock.
  std::optional<Instant> last_due = {};
  std::size_t derived = 0;  ///< of the rows that other rooms derived from it last; 0: not known
  bool was_closed = false;  ///< before the unit of work it is in
};

/// Adds the rows that another room derives from a case that has changed, and gives a mark of them; 0: there
/// are none. A mark that is `loaded.derived` says that they are the same as before: then none were added. It
/// is asked on the engine's thread and must not throw for what is in a case.
using DeriveFn = std::function<std::size_t(const LoadedCase& loaded, bool is_new, store::Batch& batch)>;

class CaseCache {
 public:
  explicit CaseCache(std::size_t capacity) : capacity_(capacity) {}

  /// The case, now the most recently used, or null. Valid until the next put or drop.
  const LoadedCase* find(store::CaseId id) {
    const auto it = places_.find(id);
    if (it == places_.end()) return nullptr;
    cases_.splice(cases_.begin(), cases_, it->second);
    return &*it->second;
  }

  void put(LoadedCase loaded) {
    drop(loaded.row.id);
    cases_.push_front(std::move(loaded));
    places_[cases_.front().row.id] = cases_.begin();
    if (cases_.size() > capacity_) drop(cases_.back().row.id);
  }

  void drop(store::CaseId id) {
    const auto it = places_.find(id);
    if (it == places_.end()) return;
    cases_.erase(it->second);
    places_.erase(it);
  }

  std::size_t size() const { return cases_.size(); }

 private:
  std::size_t capacity_;
  std::list<LoadedCase> cases_;
  std::unordered_map<store::CaseId, std::list<LoadedCase>::iterator> places_;
};

}  // namespace jinyue::casework
