// The people of a unit who have one role, and the work that waits for them. Each does one thing at a time, so
// work waits longer the more of it comes: what is late is late because of that.
#pragma once

#include <algorithm>
#include <deque>
#include <optional>
#include <vector>

#include "bpmn/command.h"
#include "cli/simulation/office_time.h"
#include "store/store.h"

namespace jinyue::cli {

struct PoolWork {
  store::ElementKey task;
  Millis effort{0};
  std::vector<std::string> excluded;  ///< who may not do it
};

class Pool {
 public:
  Pool(std::vector<bpmn::Actor> people, Shift shift)
      : people_(std::move(people)), busy_(people_.size(), false), shift_(shift) {}

  struct Taken {
    std::size_t person = 0;
    PoolWork work;
  };

  void add(PoolWork work) { waiting_.push_back(std::move(work)); }
  /// The longest waiting work that somebody may do who is free now; that person is busy from then on.
  std::optional<Taken> take() {
    for (auto work = waiting_.begin(); work != waiting_.end(); ++work) {
      for (std::size_t i = 0; i < people_.size(); ++i) {
        if (busy_[i] || std::ranges::find(work->excluded, people_[i].id) != work->excluded.end()) continue;
        busy_[i] = true;
        Taken taken{i, std::move(*work)};
        waiting_.erase(work);
        return taken;
      }
      if (std::ranges::find(busy_, false) == busy_.end()) return std::nullopt;
    }
    return std::nullopt;
  }
  void free(std::size_t person) { busy_[person] = false; }
  /// Whether anybody may do work from which these are barred.
  bool anyoneBut(const std::vector<std::string>& excluded) const {
    return std::ranges::any_of(people_, [&](const bpmn::Actor& person) {
      return std::ranges::find(excluded, person.id) == excluded.end();
    });
  }

  const bpmn::Actor& person(std::size_t index) const { return people_[index]; }
  const std::vector<bpmn::Actor>& people() const { return people_; }
  Shift shift() const { return shift_; }
  std::size_t waiting() const { return waiting_.size(); }

 private:
  std::vector<bpmn::Actor> people_;
  std::vector<bool> busy_;
  Shift shift_;
  std::deque<PoolWork> waiting_;
};

}  // namespace jinyue::cli
