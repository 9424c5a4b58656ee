#include "ledger/finding_text.h"

#include <fmt/format.h>

#include "base/time.h"

namespace jinyue::ledger::finding_text {
namespace {

Finding ofHead(FindingKind kind, const Head& head, Text text) {
  Finding finding;
  finding.kind = kind;
  finding.first = finding.last = head.size;
  finding.text = std::move(text);
  return finding;
}

struct Words {
  const char* zh;
  const char* en_one;
  const char* en_many;
};

Words wordsOf(FindingKind kind) {
  switch (kind) {
    case FindingKind::changed: return {"被改动", "was changed", "were changed"};
    case FindingKind::dropped: return {"被删除", "is gone", "are gone"};
    case FindingKind::inserted: return {"是后来插入的", "was inserted later", "were inserted later"};
    case FindingKind::swapped: return {"不在原来的位置", "is not in its place", "are not in their places"};
    case FindingKind::misnumbered:
      return {"的序号被改动", "has another number than it had", "have other numbers"};
    case FindingKind::malformed:
      return {"写入时就不是规范的记录", "is no canonical record", "are no canonical records"};
    case FindingKind::case_gap:
      return {"写入时事项内的顺序就有误", "was written out of its case's order",
              "were written out of their case's order"};
    case FindingKind::tile_altered:
      return {"的哈希值被改动，记录本身无误", "is right, but its stored hash was altered",
              "are right, but their stored hashes were altered"};
    case FindingKind::log_shortened:
      return {"从日志末尾消失", "is gone from the end of the log", "are gone from the end of the log"};
    case FindingKind::not_extended:
      return {"与签名的日志头不符", "does not fit the signed head", "do not fit the signed head"};
    case FindingKind::bad_signature: break;
  }
  return {"", "", ""};
}

}  // namespace

Finding badSignature(const Head& head) {
  return ofHead(FindingKind::bad_signature, head,
                {fmt::format("记录数为 {}（{}）的日志头签名无效", head.size, formatInstant(head.at)),
                 fmt::format("the head of {} records ({}) is not signed by a key that counts", head.size,
                             formatInstant(head.at))});
}

Finding headWithdrawn(std::uint64_t stated_size, const Head& newest) {
  Finding finding =
      ofHead(FindingKind::log_shortened, newest,
             {fmt::format("最新的日志头只有 {} 条记录，但保留的日志头（{}）已有 {} 条", stated_size,
                          formatInstant(newest.at), newest.size),
              fmt::format("the newest head has only {} records, but a head that was kept ({}) has {}",
                          stated_size, formatInstant(newest.at), newest.size)});
  finding.first = stated_size;
  finding.last = newest.size - 1;
  return finding;
}

Finding otherLog(const Head& head, const Head& newest) {
  return ofHead(FindingKind::not_extended, head,
                {fmt::format("记录数为 {} 的日志头属于日志 {}，不属于 {}", head.size, head.log, newest.log),
                 fmt::format("the head of {} records is one of the log {} ({}), not of {} ({})", head.size,
                             head.log, boost::describe::enum_to_string(head.hash, "?"), newest.log,
                             boost::describe::enum_to_string(newest.hash, "?"))});
}

void describeRecords(Finding& finding, const Text& detail) {
  const bool one = finding.first == finding.last;
  const Words words = wordsOf(finding.kind);
  std::string zh;
  std::string en;
  if (finding.kind == FindingKind::swapped && finding.other) {
    zh = fmt::format("第 {} 条与第 {} 条记录被互换", finding.first, *finding.other);
    en = fmt::format("records {} and {} have changed places", finding.first, *finding.other);
  } else if (one) {
    zh = fmt::format("第 {} 条记录{}", finding.first, words.zh);
    en = fmt::format("record {} {}", finding.first, words.en_one);
  } else if (finding.somewhere) {
    zh = fmt::format("第 {} 至 {} 条之间有记录{}", finding.first, finding.last, words.zh);
    en = fmt::format("something among the records {} to {} {}", finding.first, finding.last, words.en_one);
  } else {
    zh = fmt::format("第 {} 至 {} 条记录{}", finding.first, finding.last, words.zh);
    en = fmt::format("records {} to {} {}", finding.first, finding.last, words.en_many);
  }
  if (finding.case_id && finding.position) {
    zh += fmt::format("：事项 {} 的第 {} 步", *finding.case_id, *finding.position);
    en += fmt::format(": case {}, position {}", *finding.case_id, *finding.position);
  }
  if (!detail.zh.empty()) zh += "（" + detail.zh + "）";
  if (!detail.en.empty()) en += " (" + detail.en + ")";
  finding.text = {std::move(zh), std::move(en)};
}

}  // namespace jinyue::ledger::finding_text
