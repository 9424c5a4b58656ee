#include "store/postgres/copy.h"

#include <fmt/format.h>

#include "store/postgres/binary.h"
#include "store/postgres/lexemes.h"
#include "store/postgres/postgres_store.h"
#include "store/refusals.h"
#include "store/sqlite/copy.h"

namespace jinyue::store::postgres {
namespace {

// The head of a binary COPY: signature, flags, length of an extension. Each row is a count of columns and for
// each its length (-1: NULL) and bytes; a count of -1 ends it.
constexpr std::string_view signature{"PGCOPY\n\377\r\n\0", 11};
constexpr std::size_t head_size = 19;
constexpr std::size_t chunk_size = 1 << 16;

/// Reads numbers and bytes from one piece of a COPY.
class Piece {
 public:
  explicit Piece(std::string_view bytes) : rest_(bytes) {}
  template <class T>
  T number() {
    return fromBigEndian<T>(take(sizeof(T)).data());
  }
  std::string_view take(std::size_t size) {
    if (rest_.size() < size) throw StoreFault("PostgreSQL: COPY ended inside a row");
    const std::string_view taken = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return taken;
  }

 private:
  std::string_view rest_;
};

void appendRow(std::string& out, const Table& table, RowOfValues row) {
  appendBigEndian(out, static_cast<std::int16_t>(row.size()));
  for (std::size_t index = 0; index < row.size(); ++index) {
    const Value& value = row[index];
    if (const auto* number = std::get_if<std::int64_t>(&value)) {
      appendBigEndian(out, std::int32_t{8});
      appendBigEndian(out, *number);
    } else if (const auto* bytes = std::get_if<std::string_view>(&value)) {
      const bool is_tokens = table.columns[index].kind == ColumnKind::tokens;
      const std::string lexemes = is_tokens ? toLexemes(*bytes) : std::string{};
      const std::string_view written = is_tokens ? lexemes : *bytes;
      appendBigEndian(out, static_cast<std::int32_t>(written.size()));
      out += written;
    } else {
      appendBigEndian(out, std::int32_t{-1});
    }
  }
}

bool isEmpty(Connection& connection) {
  if (connection.valueOf("SELECT size FROM log_head") != "0") return false;
  for (const Table& table : tables()) {
    if (table.name == "meta" || table.name == "counters" || table.name == "log_head") continue;
    if (connection.valueOf(fmt::format("SELECT EXISTS (SELECT FROM {})", table.name)) != "f") return false;
  }
  return true;
}

}  // namespace

TableReader tableReader(Connection& connection) {
  return [&connection](const Table& table, const std::function<void(RowOfValues)>& take) {
    connection.startCopy(fmt::format("COPY (SELECT {} FROM {} ORDER BY {}) TO STDOUT (FORMAT binary)",
                                     columnList(table), table.name, table.order),
                         PGRES_COPY_OUT);
    std::vector<Value> values(table.columns.size());
    std::string tokens;  // that a value shows
    bool at_head = true;
    for (std::string bytes; connection.getCopy(bytes);) {
      Piece piece(bytes);
      // The server sends the head with the first row or alone.
      if (at_head) piece.take(head_size);
      if (std::exchange(at_head, false) && bytes.size() == head_size) continue;
      const auto count = piece.number<std::int16_t>();
      if (count == -1) continue;
      for (std::size_t index = 0; index < values.size(); ++index) {
        const auto length = piece.number<std::int32_t>();
        if (length < 0) values[index] = std::monostate{};
        else if (table.columns[index].kind == ColumnKind::integer)
          values[index] = piece.number<std::int64_t>();
        else values[index] = piece.take(static_cast<std::size_t>(length));
        if (table.columns[index].kind == ColumnKind::tokens)
          values[index] = tokens = fromLexemes(std::get<std::string_view>(values[index]));
      }
      take(values);
    }
    connection.endCopy();
  };
}

Result<void> PostgresStore::backup(const std::string& path) {
  Connection connection(conninfo_, Purpose::reads);
  connection.runText("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
  auto written = sqlite::writeBackup(path, options_, tableReader(connection));
  connection.runText("COMMIT");
  return written;
}

Result<void> restoreInto(const std::string& conninfo, const TableReader& read) {
  Connection connection(conninfo, Purpose::commits);
  connection.runText("BEGIN; SELECT FROM log_head WHERE id = 1 FOR UPDATE");
  if (!isEmpty(connection)) return refuseNotEmpty();
  for (const Table& table : tables()) {
    connection.runText(fmt::format("DELETE FROM {}", table.name));
    connection.startCopy(
        fmt::format("COPY {} ({}) FROM STDIN (FORMAT binary)", table.name, columnList(table)), PGRES_COPY_IN);
    std::string bytes{signature};
    bytes.append(head_size - signature.size(), '\0');
    read(table, [&](RowOfValues row) {
      appendRow(bytes, table, row);
      if (bytes.size() < chunk_size) return;
      connection.putCopy(bytes);
      bytes.clear();
    });
    appendBigEndian(bytes, std::int16_t{-1});
    connection.putCopy(bytes);
    connection.endCopy();
  }
  connection.runText("COMMIT");
  connection.runText("ANALYZE");
  return {};
}

}  // namespace jinyue::store::postgres
