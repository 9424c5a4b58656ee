// What people, other cases and the engine itself may ask of a case. A command is a wish: the token machine
// turns it into events or refuses it with a Problem.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include <boost/describe.hpp>

#include "feel/value.h"

namespace jinyue::bpmn {

/// Who asks. `id` is unique in the city ("officer:1024", "firm:9121…", "system").
struct Actor {
  std::string id;
  std::string unit;
  std::vector<std::string> roles;
  bool operator==(const Actor&) const = default;
};
BOOST_DESCRIBE_STRUCT(Actor, (), (id, unit, roles))

/// Number of one element instance (a task, a wait, a scope…) inside its case; from 1, never used again.
using ElementNumber = std::int32_t;

struct Start {
  static constexpr std::string_view json_type = "start";
  std::string process;                 ///< id of the process in the model
  std::optional<std::string> message;  ///< starts at the message start event of this name
  std::optional<std::string> timer;    ///< starts at the timer start event of this element id
  std::string title;
  std::string key;  ///< business key; may be empty
  feel::Context variables;
};
struct Claim {
  static constexpr std::string_view json_type = "claim";
  ElementNumber task = 0;
};
struct Release {
  static constexpr std::string_view json_type = "release";
  ElementNumber task = 0;
};
/// Gives a task to a person, whoever holds it now.
struct Assign {
  static constexpr std::string_view json_type = "assign";
  ElementNumber task = 0;
  Actor to;
  std::string reason;
};
/// Completes a user task. A task that nobody claimed is claimed by the completing actor in the same step.
struct Complete {
  static constexpr std::string_view json_type = "complete";
  ElementNumber task = 0;
  feel::Context variables;
};
struct Comment {
  static constexpr std::string_view json_type = "comment";
  std::optional<ElementNumber> task;
  std::string text;
};
/// A message for this case: for the waiting element `element`, or for any that waits for `name` and `key`.
struct Correlate {
  static constexpr std::string_view json_type = "correlate";
  std::string name;
  std::string key;
  std::optional<ElementNumber> element;
  feel::Context variables;
};
/// A signal that somebody threw; every element of this case that waits for it goes on.
struct Signal {
  static constexpr std::string_view json_type = "signal";
  std::string name;
  feel::Context variables;
};
struct Cancel {
  static constexpr std::string_view json_type = "cancel";
  std::string reason;
};
/// Clock commands: `element` is the task or scope whose clock is meant; 0 is the clock of the case.
struct PauseClock {
  static constexpr std::string_view json_type = "pause-clock";
  ElementNumber element = 0;
  std::string reason;  ///< legal ground
};
struct ResumeClock {
  static constexpr std::string_view json_type = "resume-clock";
  ElementNumber element = 0;
};
struct ExtendClock {
  static constexpr std::string_view json_type = "extend-clock";
  ElementNumber element = 0;
  int amount = 0;  ///< in the unit of the clock's rule
  std::string reason;
  std::string approved_by;  ///< not the actor
};
struct SetVariables {
  static constexpr std::string_view json_type = "set-variables";
  ElementNumber scope = 0;  ///< 0: the case
  feel::Context variables;
  std::string reason;
};
/// A supervisor's tool: ends element instances of one node and starts another node in the same scope.
struct MoveToken {
  static constexpr std::string_view json_type = "move-token";
  ElementNumber from = 0;
  std::string to;  ///< element id
  std::string reason;
};
/// Tries the failed element again (a service task calls again, an expression is evaluated again).
struct RetryIncident {
  static constexpr std::string_view json_type = "retry-incident";
  ElementNumber incident = 0;
};
/// Goes past the failed element as if it had completed with these variables.
struct ResolveIncident {
  static constexpr std::string_view json_type = "resolve-incident";
  ElementNumber incident = 0;
  feel::Context variables;
  std::string reason;
};
/// Moves the running case to another version of its model. `nodes` maps old element ids to new ones; an id
/// that is not in the map keeps its name. Refused as a whole when any waiting element has no place to go.
struct Migrate {
  static constexpr std::string_view json_type = "migrate";
  std::int64_t definition = 0;
  std::map<std::string, std::string, std::less<>> nodes;
  std::string reason;
};
/// From the engine: a timer is due. Without effect when the timer is gone.
struct FireTimer {
  static constexpr std::string_view json_type = "fire-timer";
  ElementNumber timer = 0;
};
/// From the engine: a service or send task is done. Without effect when the job is gone.
struct FinishJob {
  static constexpr std::string_view json_type = "finish-job";
  ElementNumber job = 0;
  feel::Context variables;
};
/// From the engine: a service task failed. With an error code that a boundary event catches the case goes on
/// there; else, when no retry is left, an incident is raised.
struct FailJob {
  static constexpr std::string_view json_type = "fail-job";
  ElementNumber job = 0;
  std::string error;  ///< BPMN error code; empty for a technical failure
  std::string message;
  bool retry = false;
};

using Command = std::variant<Start, Claim, Release, Assign, Complete, Comment, Correlate, Signal, Cancel,
                             PauseClock, ResumeClock, ExtendClock, SetVariables, MoveToken, RetryIncident,
                             ResolveIncident, Migrate, FireTimer, FinishJob, FailJob>;

BOOST_DESCRIBE_STRUCT(Start, (), (process, message, timer, title, key, variables))
BOOST_DESCRIBE_STRUCT(Claim, (), (task))
BOOST_DESCRIBE_STRUCT(Release, (), (task))
BOOST_DESCRIBE_STRUCT(Assign, (), (task, to, reason))
BOOST_DESCRIBE_STRUCT(Complete, (), (task, variables))
BOOST_DESCRIBE_STRUCT(Comment, (), (task, text))
BOOST_DESCRIBE_STRUCT(Correlate, (), (name, key, element, variables))
BOOST_DESCRIBE_STRUCT(Signal, (), (name, variables))
BOOST_DESCRIBE_STRUCT(Cancel, (), (reason))
BOOST_DESCRIBE_STRUCT(PauseClock, (), (element, reason))
BOOST_DESCRIBE_STRUCT(ResumeClock, (), (element))
BOOST_DESCRIBE_STRUCT(ExtendClock, (), (element, amount, reason, approved_by))
BOOST_DESCRIBE_STRUCT(SetVariables, (), (scope, variables, reason))
BOOST_DESCRIBE_STRUCT(MoveToken, (), (from, to, reason))
BOOST_DESCRIBE_STRUCT(RetryIncident, (), (incident))
BOOST_DESCRIBE_STRUCT(ResolveIncident, (), (incident, variables, reason))
BOOST_DESCRIBE_STRUCT(Migrate, (), (definition, nodes, reason))
BOOST_DESCRIBE_STRUCT(FireTimer, (), (timer))
BOOST_DESCRIBE_STRUCT(FinishJob, (), (job, variables))
BOOST_DESCRIBE_STRUCT(FailJob, (), (job, error, message, retry))

}  // namespace jinyue::bpmn
