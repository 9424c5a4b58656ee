// Counts old cases by declarations that came after them: a batch at a time, from where it was left, also by
// another node or after a crash.
#pragma once

#include "casework/definitions.h"
#include "casework/seal.h"
#include "insight/fact_book.h"

namespace jinyue::insight {

struct RecountOptions {
  NowFn now = systemNow;
  /// How old a layout must be: by then every node counts new changes by it.
  Millis grace{10'000};
  int at_once = 500;  ///< cases looked at in one commit
};

class Recount {
 public:
  Recount(store::Store& store, casework::Definitions& definitions, casework::Seal seal, const FactBook& book,
          RecountOptions options)
      : store_(store), definitions_(definitions), seal_(seal), book_(book), options_(std::move(options)) {}

  /// Counts the next cases of one layout. False when there was nothing to do.
  bool step();

 private:
  struct Work {
    std::shared_ptr<const Layout> layout;
    std::int64_t cursor = 0;
  };
  std::optional<Work> next();
  bool count(const Work& work, int limit);
  void add(const Work& work, const store::CaseRow& row, store::Batch& batch);
  /// The last deadline that a case had; one that has ended has no clock.
  std::optional<Instant> dueOf(const store::CaseRow& row, const bpmn::State& state);

  store::Store& store_;
  casework::Definitions& definitions_;
  casework::Seal seal_;
  const FactBook& book_;
  RecountOptions options_;
};

}  // namespace jinyue::insight
