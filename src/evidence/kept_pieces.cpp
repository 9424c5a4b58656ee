#include "evidence/kept_pieces.h"

#include <algorithm>

#include <fmt/format.h>

#include "evidence/running_digest.h"

namespace jinyue::evidence {
namespace {

constexpr std::size_t piece_bytes = 256U << 10U;
constexpr int pieces_at_once = 16;
constexpr std::string_view insert_piece =
    "INSERT INTO attachment_pieces (id, number, content) VALUES ($1, $2, $3)";
constexpr std::string_view one_piece = "SELECT content FROM attachment_pieces WHERE id = $1 AND number = $2";
constexpr std::string_view pieces_after =
    "SELECT id, number, content FROM attachment_pieces WHERE id > $1 OR (id = $1 AND number > $2)"
    " ORDER BY id, number LIMIT $3";
constexpr std::string_view put_piece =
    "UPDATE attachment_pieces SET content = $3 WHERE id = $1 AND number = $2";

/// A piece that was moved to another place does not open.
std::string pieceContext(std::string_view id, std::int64_t number) {
  return fmt::format("attachment/{}/{}", id, number);
}

/// Reads one content from its first piece to its last.
class PieceReader {
 public:
  PieceReader(store::Store& store, const ledger::Vault& vault, const Attachment& attachment)
      : store_(store),
        vault_(vault),
        id_(attachment.id),
        expected_(attachment.digest()),
        left_(attachment.size),
        digest_(attachment.hash == "sm3" ? ledger::HashAlgorithm::sm3 : ledger::HashAlgorithm::sha256) {}

  std::optional<std::string> next() {
    if (left_ == 0) {
      if (!ended_ && digest_.hex() != expected_)
        throw store::StoreFault("attachment " + id_ + " is not what its digest says");
      ended_ = true;
      return std::nullopt;
    }
    const auto rows = store_.query(store::statement(one_piece, id_, number_));
    if (rows.empty()) throw store::StoreFault(fmt::format("attachment {} has no piece {}", id_, number_));
    auto piece = vault_.open(rows.front().bytes(0), pieceContext(id_, number_));
    if (!piece)
      throw store::StoreFault(fmt::format("piece {} of attachment {} can't be opened: {}", number_, id_,
                                          describe(piece.error())));
    if (piece->empty() || static_cast<std::int64_t>(piece->size()) > left_)
      throw store::StoreFault("attachment " + id_ + " has not the size that it had");
    digest_.add(*piece);
    left_ -= static_cast<std::int64_t>(piece->size());
    ++number_;
    return std::move(*piece);
  }

 private:
  store::Store& store_;
  const ledger::Vault& vault_;
  std::string id_;
  std::string expected_;
  std::int64_t left_;
  std::int64_t number_ = 0;
  RunningDigest digest_;
  bool ended_ = false;
};

}  // namespace

std::vector<store::Statement> putPieces(const ledger::Vault& vault, std::string_view id,
                                        std::string_view content) {
  std::vector<store::Statement> statements;
  for (std::int64_t number = 0; !content.empty(); ++number) {
    const std::string_view piece = content.substr(0, piece_bytes);
    statements.push_back(store::guarded(1, insert_piece, id, number,
                                        store::Blob{vault.seal(piece, pieceContext(id, number))}));
    content.remove_prefix(piece.size());
  }
  return statements;
}

store::Statement dropPieces(std::string_view id) {
  return store::statement("DELETE FROM attachment_pieces WHERE id = $1", id);
}

Pieces keptPieces(store::Store& store, const ledger::Vault& vault, const Attachment& attachment) {
  return [reader = std::make_shared<PieceReader>(store, vault, attachment)] { return reader->next(); };
}

std::int64_t resealPieces(store::Store& store, const ledger::Vault& vault) {
  std::int64_t renewed = 0;
  std::string after;
  std::int64_t number = -1;
  while (true) {
    const auto rows = store.query(store::statement(pieces_after, after, number, pieces_at_once));
    if (rows.empty()) return renewed;
    store::Batch batch;
    for (const auto& row : rows) {
      after = row.text(0);
      number = row.integer(1);
      if (vault.isCurrent(row.bytes(2))) continue;
      const auto clear = vault.open(row.bytes(2), pieceContext(after, number));
      if (!clear) throw store::StoreFault("an attachment can't be opened: " + describe(clear.error()));
      batch.statements.push_back(store::statement(
          put_piece, after, number, store::Blob{vault.seal(*clear, pieceContext(after, number))}));
    }
    if (batch.statements.empty()) continue;
    renewed += static_cast<std::int64_t>(batch.statements.size());
    if (!store.commit(batch).done()) throw store::StoreFault("attachments were not sealed anew");
  }
}

}  // namespace jinyue::evidence
