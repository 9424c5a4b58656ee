// What a check of a log found wrong, and where.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "base/problem.h"

namespace jinyue::ledger {

enum class FindingKind {
  changed,        ///< a record, or the case and position beside it, is not what was written
  dropped,        ///< a record is gone
  inserted,       ///< a record was never written to the log
  swapped,        ///< two records have changed places
  misnumbered,    ///< a record stands in its place, but under another number
  malformed,      ///< the log was written with bytes that are no record
  case_gap,       ///< the log was written with a position of a case missing or twice
  bad_signature,  ///< a head is not signed by a key that counts
  tile_altered,   ///< the records are right, but stored hashes are not
  log_shortened,  ///< records at the end are gone
  not_extended,   ///< a signed head does not fit the records and stored hashes before it
};
BOOST_DESCRIBE_ENUM(FindingKind, changed, dropped, inserted, swapped, misnumbered, malformed, case_gap,
                    bad_signature, tile_altered, log_shortened, not_extended)

struct Finding {
  FindingKind kind = FindingKind::changed;
  std::uint64_t first = 0;             ///< number in the log, from 0; of a head, its size
  std::uint64_t last = 0;              ///< the same as `first` unless it is a range
  bool somewhere = false;              ///< something within first..last; otherwise all of it
  std::optional<std::uint64_t> other;  ///< swapped: the other place
  std::optional<std::int64_t> case_id;
  std::optional<std::int64_t> position;
  Text text;
};

BOOST_DESCRIBE_STRUCT(Finding, (), (kind, first, last, somewhere, other, case_id, position, text))

}  // namespace jinyue::ledger
