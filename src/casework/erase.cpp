#include "casework/erase.h"

#include <span>

#include "casework/replay.h"

namespace jinyue::casework {

Result<int> eraseCase(store::Store& store, Definitions& definitions, const Seal& seal, CaseId id) {
  const CaseId ids[] = {id};
  auto rows = store.loadCases(ids);
  if (rows.empty()) {
    return refuse(ProblemKind::not_found, "case.unknown", {"没有这个办件", "there is no such case"},
                  std::to_string(id));
  }
  store::CaseRow& row = rows.front();
  if (row.status == store::CaseStatus::active) {
    return refuse(
        ProblemKind::conflict, "erase.open",
        {"办件还在办理，不能删除其中的个人信息", "the case still runs: its personal data is in use"},
        std::to_string(id), {"办结后再删除", "erase it when the case is closed"});
  }
  const auto pending =
      store.query(store::statement("SELECT number FROM outbox WHERE case_id = $1 LIMIT 1", id));
  if (!pending.empty()) {
    return refuse(ProblemKind::conflict, "erase.pending",
                  {"办件还有未送达的消息", "a message of the case has not been delivered"},
                  std::to_string(id), {"先送达或放弃这条消息", "deliver it or give it up first"});
  }
  // The records without the values beside the log give the state with digests in their places.
  const auto state = replayWithout(store, definitions, id);
  if (!state) return std::unexpected(state.error());
  seal.close(row, *state);
  const auto erased = store.erasePersonal(id, row.version, row.state);
  if (erased) return *erased;
  return refuse(ProblemKind::conflict, "erase.changed", {"办件刚刚有变化", "the case has just been changed"},
                std::to_string(id), {"请重试", "try again"});
}

}  // namespace jinyue::casework
