// What happens in a case, one struct for each thing that can happen. Events are the one source of a case's
// state, its history, and every row that is derived from it (worklist, timers, subscriptions, incidents).
//
// They are stored by the million: a member that has its default value is not in the JSON. Numbers of
// elements, timers, waits and incidents come from one counter per case. Names, forms and texts of a node are
// in the model.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include <boost/describe.hpp>

#include "base/json_read.h"
#include "base/json_write.h"
#include "base/problem.h"
#include "bpmn/command.h"
#include "feel/value_json.h"

namespace jinyue::bpmn {

/// The case itself, where an event or a command names a scope or an element.
inline constexpr ElementNumber whole_case = 0;

/// When a clock runs out; recomputed whenever something happens to the clock.
struct ClockDates {
  static constexpr bool json_sparse = true;
  Instant due;                       ///< the first instant that is too late
  Instant yellow;                    ///< from here on the light is yellow
  std::optional<Instant> statutory;  ///< the law's own deadline, when the rule names one
  bool provisional = false;          ///< rests on holidays that nobody has announced
  bool operator==(const ClockDates&) const = default;
};
BOOST_DESCRIBE_STRUCT(ClockDates, (), (due, yellow, statutory, provisional))

/// A clock that starts with a task.
struct ClockStart {
  static constexpr bool json_sparse = true;
  std::string rule;
  Instant at;
  ClockDates dates;
  bool operator==(const ClockStart&) const = default;
};
BOOST_DESCRIBE_STRUCT(ClockStart, (), (rule, at, dates))

/// Which deadline of a clock a timer follows.
enum class ClockPoint { none, due, yellow };
BOOST_DESCRIBE_ENUM(ClockPoint, none, due, yellow)

enum class WaitKind { message, signal };
BOOST_DESCRIBE_ENUM(WaitKind, message, signal)

/// Where an element was when it failed; says what a retry does.
enum class Phase {
  entering,    ///< nothing of the element has happened: a retry enters it again
  completing,  ///< its work is done: a retry maps its results again
  leaving,     ///< a way out is missing: a retry chooses again
  job,         ///< the service failed: a retry asks it again
  joining,     ///< waits for a token that can't come any more: a retry looks again
  describing,  ///< of the case: its area or search text; a retry evaluates them again
};
BOOST_DESCRIBE_ENUM(Phase, entering, completing, leaving, job, joining, describing)

/// The instances of a multi-instance activity, as they are made.
struct LoopStart {
  static constexpr bool json_sparse = true;
  std::int32_t total = 0;
  bool sequential = false;
  feel::List items;  ///< only when sequential: what is still needed later
  bool operator==(const LoopStart&) const = default;
};
BOOST_DESCRIBE_STRUCT(LoopStart, (), (total, sequential, items))

/// The first event of a case.
struct CaseStarted {
  static constexpr std::string_view json_type = "case-started";
  static constexpr bool json_sparse = true;
  std::string process;  ///< id of the process
  std::string start;    ///< the start event
  std::string title;
  std::string key;
  std::string unit;   ///< lead unit; may be empty
  std::string area;   ///< district or zone; may be empty
  std::string party;  ///< whose matter it is; may be empty
  feel::Context variables;
  bool operator==(const CaseStarted&) const = default;
};
/// Nothing is left to do. The clock of the case stops.
struct CaseCompleted {
  static constexpr std::string_view json_type = "case-completed";
  static constexpr bool json_sparse = true;
  Instant at;
  std::string terminated_by;  ///< the terminate end event, if one ended it
  bool operator==(const CaseCompleted&) const = default;
};
struct CaseCancelled {
  static constexpr std::string_view json_type = "case-cancelled";
  static constexpr bool json_sparse = true;
  Instant at;
  std::string reason;
  bool operator==(const CaseCancelled&) const = default;
};

/// The variables that say where the case lies have changed.
struct AreaChanged {
  static constexpr std::string_view json_type = "area-changed";
  static constexpr bool json_sparse = true;
  std::string area;
  bool operator==(const AreaChanged&) const = default;
};

/// The variables that say which unit leads have changed.
struct UnitChanged {
  static constexpr std::string_view json_type = "unit-changed";
  static constexpr bool json_sparse = true;
  std::string unit;
  bool operator==(const UnitChanged&) const = default;
};

/// A token went through a node that does not wait: a gateway, an event, a script…
struct Passed {
  static constexpr std::string_view json_type = "passed";
  static constexpr bool json_sparse = true;
  ElementNumber scope = 0;
  std::string node;
  std::vector<std::string> flows;  ///< the flows taken, where the node chose among several
  bool operator==(const Passed&) const = default;
};
/// An element that lasts: a scope, a wait, a token at a join, or an element that failed.
struct ElementEntered {
  static constexpr std::string_view json_type = "entered";
  static constexpr bool json_sparse = true;
  ElementNumber number = 0;
  ElementNumber scope = 0;
  std::string node;
  std::string flow;         ///< of a token that waits at a joining gateway: how it came
  std::int32_t item = 0;    ///< of an instance of a multi-instance: which one, from 1
  feel::Context variables;  ///< of its own
  std::optional<LoopStart> loop;
  bool operator==(const ElementEntered&) const = default;
};
struct ElementLeft {
  static constexpr std::string_view json_type = "left";
  static constexpr bool json_sparse = true;
  ElementNumber number = 0;
  bool cancelled = false;
  bool operator==(const ElementLeft&) const = default;
};
/// A joining gateway used up these waiting tokens.
struct Joined {
  static constexpr std::string_view json_type = "joined";
  static constexpr bool json_sparse = true;
  ElementNumber scope = 0;
  std::string node;
  std::vector<ElementNumber> tokens;
  bool operator==(const Joined&) const = default;
};
/// One instance of a multi-instance activity is done.
struct LoopItemDone {
  static constexpr std::string_view json_type = "item-done";
  static constexpr bool json_sparse = true;
  ElementNumber body = 0;
  std::string node;
  std::int32_t index = 0;  ///< from 0
  feel::Value result;      ///< null without an output element
  bool operator==(const LoopItemDone&) const = default;
};
/// The event sub-process has taken over its scope: nothing else of the scope goes on.
struct ScopeInterrupted {
  static constexpr std::string_view json_type = "interrupted";
  static constexpr bool json_sparse = true;
  ElementNumber scope = 0;
  bool operator==(const ScopeInterrupted&) const = default;
};

/// A user task is open. Candidates: every one of unit, role and person that is not empty must fit.
struct TaskOpened {
  static constexpr std::string_view json_type = "task-opened";
  static constexpr bool json_sparse = true;
  ElementNumber number = 0;
  ElementNumber scope = 0;
  std::string node;
  std::string unit;
  std::string role;
  std::string person;
  std::int32_t item = 0;              ///< of an instance of a multi-instance: which one, from 1
  std::vector<std::string> excluded;  ///< persons barred by separation of duties
  feel::Context variables;            ///< its inputs
  std::optional<ClockStart> clock;
  std::optional<Instant> at;  ///< without a clock, which knows it too
  bool operator==(const TaskOpened&) const = default;
};
struct TaskAssigned {
  static constexpr std::string_view json_type = "task-assigned";
  static constexpr bool json_sparse = true;
  ElementNumber number = 0;
  std::string person;  ///< empty: given back
  std::string reason;
  bool operator==(const TaskAssigned&) const = default;
};
/// Somebody completed a node that this open task may not be done by the same person as.
struct TaskExcluded {
  static constexpr std::string_view json_type = "task-excluded";
  static constexpr bool json_sparse = true;
  ElementNumber number = 0;
  std::string person;
  bool operator==(const TaskExcluded&) const = default;
};
/// The task is gone, and its clock with it.
struct TaskClosed {
  static constexpr std::string_view json_type = "task-closed";
  static constexpr bool json_sparse = true;
  ElementNumber number = 0;
  std::string by;  ///< who completed it; empty when it was cancelled
  bool operator==(const TaskClosed&) const = default;
};

struct TimerSet {
  static constexpr std::string_view json_type = "timer-set";
  static constexpr bool json_sparse = true;
  ElementNumber number = 0;
  ElementNumber element = 0;   ///< what it hangs on
  std::string node;            ///< the event that it triggers
  std::optional<Instant> due;  ///< empty while its clock is paused
  std::string every;           ///< ISO 8601 duration of a cycle
  std::int32_t left = 0;       ///< further repetitions of a cycle; -1: no end
  ClockPoint clock = ClockPoint::none;
  bool operator==(const TimerSet&) const = default;
};
/// Its clock was paused, resumed or extended.
struct TimerMoved {
  static constexpr std::string_view json_type = "timer-moved";
  static constexpr bool json_sparse = true;
  ElementNumber number = 0;
  std::optional<Instant> due;  ///< empty: not before the clock goes on
  bool operator==(const TimerMoved&) const = default;
};
struct TimerFired {
  static constexpr std::string_view json_type = "timer-fired";
  static constexpr bool json_sparse = true;
  ElementNumber number = 0;
  std::optional<Instant> next;  ///< of a cycle; without it the timer is done
  std::int32_t left = 0;
  bool operator==(const TimerFired&) const = default;
};
struct TimerCleared {
  static constexpr std::string_view json_type = "timer-cleared";
  static constexpr bool json_sparse = true;
  ElementNumber number = 0;
  bool operator==(const TimerCleared&) const = default;
};

struct WaitOpened {
  static constexpr std::string_view json_type = "wait-opened";
  static constexpr bool json_sparse = true;
  ElementNumber number = 0;
  ElementNumber element = 0;  ///< what it hangs on
  std::string node;           ///< the event or receive task that it triggers
  WaitKind kind = WaitKind::message;
  std::string name;
  std::string key;  ///< correlation key; empty for signals
  bool operator==(const WaitOpened&) const = default;
};
/// What was waited for has come; the wait is closed unless it stays.
struct WaitMet {
  static constexpr std::string_view json_type = "wait-met";
  static constexpr bool json_sparse = true;
  ElementNumber number = 0;
  bool stays = false;
  bool operator==(const WaitMet&) const = default;
};
struct WaitClosed {
  static constexpr std::string_view json_type = "wait-closed";
  static constexpr bool json_sparse = true;
  ElementNumber number = 0;
  bool operator==(const WaitClosed&) const = default;
};

/// Work for a service. Given again with the same number after an incident is retried.
struct JobRequested {
  static constexpr std::string_view json_type = "job-requested";
  static constexpr bool json_sparse = true;
  ElementNumber number = 0;
  ElementNumber scope = 0;
  std::string node;
  std::int32_t item = 0;  ///< of an instance of a multi-instance: which one, from 1
  std::string topic;
  std::int32_t retries = 0;
  feel::Context payload;
  bool operator==(const JobRequested&) const = default;
};
/// A try failed; without `retry` no further one follows (an incident or an error event does).
struct JobFailed {
  static constexpr std::string_view json_type = "job-failed";
  static constexpr bool json_sparse = true;
  ElementNumber number = 0;
  std::string error;
  std::string message;
  bool retry = false;
  bool operator==(const JobFailed&) const = default;
};
struct JobClosed {
  static constexpr std::string_view json_type = "job-closed";
  static constexpr bool json_sparse = true;
  ElementNumber number = 0;
  bool cancelled = false;
  bool operator==(const JobClosed&) const = default;
};

/// For other cases; a wait of this case that it fits has been met already.
struct MessageThrown {
  static constexpr std::string_view json_type = "message-thrown";
  static constexpr bool json_sparse = true;
  ElementNumber scope = 0;
  std::string node;
  std::string name;
  std::string key;
  feel::Context variables;
  bool operator==(const MessageThrown&) const = default;
};
/// For other cases; the waits of this case have been met already.
struct SignalThrown {
  static constexpr std::string_view json_type = "signal-thrown";
  static constexpr bool json_sparse = true;
  ElementNumber scope = 0;
  std::string node;
  std::string name;
  feel::Context variables;
  bool operator==(const SignalThrown&) const = default;
};
struct ErrorThrown {
  static constexpr std::string_view json_type = "error-thrown";
  static constexpr bool json_sparse = true;
  ElementNumber scope = 0;
  std::string node;
  std::string code;
  bool operator==(const ErrorThrown&) const = default;
};
struct EscalationThrown {
  static constexpr std::string_view json_type = "escalation-thrown";
  static constexpr bool json_sparse = true;
  ElementNumber scope = 0;
  std::string node;
  std::string code;
  bool operator==(const EscalationThrown&) const = default;
};

struct DecisionMade {
  static constexpr std::string_view json_type = "decided";
  static constexpr bool json_sparse = true;
  ElementNumber scope = 0;
  std::string node;
  std::string decision;
  std::string model;  ///< name and version of the decision model
  feel::Context inputs;
  std::vector<std::string> rules;  ///< that matched
  feel::Value value;
  bool operator==(const DecisionMade&) const = default;
};
struct VariablesSet {
  static constexpr std::string_view json_type = "variables-set";
  static constexpr bool json_sparse = true;
  ElementNumber scope = 0;
  feel::Context values;
  std::string reason;  ///< only when somebody set them by hand
  bool operator==(const VariablesSet&) const = default;
};
struct CommentAdded {
  static constexpr std::string_view json_type = "commented";
  static constexpr bool json_sparse = true;
  std::optional<ElementNumber> task;
  feel::Value text;  ///< a string
  bool operator==(const CommentAdded&) const = default;
};

/// A clock of the case or of a scope starts. A task's clock starts with the task.
struct ClockStarted {
  static constexpr std::string_view json_type = "clock-started";
  static constexpr bool json_sparse = true;
  ElementNumber element = 0;
  ClockStart clock;
  bool operator==(const ClockStarted&) const = default;
};
struct ClockPaused {
  static constexpr std::string_view json_type = "clock-paused";
  static constexpr bool json_sparse = true;
  ElementNumber element = 0;
  Instant at;
  std::string reason;
  bool operator==(const ClockPaused&) const = default;
};
struct ClockResumed {
  static constexpr std::string_view json_type = "clock-resumed";
  static constexpr bool json_sparse = true;
  ElementNumber element = 0;
  Instant at;
  ClockDates dates;
  bool operator==(const ClockResumed&) const = default;
};
struct ClockExtended {
  static constexpr std::string_view json_type = "clock-extended";
  static constexpr bool json_sparse = true;
  ElementNumber element = 0;
  Instant at;
  std::int32_t amount = 0;
  std::string reason;
  std::string approved_by;
  ClockDates dates;
  bool operator==(const ClockExtended&) const = default;
};

/// Something failed; a person must look. The case goes on elsewhere.
struct IncidentRaised {
  static constexpr std::string_view json_type = "incident-raised";
  static constexpr bool json_sparse = true;
  ElementNumber number = 0;
  ElementNumber element = 0;  ///< the element that failed; it stays until the incident is closed
  std::string node;
  Phase phase = Phase::entering;
  std::string code;  ///< stable: "expression.failed", "flow.none", …
  Text message;
  bool operator==(const IncidentRaised&) const = default;
};
struct IncidentClosed {
  static constexpr std::string_view json_type = "incident-closed";
  static constexpr bool json_sparse = true;
  ElementNumber number = 0;
  std::string reason;  ///< empty when it was retried or its element was cancelled
  bool operator==(const IncidentClosed&) const = default;
};
/// A supervisor moves a token; what it leads to follows.
struct TokenMoved {
  static constexpr std::string_view json_type = "token-moved";
  static constexpr bool json_sparse = true;
  ElementNumber from = 0;
  std::string to;
  std::string reason;
  bool operator==(const TokenMoved&) const = default;
};
/// From here on the case runs on another definition. What is armed or disarmed by that follows.
struct Migrated {
  static constexpr std::string_view json_type = "migrated";
  static constexpr bool json_sparse = true;
  std::int64_t definition = 0;
  std::string process;                                    ///< id of the case's process from here on
  std::map<std::string, std::string, std::less<>> nodes;  ///< nodes and flows that have another id now
  std::string reason;
  bool operator==(const Migrated&) const = default;
};

using Event = std::variant<CaseStarted, CaseCompleted, CaseCancelled, Passed, ElementEntered, ElementLeft,
                           Joined, LoopItemDone, ScopeInterrupted, TaskOpened, TaskAssigned, TaskExcluded,
                           TaskClosed, TimerSet, TimerMoved, TimerFired, TimerCleared, WaitOpened, WaitMet,
                           WaitClosed, JobRequested, JobFailed, JobClosed, MessageThrown, SignalThrown,
                           ErrorThrown, EscalationThrown, DecisionMade, VariablesSet, CommentAdded,
                           ClockStarted, ClockPaused, ClockResumed, ClockExtended, IncidentRaised,
                           IncidentClosed, TokenMoved, Migrated, AreaChanged, UnitChanged>;

BOOST_DESCRIBE_STRUCT(CaseStarted, (), (process, start, title, key, unit, area, party, variables))
BOOST_DESCRIBE_STRUCT(CaseCompleted, (), (at, terminated_by))
BOOST_DESCRIBE_STRUCT(CaseCancelled, (), (at, reason))
BOOST_DESCRIBE_STRUCT(AreaChanged, (), (area))
BOOST_DESCRIBE_STRUCT(UnitChanged, (), (unit))
BOOST_DESCRIBE_STRUCT(Passed, (), (scope, node, flows))
BOOST_DESCRIBE_STRUCT(ElementEntered, (), (number, scope, node, flow, item, variables, loop))
BOOST_DESCRIBE_STRUCT(ElementLeft, (), (number, cancelled))
BOOST_DESCRIBE_STRUCT(Joined, (), (scope, node, tokens))
BOOST_DESCRIBE_STRUCT(LoopItemDone, (), (body, node, index, result))
BOOST_DESCRIBE_STRUCT(ScopeInterrupted, (), (scope))
BOOST_DESCRIBE_STRUCT(TaskOpened, (),
                      (number, scope, node, unit, role, person, item, excluded, variables, clock, at))
BOOST_DESCRIBE_STRUCT(TaskAssigned, (), (number, person, reason))
BOOST_DESCRIBE_STRUCT(TaskExcluded, (), (number, person))
BOOST_DESCRIBE_STRUCT(TaskClosed, (), (number, by))
BOOST_DESCRIBE_STRUCT(TimerSet, (), (number, element, node, due, every, left, clock))
BOOST_DESCRIBE_STRUCT(TimerMoved, (), (number, due))
BOOST_DESCRIBE_STRUCT(TimerFired, (), (number, next, left))
BOOST_DESCRIBE_STRUCT(TimerCleared, (), (number))
BOOST_DESCRIBE_STRUCT(WaitOpened, (), (number, element, node, kind, name, key))
BOOST_DESCRIBE_STRUCT(WaitMet, (), (number, stays))
BOOST_DESCRIBE_STRUCT(WaitClosed, (), (number))
BOOST_DESCRIBE_STRUCT(JobRequested, (), (number, scope, node, item, topic, retries, payload))
BOOST_DESCRIBE_STRUCT(JobFailed, (), (number, error, message, retry))
BOOST_DESCRIBE_STRUCT(JobClosed, (), (number, cancelled))
BOOST_DESCRIBE_STRUCT(MessageThrown, (), (scope, node, name, key, variables))
BOOST_DESCRIBE_STRUCT(SignalThrown, (), (scope, node, name, variables))
BOOST_DESCRIBE_STRUCT(ErrorThrown, (), (scope, node, code))
BOOST_DESCRIBE_STRUCT(EscalationThrown, (), (scope, node, code))
BOOST_DESCRIBE_STRUCT(DecisionMade, (), (scope, node, decision, model, inputs, rules, value))
BOOST_DESCRIBE_STRUCT(VariablesSet, (), (scope, values, reason))
BOOST_DESCRIBE_STRUCT(CommentAdded, (), (task, text))
BOOST_DESCRIBE_STRUCT(ClockStarted, (), (element, clock))
BOOST_DESCRIBE_STRUCT(ClockPaused, (), (element, at, reason))
BOOST_DESCRIBE_STRUCT(ClockResumed, (), (element, at, dates))
BOOST_DESCRIBE_STRUCT(ClockExtended, (), (element, at, amount, reason, approved_by, dates))
BOOST_DESCRIBE_STRUCT(IncidentRaised, (), (number, element, node, phase, code, message))
BOOST_DESCRIBE_STRUCT(IncidentClosed, (), (number, reason))
BOOST_DESCRIBE_STRUCT(TokenMoved, (), (from, to, reason))
BOOST_DESCRIBE_STRUCT(Migrated, (), (definition, process, nodes, reason))

/// The kind of an event: "task-opened", …
std::string_view typeOf(const Event& event);

}  // namespace jinyue::bpmn
