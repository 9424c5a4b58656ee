// Moves the write-ahead log into the database file on a thread and a connection of its own, so that no commit
// pays for it.
//
// The long part, copying pages and syncing the database file, runs beside the writer. Under steady load a log
// is then never quite finished, and would grow for ever; so when it has passed a bound, the few pages that
// came meanwhile are copied while the writer waits, and its next commit starts the log anew.
#pragma once

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>

#include "store/sqlite/connection.h"

namespace jinyue::store::sqlite {

class Checkpointer {
 public:
  /// `writer_mutex` keeps the writer out while it is held.
  Checkpointer(const std::string& path, std::mutex& writer_mutex);
  Checkpointer(const Checkpointer&) = delete;
  Checkpointer& operator=(const Checkpointer&) = delete;
  ~Checkpointer();

  /// Tells it how many pages the log has after each commit of this connection.
  void watch(Connection& writer);

 private:
  static int onCommit(void* self, sqlite3* database, const char* schema, int pages);
  void work();
  /// Pages of the log that are still to be copied.
  int copyPages();

  Connection connection_;
  std::mutex& writer_mutex_;
  std::mutex mutex_;
  std::condition_variable wake_;
  int pages_ = 0;
  bool stop_ = false;
  std::thread thread_;  // last: it uses the others
};

}  // namespace jinyue::store::sqlite
