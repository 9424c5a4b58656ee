// The token machine: definition, state and command in, events and the next state out. It does no I/O, reads
// no clock and no randomness; the same inputs give the same events, and applying the events gives the state.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "bpmn/command.h"
#include "bpmn/event.h"
#include "bpmn/model.h"
#include "bpmn/state.h"
#include "feel/feel.h"

namespace jinyue::bpmn {

/// What a decision model answered, as it goes into the record.
struct DecisionOutcome {
  feel::Value value;
  std::vector<std::string> rules;  ///< ids of the rules that matched
  std::string model;               ///< name and version of the decision model
  std::vector<feel::Diagnostic> diagnostics;
};

/// Everything from outside the case that a step may use; the events note what was used.
struct Facts {
  feel::Facts feel;  ///< time, calendar, registers
  std::int64_t case_number = 0;
  /// Asks a decision model by its id; a Problem becomes an incident of the business-rule task.
  std::function<Result<DecisionOutcome>(std::string_view decision, const feel::Context& inputs)> decide;
  /// Only for Migrate: the model to move to.
  std::shared_ptr<const Model> target;
};

struct Step {
  State state;
  std::vector<Event> events;
  /// What the case is found by from here on; empty when nothing has changed of it or of the columns that a
  /// search narrows by (status, area). Not in the state: it follows from the variables.
  std::optional<std::string> search;
};

/// Refuses with a Problem (nothing happened) or gives everything that the command leads to, up to the next
/// waits.
Result<Step> step(const Model& model, const State& state, const Command& command, const Actor& actor,
                  const Facts& facts);

/// One event applied to a state; replaying all events of a case from an empty state gives its state.
void apply(State& state, const Event& event);

/// Calls `replace` for every personal value that an event carries (variables that the model declares
/// personal, texts of comments), so that it can enter the log as a digest only, or be put back from it.
void forEachPersonal(Event& event, const Model& model, const std::function<void(feel::Value&)>& replace);

}  // namespace jinyue::bpmn
