// What one commit will make durable, and the code that fills it command by command.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "base/time.h"
#include "casework/case_cache.h"
#include "casework/definitions.h"
#include "casework/projection.h"
#include "casework/request.h"
#include "casework/seal.h"
#include "ledger/digest.h"
#include "store/store.h"

namespace jinyue::casework {

struct UnitOfWork;

/// A request on its way through the engine.
struct Pending {
  Request request;
  ReplyFn reply;
  std::int64_t fingerprint = 0;      ///< of actor and command, when there is a key
  std::optional<store::Batch> rows;  ///< instead of a command: derived rows to write
  /// Instead of a command: fills an empty unit by itself, while nothing else is in commit.
  std::function<Result<Reply>(UnitOfWork&)> alone;
  bool reload = false;  ///< do not trust the cache for its case
  int attempts = 0;     ///< how often a unit with it lost a race
  std::chrono::steady_clock::time_point since = std::chrono::steady_clock::now();  ///< when it was asked for
};

/// A request that was stepped on what is in the unit, and the answer it gets once that is durable.
struct Answered {
  Pending pending;
  Result<Reply> result;
};

/// Whose list an open task was in before the unit changed it.
struct TaskBefore {
  ElementKey id;
  std::string unit;
  std::string assignee;
};

struct UnitOfWork {
  store::Batch batch;
  std::vector<TaskBefore> tasks_before;
  std::vector<Answered> answered;
  std::unordered_map<CaseId, LoadedCase> cases;
  std::unordered_map<CaseId, std::int64_t> expected;  ///< versions in the store before this unit
  std::unordered_map<CaseId, Touched> touched;
  std::unordered_set<std::string> keys;
  bool empty() const { return answered.empty(); }
  bool touches(const Request& request) const {
    return (request.case_id && cases.contains(*request.case_id)) ||
           (!request.key.empty() && keys.contains(request.key));
  }
};

/// Steps requests into a unit of work. Used by one thread.
class UnitBuilder {
 public:
  struct Parts {
    Seal seal;
    NowFn now;
    std::size_t cached_cases = 0;
    DeriveFn derive;
  };
  UnitBuilder(store::Store& store, Definitions& definitions, const ledger::PersonalDigester& digester,
              Parts parts);

  /// Steps each request into the unit. Those that change nothing (refused, repeated, without effect) on a
  /// case that the unit does not change are answered at once. Requests that repeat a key of the unit itself
  /// are given back, to be tried after its commit. When the store fails, every request taken is answered.
  std::vector<Pending> add(UnitOfWork& unit, std::vector<Pending> taken, std::uint64_t& refused);

  /// Runs a request that wants the unit, which is empty, for itself.
  void addAlone(UnitOfWork& unit, Pending pending);

  /// Steps a command into the unit for a case that was just read from the store.
  Result<Reply> step(UnitOfWork& unit, const store::CaseRow& row, const Request& request);

  /// Adds the rows that follow from the states of its cases to the unit's batch; call once, before the
  /// commit.
  void finish(UnitOfWork& unit) const;

  /// After the commit: its cases are now the newest, or (not committed) are forgotten.
  void keep(UnitOfWork& unit);
  void forget(const UnitOfWork& unit);

 private:
  using Loaded = std::unordered_map<CaseId, LoadedCase>;

  /// Answers requests whose keys the store knows; returns the rest.
  std::vector<Pending> answerRepeated(std::vector<Pending> taken);
  Loaded loadMissing(const UnitOfWork& unit, std::span<const Pending> taken);
  /// True when the request was dealt with; false when it must be tried again with its case read anew.
  bool addOne(UnitOfWork& unit, Pending& pending, const Loaded& loaded, std::uint64_t& refused);
  Result<LoadedCase> newCase(const Request& request, Instant now);
  Result<Reply> stepInto(UnitOfWork& unit, const LoadedCase& before, const Pending& pending, Instant now);
  LoadedCase decode(store::CaseRow row);
  CaseId takeCaseId();

  store::Store& store_;
  Definitions& definitions_;
  const ledger::PersonalDigester& digester_;
  Seal seal_;
  NowFn now_;
  CaseCache cache_;
  DeriveFn derive_;
  CaseId next_id_ = 0;
  CaseId id_limit_ = 0;
};

}  // namespace jinyue::casework
