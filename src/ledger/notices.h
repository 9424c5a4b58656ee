// What a check of a log notices about single records, until a signed head says how it came about.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "ledger/audit.h"
#include "ledger/case_order.h"

namespace jinyue::ledger {

struct Notice {
  Finding finding;
  bool is_pending = true;  ///< no head has said anything about it yet
  bool is_pair = false;  ///< a record that does not agree with its stored hash: either may be the altered one
  Hash leaf;
  Hash row;
  std::uint64_t number_due = 0;   ///< misnumbered: the numbers from this one
  std::uint64_t number_here = 0;  ///< to before this one are missing
  Text detail;
};

/// `number` is the place in the log, by the stored hashes.
class Notices {
 public:
  explicit Notices(std::size_t max_notices) : max_notices_(max_notices) {}

  /// A record in its place: its number, the columns beside it, its form.
  void checkRow(const LogRow& row, std::uint64_t number, CaseOrder& order);
  void changed(const LogRow& row, const Hash& hash, const Hash& leaf, std::uint64_t number);
  /// The record whose leaf is number `other` stands at `number`, and the other way round.
  void swapped(const LogRow& row, std::uint64_t number, std::uint64_t other);
  void dropped(std::uint64_t number);
  void inserted(const LogRow& row);
  void missingHash(std::uint64_t number);

  /// A head has confirmed the stored hashes, or (with `rows_are_right`) the records. Gives the numbers of
  /// leaves whose stored hash was altered.
  std::vector<std::uint64_t> settle(bool rows_are_right);

  std::vector<Notice>& all() { return notices_; }
  std::uint64_t notListed() const { return not_listed_; }
  /// Cases whose order needs no finding of its own: their columns or records were altered, which is told.
  bool tells(std::int64_t case_id) const { return told_cases_.contains(case_id); }
  /// A dropped record's hash does not say what it was; a gap in the positions of a case may.
  void attributeDropped(const CaseEvent& event);

 private:
  bool add(Notice notice);
  void checkNumber(const LogRow& row, std::uint64_t number);

  std::size_t max_notices_;
  std::vector<Notice> notices_;
  std::uint64_t not_listed_ = 0;
  std::size_t settled_ = 0;
  std::unordered_map<std::string, std::size_t> changed_;  ///< by the stored hash
  std::set<std::int64_t> told_cases_;
  std::int64_t shift_ = 0;        ///< of a record's number against its place
  std::int64_t inserted_ = 0;     ///< less those dropped
  std::uint64_t number_due_ = 0;  ///< of the next record, if nothing is wrong
};

}  // namespace jinyue::ledger
