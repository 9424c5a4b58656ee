// The terms of the port that both adapters hold their callers to, and the cursors of its pages.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "store/store.h"

namespace jinyue::store {

/// Throws std::invalid_argument when a batch breaks the terms of the port: see the head of store.h.
void checkBatch(const Batch& batch);
void checkStatement(const Statement& statement);
void checkText(std::string_view text, const char* what);
/// Throws std::invalid_argument for a limit that is not in 1 to `most`.
void checkLimit(int limit, int most = 100'000);
/// The same for a page: its limit is at most 1000 and its cursor one that a page gave.
void checkPage(const PageRequest& page);

/// Where a page begins: up to three numbers that order the list.
using Cursor = std::array<std::int64_t, 3>;
/// The cursor of a page, or `start` when it begins at the start.
Cursor readCursor(const std::string& text, const Cursor& start);
std::string writeCursor(const Cursor& cursor);

inline constexpr std::int64_t no_due = INT64_MAX;  ///< how lists are ordered by a due date that is not there

/// Cuts the one row that was read beyond the page and gives the cursor after the last row that stays.
template <class Row, class CursorOf>
Page<Row> makePage(std::vector<Row> rows, int limit, CursorOf cursorOf) {
  Page<Row> page{std::move(rows), {}};
  if (page.rows.size() > static_cast<std::size_t>(limit)) {
    page.rows.resize(static_cast<std::size_t>(limit));
    page.next = writeCursor(cursorOf(page.rows.back()));
  }
  return page;
}

inline std::int64_t millisOf(Instant instant) { return instant.time_since_epoch().count(); }
inline Cursor cursorOf(const CaseRow& row) { return {row.id, 0, 0}; }
inline Cursor cursorOf(const TextRow& row) { return {row.id, 0, 0}; }
inline Cursor cursorOf(const TaskRow& row) {
  return {row.due ? millisOf(*row.due) : no_due, row.id.case_id, row.id.number};
}
inline Cursor cursorOf(const IncidentRow& row) { return {millisOf(row.at), row.id.case_id, row.id.number}; }

}  // namespace jinyue::store
