#include "insight/recount.h"

#include <algorithm>

#include <spdlog/spdlog.h>

#include "casework/record_body.h"
#include "ledger/record.h"

namespace jinyue::insight {
namespace {

constexpr std::string_view undone_sql =
    "SELECT source, number, cursor, at FROM fact_layouts WHERE done = 0 ORDER BY source, number";
constexpr std::string_view done_sql =
    "UPDATE fact_layouts SET done = $4, cursor = $3 WHERE source = $1 AND number = $2";
constexpr std::string_view moved_sql =
    "UPDATE fact_layouts SET cursor = $3 WHERE source = $1 AND number = $2 AND cursor = $4";
constexpr std::string_view cases_sql = "SELECT id, process FROM cases WHERE id > $1 ORDER BY id LIMIT $2";
/// Holds the case where it is until the facts are written.
constexpr std::string_view hold_sql = "UPDATE cases SET version = version WHERE id = $1 AND version = $2";
constexpr int records_at_once = 200;

void takeDue(const bpmn::Event& event, std::optional<Instant>& due) {
  if (const auto* started = std::get_if<bpmn::ClockStarted>(&event)) {
    if (started->element == bpmn::whole_case) due = started->clock.dates.due;
  } else if (const auto* resumed = std::get_if<bpmn::ClockResumed>(&event)) {
    if (resumed->element == bpmn::whole_case) due = resumed->dates.due;
  } else if (const auto* extended = std::get_if<bpmn::ClockExtended>(&event)) {
    if (extended->element == bpmn::whole_case) due = extended->dates.due;
  }
}

}  // namespace

std::optional<Recount::Work> Recount::next() {
  const auto rules = book_.rules();
  for (const store::SqlRow& row : store_.query(store::statement(undone_sql))) {
    const auto layout = rules->layouts.find(row.text(0));
    if (layout == rules->layouts.end() || layout->second->number() < row.integer(1)) continue;
    if (layout->second->number() > row.integer(1)) {  // a newer one is in force
      store::Batch batch;
      batch.statements.push_back(
          store::statement(done_sql, row.text(0), row.integer(1), row.integer(2), superseded));
      store_.commit(batch);
      continue;
    }
    if (options_.now() < row.instant(3) + options_.grace) continue;
    return Work{layout->second, row.integer(2)};
  }
  return std::nullopt;
}

bool Recount::step() {
  const auto work = next();
  if (!work) return false;
  // A case that others keep changing is tried with few others beside it.
  for (int limit = options_.at_once; limit > 0; limit /= 8) {
    if (count(*work, limit)) return true;
  }
  for (int attempt = 0; attempt < 20; ++attempt) {
    if (count(*work, 1)) return true;
  }
  return false;
}

bool Recount::count(const Work& work, int limit) {
  const Layout& layout = *work.layout;
  const auto listed = store_.query(store::statement(cases_sql, work.cursor, limit));
  store::Batch batch;
  if (static_cast<int>(listed.size()) < limit) {
    const std::int64_t last = listed.empty() ? work.cursor : listed.back().integer(0);
    batch.statements.push_back(
        store::statement(done_sql, layout.source(), layout.number(), last, all_counted));
  } else {
    batch.statements.push_back(store::guarded(1, moved_sql, layout.source(), layout.number(),
                                              listed.back().integer(0), work.cursor));
  }
  const auto slash = layout.source().find('/');
  const std::string pack = layout.source().substr(0, slash);
  const std::string process = layout.source().substr(slash + 1);
  std::vector<store::CaseId> ids;
  for (const store::SqlRow& row : listed) {
    if (row.text(1) == process) ids.push_back(row.integer(0));
  }
  if (!ids.empty()) {
    for (const store::CaseRow& row : store_.loadCases(ids)) {
      const auto definition = definitions_.find(row.definition);
      if (definition && (*definition)->name == pack && row.process == process) add(work, row, batch);
    }
  }
  return store_.commit(batch).done();
}

void Recount::add(const Work& work, const store::CaseRow& row, store::Batch& batch) {
  const auto state = seal_.open(row);
  if (!state) {
    spdlog::error("case {} can't be counted: {}", row.id, describe(state.error()));
    return;
  }
  constexpr std::array names{"active", "completed", "cancelled"};
  batch.statements.push_back(store::guarded(1, hold_sql, row.id, row.version));
  book_.addFacts(*work.layout,
                 {.number = row.id,
                  .opened = row.opened,
                  .closed = row.closed,
                  .due = dueOf(row, *state),
                  .status = names.at(static_cast<std::size_t>(row.status)),
                  .unit = row.unit,
                  .area = row.area,
                  .variables = &state->variables()},
                 false, batch);
}

std::optional<Instant> Recount::dueOf(const store::CaseRow& row, const bpmn::State& state) {
  if (const bpmn::Clock* clock = state.clock(bpmn::whole_case)) return clock->dates.due;
  const auto known = store_.query(
      store::statement("SELECT due FROM facts WHERE case_id = $1 ORDER BY basis LIMIT 1", row.id));
  if (!known.empty()) return known.front().optionalInstant(0);
  std::optional<Instant> due;
  for (std::int64_t after = 0;;) {
    const auto records = store_.records(row.id, after, records_at_once);
    for (const store::StoredRecord& stored : records) {
      after = stored.position;
      const auto record = ledger::decodeRecord(stored.record);
      const auto definition =
          record ? definitions_.findByLabel(record->model) : definitions_.find(row.definition);
      if (!record || !definition) continue;
      const auto events = casework::readRecordBody(record->body, *(*definition)->model,
                                                   [](std::string_view) { return std::nullopt; });
      if (!events) continue;
      for (const bpmn::Event& event : *events) takeDue(event, due);
    }
    if (records.size() < static_cast<std::size_t>(records_at_once)) return due;
  }
}

}  // namespace jinyue::insight
