#include "ledger/notices.h"

#include <fmt/format.h>

#include "ledger/record.h"

namespace jinyue::ledger {
namespace {

Notice noticeAt(FindingKind kind, std::uint64_t number) {
  Notice notice;
  notice.finding.kind = kind;
  notice.finding.first = notice.finding.last = number;
  return notice;
}

Notice noticeOf(FindingKind kind, const LogRow& row, std::uint64_t number) {
  Notice notice = noticeAt(kind, number);
  notice.finding.case_id = row.case_id;
  notice.finding.position = row.position;
  return notice;
}

/// Lets a range that ends just before `number` grow by it.
bool extends(std::vector<Notice>& notices, FindingKind kind, std::uint64_t number) {
  if (notices.empty()) return false;
  Finding& last = notices.back().finding;
  if (last.kind != kind || last.last + 1 != number) return false;
  last.last = number;
  return true;
}

}  // namespace

bool Notices::add(Notice notice) {
  if (notices_.size() < max_notices_) {
    notices_.push_back(std::move(notice));
    return true;
  }
  ++not_listed_;
  return false;
}

void Notices::checkRow(const LogRow& row, std::uint64_t number, CaseOrder& order) {
  checkNumber(row, number);
  const auto record = decodeRecord(row.record);
  order.see(number, record ? record->case_id : row.case_id, record ? record->position : row.position);
  if (record && record->case_id == row.case_id && record->position == row.position) return;
  Notice notice = noticeOf(record ? FindingKind::changed : FindingKind::malformed, row, number);
  told_cases_.insert(row.case_id);
  if (record) {
    told_cases_.insert(record->case_id);
    notice.finding.case_id = record->case_id;
    notice.finding.position = record->position;
    notice.detail = {fmt::format("记录旁写的是事项 {} 的第 {} 步", row.case_id, row.position),
                     fmt::format("beside it stand case {}, position {}", row.case_id, row.position)};
  }
  add(std::move(notice));
}

void Notices::checkNumber(const LogRow& row, std::uint64_t number) {
  const auto shift = static_cast<std::int64_t>(row.sequence - number);
  if (shift != shift_ && shift != 0 && shift != inserted_) {
    Notice notice = noticeOf(FindingKind::misnumbered, row, number);
    notice.number_due = number_due_;
    notice.number_here = row.sequence;
    notice.detail = {fmt::format("现为 {}", row.sequence), fmt::format("it is now {}", row.sequence)};
    if (add(std::move(notice))) told_cases_.insert(row.case_id);
  }
  shift_ = shift;
  number_due_ = row.sequence + 1;
}

void Notices::changed(const LogRow& row, const Hash& hash, const Hash& leaf, std::uint64_t number) {
  number_due_ = row.sequence + 1;
  told_cases_.insert(row.case_id);
  const auto partner = changed_.find(toHex(hash));
  if (partner != changed_.end() && notices_[partner->second].row == leaf) {
    Notice& first = notices_[partner->second];
    first.finding.kind = FindingKind::swapped;
    first.finding.other = number;
    first.finding.case_id = row.case_id;
    first.finding.position = row.position;
    first.is_pair = false;
    return;
  }
  Notice notice = noticeOf(FindingKind::changed, row, number);
  notice.is_pair = true;
  notice.leaf = leaf;
  notice.row = hash;
  if (const auto record = decodeRecord(row.record);
      record && (record->case_id != row.case_id || record->position != row.position)) {
    notice.detail = {
        fmt::format("现内容属于事项 {} 的第 {} 步", record->case_id, record->position),
        fmt::format("what stands there now is of case {}, position {}", record->case_id, record->position)};
  }
  if (add(std::move(notice))) changed_.emplace(toHex(leaf), notices_.size() - 1);
}

void Notices::swapped(const LogRow& row, std::uint64_t number, std::uint64_t other) {
  number_due_ = row.sequence + 1;
  told_cases_.insert(row.case_id);
  if (other > number) return;  // told at the second of the two, where the first one's record stands
  Notice notice = noticeOf(FindingKind::swapped, row, other);
  notice.finding.other = number;
  add(std::move(notice));
}

void Notices::dropped(std::uint64_t number) {
  --inserted_;
  if (!extends(notices_, FindingKind::dropped, number)) add(noticeAt(FindingKind::dropped, number));
}

void Notices::inserted(const LogRow& row) {
  ++inserted_;
  number_due_ = row.sequence + 1;
  told_cases_.insert(row.case_id);
  add(noticeOf(FindingKind::inserted, row, row.sequence));
}

void Notices::missingHash(std::uint64_t number) {
  if (extends(notices_, FindingKind::tile_altered, number)) return;
  Notice notice = noticeAt(FindingKind::tile_altered, number);
  notice.detail = {"存储的哈希值缺失", "the stored hash is missing"};
  add(std::move(notice));
}

std::vector<std::uint64_t> Notices::settle(bool rows_are_right) {
  std::vector<std::uint64_t> altered;
  for (; settled_ < notices_.size(); ++settled_) {
    Notice& notice = notices_[settled_];
    notice.is_pending = false;
    if (!rows_are_right || !notice.is_pair) continue;
    notice.finding.kind = FindingKind::tile_altered;
    notice.detail = {};
    altered.push_back(notice.finding.first);
  }
  return altered;
}

void Notices::attributeDropped(const CaseEvent& event) {
  if (event.kind != CaseEvent::Kind::missing || event.first != event.last) return;
  Notice* match = nullptr;
  for (Notice& notice : notices_) {
    const Finding& finding = notice.finding;
    if (finding.kind != FindingKind::dropped || finding.case_id || finding.first != finding.last) continue;
    if (finding.first >= event.before || (!event.at_start && finding.first <= event.after)) continue;
    if (match != nullptr) return;  // it may be either
    match = &notice;
  }
  if (match == nullptr) return;
  match->finding.case_id = event.case_id;
  match->finding.position = event.first;
  told_cases_.insert(event.case_id);
}

}  // namespace jinyue::ledger
