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
  {
    Query query = connection.query(Sql::tile);
    query.bind(level, index);
    if (query.step()) return query.text(0);
  }
  if (level != 0 || index < 0) return {};
  TileOfRecords tile(hash);
  std::int64_t sequence = index * ledger::tile_width;
  Query query = connection.query(Sql::journal);
  query.bind(sequence, ledger::tile_width);
  // Records with a gap between them are no tile; it ends before the gap.
  for (; query.step() && query.integer(0) == sequence; ++sequence) tile.add(query.bytes(3));
  return std::move(tile).take();
}

}  // namespace jinyue::store::sqlite
