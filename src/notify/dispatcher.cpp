#include "notify/dispatcher.h"

#include <algorithm>
#include <atomic>

#include <spdlog/spdlog.h>

namespace jinyue::notify {
namespace {

/// Writes results as they come: who finds nobody writing writes for all, so that little is sent twice after a
/// crash and no attempt waits for a commit of its own.
class Marks {
 public:
  explicit Marks(Outbox& outbox) : outbox_(outbox) {}

  void add(Mark mark) {
    std::unique_lock lock(mutex_);
    waiting_.push_back(std::move(mark));
    if (writing_) return;
    writing_ = true;
    while (!waiting_.empty()) {
      const std::vector<Mark> marks = std::exchange(waiting_, {});
      lock.unlock();
      try {
        outbox_.mark(marks);
      } catch (const std::exception& fault) {  // their hold ends, then they are sent again under the same id
        spdlog::error("notices: {} results were not written: {}", marks.size(), fault.what());
      }
      lock.lock();
    }
    writing_ = false;
  }

 private:
  Outbox& outbox_;
  std::mutex mutex_;
  std::vector<Mark> waiting_;
  bool writing_ = false;
};

Millis waitAfter(int attempts, const DispatcherOptions& options) {
  Millis wait = options.first_retry;
  for (int i = 1; i < attempts && wait < options.longest_retry; ++i) wait *= 2;
  return std::min(wait, options.longest_retry);
}

}  // namespace

Dispatcher::Dispatcher(Outbox& outbox, std::map<Channel, Send> adapters, AddressBook addresses,
                       const DispatcherOptions& options)
    : outbox_(outbox), adapters_(std::move(adapters)), addresses_(std::move(addresses)), options_(options) {}

Dispatcher::~Dispatcher() { stop(); }

std::size_t Dispatcher::runDue() {
  std::size_t tried = 0;
  for (;;) {
    std::size_t now = 0;
    for (const auto& [channel, send] : adapters_) now += round(channel, send);
    if (now == 0) return tried;
    tried += now;
  }
}

std::size_t Dispatcher::round(Channel channel, const Send& send) {
  const Instant now = options_.now();
  const Instant until = now + options_.hold;
  auto claimed = outbox_.claim(channel, now, until, options_.at_once);
  Marks marks(outbox_);
  std::atomic<std::size_t> next{0};
  std::atomic<std::size_t> tried{0};
  const auto take = [&] {
    for (std::size_t i = next++; i < claimed.size(); i = next++) {
      // What is not begun is left to its hold: too late to be done within it, or this node is stopping.
      if (stopping_ || options_.now() + options_.longest_send > until) return;
      ++tried;
      marks.add(attempt(claimed[i], send));
    }
  };
  std::vector<std::jthread> helpers;
  for (std::size_t i = 1; i < std::min(claimed.size(), options_.workers); ++i) helpers.emplace_back(take);
  take();
  helpers.clear();  // waits for them
  return tried;
}

Mark Dispatcher::attempt(Claimed& claimed, const Send& send) const {
  Notice& notice = claimed.notice;
  Mark mark{notice.id, claimed.holder, State::sent, notice.attempt, {}, {}, {}};
  Sent sent;
  try {
    if (notice.address.empty() && claimed.unreadable.empty()) {
      for (const Contact& contact : addresses_(claimed.recipient)) {
        const auto found = contact.addresses.find(notice.channel);
        if (found == contact.addresses.end()) continue;
        notice.address = found->second;
        mark.address = notice.address;
        break;
      }
    }
    if (!claimed.unreadable.empty()) sent = Sent::refused(claimed.unreadable);
    else if (notice.address.empty()) sent = Sent::failed("notice.no-address");
    else sent = send(notice);
  } catch (const std::exception& fault) {
    sent = Sent::failed(fault.what());
  }
  mark.at = options_.now();
  if (sent.outcome == Sent::Outcome::accepted) return mark;
  mark.error = sent.error;
  if (sent.outcome == Sent::Outcome::refused || notice.attempt >= options_.attempts) {
    mark.state = State::dead;
    spdlog::warn("notice {} ({}) is dead after {} attempts: {}", notice.id, notice.notice, notice.attempt,
                 sent.error);
  } else {
    mark.state = State::failed;
    const Millis wait = waitAfter(notice.attempt, options_);
    mark.at += std::max(wait, std::min(sent.retry_after.value_or(wait), options_.longest_retry));
  }
  return mark;
}

void Dispatcher::start() {
  for (const auto& [channel, send] : adapters_)
    threads_.emplace_back([this, channel, &send] { loop(channel, send); });
}

void Dispatcher::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  for (std::thread& thread : threads_) thread.join();
  threads_.clear();
}

void Dispatcher::wake() {
  {
    const std::lock_guard lock(mutex_);
    ++wakes_;
  }
  changed_.notify_all();
}

void Dispatcher::loop(Channel channel, const Send& send) {
  std::uint64_t seen = 0;
  for (;;) {
    {
      const std::lock_guard lock(mutex_);
      seen = wakes_;
    }
    std::size_t tried = 0;
    try {
      tried = round(channel, send);
    } catch (const std::exception& fault) {  // the store is away: keep trying, it may come back
      spdlog::error("notices: {}", fault.what());
    }
    std::unique_lock lock(mutex_);
    if (tried == 0) changed_.wait_for(lock, options_.poll, [&] { return stopping_ || wakes_ != seen; });
    if (stopping_) return;
  }
}

}  // namespace jinyue::notify
