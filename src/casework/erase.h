// Erasing what a closed case holds about a person. The log keeps its records and proofs: they hold digests
// only, which tell nothing once the values beside the log are gone.
#pragma once

#include "casework/definitions.h"
#include "casework/request.h"
#include "casework/seal.h"

namespace jinyue::casework {

/// Erases the personal values of a closed case and writes its state anew with the digests in their places.
/// The number of values erased; nothing happens when it is done again. Refuses a case that still runs
/// ("erase.open"), and one with a message that was not delivered ("erase.pending").
Result<int> eraseCase(store::Store& store, Definitions& definitions, const Seal& seal, CaseId id);

}  // namespace jinyue::casework
