// The state of a case from its records alone: the proof that the journal holds everything.
#pragma once

#include "casework/definitions.h"
#include "casework/request.h"

namespace jinyue::casework {

/// Applies all records of a case. Personal values come from beside the log; those that were erased stay
/// digests.
Result<bpmn::State> replay(store::Store& store, Definitions& definitions, CaseId id);

}  // namespace jinyue::casework
