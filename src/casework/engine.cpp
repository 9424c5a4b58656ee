#include "casework/engine.h"

#include <future>

#include <spdlog/spdlog.h>

#include "base/json_write.h"

namespace jinyue::casework {
namespace {

/// How often a request is tried again when other nodes change its case first.
constexpr int max_attempts = 20;

Problem busy() {
  return {ProblemKind::unavailable,
          "engine.busy",
          {"系统繁忙", "the engine is busy"},
          {},
          {"请稍后用同一个幂等键重试", "try again in a moment with the same idempotency key"},
          {}};
}

Problem notWritten() {
  return {ProblemKind::unavailable,
          "engine.not-written",
          {"未能写入", "the change could not be written"},
          {},
          {"什么都没有发生，请稍后重试", "nothing has happened; try again in a moment"},
          {}};
}

Problem unknownOutcome() {
  return {ProblemKind::unavailable,
          "engine.unknown-outcome",
          {"无法确认是否已写入", "it is not known whether the change was written"},
          {},
          {"请用同一个幂等键重试，不会重复办理",
           "try again with the same idempotency key; it will not be done twice"},
          {}};
}

Problem lostRace() {
  return {ProblemKind::conflict,
          "engine.lost-race",
          {"该办件正被他人频繁修改", "others keep changing this case"},
          {},
          {"请重新读取后再试", "read it again and retry"},
          {}};
}

}  // namespace

Engine::Engine(store::Store& store, Definitions& definitions, const ledger::PersonalDigester& digester,
               const EngineOptions& options)
    : store_(store),
      options_(options),
      builder_(store, definitions, digester,
               {options.seal, options.now, options.cached_cases, options.derive}),
      pending_(std::make_unique<UnitOfWork>()) {
  stepper_ = std::thread([this] { stepLoop(); });
  committer_ = std::thread([this] { commitLoop(); });
}

Engine::~Engine() { stop(); }

void Engine::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  stepper_wakes_.notify_all();
  if (stepper_.joinable()) stepper_.join();
  committer_wakes_.notify_all();
  if (committer_.joinable()) committer_.join();
}

void Engine::submit(Request request, ReplyFn reply) {
  if (request.key.size() > 64) {
    reply(refuse(ProblemKind::invalid, "key.too-long",
                 {"幂等键最多 64 字节", "an idempotency key has at most 64 bytes"}));
    return;
  }
  Pending pending;
  pending.request = std::move(request);
  pending.reply = std::move(reply);
  enqueue(std::move(pending));
}

void Engine::enqueue(Pending pending) {
  {
    std::unique_lock lock(mutex_);
    const bool late = !queue_.empty() && pending.since - queue_.front().since > options_.longest_wait;
    if (stopping_ || late || queue_.size() + set_aside_.size() >= options_.queue_capacity) {
      lock.unlock();
      return pending.reply(std::unexpected(busy()));
    }
    queue_.push_back(std::move(pending));
  }
  stepper_wakes_.notify_one();
}

Result<Reply> Engine::run(Request request) {
  std::promise<Result<Reply>> promise;
  submit(std::move(request), [&promise](Result<Reply> reply) { promise.set_value(std::move(reply)); });
  return promise.get_future().get();
}

Result<void> Engine::writeRows(store::Batch rows) {
  std::promise<Result<Reply>> promise;
  Pending pending;
  pending.rows = std::move(rows);
  pending.reply = [&promise](Result<Reply> reply) { promise.set_value(std::move(reply)); };
  enqueue(std::move(pending));
  const Result<Reply> reply = promise.get_future().get();
  if (!reply) return std::unexpected(reply.error());
  return {};
}

EngineFigures Engine::figures() const {
  const std::lock_guard lock(mutex_);
  return figures_;
}

bool Engine::canTake() const {
  if (queue_.empty() || pending_->answered.size() >= options_.batch_limit) return false;
  return !queue_.front().alone || (pending_->empty() && !in_commit_);
}

std::vector<Pending> Engine::takeEligible(std::size_t room) {
  std::vector<Pending> taken;
  while (!queue_.empty() && taken.size() < room) {
    if (queue_.front().alone) {
      if (!taken.empty() || !canTake()) break;
      room = 1;
    }
    Pending next = std::move(queue_.front());
    queue_.pop_front();
    if (in_commit_ && in_commit_->touches(next.request)) set_aside_.push_back(std::move(next));
    else taken.push_back(std::move(next));
  }
  return taken;
}

void Engine::stepLoop() {
  for (;;) {
    std::vector<Pending> taken;
    {
      std::unique_lock lock(mutex_);
      stepper_wakes_.wait(lock, [this] {
        const bool idle = !in_commit_ && queue_.empty() && set_aside_.empty();
        return finished_ || canTake() || (!in_commit_ && !pending_->empty()) || (stopping_ && idle);
      });
      if (finished_) {
        reap();
        committer_wakes_.notify_one();  // it may have the next unit already, and waits for this
      }
      if (canTake()) taken = takeEligible(options_.batch_limit - pending_->answered.size());
      if (stopping_ && taken.empty() && queue_.empty() && set_aside_.empty() && !in_commit_ &&
          pending_->empty()) {
        stepper_done_ = true;
        break;
      }
    }
    if (!taken.empty()) process(std::move(taken));
    if (pending_->empty()) continue;
    {
      const std::lock_guard lock(mutex_);
      if (in_commit_) continue;
    }
    builder_.finish(*pending_);
    {
      const std::lock_guard lock(mutex_);
      in_commit_ = std::move(pending_);
    }
    pending_ = std::make_unique<UnitOfWork>();
    committer_wakes_.notify_one();
  }
  committer_wakes_.notify_one();
}

void Engine::process(std::vector<Pending> taken) {
  std::uint64_t refused = 0;
  std::vector<Pending> later;
  if (taken.front().alone) {
    builder_.addAlone(*pending_, std::move(taken.front()));
    return;
  }
  try {
    later = builder_.add(*pending_, std::move(taken), refused);
  } catch (const std::exception& fault) {
    // A read failed in the middle of a group: builder_ has answered every request it had taken.
    spdlog::error("engine: stepping failed: {}", fault.what());
  }
  const std::lock_guard lock(mutex_);
  figures_.refused += refused;
  for (Pending& pending : later) set_aside_.push_back(std::move(pending));
}

/// Takes back a unit that was committed (its cases are the newest now) or was not (its requests try again).
void Engine::reap() {
  const std::unique_ptr<UnitOfWork> unit = std::move(finished_);
  if (outcome_ && outcome_->done()) builder_.keep(*unit);
  else builder_.forget(*unit);
  for (auto it = unit->answered.rbegin(); it != unit->answered.rend(); ++it) {
    if (it->pending.reply) set_aside_.insert(set_aside_.begin(), std::move(it->pending));
  }
  for (auto it = set_aside_.rbegin(); it != set_aside_.rend(); ++it) queue_.push_front(std::move(*it));
  set_aside_.clear();
}

void Engine::commitLoop() {
  for (;;) {
    UnitOfWork* unit = nullptr;
    {
      std::unique_lock lock(mutex_);
      committer_wakes_.wait(lock, [this] { return (in_commit_ && !finished_) || stepper_done_; });
      if (!in_commit_) return;
      unit = in_commit_.get();
    }
    std::optional<store::CommitOutcome> outcome;
    std::vector<std::pair<ReplyFn, Result<Reply>>> replies;
    const auto answerAll = [&](const auto& answerFor) {
      for (Answered& answered : unit->answered) {
        replies.emplace_back(std::exchange(answered.pending.reply, nullptr), answerFor(answered));
      }
    };
    try {
      outcome = store_.commit(unit->batch);
      if (outcome->done()) {
        if (options_.committed)
          options_.committed({unit->batch.cases, unit->batch.put_tasks, unit->tasks_before});
        answerAll([](const Answered& answered) { return answered.result; });
      } else {
        for (Answered& answered : unit->answered) {  // tried again by the stepper, a few times
          if (++answered.pending.attempts < max_attempts) continue;
          replies.emplace_back(std::exchange(answered.pending.reply, nullptr), std::unexpected(lostRace()));
        }
      }
    } catch (const store::StoreFault& fault) {
      spdlog::error("engine: commit failed{}: {}", fault.unknown ? ", outcome unknown" : "", fault.what());
      const Problem problem = fault.unknown ? unknownOutcome() : notWritten();
      answerAll([&](const Answered&) -> Result<Reply> { return std::unexpected(problem); });
    } catch (const std::exception& fault) {  // a batch that can't be right: it must not end the whole server
      spdlog::error("engine: a batch was refused: {}", fault.what());
      answerAll([](const Answered&) -> Result<Reply> { return std::unexpected(notWritten()); });
    }
    {
      const std::lock_guard lock(mutex_);
      if (outcome && outcome->done()) {
        figures_.commands += unit->answered.size();
        ++figures_.units;
      } else {
        ++figures_.conflicts;
      }
      outcome_ = std::move(outcome);
      finished_ = std::move(in_commit_);
    }
    stepper_wakes_.notify_one();
    for (auto& [reply, result] : replies) reply(std::move(result));
  }
}

}  // namespace jinyue::casework
