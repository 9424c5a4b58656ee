// What will happen, in the order of its time; what has the same time happens in the order in which it was put
// in.
#pragma once

#include <optional>
#include <queue>
#include <utility>
#include <vector>

#include "base/time.h"

namespace jinyue::cli {

template <class Event>
class EventQueue {
 public:
  void at(Instant when, Event event) { waiting_.push({when, ++count_, std::move(event)}); }
  std::optional<Instant> next() const {
    return waiting_.empty() ? std::nullopt : std::optional{waiting_.top().when};
  }
  /// The next one; there must be one.
  Event take() {
    Event event = std::move(const_cast<Waiting&>(waiting_.top()).event);  // its place does not hang on it
    waiting_.pop();
    return event;
  }
  std::size_t size() const { return waiting_.size(); }

 private:
  struct Waiting {
    Instant when;
    std::uint64_t number = 0;
    Event event;
    bool operator<(const Waiting& other) const {
      return std::pair{when, number} > std::pair{other.when, other.number};
    }
  };
  std::priority_queue<Waiting> waiting_;
  std::uint64_t count_ = 0;
};

}  // namespace jinyue::cli
