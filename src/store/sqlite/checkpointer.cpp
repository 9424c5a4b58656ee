#include "store/sqlite/checkpointer.h"

#include <spdlog/spdlog.h>

#include "store/sqlite/settings.h"

namespace jinyue::store::sqlite {
namespace {

constexpr int copy_at_pages = 4096;     // 32 MiB: copy beside the writer
constexpr int restart_at_pages = 8192;  // 64 MiB: finish while the writer waits
constexpr int short_rest_pages = 1024;  // what may be copied while it waits

}  // namespace

Checkpointer::Checkpointer(const std::string& path, std::mutex& writer_mutex)
    : connection_(path, OpenMode::read_write), writer_mutex_(writer_mutex) {
  prepareCheckpointer(connection_);
  thread_ = std::thread([this] { work(); });
}

Checkpointer::~Checkpointer() {
  {
    const std::lock_guard lock(mutex_);
    stop_ = true;
  }
  wake_.notify_one();
  thread_.join();
}

void Checkpointer::watch(Connection& writer) {
  sqlite3_wal_hook(writer.raw(), &Checkpointer::onCommit, this);
}

int Checkpointer::onCommit(void* self, sqlite3*, const char*, int pages) {
  auto& checkpointer = *static_cast<Checkpointer*>(self);
  {
    const std::lock_guard lock(checkpointer.mutex_);
    checkpointer.pages_ = pages;
  }
  if (pages >= copy_at_pages) checkpointer.wake_.notify_one();
  return SQLITE_OK;
}

void Checkpointer::work() {
  int copied_at = 0;  // pages in the log when they were last copied
  while (true) {
    int pages = 0;
    {
      std::unique_lock lock(mutex_);
      wake_.wait(lock, [&] {
        if (pages_ < copied_at) copied_at = 0;  // the log was started anew
        return stop_ || pages_ >= copied_at + copy_at_pages;
      });
      if (stop_) return;
      pages = pages_;
    }
    int rest = copyPages();
    if (pages >= restart_at_pages && rest > 0) {
      if (rest > short_rest_pages) rest = copyPages();
      // A reader or a backup that began long ago holds pages back; then there is nothing to finish yet.
      if (rest <= short_rest_pages) {
        const std::lock_guard lock(writer_mutex_);
        copyPages();
      }
    }
    const std::lock_guard lock(mutex_);
    copied_at = pages_;
  }
}

int Checkpointer::copyPages() {
  int pages = 0;
  int copied = 0;
  const int code =
      sqlite3_wal_checkpoint_v2(connection_.raw(), nullptr, SQLITE_CHECKPOINT_PASSIVE, &pages, &copied);
  if (code != SQLITE_OK && (code & 0xff) != SQLITE_BUSY) {
    // Commits go on without it: what they wrote is safe in the log, which only grows longer.
    spdlog::error("SQLite checkpoint failed: {}", sqlite3_errmsg(connection_.raw()));
  }
  return std::max(0, pages - copied);
}

}  // namespace jinyue::store::sqlite
