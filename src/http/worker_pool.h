// Threads for handlers that block, with a bounded queue in front.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace jinyue::http {

class WorkerPool {
 public:
  WorkerPool(std::size_t threads, std::size_t max_queue);
  /// Finishes what is queued.
  ~WorkerPool();
  WorkerPool(const WorkerPool&) = delete;
  WorkerPool& operator=(const WorkerPool&) = delete;

  /// False when the queue is full: nothing will be done. The job must not throw.
  bool submit(std::function<void()> job);
  std::size_t queued() const;

 private:
  void work();

  mutable std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<std::function<void()>> jobs_;
  const std::size_t max_queue_;
  bool ending_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace jinyue::http
