// Threads for handlers that block, with a bounded queue in front.
#pragma once

#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace jinyue::http {

class WorkerPool {
 public:
  /// longest_wait: while the first job in the queue has waited longer, no other is taken.
  WorkerPool(std::size_t threads, std::size_t max_queue, std::chrono::milliseconds longest_wait);
  /// Finishes what is queued.
  ~WorkerPool();
  WorkerPool(const WorkerPool&) = delete;
  WorkerPool& operator=(const WorkerPool&) = delete;

  /// False when the queue is full or late: nothing will be done. The job must not throw.
  bool submit(std::function<void()> job);
  std::size_t queued() const;

 private:
  struct Job {
    std::chrono::steady_clock::time_point since;
    std::function<void()> run;
  };

  void work();

  mutable std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<Job> jobs_;
  const std::size_t max_queue_;
  const std::chrono::milliseconds longest_wait_;
  bool ending_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace jinyue::http
