#include "ledger/case_order.h"

#include <utility>

namespace jinyue::ledger {

CaseOrder::CaseOrder(std::size_t capacity, std::size_t max_events,
                     std::function<std::optional<LogRow>(std::int64_t, std::int64_t)> find)
    : capacity_(capacity), max_events_(max_events), find_(std::move(find)) {}

std::optional<CaseOrder::Last> CaseOrder::lastOf(std::int64_t case_id, std::int64_t position) {
  if (const auto found = recent_.find(case_id); found != recent_.end()) return found->second;
  if (const auto found = older_.find(case_id); found != older_.end()) return found->second;
  if (!has_forgotten_ || position <= 1) return std::nullopt;
  if (!find_) return Last{position - 1, 0};
  // Where several are missing, the last one that is there.
  constexpr std::int64_t farthest = 64;
  for (std::int64_t before = position - 1; before > 0 && before >= position - farthest; --before) {
    if (const auto row = find_(case_id, before)) return Last{row->position, row->sequence};
  }
  return std::nullopt;
}

void CaseOrder::see(std::uint64_t sequence, std::int64_t case_id, std::int64_t position) {
  const auto last = lastOf(case_id, position);
  const std::int64_t expected = last ? last->position + 1 : 1;
  if (position > expected) {
    note({CaseEvent::Kind::missing, case_id, expected, position - 1, last ? last->sequence : 0, sequence,
          !last});
  } else if (position < expected) {
    if (!fillGap(case_id, position, sequence)) {
      note({CaseEvent::Kind::repeated, case_id, position, position, last->sequence, sequence});
    }
    return;
  }
  recent_[case_id] = {position, sequence};
  if (recent_.size() < capacity_) return;
  has_forgotten_ = has_forgotten_ || !older_.empty();
  older_ = std::exchange(recent_, {});
}

void CaseOrder::note(CaseEvent event) {
  if (events_.size() < max_events_) events_.push_back(event);
}

bool CaseOrder::fillGap(std::int64_t case_id, std::int64_t position, std::uint64_t sequence) {
  for (std::size_t i = events_.size(); i-- > 0;) {
    const CaseEvent gap = events_[i];
    if (gap.kind != CaseEvent::Kind::missing || gap.case_id != case_id || position < gap.first ||
        position > gap.last) {
      continue;
    }
    events_.erase(events_.begin() + static_cast<std::ptrdiff_t>(i));
    CaseEvent before = gap;
    before.last = position - 1;
    CaseEvent after = gap;
    after.first = position + 1;
    if (before.first <= before.last) note(before);
    if (after.first <= after.last) note(after);
    note({CaseEvent::Kind::late, case_id, position, position, gap.after, sequence, gap.at_start});
    return true;
  }
  return false;
}

}  // namespace jinyue::ledger
