#include "store/postgres/log_rows.h"

namespace jinyue::store::postgres {

StoredHead readStoredHead(const Rows& rows) {
  if (rows.empty()) throw BrokenLog("the store has no row for the head of its log");
  StoredHead stored;
  stored.size = static_cast<std::uint64_t>(rows[0].integer(0));
  stored.kept_at = Instant{Millis{rows[0].integer(2)}};
  if (rows[0].bytes(1).empty()) return stored;  // nothing was committed yet
  auto head = ledger::decodeHead(rows[0].bytes(1));
  if (!head) throw BrokenLog("the log's head can't be read: " + describe(head.error()));
  stored.head = *std::move(head);
  return stored;
}

std::string readTile(Connection& connection, ledger::HashAlgorithm hash, int level, std::int64_t index) {
  connection.send(Sql::tile, Params::of(level, index));
  connection.flush();
  std::string stored;
  if (const Rows rows = connection.receive(); !rows.empty()) stored = rows[0].text(0);
  if (level != 0 || index < 0) return stored;
  TileOfRecords tile(hash, std::move(stored));
  if (tile.isFull()) return std::move(tile).take();
  std::int64_t sequence = index * ledger::tile_width + tile.size();
  connection.send(Sql::journal, Params::of(sequence, ledger::tile_width - tile.size()));
  connection.flush();
  const Rows rows = connection.receive();
  // Records with a gap between them are no tile; it ends before the gap.
  for (int row = 0; row < rows.size() && rows[row].integer(0) == sequence; ++row, ++sequence) {
    tile.add(rows[row].bytes(3));
  }
  return std::move(tile).take();
}

}  // namespace jinyue::store::postgres
