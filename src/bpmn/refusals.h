// The refusals that several commands share. Internal to the room.
#pragma once

#include <string>

#include "base/problem.h"
#include "bpmn/command.h"

namespace jinyue::bpmn {

inline std::unexpected<Problem> caseNotActive() {
  return refuse(ProblemKind::conflict, "case.not-active", {"案件未在办理中", "the case is not running"});
}
inline std::unexpected<Problem> noSuchTask(ElementNumber task) {
  return refuse(ProblemKind::not_found, "task.not-open", {"没有这个待办任务", "there is no such open task"},
                std::to_string(task), {"任务可能已办结，请刷新", "it may be done already; look again"});
}
inline std::unexpected<Problem> reasonMissing() {
  return refuse(ProblemKind::invalid, "reason.empty", {"必须说明理由", "a reason must be given"}, "/reason");
}

}  // namespace jinyue::bpmn
