// Scenarios: a pack's stories, told in JSON and played on the real engine in simulated time.
//
//   {"title": {"zh": "…", "en": "…"},
//    "given": {"at": "2026-09-28T09:00",
//              "actors": {"王坐席": {"unit": "12345", "roles": ["agent"]}},
//              "registers": {"firms": {"9121…": {"name": "示例公司"}}},
//              "services": {"sms": [{"gives": {"sent": true}}]}},
//    "story": [
//      {"by": "李市民", "start": "order", "with": {"title": "路灯不亮"}},
//      {"expect": {"tasks": [{"node": "accept", "role": "agent", "due": "2026-09-28", "light": "green"}]}},
//      {"by": "赵外人", "complete": "accept", "refused": "task.not-candidate"},
//      {"wait": "P3D"},
//      {"expect": {"clocks": {"case": {"due": "2026-10-12", "why": {"2026-10-09": "paused"}}}}}]}
//
// Each step has one verb: start, complete, claim, message, signal, pause, resume, extend, cancel, wait, until
// or expect. What a step refuses is named by its problem code in `refused`, whole or the code of a cause.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "base/problem.h"
#include "feel/value_json.h"

namespace jinyue::packs {

template <class T>
using ByName = std::map<std::string, T, std::less<>>;

/// Somebody in a story. `id` is by default the name under which the story knows the person.
struct ScenarioActor {
  static constexpr bool json_sparse = true;
  std::string id;
  std::string unit;
  std::vector<std::string> roles;
  feel::Context knows;  ///< what the account says of the person: values of "caller/…" in forms
  bool operator==(const ScenarioActor&) const = default;
};
BOOST_DESCRIBE_STRUCT(ScenarioActor, (), (id, unit, roles, knows))

/// What an outside service answers to one call.
struct ServiceAnswer {
  static constexpr bool json_sparse = true;
  feel::Context gives;
  std::string error;  ///< a BPMN error code
  std::string fault;  ///< it does not work: tried again, in the end an incident
  bool operator==(const ServiceAnswer&) const = default;
};
BOOST_DESCRIBE_STRUCT(ServiceAnswer, (), (gives, error, fault))

struct ScenarioGiven {
  static constexpr bool json_sparse = true;
  std::string at;  ///< date, or date and time of China
  ByName<ScenarioActor> actors;
  ByName<ByName<feel::Value>> registers;        ///< register, key of the entry, entry
  ByName<ByName<feel::Value>> licences;         ///< kind of licence, field, value
  ByName<std::vector<ServiceAnswer>> services;  ///< answers in order; the last one for all further calls
  bool operator==(const ScenarioGiven&) const = default;
};
BOOST_DESCRIBE_STRUCT(ScenarioGiven, (), (at, actors, registers, licences, services))

struct ExpectedTask {
  static constexpr bool json_sparse = true;
  std::string node;
  std::optional<std::string> unit;
  std::optional<std::string> role;
  std::optional<std::string> person;
  std::optional<std::string> assignee;
  std::optional<std::string> due;    ///< a date: the last day; or an instant
  std::optional<std::string> light;  ///< green, yellow, red
  bool operator==(const ExpectedTask&) const = default;
};
BOOST_DESCRIBE_STRUCT(ExpectedTask, (), (node, unit, role, person, assignee, due, light))

struct ExpectedClock {
  static constexpr bool json_sparse = true;
  std::optional<std::string> rule;
  std::optional<std::string> due;
  std::optional<std::string> light;
  std::optional<bool> paused;
  ByName<std::string> why;  ///< by date: start, counted, weekend, holiday, paused, rolled
  bool operator==(const ExpectedClock&) const = default;
};
BOOST_DESCRIBE_STRUCT(ExpectedClock, (), (rule, due, light, paused, why))

/// What must be true now. Lists are complete: an open task that is not named is a difference, too.
struct Expectation {
  static constexpr bool json_sparse = true;
  std::optional<std::vector<ExpectedTask>> tasks;
  std::optional<std::string> status;  ///< active, completed, cancelled
  std::optional<std::string> title;
  std::optional<std::string> unit;
  feel::Context variables;                            ///< these; others may be there; null: not set
  ByName<feel::Value> decisions;                      ///< last outcome, by id of the decision
  std::optional<std::vector<std::string>> incidents;  ///< codes of the open incidents
  std::optional<std::vector<std::string>> messages;   ///< thrown since the case began, in order
  std::optional<std::vector<std::string>> notices;    ///< ids asked for since the case began, in order
  ByName<ExpectedClock> clocks;                       ///< by node; "case" is the clock of the case
  bool operator==(const Expectation&) const = default;
};
BOOST_DESCRIBE_STRUCT(Expectation, (),
                      (tasks, status, title, unit, variables, decisions, incidents, messages, notices,
                       clocks))

struct ScenarioStep {
  static constexpr bool json_sparse = true;
  std::string by;  ///< name of an actor
  /// Name of a case; or "PROCESS#2", the second case of a process in this story, also one that another case
  /// began. The one started last by default.
  std::optional<std::string> on;
  // One of:
  std::optional<std::string> start;     ///< an item of the pack, or a process
  std::optional<std::string> complete;  ///< node of an open task
  std::optional<std::string> claim;
  std::optional<std::string> message;
  std::optional<std::string> signal;
  std::optional<std::string> pause;  ///< "case", or the node whose clock is meant
  std::optional<std::string> resume;
  std::optional<std::string> extend;
  std::optional<std::string> cancel;  ///< the reason
  std::optional<std::string> wait;    ///< ISO 8601 duration
  std::optional<std::string> until;   ///< date or date and time
  std::optional<Expectation> expect;
  // With them:
  std::optional<std::string> as;       ///< start: a name for the case
  feel::Context with;                  ///< start, complete: answers of the form; message, signal: variables
  std::string key;                     ///< message: correlation key
  std::string because;                 ///< pause, extend
  int amount = 0;                      ///< extend
  std::string approved_by;             ///< extend
  std::optional<std::string> refused;  ///< the code of the problem that must come
  bool operator==(const ScenarioStep&) const = default;
};
BOOST_DESCRIBE_STRUCT(ScenarioStep, (),
                      (by, on, start, complete, claim, message, signal, pause, resume, extend, cancel, wait,
                       until, expect, as, with, key, because, amount, approved_by, refused))

struct Scenario {
  Text title;
  ScenarioGiven given;
  std::vector<ScenarioStep> story;
  bool operator==(const Scenario&) const = default;
};
BOOST_DESCRIBE_STRUCT(Scenario, (), (title, given, story))

/// The verbs that a step has; a good step has one.
std::vector<std::string> verbsOf(const ScenarioStep& step);

}  // namespace jinyue::packs
