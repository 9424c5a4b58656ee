// Checks a whole log against its signed heads, and says which record was changed, dropped, swapped or
// inserted.
//
// Three witnesses are compared: the records, the stored hashes (tiles) and the signed heads. Where records
// and hashes disagree, the next head says which is right. Where both were altered to agree, the heads kept
// over time narrow the place down to what was written between two of them, and gaps in the records' numbers
// and in the positions of a case often to the very record.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "ledger/finding.h"
#include "ledger/head.h"
#include "ledger/tile.h"

namespace jinyue::ledger {

/// A record as a store keeps it.
struct LogRow {
  std::uint64_t sequence = 0;  ///< its number in the log, from 0
  std::int64_t case_id = 0;
  std::int64_t position = 0;
  std::string record;  ///< the bytes of the leaf
};

/// Where the log is read. What the functions throw goes through to the caller of audit().
struct LogSource {
  /// At most `limit` rows from number `from` on, by number.
  std::function<std::vector<LogRow>(std::uint64_t from, int limit)> rows;
  /// As they are stored. Of the unfinished tile of level 0 hashes may be missing at the end; then the records
  /// under it are vouched for by heads alone.
  TileReader tiles;
  std::function<std::optional<Head>()> head;
  /// Heads kept over time, of at least `from_size` leaves, by size.
  std::function<std::vector<Head>(std::uint64_t from_size, int limit)> kept_heads;
  /// The record at a position of a case. May be empty; then cases whose records lie far apart are not checked
  /// for gaps.
  std::function<std::optional<LogRow>(std::int64_t case_id, std::int64_t position)> find;
};

struct AuditOptions {
  std::vector<Verifier> keys;  ///< that may sign heads; with none, signatures are not checked
  std::function<void(std::uint64_t done, std::uint64_t total)> progress;  ///< now and then
  std::size_t max_findings = 1000;                                        ///< more are only counted
  std::size_t remembered_cases = 250'000;                                 ///< bound of memory
};

struct AuditReport {
  std::vector<Finding> findings;  ///< by place
  std::uint64_t more_findings = 0;
  std::uint64_t records = 0;  ///< read and compared
  std::uint64_t heads = 0;    ///< compared with the records
  std::uint64_t size = 0;     ///< of the log by its newest good head
  bool signatures_checked = false;
  bool isClean() const { return findings.empty() && more_findings == 0; }
};

/// Reads the log once, from start to end; memory does not grow with it. May run while the log grows: what
/// comes after the head that was newest at the start is left out.
AuditReport audit(const LogSource& source, const AuditOptions& options = {});

/// Whether the log extends an earlier head of it, for example from a copy that was kept elsewhere. With
/// `earlier_heads` of that copy, by size, a finding says between which two the logs part.
std::vector<Finding> auditExtends(const Head& earlier, const std::vector<Head>& earlier_heads,
                                  const LogSource& source, const AuditOptions& options = {});

}  // namespace jinyue::ledger
