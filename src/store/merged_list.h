// Lists that are put together from several: one for each unit, area… that they may show. Each is one look
// into an index, and looks only for rows that come before the last one of a full page.
#pragma once

#include <algorithm>
#include <functional>
#include <iterator>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "store/check.h"
#include "store/sql.h"

namespace jinyue::store {

/// Answers statements from one state of the database.
using Ask = std::function<std::vector<std::vector<SqlRow>>(std::span<const Statement>)>;

/// One index entry of a list. The first placeholders are the keys after which the page begins, the keys
/// before which rows are wanted, and the limit; `values` are the rest.
struct ListEntry {
  std::string_view sql;
  std::vector<SqlValue> values;
};

template <class Row>
struct ListOrder {
  std::size_t keys = 3;  ///< how many numbers of the cursor order the list
  bool falling = false;
  Cursor (*place)(const Row&) = nullptr;
  Row (*read)(const SqlRow&) = nullptr;
};

/// How many entries are asked for at a time.
inline constexpr std::size_t entries_at_once = 8;

template <class Row>
Page<Row> readMerged(const Ask& ask, std::span<const ListEntry> entries, const ListOrder<Row>& order,
                     const PageRequest& request, const std::optional<Cursor>& end = {}) {
  const auto before = [&](const Cursor& a, const Cursor& b) { return order.falling ? a > b : a < b; };
  Cursor first;
  Cursor to;
  first.fill(order.falling ? INT64_MAX : INT64_MIN);
  to.fill(order.falling ? INT64_MIN : INT64_MAX);
  if (end) to = *end;
  const Cursor from = readCursor(request.after, first);
  const auto limit = static_cast<std::size_t>(request.limit) + 1;
  std::map<Cursor, Row, decltype(before)> kept(before);
  while (!entries.empty()) {
    const auto chunk = entries.first(std::min(entries.size(), entries_at_once));
    entries = entries.subspan(chunk.size());
    std::vector<Statement> statements;
    for (const ListEntry& entry : chunk) {
      Statement& asked = statements.emplace_back(Statement{std::string{entry.sql}});
      for (std::size_t key = 0; key < order.keys; ++key) asked.values.emplace_back(from[key]);
      for (std::size_t key = 0; key < order.keys; ++key) asked.values.emplace_back(to[key]);
      asked.values.emplace_back(static_cast<std::int64_t>(limit));
      asked.values.insert(asked.values.end(), entry.values.begin(), entry.values.end());
    }
    for (const auto& rows : ask(statements)) {
      for (const SqlRow& values : rows) {
        Row row = order.read(values);
        kept.emplace(order.place(row), std::move(row));  // once, if it fits several alternatives
      }
    }
    while (kept.size() > limit) kept.erase(std::prev(kept.end()));
    if (kept.size() == limit) to = std::prev(kept.end())->first;
  }
  std::vector<Row> rows;
  rows.reserve(kept.size());
  for (auto& [place, row] : kept) rows.push_back(std::move(row));
  return makePage(std::move(rows), request.limit, order.place);
}

/// A set of texts as one value of a statement; an empty set stands for every text.
std::string textSet(std::span<const std::string> texts);
/// The condition that a column's text is in the set at a placeholder.
std::string fits(std::string_view column, std::size_t placeholder);

/// A set of texts that a list may show; empty: every text.
using Texts = std::vector<std::string>;
/// What a filter and a scope both let through, each text once; nothing when they exclude each other.
std::optional<Texts> both(const std::optional<std::string>& filter, const Texts& scope);
/// Whether a list can be looked up by these texts: indexes leave rows without such a text out.
bool isEntry(const Texts& texts);
/// Whether it lets rows of running cases through.
bool ofRunningCases(const ScopeAlternative& alternative);
/// The alternatives of a scope; one that lets everything through for `all`.
std::vector<ScopeAlternative> alternativesOf(const RowScope& scope);

}  // namespace jinyue::store
