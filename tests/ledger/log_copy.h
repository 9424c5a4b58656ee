// A log with its tiles and heads as they lie in a database, to be tampered with.
#pragma once

#include <algorithm>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "ledger/audit.h"
#include "ledger/record.h"
#include "ledger/stored_tiles.h"
#include "ledger/tree.h"

namespace jinyue::ledger {

struct LogCopy {
  HashAlgorithm algorithm = HashAlgorithm::sha256;
  std::vector<LogRow> rows;
  StoredTiles tiles;
  std::optional<Head> head;
  std::vector<Head> kept;

  static LogRow rowOf(std::uint64_t sequence, std::int64_t case_id, std::int64_t position,
                      std::mt19937_64& random) {
    Record record;
    record.case_id = case_id;
    record.position = position;
    record.kind = "task.completed";
    record.actor = "p" + std::to_string(random() % 50);
    record.at = *parseInstant("2026-11-22T04:38:21Z") + Millis{static_cast<std::int64_t>(sequence)};
    record.model = "m@1";
    record.body = "{\"note\":\"" + std::to_string(random()) + "\"}";
    return {sequence, case_id, position, encodeRecord(record)};
  }

  /// Several cases side by side; a head after every batch, some of them kept.
  /// With `lazily`, the unfinished tile of level 0 is stored only with the heads that are kept.
  static LogCopy make(std::mt19937_64& random, std::uint64_t size, const Signer& signer,
                      HashAlgorithm algorithm = HashAlgorithm::sha256, bool lazily = false) {
    LogCopy log;
    log.algorithm = algorithm;
    std::map<std::int64_t, std::int64_t> positions;
    LogTree tree(algorithm);
    const std::int64_t cases = 1 + static_cast<std::int64_t>(random() % (size / 4 + 2));
    while (tree.size() < size) {
      const std::uint64_t batch = std::min(size - tree.size(), 1 + random() % 40);
      for (std::uint64_t i = 0; i < batch; ++i) {
        const std::int64_t case_id =
            1000 + static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(cases));
        log.rows.push_back(rowOf(tree.size(), case_id, ++positions[case_id], random));
        tree.appendLeaf(log.rows.back().record);
      }
      log.head = headOf(tree, signer);
      const bool keep = random() % 3 == 0;
      if (keep) log.kept.push_back(*log.head);
      auto changed = tree.takeChangedTiles();
      if (lazily && !keep) {
        std::erase_if(changed, [](const Tile& tile) {
          return tile.level == 0 && tile.hashes.size() < tile_width * hash_bytes;
        });
      }
      log.tiles.put(changed);
    }
    if (!log.head) log.head = headOf(tree, signer);
    return log;
  }

  static Head headOf(const LogTree& tree, const Signer& signer) {
    const Instant at = *parseInstant("2026-11-22T05:00:00Z") + Millis{static_cast<std::int64_t>(tree.size())};
    return signer.sign({"test.log", tree.size(), tree.root(), at, tree.algorithm(), "", ""});
  }

  void renumber() {
    for (std::size_t i = 0; i < rows.size(); ++i) rows[i].sequence = i;
  }
  void sortByNumber() { std::ranges::sort(rows, {}, &LogRow::sequence); }

  /// What somebody does who knows how the log works, but has no key. Tiles from `up_to_level` on stay.
  void recomputeTiles(int up_to_level = max_tile_level + 1) {
    LogTree tree(algorithm);
    for (const LogRow& row : rows) tree.appendLeaf(row.record);
    StoredTiles fresh;
    fresh.put(tree.takeChangedTiles());
    std::erase_if(tiles.tiles, [&](const auto& tile) { return tile.first.first < up_to_level; });
    for (auto& [place, hashes] : fresh.tiles) {
      if (place.first < up_to_level) tiles.tiles[place] = hashes;
    }
  }

  LogSource source() const {
    LogSource source;
    source.rows = [this](std::uint64_t from, int limit) {
      std::vector<LogRow> page;
      auto row = std::ranges::lower_bound(rows, from, {}, &LogRow::sequence);
      for (; row != rows.end() && page.size() < static_cast<std::size_t>(limit); ++row) page.push_back(*row);
      return page;
    };
    source.tiles = tiles.reader();
    source.head = [this] { return head; };
    source.kept_heads = [this](std::uint64_t from_size, int limit) {
      std::vector<Head> page;
      for (const Head& one : kept) {
        if (one.size >= from_size && page.size() < static_cast<std::size_t>(limit)) page.push_back(one);
      }
      return page;
    };
    auto places = std::make_shared<std::map<std::pair<std::int64_t, std::int64_t>, std::size_t>>();
    for (std::size_t i = 0; i < rows.size(); ++i) places->try_emplace({rows[i].case_id, rows[i].position}, i);
    source.find = [this, places](std::int64_t case_id, std::int64_t position) -> std::optional<LogRow> {
      const auto place = places->find({case_id, position});
      return place == places->end() ? std::nullopt : std::optional(rows[place->second]);
    };
    return source;
  }
};

}  // namespace jinyue::ledger
