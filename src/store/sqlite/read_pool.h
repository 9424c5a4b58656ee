// A few connections that only read. A reader sees the database as of the start of its statement or
// transaction and waits for no writer.
#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "store/sqlite/connection.h"

namespace jinyue::store::sqlite {

class ReadPool {
 public:
  ReadPool(const std::string& path, int size);

  /// A connection that nobody else uses while this lives.
  class Lease {
   public:
    explicit Lease(ReadPool& pool) : pool_(pool), connection_(pool.take()) {}
    Lease(const Lease&) = delete;
    Lease& operator=(const Lease&) = delete;
    ~Lease() { pool_.giveBack(std::move(connection_)); }
    Connection& operator*() const { return *connection_; }
    Connection* operator->() const { return connection_.get(); }

   private:
    ReadPool& pool_;
    std::unique_ptr<Connection> connection_;
  };

 private:
  std::unique_ptr<Connection> take();
  void giveBack(std::unique_ptr<Connection> connection);

  std::mutex mutex_;
  std::condition_variable returned_;
  std::vector<std::unique_ptr<Connection>> idle_;
};

}  // namespace jinyue::store::sqlite
