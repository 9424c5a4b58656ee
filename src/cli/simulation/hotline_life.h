// How people of the hotline, of units and callers behave: what they ring up about, and what is filled in at
// each step of an order and of the cases of the desks.
#pragma once

#include <map>

#include "calendar/calendar.h"
#include "cli/simulation/sim_case.h"

namespace jinyue::cli {

/// What the simulation counted itself, to be compared with the bulletin: orders by the month they came in.
struct HotlineCount {
  std::int64_t received = 0;
  std::int64_t accepted = 0;
  std::int64_t dispatched = 0;
  std::int64_t reached = 0;    ///< callers who could be asked, at the last call
  std::int64_t satisfied = 0;  ///< of them
  bool operator==(const HotlineCount&) const = default;
};

class HotlineLife {
 public:
  HotlineLife(const SimCity& city, const calendar::Calendar& calendar) : city_(city), calendar_(calendar) {}

  /// A new order; `of` gets what it is about. Without caller.
  feel::Context order(SimCase& of, Instant now);
  /// A request for a desk; `desk` gets its item.
  feel::Context deskOrder(SimCase& of, std::string& desk);
  /// The order was started.
  void began(const SimCase& order);

  SimAnswer answer(const store::TaskRow& task, SimCase& of, Instant now);
  /// By which the time of a step is found: a consultation is handled in another time than the rest.
  std::string stepName(const store::TaskRow& task, const SimCase& of) const;
  /// How many times as long as others the handling of this one waits.
  double slownessOf(const store::TaskRow& task, const SimCase& of) const;
  /// The caller rates an order before anybody calls back.
  SimAnswer ownRating(SimCase& of);
  void ended(const SimCase& of) { forget(of.id); }

  const std::map<std::int64_t, HotlineCount>& counts() const { return counts_; }

 private:
  SimAnswer accept(SimCase& of);
  SimAnswer dispatch(SimCase& of, Instant now);
  SimAnswer sign(SimCase& of);
  SimAnswer handle(SimCase& of, Instant now);
  SimAnswer rating(SimCase& of, bool may_be_unreached);
  SimAnswer verify(SimCase& of);
  SimAnswer deskAnswer(const std::string& node, SimCase& of, Instant now);
  HotlineCount& countOf(const SimCase& of);
  void forget(store::CaseId id);
  std::string otherUnit(SimCase& of);
  Date workingDaysFrom(Instant now, int days) const { return calendar_.addWorkingDays(dateOf(now), days); }

  const SimCity& city_;
  const calendar::Calendar& calendar_;
  /// Orders that are being handled, which another one may be the same as.
  std::vector<std::pair<store::CaseId, std::pair<std::size_t, std::size_t>>> handled_;
  std::map<std::int64_t, HotlineCount> counts_;
};

}  // namespace jinyue::cli
