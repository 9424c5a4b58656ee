#include "store/sqlite/log_rows.h"

namespace jinyue::store::sqlite {

StoredHead readStoredHead(Connection& connection) {
  StoredHead stored;
  Query query = connection.query(Sql::head);
  if (!query.step()) return stored;
  stored.size = static_cast<std::uint64_t>(query.integer(0));
  if (query.bytes(1).empty()) return stored;  // nothing was committed yet
  auto head = ledger::decodeHead(query.bytes(1));
  if (!head) throw BrokenLog("the log's head can't be read: " + describe(head.error()));
  stored.head = *std::move(head);
  stored.kept_at = Instant{Millis{query.integer(2)}};
  return stored;
}

std::string readTile(Connection& connection, ledger::HashAlgorithm hash, int level, std::int64_t index) {
  std::string stored;
  {
    Query query = connection.query(Sql::tile);
    query.bind(level, index);
    if (query.step()) stored = query.text(0);
  }
  if (level != 0 || index < 0) return stored;
  TileOfRecords tile(hash, std::move(stored));
  if (tile.isFull()) return std::move(tile).take();
  std::int64_t sequence = index * ledger::tile_width + tile.size();
  Query query = connection.query(Sql::journal);
  query.bind(sequence, ledger::tile_width - tile.size());
  // Records with a gap between them are no tile; it ends before the gap.
  for (; query.step() && query.integer(0) == sequence; ++sequence) tile.add(query.bytes(3));
  return std::move(tile).take();
}

void storeOpenTile(Connection& connection, ledger::HashAlgorithm hash) {
  const std::int64_t index = static_cast<std::int64_t>(readStoredHead(connection).size) / ledger::tile_width;
  const std::string hashes = readTile(connection, hash, 0, index);
  if (!hashes.empty()) connection.query(Sql::put_tile).bind(0, index, Bytes{hashes}).run();
}

}  // namespace jinyue::store::sqlite
