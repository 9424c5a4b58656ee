// An executable process model: one deployment unit, read from one or more BPMN files. Immutable; may be
// shared between threads. Read by readModel() (reader.h).
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include <boost/describe.hpp>

#include "base/problem.h"
#include "bpmn/command.h"
#include "bpmn/event.h"
#include "calendar/clock.h"
#include "feel/feel.h"

namespace jinyue::bpmn {

enum class NodeKind {
  process,
  start_event,
  end_event,
  catch_event,
  throw_event,
  boundary_event,
  user_task,
  service_task,
  send_task,
  receive_task,
  rule_task,
  script_task,
  exclusive_gateway,
  parallel_gateway,
  inclusive_gateway,
  event_gateway,
  sub_process,
  event_sub_process,
  call_activity,
};
BOOST_DESCRIBE_ENUM(NodeKind, process, start_event, end_event, catch_event, throw_event, boundary_event,
                    user_task, service_task, send_task, receive_task, rule_task, script_task,
                    exclusive_gateway, parallel_gateway, inclusive_gateway, event_gateway, sub_process,
                    event_sub_process, call_activity)

enum class Trigger { none, timer, message, signal, error, escalation, terminate, link };
BOOST_DESCRIBE_ENUM(Trigger, none, timer, message, signal, error, escalation, terminate, link)

/// Position of a node or a flow in the model; none is -1.
using Index = std::int32_t;
inline constexpr Index no_index = -1;

/// A text that is given, or that an expression gives ("=…" in the file).
struct TextOrExpression {
  std::string text;
  std::optional<feel::Expression> expression;
};

struct Mapping {
  std::string name;
  feel::Expression expression;
};

enum class TimerKind { duration, date, cycle, clock };
struct TimerSpec {
  TimerKind kind = TimerKind::duration;
  TextOrExpression value;               ///< ISO 8601 text or an expression; unused for a clock
  ClockPoint point = ClockPoint::none;  ///< for a clock
};

/// What an event waits for or throws.
struct EventSpec {
  Trigger trigger = Trigger::none;
  std::string name;  ///< of the message or signal; code of the error or escalation (empty: any)
  std::optional<feel::Expression> key;  ///< correlation key of a message
  std::optional<TimerSpec> timer;
};

struct LoopSpec {
  bool sequential = false;
  std::optional<feel::Expression> cardinality;
  std::optional<feel::Expression> collection;
  std::string element_variable;
  std::string output_collection;
  std::optional<feel::Expression> output_element;
  std::optional<feel::Expression> completion;
};

struct UserTaskSpec {
  std::optional<feel::Expression> unit;
  std::optional<feel::Expression> role;
  std::optional<feel::Expression> person;
  std::vector<std::string> not_who_did;  ///< ids of nodes
  std::string form;
};

/// What a throwing event does to the nearest clock around it.
enum class ClockDeed { pause, resume, extend };
BOOST_DESCRIBE_ENUM(ClockDeed, pause, resume, extend)
struct ClockAction {
  ClockDeed deed = ClockDeed::pause;
  std::optional<feel::Expression> amount;  ///< to extend by, in the unit of the clock's rule
  std::optional<feel::Expression> reason;  ///< to pause or extend
};

struct Node {
  std::string id;
  std::string name;
  std::string documentation;
  NodeKind kind = NodeKind::user_task;
  std::string file;
  int line = 0;
  Index index = no_index;
  Index parent = no_index;  ///< the process or sub-process it lies in
  Index process = no_index;
  std::string lane;  ///< name of the innermost lane; may be empty

  std::vector<Index> incoming;  ///< flows
  std::vector<Index> outgoing;
  Index default_flow = no_index;

  std::vector<Index> boundary;   ///< boundary events attached to it
  Index attached_to = no_index;  ///< of a boundary event
  bool interrupting = true;      ///< of a boundary event, or of the start event of an event sub-process
  std::optional<EventSpec> event;

  std::vector<Mapping> inputs;
  std::vector<Mapping> outputs;
  std::optional<LoopSpec> loop;
  std::optional<TextOrExpression> clock;    ///< id of a clock rule
  std::optional<ClockAction> clock_action;  ///< of a throwing event

  UserTaskSpec user;
  TextOrExpression topic;  ///< of a service or send task
  std::int32_t retries = 3;
  std::string decision;
  std::string result;  ///< variable for the result of a decision or script
  std::optional<feel::Expression> script;
  Index called = no_index;  ///< process of a call activity

  // Processes and sub-processes:
  std::vector<Index> children;
  std::vector<Index> starts;  ///< start events in it
  std::vector<Index> event_sub_processes;
  std::optional<feel::Expression> title;   ///< of a process
  std::optional<feel::Expression> unit;    ///< of a process: the lead unit
  std::optional<feel::Expression> area;    ///< of a process: the district or zone
  std::optional<feel::Expression> party;   ///< of a process: whose matter a case is
  std::optional<feel::Expression> search;  ///< of a process: what a case is found by
  std::string number;                      ///< of a process: variable for the number of the case

  /// Of a joining parallel or inclusive gateway: by node of the same scope, which incoming flows a token
  /// there can still reach.
  std::map<Index, std::vector<bool>> reach;

  bool isScope() const {
    return kind == NodeKind::process || kind == NodeKind::sub_process ||
           kind == NodeKind::event_sub_process || kind == NodeKind::call_activity;
  }
};

struct Flow {
  std::string id;
  std::string name;
  Index source = no_index;
  Index target = no_index;
  std::optional<feel::Expression> condition;
  int line = 0;
};

struct SourceFile {
  std::string path;
  std::string text;
};

/// What the files may refer to outside themselves.
struct Surroundings {
  std::map<std::string, calendar::ClockRule, std::less<>> clocks;  ///< by id
  std::vector<std::string> decisions;                              ///< known ids
  std::vector<std::string> services;                               ///< known types of service tasks
};

class ModelBuilder;

class Model {
 public:
  /// All nodes, processes among them; a node's index is its position.
  std::span<const Node> nodes() const { return nodes_; }
  std::span<const Flow> flows() const { return flows_; }
  const Node& node(Index index) const { return nodes_[static_cast<std::size_t>(index)]; }
  const Flow& flow(Index index) const { return flows_[static_cast<std::size_t>(index)]; }
  /// By element id; null when there is none.
  const Node* find(std::string_view id) const;
  const Flow* findFlow(std::string_view id) const;
  /// The processes in the order of the files.
  std::span<const Index> processes() const { return processes_; }
  /// The process of this id; null when there is none.
  const Node* process(std::string_view id) const;
  const calendar::ClockRule* clock(std::string_view id) const;
  /// Variables that are personal data, also under the names they are mapped to.
  bool isPersonal(std::string_view variable) const;
  /// The files as they were read, with their diagrams.
  std::span<const SourceFile> sources() const { return sources_; }

 private:
  friend class ModelBuilder;
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
  };
  using Names = std::unordered_map<std::string, Index, Hash, std::equal_to<>>;

  std::vector<Node> nodes_;
  std::vector<Flow> flows_;
  std::vector<Index> processes_;
  Names node_by_id_;
  Names flow_by_id_;
  std::map<std::string, calendar::ClockRule, std::less<>> clocks_;
  std::vector<std::string> personal_;
  std::vector<SourceFile> sources_;
};

}  // namespace jinyue::bpmn
