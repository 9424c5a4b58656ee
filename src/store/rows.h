// Rows of the port from the columns of a result, in the order in which both adapters' statements name them
// (columns.h). A Source is one row of a result: integer(column), text(column), bytes(column), isNull(column).
#pragma once

#include <type_traits>

#include "store/check.h"
#include "store/excluded.h"
#include "store/store.h"

namespace jinyue::store {

/// Rows of the adapters count columns in int, as their databases do.
template <class Source>
using ColumnOf = std::conditional_t<std::is_same_v<Source, SqlRow>, std::size_t, int>;

template <class Source>
Instant readInstant(const Source& source, ColumnOf<Source> column) {
  return Instant{Millis{source.integer(column)}};
}

template <class Source>
std::optional<Instant> readOptionalInstant(const Source& source, ColumnOf<Source> column) {
  return source.isNull(column) ? std::nullopt : std::optional{readInstant(source, column)};
}

template <class Source>
ElementKey readElementKey(const Source& source) {
  return {source.integer(0), static_cast<ElementNumber>(source.integer(1))};
}

/// Without state.
template <class Source>
CaseRow readCase(const Source& source) {
  CaseRow row;
  row.id = source.integer(0);
  row.version = source.integer(1);
  row.definition = source.integer(2);
  row.process = source.text(3);
  row.status = static_cast<CaseStatus>(source.integer(4));
  row.title = source.text(5);
  row.key = source.text(6);
  row.unit = source.text(7);
  row.opened = readInstant(source, 8);
  row.closed = readOptionalInstant(source, 9);
  row.due = readOptionalInstant(source, 10);
  row.area = source.text(11);
  row.party = source.text(12);
  return row;
}

template <class Source>
CaseRow readCaseWithState(const Source& source) {
  CaseRow row = readCase(source);
  row.state = source.bytes(13);
  return row;
}

template <class Source>
TaskRow readTask(const Source& source) {
  TaskRow row;
  row.id = readElementKey(source);
  row.process = source.text(2);
  row.node = source.text(3);
  row.name = source.text(4);
  row.title = source.text(5);
  row.unit = source.text(6);
  row.role = source.text(7);
  row.person = source.text(8);
  row.assignee = source.text(9);
  row.excluded = readExcluded(source.text(10));
  row.created = readInstant(source, 11);
  if (source.integer(12) != no_due) row.due = readInstant(source, 12);
  row.yellow = readOptionalInstant(source, 13);
  row.area = source.text(14);
  return row;
}

template <class Source>
TimerRow readTimer(const Source& source) {
  return {readElementKey(source), readInstant(source, 2)};
}

template <class Source>
IncidentRow readIncident(const Source& source) {
  return {readElementKey(source), readInstant(source, 2), source.text(3), source.text(7),
          source.text(8),         source.text(4),         source.text(5), source.text(6)};
}

template <class Source>
OutboxRow readOutbox(const Source& source) {
  return {readElementKey(source), source.text(2), readInstant(source, 3), static_cast<int>(source.integer(4)),
          std::string{source.bytes(5)}};
}

template <class Source>
SubscriptionRow readSubscription(const Source& source) {
  return {readElementKey(source), static_cast<SubscriptionKind>(source.integer(2)), source.text(3),
          source.text(4)};
}

template <class Source>
ReplyRow readReply(const Source& source) {
  return {source.text(0),    source.text(1),    source.integer(2),
          source.integer(3), source.integer(4), readInstant(source, 5)};
}

template <class Source>
PersonalRow readPersonal(const Source& source) {
  return {source.integer(0), source.text(1), std::string{source.bytes(2)}};
}

template <class Source>
StoredRecord readRecord(const Source& source) {
  return {static_cast<std::uint64_t>(source.integer(0)), source.integer(1), source.integer(2),
          source.text(3)};
}

template <class Source>
TextRow readText(const Source& source) {
  TextRow row;
  row.id = source.integer(0);
  row.kind = static_cast<TextKind>(source.integer(1));
  row.process = source.text(2);
  row.area = source.text(3);
  row.unit = source.text(4);
  row.party = source.text(5);
  row.status = static_cast<CaseStatus>(source.integer(6));
  row.at = readInstant(source, 7);
  row.title = source.text(8);
  row.names = source.text(9);
  row.text = source.text(10);
  return row;
}

template <class Source>
DefinitionRow readDefinition(const Source& source) {
  return {source.integer(0), source.text(1), source.integer(2), source.text(3), readInstant(source, 4)};
}

}  // namespace jinyue::store
