// Notices when the positions of a case are not 1, 2, 3, … in the order of the log.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <unordered_map>
#include <vector>

#include "ledger/audit.h"

namespace jinyue::ledger {

struct CaseEvent {
  enum class Kind {
    missing,   ///< positions first..last should stand between records `after` and `before`
    late,      ///< position `first` stands at `before`, but should stand earlier: after `after`
    repeated,  ///< position `first` stands at `before` for the second time
  };
  Kind kind = Kind::missing;
  std::int64_t case_id = 0;
  std::int64_t first = 0;
  std::int64_t last = 0;
  std::uint64_t after = 0;
  std::uint64_t before = 0;
  bool at_start = false;  ///< missing: nothing of the case stands before
};

class CaseOrder {
 public:
  /// Remembers between `capacity` and twice as many cases; asks `find` about the others.
  CaseOrder(std::size_t capacity, std::size_t max_events,
            std::function<std::optional<LogRow>(std::int64_t, std::int64_t)> find);

  void see(std::uint64_t sequence, std::int64_t case_id, std::int64_t position);
  const std::vector<CaseEvent>& events() const { return events_; }

 private:
  struct Last {
    std::int64_t position;
    std::uint64_t sequence;
  };

  std::optional<Last> lastOf(std::int64_t case_id, std::int64_t position);
  void note(CaseEvent event);
  /// Whether this position was missing before; then it only stands too late.
  bool fillGap(std::int64_t case_id, std::int64_t position, std::uint64_t sequence);

  std::size_t capacity_;
  std::size_t max_events_;
  std::function<std::optional<LogRow>(std::int64_t, std::int64_t)> find_;
  bool has_forgotten_ = false;
  std::unordered_map<std::int64_t, Last> recent_;
  std::unordered_map<std::int64_t, Last> older_;
  std::vector<CaseEvent> events_;
};

}  // namespace jinyue::ledger
