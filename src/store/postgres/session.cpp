#include "store/postgres/session.h"

namespace jinyue::store::postgres {

ReadPool::ReadPool(const std::string& conninfo, int size, Purpose purpose) {
  for (int count = 0; count < size; ++count) idle_.push_back(std::make_unique<Session>(conninfo, purpose));
}

std::unique_ptr<Session> ReadPool::take() {
  std::unique_lock lock(mutex_);
  returned_.wait(lock, [this] { return !idle_.empty(); });
  auto session = std::move(idle_.back());
  idle_.pop_back();
  return session;
}

void ReadPool::giveBack(std::unique_ptr<Session> session) {
  {
    const std::lock_guard lock(mutex_);
    idle_.push_back(std::move(session));
  }
  returned_.notify_one();
}

}  // namespace jinyue::store::postgres
