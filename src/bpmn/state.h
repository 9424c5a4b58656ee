// Where a case stands. Made by apply() from events alone; comparable; JSON both ways without loss.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "bpmn/event.h"
#include "calendar/clock.h"

namespace jinyue::bpmn {

enum class CaseStatus { none, active, completed, cancelled };
BOOST_DESCRIBE_ENUM(CaseStatus, none, active, completed, cancelled)

/// What is particular to an open user task.
struct Task {
  static constexpr bool json_sparse = true;
  std::string unit;
  std::string role;
  std::string person;
  std::string assignee;  ///< empty: nobody has claimed it
  std::vector<std::string> excluded;
  std::optional<Instant> opened;  ///< when it has no clock
  bool operator==(const Task&) const = default;
};
BOOST_DESCRIBE_STRUCT(Task, (), (unit, role, person, assignee, excluded, opened))

/// What is particular to a job that a service works on.
struct Job {
  static constexpr bool json_sparse = true;
  std::string topic;
  std::int32_t retries = 0;
  bool operator==(const Job&) const = default;
};
BOOST_DESCRIBE_STRUCT(Job, (), (topic, retries))

/// What is particular to the body of a multi-instance activity; its instances are elements inside it.
struct Loop {
  static constexpr bool json_sparse = true;
  std::int32_t total = 0;
  std::int32_t done = 0;
  bool sequential = false;
  feel::List items;    ///< when sequential
  feel::List results;  ///< by index; null where none has come
  bool operator==(const Loop&) const = default;
};
BOOST_DESCRIBE_STRUCT(Loop, (), (total, done, sequential, items, results))

/// A live instance of a node: a scope, a task, a job, a wait, a token at a join, or an element that failed.
struct Element {
  static constexpr bool json_sparse = true;
  ElementNumber number = 0;
  ElementNumber scope = 0;   ///< the scope around it; -1 for the case itself
  std::string node;          ///< for the case itself: the process
  std::string flow;          ///< of a token at a join
  std::int32_t item = 0;     ///< of an instance of a multi-instance: which one, from 1
  feel::Context variables;   ///< of its own
  bool interrupted = false;  ///< a scope that an event sub-process has taken over
  std::optional<Task> task;
  std::optional<Job> job;
  std::optional<Loop> loop;
  bool operator==(const Element&) const = default;
};
BOOST_DESCRIBE_STRUCT(Element, (), (number, scope, node, flow, item, variables, interrupted, task, job, loop))

struct Timer {
  static constexpr bool json_sparse = true;
  ElementNumber number = 0;
  ElementNumber element = 0;
  std::string node;
  std::optional<Instant>
      due;  ///< empty while its clock is paused, or when it fired and its clock may still move
  std::string every;
  std::int32_t left = 0;
  ClockPoint clock = ClockPoint::none;
  bool fired = false;  ///< kept only because its clock may still be extended
  bool operator==(const Timer&) const = default;
};
BOOST_DESCRIBE_STRUCT(Timer, (), (number, element, node, due, every, left, clock, fired))

struct Wait {
  static constexpr bool json_sparse = true;
  ElementNumber number = 0;
  ElementNumber element = 0;
  std::string node;
  WaitKind kind = WaitKind::message;
  std::string name;
  std::string key;
  bool operator==(const Wait&) const = default;
};
BOOST_DESCRIBE_STRUCT(Wait, (), (number, element, node, kind, name, key))

struct Incident {
  static constexpr bool json_sparse = true;
  ElementNumber number = 0;
  ElementNumber element = 0;
  Phase phase = Phase::entering;
  std::string code;
  Text message;
  bool operator==(const Incident&) const = default;
};
BOOST_DESCRIBE_STRUCT(Incident, (), (number, element, phase, code, message))

/// A clock of the case (element 0), of a scope or of a task.
struct Clock {
  static constexpr bool json_sparse = true;
  ElementNumber element = 0;
  std::string rule;
  calendar::ClockRun run;
  ClockDates dates;
  bool isPaused() const { return !run.pauses.empty() && !run.pauses.back().to; }
  bool operator==(const Clock&) const = default;
};
BOOST_DESCRIBE_STRUCT(Clock, (), (element, rule, run, dates))

/// Who completed a node; for separation of duties.
struct Done {
  std::string node;
  std::string person;
  bool operator==(const Done&) const = default;
};
BOOST_DESCRIBE_STRUCT(Done, (), (node, person))

struct State {
  static constexpr bool json_sparse = true;
  CaseStatus status = CaseStatus::none;
  std::string process;
  std::string title;
  std::string key;
  std::string unit;
  std::string area;
  std::string party;
  ElementNumber last = 0;         ///< the last number given
  std::vector<Element> elements;  ///< by number; the first is the case itself and holds its variables
  std::vector<Timer> timers;      ///< by number, as all that follow
  std::vector<Wait> waits;
  std::vector<Incident> incidents;
  std::vector<Clock> clocks;  ///< in the order of their start
  std::vector<Done> done;     ///< each pair once, in the order of completion

  const Element* element(ElementNumber number) const;
  const Timer* timer(ElementNumber number) const;
  const Wait* wait(ElementNumber number) const;
  const Incident* incident(ElementNumber number) const;
  const Clock* clock(ElementNumber element) const;
  /// The variables of the case; empty before it started.
  const feel::Context& variables() const;
  bool operator==(const State&) const = default;
};
BOOST_DESCRIBE_STRUCT(State, (),
                      (status, process, title, key, unit, area, party, last, elements, timers, waits,
                       incidents, clocks, done))

}  // namespace jinyue::bpmn
