#include "notify/kept_notices.h"

#include <algorithm>

namespace jinyue::notify {

Send KeptNotices::adapter() {
  return [self = shared_from_this()](const Notice& notice) {
    const std::lock_guard lock(self->mutex_);
    self->kept_.push_front({notice, self->now_()});
    if (self->kept_.size() > self->most_) self->kept_.pop_back();
    return Sent::accepted();
  };
}

std::vector<KeptNotice> KeptNotices::newest(std::size_t limit) const {
  const std::lock_guard lock(mutex_);
  const auto count = static_cast<std::ptrdiff_t>(std::min(limit, kept_.size()));
  return {kept_.begin(), kept_.begin() + count};
}

}  // namespace jinyue::notify
