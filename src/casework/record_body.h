// The body of a record: the events of one command, with personal data replaced by keyed digests on the way
// into the log and put back on the way out.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "bpmn/machine.h"
#include "casework/request.h"
#include "ledger/digest.h"
#include "store/store.h"

namespace jinyue::casework {

/// The body as JSON text. Each personal value that is not null becomes {"#": digest}; the clear value is
/// added to `personal`, outside the log.
std::string recordBody(std::vector<bpmn::Event> events, CaseId id, const bpmn::Model& model,
                       const ledger::PersonalDigester& digester, std::vector<store::PersonalRow>& personal);

/// The events of a body. `reveal` gives the clear value of a digest, or nothing when it was erased: then the
/// digest stays in the value's place.
using Reveal = std::function<std::optional<feel::Value>(std::string_view digest)>;
Result<std::vector<bpmn::Event>> readRecordBody(std::string_view body, const bpmn::Model& model,
                                                const Reveal& reveal);

/// A keyed fingerprint of what a request asks, to tell a repeated request from another one under the same
/// key.
std::int64_t fingerprintOf(const Request& request, const ledger::PersonalDigester& digester);

}  // namespace jinyue::casework
