#include "casework/replay.h"

#include <unordered_map>

#include "base/json_read.h"
#include "casework/record_body.h"
#include "ledger/record.h"

namespace jinyue::casework {
namespace {

constexpr int records_at_once = 500;

Result<bpmn::State> replayWith(store::Store& store, Definitions& definitions, CaseId id,
                               const Reveal& reveal) {
  bpmn::State state;
  std::shared_ptr<const Definition> definition;
  std::int64_t position = 0;
  for (;;) {
    const auto rows = store.records(id, position, records_at_once);
    if (rows.empty()) break;
    for (const store::StoredRecord& row : rows) {
      const auto record = ledger::decodeRecord(row.record);
      if (!record) return std::unexpected(record.error());
      if (record->case_id != id || record->position != position + 1) {
        return refuse(ProblemKind::conflict, "replay.gap",
                      {"记录不连续", "a record is missing or out of place"},
                      fmt::format("{}/{}", id, position + 1));
      }
      position = record->position;
      if (!definition || definition->label != record->model) {
        auto found = definitions.findByLabel(record->model);
        if (!found) return std::unexpected(found.error());
        definition = std::move(*found);
      }
      const auto events = readRecordBody(record->body, *definition->model, reveal);
      if (!events) return std::unexpected(events.error());
      for (const bpmn::Event& event : *events) bpmn::apply(state, event);
    }
  }
  if (position == 0) {
    return refuse(ProblemKind::not_found, "case.unknown", {"没有这个办件", "there is no such case"},
                  std::to_string(id));
  }
  return state;
}

}  // namespace

Result<bpmn::State> replay(store::Store& store, Definitions& definitions, const Seal& seal, CaseId id) {
  std::unordered_map<std::string, std::string> clear;
  for (const store::PersonalRow& row : store.loadPersonal(id)) {
    auto value = seal.open(row);
    if (!value) return std::unexpected(std::move(value.error()));
    clear.emplace(row.digest, std::move(*value));
  }
  return replayWith(store, definitions, id, [&clear](std::string_view digest) -> std::optional<feel::Value> {
    const auto it = clear.find(std::string{digest});
    if (it == clear.end()) return std::nullopt;
    auto value = fromJson<feel::Value>(it->second);
    return value ? std::optional{std::move(*value)} : std::nullopt;
  });
}

Result<bpmn::State> replayWithout(store::Store& store, Definitions& definitions, CaseId id) {
  return replayWith(store, definitions, id, [](std::string_view) { return std::nullopt; });
}

}  // namespace jinyue::casework
