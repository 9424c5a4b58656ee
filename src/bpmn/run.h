// One step of the machine: a state that only events change, the tokens that are on the move, and the rules of
// BPMN that move them. Internal to the room.
#pragma once

#include <deque>
#include <expected>
#include <span>
#include <vector>

#include "bpmn/machine.h"
#include "bpmn/span.h"

namespace jinyue::bpmn {

/// Why an element can't go on; becomes an incident.
struct Failure {
  std::string code;
  Text message;
};
template <class T>
using Outcome = std::expected<T, Failure>;

/// More elements than this without a wait are taken for an endless loop.
inline constexpr int max_elements_per_step = 10'000;
inline constexpr std::int64_t max_loop_instances = 1'000;
inline constexpr int max_scope_nesting = 100;
/// What a variable may hold; journal and state must be able to carry it.
inline constexpr std::uint32_t max_value_depth = 30;
inline constexpr std::uint32_t max_value_weight = 100'000;
/// What lists are found by (units, keys, areas…), in bytes.
inline constexpr std::size_t max_short_text = 500;

inline ClockDates datesOf(const calendar::Deadline& deadline) {
  return {deadline.due, deadline.yellow, deadline.statutory, deadline.provisional};
}

class Run {
 public:
  Run(const Model& model, const State& state, const Actor& actor, const Facts& facts)
      : model_(&model), state_(state), actor_(actor), facts_(facts) {}

  Result<void> execute(const Command& command);
  Step finish() && { return {std::move(state_), std::move(events_), std::move(search_)}; }

 private:
  /// A token on its way into a node, or (item > 0) the next instance of a multi-instance body.
  struct Token {
    ElementNumber scope = 0;
    Index node = no_index;
    Index flow = no_index;
    std::int32_t item = 0;
    feel::Value value;  ///< of the collection, for an instance
  };
  struct TimerPlan {
    std::optional<Instant> due;
    std::string every;
    std::int32_t left = 0;
    ClockPoint clock = ClockPoint::none;
  };
  /// A timer or a wait that will be hung on an element.
  struct Arm {
    Index node = no_index;
    std::optional<TimerPlan> timer;
    WaitKind kind = WaitKind::message;
    std::string name;
    std::string key;
  };
  /// What an activity instance is about to be given; all of it is known before anything of it happens.
  struct Opening {
    ElementNumber scope = 0;
    Index node = no_index;
    std::int32_t item = 0;
    feel::Context variables;
    std::optional<ClockStart> clock;
    std::vector<Arm> arms;
  };
  using Locals = std::span<const feel::Context* const>;

  /// What the events that are hung on an element see.
  struct View {
    View(ElementNumber in_scope, Locals with, const ClockStart* own_clock = nullptr)
        : scope(in_scope), locals(with), own(own_clock), clocks(in_scope) {}
    ElementNumber scope;
    Locals locals;
    const ClockStart* own;  ///< the clock that is about to start with the element
    ElementNumber clocks;   ///< where other clocks are looked for, outwards
  };

  // run.cpp: events, tokens, scopes
  void emit(Event event);
  ElementNumber next() { return state_.last + 1; }
  const Element& at(ElementNumber number) const { return *state_.element(number); }
  const Node& nodeOf(const Element& element) const;
  /// Where the children of a scope element are drawn: itself, or the process that it calls.
  const Node& insideOf(const Element& scope) const;
  bool isInstance(const Element& element) const;  ///< one of a multi-instance
  ElementNumber bodyOf(const Element& element) const;
  void put(ElementNumber scope, Index node, Index flow = no_index);
  void settle();
  void enter(const Token& token);
  bool completeEmptyScopes();
  void completeScope(ElementNumber number);
  void completeCase(std::string terminated_by);
  bool isAlive(ElementNumber scope) const;
  void beginThrow(ElementNumber scope);
  const Incident* incidentOn(ElementNumber element) const;
  void park(ElementNumber scope, Index node, Phase phase, Failure failure, feel::Context variables = {},
            std::int32_t item = 0);
  void raise(ElementNumber element, Phase phase, Failure failure);

  // cancel.cpp
  void disarm(ElementNumber element);
  void close(const Element& element, bool cancelled);
  void cancel(ElementNumber number);
  void cancelInside(ElementNumber scope);
  void interrupt(ElementNumber scope);
  void closeIncidents(ElementNumber element, const std::string& reason = {});

  // evaluate.cpp
  std::vector<const feel::Context*> chain(ElementNumber scope, Locals locals) const;
  Outcome<feel::Value> value(const feel::Expression& expression, ElementNumber scope, Locals locals) const;
  Outcome<std::string> text(const TextOrExpression& source, ElementNumber scope, Locals locals) const;
  Outcome<std::string> optionalText(const std::optional<feel::Expression>& expression, ElementNumber scope,
                                    Locals locals) const;
  Outcome<std::string> shortText(const std::optional<feel::Expression>& expression, ElementNumber scope,
                                 Locals locals) const;
  Outcome<bool> condition(const feel::Expression& expression, ElementNumber scope, Locals locals) const;
  Outcome<feel::Context> map(std::span<const Mapping> mappings, ElementNumber scope, Locals locals) const;
  void setVariables(ElementNumber scope, const feel::Context& values, const std::string& reason = {});

  // describe.cpp: what lists and search know the case by
  void describeStart(const Node& process, CaseStarted& event, std::vector<Failure>& failures);
  void describePlace();
  template <class Changed>
  void follow(const std::optional<feel::Expression>& expression, const std::string& known,
              std::string_view what);
  void describeForSearch();
  void noteDescribed(std::string_view what, Outcome<std::string> outcome);

  // activity.cpp
  void startActivity(ElementNumber scope, const Node& node);
  void startInstance(ElementNumber scope, const Node& node, std::int32_t item, feel::Context locals);
  Outcome<void> tryStart(Opening opening, const feel::Context& locals);
  Outcome<void> openTask(Opening opening, const feel::Context& locals);
  Outcome<void> openJob(Opening opening, const feel::Context& locals);
  Outcome<void> openReceive(Opening opening, const feel::Context& locals);
  Outcome<void> openScope(Opening opening, const feel::Context& locals);
  Outcome<void> decide(const Opening& opening);
  Outcome<void> runScript(const Opening& opening, const feel::Context& locals);
  std::vector<std::string> excludedFrom(const Node& node) const;
  void excludeFromOpenTasks(const std::string& done_node, const std::string& person);
  void finishElement(ElementNumber number, const feel::Context& given, Event closing);
  void finishActivity(ElementNumber scope, const Node& node, std::int32_t item, const feel::Context& given,
                      const feel::Context& locals);

  // loop.cpp
  Outcome<void> startLoop(ElementNumber scope, const Node& node);
  feel::Context localsOf(const Token& token) const;
  void finishItem(ElementNumber body, const Node& node, std::int32_t item, feel::Value result);
  Outcome<bool> isLoopEnough(ElementNumber body, const Node& node) const;
  void finishLoop(ElementNumber body);

  // gateway.cpp
  Outcome<std::vector<Index>> chooseFlows(ElementNumber scope, const Node& node) const;
  void sendOn(ElementNumber scope, const Node& node, const std::vector<Index>& flows, bool note);
  void leaveOrPark(ElementNumber scope, const Node& node, bool note);
  void arrive(const Token& token);
  bool joinParallel(ElementNumber scope, const Node& node);
  bool joinInclusive();
  bool raiseStuckJoins();
  void joinNow(ElementNumber scope, const Node& node);
  std::vector<ElementNumber> tokensAt(ElementNumber scope, const Node& node) const;
  bool canReachMissing(ElementNumber scope, const Node& node) const;

  // trigger.cpp: what is caught
  void trigger(ElementNumber host, const Node& node, const feel::Context& given);
  void triggerBoundary(ElementNumber host, const Node& node, const feel::Context& given);
  void startEventSubProcess(ElementNumber scope, const Node& start, const feel::Context& given);
  void meet(ElementNumber wait, const feel::Context& given);

  // throw.cpp: what is thrown
  void throwEvent(const Token& token, const Node& node);
  Outcome<void> throwMessage(ElementNumber scope, const Node& node, Locals locals = {});
  Outcome<void> throwSignal(ElementNumber scope, const Node& node);
  void throwError(ElementNumber scope, const Node& node, const std::string& code, ElementNumber from);
  void throwEscalation(ElementNumber scope, const Node& node);
  const Node* eventSubProcessFor(const Element& scope, Trigger trigger, const std::string& code) const;
  const Node* boundaryFor(const Node& host, Trigger trigger, const std::string& code) const;

  // arming.cpp: timers, waits and clocks
  Outcome<std::optional<ClockStart>> planClock(const std::optional<TextOrExpression>& rule,
                                               ElementNumber scope, Locals locals) const;
  Outcome<TimerPlan> planTimer(const Node& node, const View& view) const;
  Outcome<std::vector<Arm>> planArms(std::span<const Index> nodes, const View& view) const;
  Outcome<Arm> planArm(const Node& node, const View& view) const;
  std::vector<Index> startsOfEventSubProcesses(const Node& scope) const;
  void arm(ElementNumber element, std::vector<Arm> arms);
  /// The clock that a timer on this element follows: its own, or the nearest around it.
  const Clock* clockAround(ElementNumber element) const;
  void moveTimers(ElementNumber clock_element, bool rearm);
  Outcome<void> actOnClock(ElementNumber scope, const ClockAction& action);

  // start.cpp, task_command.cpp, clock_command.cpp, repair_command.cpp, migrate.cpp
  Result<void> run(const Start& command);
  Result<void> run(const Claim& command);
  Result<void> run(const Release& command);
  Result<void> run(const Assign& command);
  Result<void> run(const Complete& command);
  Result<void> run(const Comment& command);
  Result<void> run(const Correlate& command);
  Result<void> run(const Signal& command);
  Result<void> run(const Cancel& command);
  Result<void> run(const PauseClock& command);
  Result<void> run(const ResumeClock& command);
  Result<void> run(const ExtendClock& command);
  Result<void> run(const SetVariables& command);
  Result<void> run(const MoveToken& command);
  Result<void> run(const RetryIncident& command);
  Result<void> run(const ResolveIncident& command);
  Result<void> run(const Migrate& command);
  Result<void> run(const FireTimer& command);
  Result<void> run(const FinishJob& command);
  Result<void> run(const FailJob& command);
  Result<const Element*> openTaskFor(ElementNumber number) const;
  Result<void> mayDo(const Element& task, const Actor& actor, bool person_too) const;
  Result<const Clock*> runningClock(ElementNumber element) const;
  Result<void> extendNow(const ExtendClock& command);
  void retryElement(const Incident& incident, const Element& element);
  Result<void> passElement(const Incident& incident, const Element& element, const ResolveIncident& command);
  std::vector<Problem> findHomeless(const Migrate& command, const Model& target) const;
  std::vector<Index> eventsOn(const Model& model, const Element& element) const;
  void rehang(const Element& element, const Model& old, const Migrate& command,
              std::vector<Problem>& problems);

  const Model* model_;
  State state_;
  const Actor& actor_;
  const Facts& facts_;
  std::vector<Event> events_;
  std::deque<Token> tokens_;
  int entered_ = 0;
  std::optional<std::string> search_;
  std::size_t place_seen_ = 0;   ///< events before this one are in unit and area already
  bool describe_again_ = false;  ///< an incident of that is retried
  /// The scope of the token that throws something, and whether what it threw has ended that token.
  ElementNumber thrower_scope_ = -1;
  bool thrower_ended_ = false;
};

}  // namespace jinyue::bpmn
