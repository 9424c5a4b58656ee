#include "ledger/audit.h"

#include <algorithm>
#include <tuple>

#include <fmt/format.h>

#include "ledger/case_order.h"
#include "ledger/finding_text.h"
#include "ledger/head_stream.h"
#include "ledger/log_reader.h"
#include "ledger/notices.h"
#include "ledger/peaks.h"

namespace jinyue::ledger {
namespace {

/// A stored hash above the leaves that does not agree with the hashes below it.
struct UpperDispute {
  int level;
  std::uint64_t number;

  std::uint64_t width() const { return std::uint64_t{1} << static_cast<unsigned>(level * tile_height); }
  std::uint64_t first() const { return number * width(); }
  std::uint64_t last() const { return first() + width() - 1; }
  bool covers(std::uint64_t leaf) const { return leaf >= first() && leaf <= last(); }
};

class Auditor {
 public:
  Auditor(const LogSource& source, const AuditOptions& options)
      : source_(source),
        options_(options),
        heads_(source, options.keys, report_.findings),
        algorithm_(heads_.algorithm()),
        hasher_(algorithm_),
        tiles_(source.tiles),
        reader_(source, tiles_, algorithm_, sizeOf(heads_.newest())),
        order_(options.remembered_cases, options.max_findings, source.find),
        notices_(options.max_findings) {}

  AuditReport run() {
    report_.signatures_checked = !options_.keys.empty();
    report_.size = heads_.newest() ? heads_.newest()->size : 0;
    compareHeads();
    for (reader_.fill(); reader_.leaves() > 0 || isRowInsideLog(); reader_.fill()) step();
    finish();
    return std::move(report_);
  }

 private:
  static std::optional<std::uint64_t> sizeOf(const std::optional<Head>& head) {
    return head ? std::optional(head->size) : std::nullopt;
  }

  /// Rows past the newest head were written since, or don't belong there; finish() sees to them.
  bool isRowInsideLog() const {
    return reader_.rows() > 0 && (!heads_.newest() || reader_.row(0).sequence < heads_.newest()->size);
  }

  void step() {
    if (reader_.rows() > 0 && reader_.leaves() > 0 &&
        (!reader_.leaf(0) || *reader_.leaf(0) == reader_.rowHash(0))) {
      take({EditKind::same, 0, 0});
      reader_.drop(1, 1);
      return;
    }
    const Ahead ahead = reader_.ahead();
    const Stretch stretch = disagreement(ahead);
    for (const Edit& edit : explain(ahead.rows.first(stretch.rows), ahead.leaves.first(stretch.leaves)))
      take(edit);
    reader_.drop(stretch.rows, stretch.leaves);
  }

  void take(const Edit& edit) {
    const LogRow* row = edit.row ? &reader_.row(*edit.row) : nullptr;
    const std::uint64_t number = reader_.nextLeaf() + edit.leaf.value_or(0);
    // Where nothing is stored, a record too few is a matter of the head alone.
    if (row == nullptr && !reader_.leaf(*edit.leaf)) return;
    if (edit.kind != EditKind::same && !rows_tree_) rows_tree_ = tree_;
    switch (edit.kind) {
      case EditKind::same: notices_.checkRow(*row, number, order_); break;
      case EditKind::changed:
        notices_.changed(*row, reader_.rowHash(*edit.row), *reader_.leaf(*edit.leaf), number);
        break;
      case EditKind::swapped: notices_.swapped(*row, number, reader_.nextLeaf() + edit.other); break;
      case EditKind::dropped: notices_.dropped(number); break;
      case EditKind::inserted: notices_.inserted(*row); break;
    }
    if (row && (edit.kind == EditKind::changed || edit.kind == EditKind::swapped)) {
      order_.see(number, row->case_id, row->position);
    }
    if (row) {
      if (rows_tree_) append(*rows_tree_, reader_.rowHash(*edit.row));
      ++report_.records;
    }
    if (edit.leaf) {
      const auto& leaf = reader_.leaf(*edit.leaf);
      if (!leaf && !mayBeMissing(number)) notices_.missingHash(number);
      appendLeaf(leaf ? *leaf : reader_.rowHash(*edit.row));
    }
  }

  /// The hashes of the last leaves may not be stored yet: those of the unfinished tile.
  bool mayBeMissing(std::uint64_t number) const {
    return !heads_.newest() || number / tile_width == heads_.newest()->size / tile_width;
  }

  // The trees, and what the heads say about them.

  void append(Peaks& tree, const Hash& hash) {
    tree.append(hasher_, hash, [](int, const Hash&) {});
  }

  void appendLeaf(const Hash& leaf) {
    tree_.append(hasher_, leaf, [this](int level, const Hash& hash) {
      if (level == 0) return;
      const std::uint64_t number = ((tree_.size() + 1) >> static_cast<unsigned>(level * tile_height)) - 1;
      if (tiles_.hash(level, number) == hash) return;
      if (upper_.size() < options_.max_findings) upper_.push_back({level, number});
    });
    compareHeads();
    constexpr std::uint64_t progress_every = 1U << 16U;
    if (options_.progress && tree_.size() % progress_every == 0)
      options_.progress(tree_.size(), report_.size);
  }

  void compareHeads() {
    for (const Head* head = heads_.peek(); head != nullptr && head->size <= tree_.size();
         head = heads_.peek()) {
      if (head->size == tree_.size()) compare(*head);
      heads_.drop();
    }
  }

  void compare(const Head& head) {
    ++report_.heads;
    if (!lost_ && tree_.root(hasher_) == head.root) {
      settle(false);
    } else if (!lost_ && rows_tree_ && rows_tree_->size() == head.size &&
               rows_tree_->root(hasher_) == head.root) {
      tree_ = *rows_tree_;
      settle(true);
    } else if (const auto stored = storedPeaks(head)) {
      tree_ = *stored;
      settleRewritten(head);
    } else {
      if (!lost_) lost_ = head;
      return;
    }
    good_size_ = head.size;
    rows_tree_.reset();
    lost_.reset();
  }

  /// The stored hashes of the highest levels may be right where those of the leaves were altered.
  std::optional<Peaks> storedPeaks(const Head& head) {
    try {
      Peaks peaks = Peaks::restore(hasher_, head.size, source_.tiles);
      if (peaks.root(hasher_) == head.root) return peaks;
    } catch (const TileFault&) {  // NOLINT(bugprone-empty-catch): then they say nothing
    }
    return std::nullopt;
  }

  /// A head has confirmed the stored leaf hashes, or (with `rows_are_right`) the records.
  void settle(bool rows_are_right) {
    const std::vector<std::uint64_t> altered = notices_.settle(rows_are_right);
    for (const UpperDispute& dispute : upper_) {
      // Above an altered leaf hash the right ones don't agree with what we computed.
      if (std::ranges::any_of(altered, [&](std::uint64_t leaf) { return dispute.covers(leaf); })) continue;
      Finding finding = rangeOf(FindingKind::tile_altered, dispute.first(), dispute.last());
      finding_text::describeRecords(finding, {fmt::format("第 {} 层的哈希值", dispute.level),
                                              fmt::format("the hash of level {} over them", dispute.level)});
      add(std::move(finding));
    }
    upper_.clear();
  }

  /// Neither records nor leaf hashes agree with the head, but the hashes above them do.
  void settleRewritten(const Head& head) {
    notices_.settle(false);
    const Head& failing = lost_ ? *lost_ : head;  // the first that does not fit
    bool found = false;
    for (const UpperDispute& dispute : upper_) {
      const bool has_lower = std::ranges::any_of(upper_, [&](const UpperDispute& other) {
        return other.level < dispute.level && dispute.covers(other.first());
      });
      const std::uint64_t first = std::max(dispute.first(), good_size_);
      const std::uint64_t last = std::min(dispute.last(), failing.size - 1);
      if (has_lower || first > last) continue;
      addNotExtended(first, last, failing);
      found = true;
    }
    if (!found) addNotExtended(good_size_, failing.size - 1, failing);
    upper_.clear();
  }

  static Finding rangeOf(FindingKind kind, std::uint64_t first, std::uint64_t last) {
    Finding finding;
    finding.kind = kind;
    finding.first = first;
    finding.last = last;
    return finding;
  }

  void addNotExtended(std::uint64_t first, std::uint64_t last, const Head& head,
                      FindingKind kind = FindingKind::not_extended) {
    Finding finding = rangeOf(kind, first, last);
    finding.somewhere = true;
    finding_text::describeRecords(
        finding, {fmt::format("记录与存储的哈希值被一并改动；签名的日志头：{} 条，{}", head.size,
                              formatInstant(head.at)),
                  fmt::format("records and stored hashes were altered together; signed head: {} records, {}",
                              head.size, formatInstant(head.at))});
    add(std::move(finding));
  }

  void add(Finding finding) {
    if (report_.findings.size() < options_.max_findings) report_.findings.push_back(std::move(finding));
    else ++report_.more_findings;
  }

  // The end.

  void finish() {
    const bool too_short = tree_.size() < report_.size;
    const std::uint64_t extra = extraRows();
    if (lost_) {
      const FindingKind kind = too_short   ? FindingKind::dropped
                               : extra > 0 ? FindingKind::inserted
                                           : FindingKind::not_extended;
      addNotExtended(good_size_, lost_->size - 1, *lost_, kind);
    } else if (too_short) {
      addShortened();
    } else if (extra > 0) {
      addExtra(extra);
    }
    if (!heads_.newest() && report_.findings.empty() && report_.records > 0) {
      add(rangeOf(FindingKind::not_extended, 0, report_.records - 1));
      report_.findings.back().text = {"没有签名的日志头", "there is no signed head"};
    }
    for (const CaseEvent& event : order_.events()) notices_.attributeDropped(event);
    for (Notice& notice : notices_.all()) finishNotice(notice);
    report_.more_findings += notices_.notListed();
    for (const CaseEvent& event : order_.events()) finishEvent(event);
    std::ranges::sort(report_.findings, {},
                      [](const Finding& f) { return std::tuple(f.first, f.last, f.kind); });
    if (options_.progress) options_.progress(tree_.size(), report_.size);
  }

  /// Rows that no head covers, not even one written since.
  std::uint64_t extraRows() const {
    if (reader_.rows() == 0) return 0;
    std::uint64_t covered = 0;
    for (std::vector<LogRow> beyond;;) {
      const auto head = source_.head();
      const std::uint64_t size = head && isSigned(*head, options_.keys) ? head->size : 0;
      beyond = source_.rows(std::max(size, reader_.row(0).sequence), 1);
      if (beyond.empty()) return 0;
      if (size <= covered) break;  // no new head came while we looked
      covered = size;
    }
    std::uint64_t count = 0;
    for (std::uint64_t from = reader_.row(0).sequence;;) {
      constexpr int page = 1000;
      const auto rows = source_.rows(from, page);
      count += rows.size();
      if (rows.size() < static_cast<std::size_t>(page)) return count;
      from = rows.back().sequence + 1;
    }
  }

  void addExtra(std::uint64_t count) {
    const bool head_is_bad = std::ranges::any_of(
        report_.findings, [](const Finding& finding) { return finding.kind == FindingKind::bad_signature; });
    if (head_is_bad) return;  // the head that covers them is not to be trusted; that has been said
    const LogRow& row = reader_.row(0);
    Finding finding = rangeOf(FindingKind::inserted, row.sequence, row.sequence + count - 1);
    if (count == 1) {
      finding.case_id = row.case_id;
      finding.position = row.position;
    }
    finding_text::describeRecords(finding, {"在最新的签名日志头之后", "after the newest signed head"});
    add(std::move(finding));
  }

  void addShortened() {
    const std::uint64_t missing = report_.size - tree_.size();
    Finding finding = rangeOf(FindingKind::log_shortened, good_size_, report_.size - 1);
    finding.somewhere = good_size_ != tree_.size();
    finding_text::describeRecords(
        finding, {fmt::format("少了 {} 条，存储的哈希值一并改动", missing),
                  fmt::format("{} fewer than signed; the stored hashes were altered with them", missing)});
    add(std::move(finding));
  }

  void finishNotice(Notice& notice) {
    Finding& finding = notice.finding;
    if (finding.kind == FindingKind::dropped && finding.last + 1 == report_.size) {
      finding.kind = FindingKind::log_shortened;
    }
    if (notice.is_pending && finding.kind == FindingKind::misnumbered &&
        notice.number_here > notice.number_due) {
      finding.kind = FindingKind::dropped;
      finding.first = notice.number_due;
      finding.last = notice.number_here - 1;
      finding.case_id.reset();
      finding.position.reset();
      notice.detail = {"没有这些序号", "no record has these numbers"};
    }
    if (notice.is_pending && notice.is_pair) {
      notice.detail = {"没有签名的日志头能证实是记录还是哈希值被改动",
                       "no signed head tells whether the record or its stored hash was altered"};
    }
    finding_text::describeRecords(finding, notice.detail);
    add(std::move(finding));
  }

  void finishEvent(const CaseEvent& event) {
    if (notices_.tells(event.case_id)) return;
    const bool as_written = !lost_ && event.before < good_size_;
    const std::uint64_t start = event.at_start ? 0 : event.after + 1;
    Finding finding = rangeOf(FindingKind::case_gap, event.before, event.before);
    finding.case_id = event.case_id;
    finding.position = event.first;
    Text detail;
    if (event.kind == CaseEvent::Kind::missing) {
      if (!as_written) {
        finding = rangeOf(FindingKind::dropped, start, event.before);
        finding.somewhere = true;
        finding.case_id = event.case_id;
        finding.position = event.first;
      }
      if (event.last > event.first) {
        detail = {fmt::format("缺第 {} 至 {} 步", event.first, event.last),
                  fmt::format("positions {} to {} are missing", event.first, event.last)};
      } else {
        detail = {"缺这一步", "this position is missing"};
      }
    } else if (event.kind == CaseEvent::Kind::late) {
      if (!as_written) {
        finding.kind = FindingKind::swapped;
        finding.first = start;
        finding.somewhere = true;
      }
      detail = {fmt::format("这一步现在第 {} 条", event.before),
                fmt::format("this position now stands at {}, too late", event.before)};
    } else {
      if (!as_written) finding.kind = FindingKind::inserted;
      detail = {"这一步重复出现", "the case has this position already"};
    }
    finding_text::describeRecords(finding, detail);
    add(std::move(finding));
  }

  const LogSource& source_;
  const AuditOptions& options_;
  AuditReport report_;
  HeadStream heads_;
  HashAlgorithm algorithm_;
  Hasher hasher_;
  TileCache tiles_;
  LogReader reader_;
  CaseOrder order_;
  Notices notices_;

  Peaks tree_;                      ///< over the stored leaf hashes
  std::optional<Peaks> rows_tree_;  ///< over the records, once they disagree
  std::vector<UpperDispute> upper_;
  std::uint64_t good_size_ = 0;  ///< of the last head that fits
  std::optional<Head> lost_;     ///< the first head that nothing fits
};

}  // namespace

AuditReport audit(const LogSource& source, const AuditOptions& options) {
  return Auditor(source, options).run();
}

}  // namespace jinyue::ledger
