// Connections that come back: a session opens its connection when it is needed and again after it was lost.
#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <vector>

#include "store/postgres/connection.h"

namespace jinyue::store::postgres {

/// One connection for one thread at a time, whoever is inside use().
class Session {
 public:
  Session(std::string conninfo, Purpose purpose) : conninfo_(std::move(conninfo)), purpose_(purpose) {}

  /// Calls work(connection) alone. When the connection is lost and the outcome is known to be nothing, it is
  /// opened anew and the work is tried once more: `work` must be one transaction.
  template <class Work>
  auto use(Work work) {
    const std::lock_guard lock(mutex_);
    try {
      return once(work);
    } catch (const PostgresFault& fault) {
      if (!fault.lost) throw;
    }
    return once(work);
  }

 private:
  template <class Work>
  auto once(Work& work) {
    if (!connection_ || connection_->isLost())
      connection_ = std::make_unique<Connection>(conninfo_, purpose_);
    try {
      return work(*connection_);
    } catch (...) {
      connection_->recover();
      throw;
    }
  }

  std::string conninfo_;
  Purpose purpose_;
  std::mutex mutex_;
  std::unique_ptr<Connection> connection_;
};

/// A few sessions that only read.
class ReadPool {
 public:
  ReadPool(const std::string& conninfo, int size, Purpose purpose);

  template <class Work>
  auto use(Work work) {
    const Lease lease(*this);
    return lease.session->use(std::move(work));
  }

 private:
  struct Lease {
    explicit Lease(ReadPool& from) : pool(from), session(from.take()) {}
    Lease(const Lease&) = delete;
    Lease& operator=(const Lease&) = delete;
    ~Lease() { pool.giveBack(std::move(session)); }
    ReadPool& pool;
    std::unique_ptr<Session> session;
  };
  std::unique_ptr<Session> take();
  void giveBack(std::unique_ptr<Session> session);

  std::mutex mutex_;
  std::condition_variable returned_;
  std::vector<std::unique_ptr<Session>> idle_;
};

}  // namespace jinyue::store::postgres
