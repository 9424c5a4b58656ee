#include "store/sqlite/read_pool.h"

#include "store/sqlite/settings.h"

namespace jinyue::store::sqlite {

ReadPool::ReadPool(const std::string& path, int size) {
  for (int count = 0; count < size; ++count) {
    auto connection = std::make_unique<Connection>(path, OpenMode::read_write);
    prepareReader(*connection);
    idle_.push_back(std::move(connection));
  }
}

std::unique_ptr<Connection> ReadPool::take() {
  std::unique_lock lock(mutex_);
  returned_.wait(lock, [this] { return !idle_.empty(); });
  auto connection = std::move(idle_.back());
  idle_.pop_back();
  return connection;
}

void ReadPool::giveBack(std::unique_ptr<Connection> connection) {
  {
    const std::lock_guard lock(mutex_);
    idle_.push_back(std::move(connection));
  }
  returned_.notify_one();
}

}  // namespace jinyue::store::sqlite
