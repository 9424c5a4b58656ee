// Reads BPMN 2.0 files into a Model. A strict subset that fails loudly: what is not executed is refused, and
// the answer names every construct that is not executed, with element id, line and reason (docs/bpmn.md lists
// them).
#pragma once

#include <memory>
#include <span>

#include "base/problem.h"
#include "bpmn/model.h"

namespace jinyue::bpmn {

/// One deployment unit; call activities find their processes in any of the files. A refusal has code
/// "bpmn.refused" and one cause for each reason: code, `where` as file:line and the id of the element in
/// `detail`.
Result<std::shared_ptr<const Model>> readModel(std::span<const SourceFile> files,
                                               const Surroundings& surroundings);

}  // namespace jinyue::bpmn
