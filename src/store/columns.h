// The columns of rows, in the order in which both adapters write them and rows.h reads them.
#pragma once

#include <string_view>

// Parts of statements that are put together when they are compiled.
#define CASE_LIST_COLUMNS \
  "id, version, definition, process, status, title, key, unit, opened, closed, due, area, party"
#define CASE_COLUMNS CASE_LIST_COLUMNS ", state"
#define TASK_COLUMNS                                                                                    \
  "case_id, number, process, node, name, title, unit, role, person, assignee, excluded, created, due, " \
  "yellow, area"
#define INCIDENT_COLUMNS "case_id, number, at, process, node, code, message, unit, area"
#define TEXT_COLUMNS "id, kind, process, area, unit, party, status, at, title, names, text"
#define OUTBOX_COLUMNS "case_id, number, topic, next_attempt, attempts, body"

namespace jinyue::store {

inline constexpr std::string_view case_list_columns = CASE_LIST_COLUMNS;
inline constexpr std::string_view task_columns = TASK_COLUMNS;
inline constexpr std::string_view incident_columns = INCIDENT_COLUMNS;

}  // namespace jinyue::store
