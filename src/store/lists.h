// What is looked up for a list of cases, tasks or incidents: one entry for each value of the narrowest thing
// that filter and scope name, each served by an index.
#pragma once

#include "store/merged_list.h"

namespace jinyue::store {

std::vector<ListEntry> caseEntries(const CaseFilter& filter);
/// With a scope that names nothing to look up tasks by, `processes` are asked for: all that have open tasks.
std::vector<ListEntry> taskEntries(const TaskFilter& filter, const std::function<Texts()>& processes);
std::vector<ListEntry> incidentEntries(const IncidentFilter& filter);

const ListOrder<CaseRow>& caseOrder();
const ListOrder<TaskRow>& taskOrder(const TaskFilter& filter);
/// Where a list of tasks ends at the latest.
std::optional<Cursor> taskEnd(const TaskFilter& filter);
const ListOrder<IncidentRow>& incidentOrder();

/// Every statement that only reads and is the same in both stores, by name; for the test of their plans.
struct NamedRead {
  std::string_view name;
  std::string_view sql;
};
std::vector<NamedRead> caseReads();
std::vector<NamedRead> taskReads();
std::vector<NamedRead> incidentReads();

}  // namespace jinyue::store
