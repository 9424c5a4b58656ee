// The engine: takes commands from any thread, steps cases, and commits what follows in groups.
//
// Two threads. The stepper gathers requests, loads cases and steps them into a pending unit of work; the
// committer makes one unit durable. While a unit is being made durable the stepper fills the next one, so a
// group is what came in meanwhile. A case that is in the unit being committed waits for it; nothing is
// stepped on a state that is not durable in an earlier unit, so a unit that can't be committed never takes
// another one with it.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <thread>
#include <vector>

#include "base/time.h"
#include "casework/definitions.h"
#include "casework/request.h"
#include "casework/unit_of_work.h"
#include "ledger/digest.h"
#include "store/store.h"

namespace jinyue::casework {

/// A unit of work that was made durable, as live updates need it.
struct Committed {
  std::span<const store::CaseWrite> cases;
  std::span<const store::TaskRow> tasks;  ///< open tasks that are new or have changed
  std::span<const TaskBefore> before;     ///< where tasks were that have changed or are gone
};

struct EngineOptions {
  NowFn now = systemNow;
  /// Told of each unit of work before its commands are answered; on the committer's thread, so it must be
  /// quick.
  std::function<void(const Committed&)> committed = {};
  std::size_t queue_capacity = 20'000;  ///< requests that wait; more are refused as unavailable
  /// While the first of those that wait has waited longer, new ones are refused as unavailable: a client that
  /// comes again is served sooner than one that stands in a line that grows.
  std::chrono::milliseconds longest_wait{5'000};
  std::size_t batch_limit = 512;      ///< requests in one unit of work
  std::size_t cached_cases = 20'000;  ///< cases kept in memory
  Seal seal = {};                     ///< of what lies in the store
  DeriveFn derive = {};               ///< rows of other rooms that follow from a case, in its own commit
};

/// Figures since the engine started.
struct EngineFigures {
  std::uint64_t commands = 0;  ///< acknowledged
  std::uint64_t refused = 0;
  std::uint64_t units = 0;      ///< committed
  std::uint64_t conflicts = 0;  ///< units done again because another node was faster
};

class Engine {
 public:
  Engine(store::Store& store, Definitions& definitions, const ledger::PersonalDigester& digester,
         const EngineOptions& options);
  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;
  ~Engine();

  /// Calls `reply` exactly once, from one of the engine's threads (or at once when the queue is full), after
  /// the outcome is durable. `reply` must be quick and must not wait for the engine.
  void submit(Request request, ReplyFn reply);
  /// The same, waiting for the reply.
  Result<Reply> run(Request request);

  /// Writes rows that follow from no record of a case: a message was delivered, a start event is armed.
  Result<void> writeRows(store::Batch rows);

  /// Moves every running case of one definition to another, in one unit of work: all or none. With `dry_run`
  /// nothing is written. Refused as a whole, with a cause for each case that can't move (200 at most).
  /// Returns how many cases move. Memory holds a page of cases and their records; what bounds the number is
  /// the disk, which holds the one transaction, and patience: no other command is done meanwhile.
  struct Migration {
    std::int64_t from = 0;
    std::int64_t to = 0;
    std::map<std::string, std::string, std::less<>> nodes;
    std::string reason;
    bool dry_run = true;
  };
  Result<int> migrate(const Migration& migration, const bpmn::Actor& actor);

  /// Takes no more requests, finishes those that were taken, and ends the threads.
  void stop();

  EngineFigures figures() const;
  const Seal& seal() const { return options_.seal; }

 private:
  /// While no other command is stepped or committed.
  Result<int> migrateAlone(const Migration& migration, const bpmn::Actor& actor);
  void enqueue(Pending pending);
  void stepLoop();
  bool canTake() const;
  void commitLoop();
  /// Moves what may be stepped now from the queue; what must wait for the unit in commit is set aside.
  std::vector<Pending> takeEligible(std::size_t room);
  void reap();
  void process(std::vector<Pending> taken);

  store::Store& store_;
  EngineOptions options_;
  UnitBuilder builder_;  // stepper's own

  mutable std::mutex mutex_;
  std::condition_variable stepper_wakes_;
  std::condition_variable committer_wakes_;
  std::deque<Pending> queue_;
  std::vector<Pending> set_aside_;               // wait for the unit in commit
  std::unique_ptr<UnitOfWork> in_commit_;        // owned by the committer until it is finished_
  std::unique_ptr<UnitOfWork> finished_;         // for the stepper to reap
  std::optional<store::CommitOutcome> outcome_;  // of finished_; empty after a fault
  bool stopping_ = false;
  bool stepper_done_ = false;
  EngineFigures figures_;

  std::unique_ptr<UnitOfWork> pending_;  // stepper's own
  std::thread stepper_;
  std::thread committer_;
};

}  // namespace jinyue::casework
