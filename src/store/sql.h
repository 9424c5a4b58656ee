// Statements of rooms that own tables of their own (room_table.h), in the SQL that both adapters understand.
//
// Placeholders are $1, $2, … Portable are: SELECT with LIMIT and OFFSET-free paging, INSERT … ON CONFLICT (…)
// DO UPDATE SET x = excluded.x or DO NOTHING, UPDATE, DELETE, count(*), max, min, sum of integers cast to
// bigint, EXISTS, IN, CASE, and indexes. Values are integers (instants in milliseconds, false and true as 0
// and 1), texts and bytes.
#pragma once

#include <concepts>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>
#include <vector>

#include "base/time.h"

namespace jinyue::store {

/// A value of a column of bytes.
struct Blob {
  std::string bytes;
  bool operator==(const Blob&) const = default;
};

/// Null, a number, a text (UTF-8 without U+0000), or bytes.
using SqlValue = std::variant<std::monostate, std::int64_t, std::string, Blob>;

inline SqlValue sqlValue(std::string_view text) { return std::string{text}; }
inline SqlValue sqlValue(const char* text) { return std::string{text}; }
inline SqlValue sqlValue(std::string text) { return text; }
inline SqlValue sqlValue(Blob bytes) { return bytes; }
inline SqlValue sqlValue(SqlValue value) { return value; }
inline SqlValue sqlValue(Instant at) { return static_cast<std::int64_t>(at.time_since_epoch().count()); }
template <class T>
  requires std::integral<T> || std::is_enum_v<T>
SqlValue sqlValue(T number) {
  return static_cast<std::int64_t>(number);
}
template <class T>
SqlValue sqlValue(const std::optional<T>& value) {
  return value ? sqlValue(*value) : SqlValue{};
}

/// One statement and the values of its placeholders.
struct Statement {
  /// A statement is prepared once per connection and kept: its text must come from a small set, with values
  /// in placeholders only. More than 500 different texts are a std::logic_error.
  std::string sql;
  std::vector<SqlValue> values = {};
  /// In a batch: how many rows it must change. Another count undoes the whole batch
  /// (CommitOutcome::unexpected).
  std::optional<int> expected = {};
  bool operator==(const Statement&) const = default;
};

/// A statement from a text and anything that sqlValue takes.
template <class... Values>
Statement statement(std::string_view sql, const Values&... values) {
  return {std::string{sql}, {sqlValue(values)...}, {}};
}
/// The same for a write that must change `expected` rows.
template <class... Values>
Statement guarded(int expected, std::string_view sql, const Values&... values) {
  return {std::string{sql}, {sqlValue(values)...}, expected};
}

/// One row of a result, columns from 0. A column read as what it is not is a std::bad_variant_access: a fault
/// of the caller.
struct SqlRow {
  std::vector<SqlValue> values;

  bool isNull(std::size_t column) const { return values.at(column).index() == 0; }
  std::int64_t integer(std::size_t column) const { return std::get<std::int64_t>(values.at(column)); }
  const std::string& text(std::size_t column) const { return std::get<std::string>(values.at(column)); }
  const std::string& bytes(std::size_t column) const { return std::get<Blob>(values.at(column)).bytes; }
  bool boolean(std::size_t column) const { return integer(column) != 0; }
  Instant instant(std::size_t column) const { return Instant{Millis{integer(column)}}; }
  std::optional<std::int64_t> optionalInteger(std::size_t column) const {
    return isNull(column) ? std::nullopt : std::optional{integer(column)};
  }
  std::optional<std::string> optionalText(std::size_t column) const {
    return isNull(column) ? std::nullopt : std::optional{text(column)};
  }
  std::optional<Instant> optionalInstant(std::size_t column) const {
    return isNull(column) ? std::nullopt : std::optional{instant(column)};
  }
  bool operator==(const SqlRow&) const = default;
};

/// How many different statements of rooms a connection keeps prepared.
inline constexpr std::size_t most_statements = 500;

}  // namespace jinyue::store
