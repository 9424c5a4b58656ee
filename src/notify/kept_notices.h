// The adapter for development: nothing leaves the machine; what would have been sent is kept for a page.
#pragma once

#include <deque>
#include <memory>
#include <mutex>
#include <vector>

#include "notify/message_length.h"
#include "notify/notice.h"

namespace jinyue::notify {

struct KeptNotice {
  Notice notice;
  Instant at;
};

/// The newest ones, in memory. May be used from many threads at once.
class KeptNotices : public std::enable_shared_from_this<KeptNotices> {
 public:
  explicit KeptNotices(NowFn now, std::size_t most = 500) : now_(std::move(now)), most_(most) {}

  /// The adapter, for any channel.
  Send adapter();
  /// Newest first.
  std::vector<KeptNotice> newest(std::size_t limit) const;

 private:
  NowFn now_;
  std::size_t most_;
  mutable std::mutex mutex_;
  std::deque<KeptNotice> kept_;
};

}  // namespace jinyue::notify
