// The state of a case from its records alone: the proof that the journal holds everything.
#pragma once

#include "casework/definitions.h"
#include "casework/request.h"
#include "casework/seal.h"

namespace jinyue::casework {

/// Applies all records of a case. Personal values come from beside the log; those that were erased stay
/// digests.
Result<bpmn::State> replay(store::Store& store, Definitions& definitions, const Seal& seal, CaseId id);
/// The same with digests for all personal values.
Result<bpmn::State> replayWithout(store::Store& store, Definitions& definitions, CaseId id);

}  // namespace jinyue::casework
