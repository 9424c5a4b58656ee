#include "http/worker_pool.h"

#include <algorithm>

namespace jinyue::http {

WorkerPool::WorkerPool(std::size_t threads, std::size_t max_queue, std::chrono::milliseconds longest_wait)
    : max_queue_(max_queue), longest_wait_(longest_wait) {
  for (std::size_t i = 0; i < std::max<std::size_t>(threads, 1); ++i)
    threads_.emplace_back([this] { work(); });
}

WorkerPool::~WorkerPool() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  wake_.notify_all();
  for (std::thread& thread : threads_) thread.join();
}

bool WorkerPool::submit(std::function<void()> job) {
  {
    const auto now = std::chrono::steady_clock::now();
    const std::lock_guard lock(mutex_);
    if (ending_ || jobs_.size() >= max_queue_) return false;
    if (!jobs_.empty() && now - jobs_.front().since > longest_wait_) return false;
    jobs_.push_back({now, std::move(job)});
  }
  wake_.notify_one();
  return true;
}

std::size_t WorkerPool::queued() const {
  const std::lock_guard lock(mutex_);
  return jobs_.size();
}

void WorkerPool::work() {
  std::unique_lock lock(mutex_);
  for (;;) {
    wake_.wait(lock, [this] { return ending_ || !jobs_.empty(); });
    if (jobs_.empty()) return;
    const auto run = std::move(jobs_.front().run);
    jobs_.pop_front();
    lock.unlock();
    run();
    lock.lock();
  }
}

}  // namespace jinyue::http
