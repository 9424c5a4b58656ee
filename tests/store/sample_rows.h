// Rows for tests: short to write, each with something in every column.
#pragma once

#include <string>
#include <vector>

#include "store/store.h"

namespace jinyue::store {

/// A moment, in seconds after 2026-11-22T00:00:00Z.
inline Instant at(std::int64_t seconds) {
  return Instant{std::chrono::sys_days{std::chrono::year{2026} / 11 / 22}} + std::chrono::seconds{seconds};
}

inline CaseRow sampleCase(CaseId id, std::int64_t version = 1) {
  CaseRow row;
  row.id = id;
  row.version = version;
  row.definition = 7;
  row.process = "hotline";
  row.title = "案件 " + std::to_string(id);
  row.key = "key-" + std::to_string(id);
  row.unit = "unit-1";
  row.opened = at(id);
  row.due = at(1000 + id);
  row.state = std::string("state\0of ", 9) + std::to_string(id) + "@" + std::to_string(version);
  return row;
}

inline JournalRow sampleRecord(CaseId id, std::int64_t position) {
  return {id, position, "{\"case\":" + std::to_string(id) + ",\"position\":" + std::to_string(position) + "}"};
}

/// A batch that takes each case from `version - 1` to `version`.
inline Batch sampleBatch(const std::vector<CaseId>& ids, std::int64_t version = 1) {
  Batch batch;
  for (const CaseId id : ids) {
    batch.journal.push_back(sampleRecord(id, version));
    batch.cases.push_back({sampleCase(id, version), version - 1});
  }
  return batch;
}

inline TaskRow sampleTask(CaseId case_id, ElementNumber number) {
  TaskRow row;
  row.id = {case_id, number};
  row.process = "hotline";
  row.node = "handle";
  row.name = "办理";
  row.title = "案件 " + std::to_string(case_id);
  row.unit = "unit-1";
  row.role = "handler";
  row.excluded = {"officer:1", "officer:二"};
  row.created = at(case_id);
  row.due = at(5000);
  row.yellow = at(4000);
  return row;
}

}  // namespace jinyue::store
