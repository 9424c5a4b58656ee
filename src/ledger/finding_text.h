// The sentences of findings, in both languages.
#pragma once

#include <string>

#include "ledger/finding.h"
#include "ledger/head.h"

namespace jinyue::ledger::finding_text {

Finding badSignature(const Head& head);
Finding headWithdrawn(std::uint64_t stated_size, const Head& newest);
Finding otherLog(const Head& head, const Head& newest);

/// "records 3 to 9 …"; the texts of everything about records, from the other members of the finding. `detail`
/// is added as a second sentence.
void describeRecords(Finding& finding, const Text& detail = {});

}  // namespace jinyue::ledger::finding_text
