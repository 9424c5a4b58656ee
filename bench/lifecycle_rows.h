// The rows that the life of a hotline case leaves in a store, made with no engine: start, five human tasks,
// closed with the last. What a store can write of them is the limit that an engine above it is measured
// against.
#pragma once

#include <string>
#include <vector>

#include <fmt/format.h>

#include "ledger/record.h"
#include "store/store.h"

namespace jinyue::bench {

inline constexpr int commands_per_case = 6;

/// Gives the rows of one command after the other, round robin over a group of cases that run at the same
/// time.
class LifecycleRows {
 public:
  /// Cases begin at id `first`; `together` of them run at once. `run` makes idempotency keys of their own.
  LifecycleRows(store::CaseId first, int together, std::uint64_t run = 0)
      : first_(first), together_(together), run_(run) {}

  /// Adds the next command to a batch that holds less than `together` of them.
  void addCommand(store::Batch& batch) {
    const store::CaseId id = first_ + at_;
    addRows(batch, id, step_);
    if (++at_ < together_) return;
    at_ = 0;
    if (++step_ < commands_per_case) return;
    step_ = 0;
    first_ += together_;
  }

  store::Batch batchOf(int commands) {
    store::Batch batch;
    for (int count = 0; count < commands; ++count) addCommand(batch);
    return batch;
  }

 private:
  void addRows(store::Batch& batch, store::CaseId id, int step) {
    const std::int64_t version = step + 1;
    const Instant now = start_ + std::chrono::milliseconds{ticks_++};
    const Instant due = now + std::chrono::hours{24 * (1 + id % 15)};
    const bool last = version == commands_per_case;
    batch.journal.push_back(
        {id, version,
         ledger::encodeRecord({id, version, step == 0 ? "started" : "task-completed",
                               fmt::format("officer:{}", id % 500), now, "hotline@3",
                               R"({"node":"handle","task":)" + std::to_string(version) +
                                   R"(,"variables":{"result":"已联系来电人并现场核实","satisfied":true,)"
                                   R"("reply":")" +
                                   filler_.substr(0, 60) + R"("}})"})});
    store::CaseRow row;
    row.id = id;
    row.version = version;
    row.definition = 3;
    row.process = "hotline";
    row.status = last ? store::CaseStatus::completed : store::CaseStatus::active;
    row.title = "小区门口道路积水影响出行";
    row.key = fmt::format("HL-2026-{:09}", id);
    row.unit = fmt::format("unit-{}", id % 200);
    row.opened = start_;
    if (last) row.closed = now;
    row.due = due;
    row.state = filler_.substr(0, 600);
    batch.cases.push_back({std::move(row), version - 1});
    const auto number = static_cast<store::ElementNumber>(version);
    if (step > 0) {
      batch.drop_tasks.push_back({id, number - 1});
      batch.drop_timers.push_back({id, number - 1});
    }
    if (!last) {
      store::TaskRow task;
      task.id = {id, number};
      task.process = "hotline";
      task.node = "handle";
      task.name = "承办单位办理";
      task.title = "小区门口道路积水影响出行";
      task.unit = fmt::format("unit-{}", id % 200);
      task.role = "handler";
      task.excluded = {fmt::format("officer:{}", id % 500)};
      task.created = now;
      task.due = due;
      task.yellow = due - std::chrono::hours{12};
      batch.put_tasks.push_back(std::move(task));
      batch.put_timers.push_back({{id, number}, due});
    }
    // As clients make them: time-ordered (UUIDv7), so that the index of keys grows at its end.
    const auto millis = static_cast<std::uint64_t>(now.time_since_epoch().count());
    batch.replies.push_back({fmt::format("{:012x}-7{:03x}-{:016x}", millis, run_ & 0xfff,
                                         static_cast<std::uint64_t>(id) * 0x9e37'79b9'7f4a'7c15U),
                             fmt::format("officer:{}", id % 500), id * 31 + step, id, version, now});
  }

  store::CaseId first_;
  int together_;
  std::uint64_t run_;
  int at_ = 0;
  int step_ = 0;
  std::int64_t ticks_ = 0;
  Instant start_ = makeStart();
  std::string filler_ = makeFiller();

  static Instant makeStart() { return *parseInstant("2026-11-22T00:00:00Z"); }
  static std::string makeFiller() {
    std::string text;
    for (std::uint64_t number = 88172645463325252ULL; text.size() < 1024;) {
      number ^= number << 13;
      number ^= number >> 7;
      number ^= number << 17;
      text += fmt::format("{:x}", number);
    }
    return text;
  }
};

}  // namespace jinyue::bench
