// Deploying a definition: its new version, and the arming of its start events.
#pragma once

#include "casework/definitions.h"
#include "casework/engine.h"

namespace jinyue::casework {

/// Start events that something outside a case triggers have rows like those of a case: the case number is the
/// definition's id made negative, the element number the node's index in the model plus one.
inline ElementKey startKey(const Definition& definition, bpmn::Index node) {
  return {-definition.id, node + 1};
}

/// When a timer start event is due next after `after`; empty when never again.
std::optional<Instant> nextStart(const Definition& definition, const bpmn::Node& start, Instant after,
                                 const feel::Facts& facts);

/// Adds the next version of the name. Its message, signal and timer start events are armed and those of the
/// version before are not any more. Running cases stay on their version.
Result<std::shared_ptr<const Definition>> deploy(Definitions& definitions, Engine& engine,
                                                 const Deployment& deployment, Instant now);

/// Nothing starts cases of this version any more but a command that names it.
Result<void> disarm(Engine& engine, const Definition& definition);

}  // namespace jinyue::casework
