#include "store/log_edge.h"

#include <random>
#include <stdexcept>

#include <fmt/format.h>

namespace jinyue::store {

void LogEdge::load(const StoredHead& stored, const ledger::TileReader& read) {
  known_ = false;
  try {
    tree_ = ledger::LogTree::restore(options_.hash, stored.size, read);
  } catch (const ledger::TileFault& fault) {
    throw BrokenLog(fault.what());
  }
  if (stored.head && (stored.head->size != stored.size || stored.head->root != tree_.root())) {
    throw BrokenLog(fmt::format("the root over {} records is not that of the signed head", stored.size));
  }
  kept_at_ = stored.kept_at;
  known_ = true;
}

void LogEdge::append(std::span<const JournalRow> rows) {
  for (const auto& row : rows) tree_.appendLeaf(row.record);
}

LogEdge::Update LogEdge::seal() {
  if (!options_.signer) throw std::logic_error("store: records can't be committed without a signer");
  Update update;
  const Instant now = options_.now();
  update.keep = now - kept_at_ >= options_.keep_head_every;
  if (update.keep) kept_at_ = now;
  update.kept_at = kept_at_;
  update.tiles = tree_.takeChangedTiles();
  if (!update.keep) {
    std::erase_if(update.tiles, [](const ledger::Tile& tile) {
      return tile.level == 0 && tile.hashes.size() < ledger::tile_width * ledger::hash_bytes;
    });
  }
  update.head = options_.signer->sign(
      ledger::Head{log_, tree_.size(), tree_.root(), now, options_.hash, std::string{}, std::string{}});
  return update;
}

std::string randomLogName() {
  std::random_device random;
  return fmt::format("log-{:08x}{:08x}", random(), random());
}

}  // namespace jinyue::store
