#include "ledger/head_stream.h"

#include <algorithm>

#include "ledger/finding_text.h"

namespace jinyue::ledger {
namespace {

constexpr int heads_at_a_time = 500;

}  // namespace

bool isSigned(const Head& head, const std::vector<Verifier>& keys) {
  return keys.empty() || std::ranges::any_of(keys, [&](const Verifier& key) { return key.verify(head); });
}

HeadStream::HeadStream(const LogSource& source, const std::vector<Verifier>& keys,
                       std::vector<Finding>& findings)
    : source_(source), keys_(keys), findings_(findings) {
  const auto head = source.head();
  if (head && isSigned(*head, keys)) newest_ = head;
  else if (head) findings_.push_back(finding_text::badSignature(*head));
  // A head kept over time may be larger than the one that passes for the newest.
  const std::uint64_t stated = newest_ ? newest_->size : 0;
  for (std::uint64_t from = stated + 1;;) {
    const auto kept = source.kept_heads(from, heads_at_a_time);
    for (const Head& larger : kept) {
      from = std::max(from, larger.size + 1);
      if (!isSigned(larger, keys)) {
        if (larger != head) findings_.push_back(finding_text::badSignature(larger));
      } else if (!newest_ || larger.size > newest_->size) {
        newest_ = larger;
      }
    }
    if (kept.size() < static_cast<std::size_t>(heads_at_a_time)) break;
  }
  if (newest_ || head) algorithm_ = newest_ ? newest_->hash : head->hash;
  if (newest_ && newest_->size > stated) {
    // The log may just have grown: then a newer head is there by now.
    const auto again = source.head();
    if (!again || again->size < newest_->size) {
      findings_.push_back(finding_text::headWithdrawn(head ? head->size : 0, *newest_));
    }
  }
}

bool HeadStream::isGood(const Head& head) {
  if (newest_ && (head.log != newest_->log || head.hash != newest_->hash)) {
    findings_.push_back(finding_text::otherLog(head, *newest_));
    return false;
  }
  if (isSigned(head, keys_)) return true;
  findings_.push_back(finding_text::badSignature(head));
  return false;
}

const Head* HeadStream::peek() {
  if (heads_.empty() && !ended_) readMore();
  return heads_.empty() ? nullptr : &heads_.front();
}

void HeadStream::readMore() {
  if (!newest_) ended_ = true;  // the constructor has been through all of them
  while (heads_.empty() && !ended_) {
    const auto kept = source_.kept_heads(from_size_, heads_at_a_time);
    ended_ = kept.size() < static_cast<std::size_t>(heads_at_a_time);
    for (const Head& head : kept) {
      from_size_ = std::max(from_size_, head.size + 1);
      if (newest_ && head.size > newest_->size) ended_ = true;  // written since we began
      else if (newest_ && head == *newest_) continue;           // comes at the end
      else if (isGood(head)) heads_.push_back(head);
    }
  }
  if (ended_ && newest_) heads_.push_back(*newest_);
}

}  // namespace jinyue::ledger
