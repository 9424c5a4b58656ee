// Process stories: a model in a few lines, commands, and what the case waits for afterwards. Every step of
// every story is checked: its events rebuild the state, state and events survive JSON, and the step can be
// repeated.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "bpmn/machine.h"
#include "bpmn/reader.h"
#include "bpmn/surroundings.h"

namespace jinyue::bpmn::testing {

/// A file of one or more processes. `body` is the inside of <definitions>; prefix jy is bound.
SourceFile file(const std::string& body, const std::string& path = "test.bpmn");
/// A process `p` out of flow nodes in XML and flows in short form: "a > b > c; x > y [amount > 3]; x > z
/// [else]". Flows are numbered f1, f2, … in the order in which they are written.
std::string process(const std::string& nodes, const std::string& flows, const std::string& attributes = {},
                    const std::string& id = "p");

Result<std::shared_ptr<const Model>> read(const std::string& body);
/// The same, and the test fails when it is refused.
std::shared_ptr<const Model> deploy(const std::string& body);
/// "id code" for each reason of a refusal, in order; empty when it loads.
std::vector<std::string> reasons(const std::string& body);

Actor person(std::string id, std::string unit = {}, std::vector<std::string> roles = {});

class Story {
 public:
  explicit Story(std::shared_ptr<const Model> model);
  explicit Story(const std::string& body) : Story(deploy(body)) {}

  /// Runs a command; the test fails when it is refused.
  void run(const Command& command, const Actor& actor = person("system"));
  /// The code of the refusal; "" when it was done.
  std::string refused(const Command& command, const Actor& actor = person("system"));

  void start(feel::Context variables = {});
  /// Completes the first open task of this node.
  void complete(const std::string& node, feel::Context variables = {}, const std::string& by = "somebody");
  void finishJob(const std::string& node, feel::Context variables = {});
  void failJob(const std::string& node, const std::string& error = {}, bool retry = false);
  void message(const std::string& name, const std::string& key = {}, feel::Context variables = {});
  /// Lets time pass; what falls due meanwhile fires in order.
  void pass(std::chrono::milliseconds time);
  void passTo(Instant then);

  /// What the case waits for, sorted: "task:a job:b message:c timer:d signal:e incident:f(code)", or
  /// "completed", "cancelled". Timers and messages on boundaries and event sub-processes are listed like any
  /// other.
  std::string waits() const;
  /// Only tasks, jobs and incidents.
  std::string work() const;
  /// The search text that the last command gave.
  const std::optional<std::string>& search() const { return search_; }
  const State& state() const { return state_; }
  const std::vector<Event>& events() const { return all_; }
  /// Events of the last command: their types, joined by blanks.
  std::string lastTypes() const;
  const std::vector<Event>& last() const { return last_; }
  template <class E>
  std::vector<E> all() const {
    std::vector<E> found;
    for (const Event& each : all_) {
      if (const E* event = std::get_if<E>(&each)) found.push_back(*event);
    }
    return found;
  }
  /// A variable of the case; null when it is not set.
  feel::Value variable(const std::string& name) const;
  ElementNumber number(const std::string& node) const;  ///< the first live element of this node
  ElementNumber incident(const std::string& node) const;
  ElementNumber timer(const std::string& node) const;
  Instant now() const { return now_; }
  const std::shared_ptr<const Model>& model() const { return model_; }

  Facts facts;  ///< `now` is set by the story

 private:
  Result<Step> tried(const Command& command, const Actor& actor);

  std::shared_ptr<const Model> model_;
  State state_;
  std::vector<Event> all_;
  std::vector<Event> last_;
  std::optional<std::string> search_;
  Instant now_;
};

/// Everything that must hold after a step, or the reason why it does not.
std::string brokenInvariant(const Model& model, const State& before, const Command& command,
                            const Actor& actor, const Facts& facts, const Step& step);

}  // namespace jinyue::bpmn::testing
