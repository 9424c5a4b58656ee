// The content of an attachment in the store: pieces of 256 KiB, each sealed for its place.
#pragma once

#include "evidence/attachments.h"

namespace jinyue::evidence {

std::vector<store::Statement> putPieces(const ledger::Vault& vault, std::string_view id,
                                        std::string_view content);
store::Statement dropPieces(std::string_view id);
/// See Attachments::contentOf.
Pieces keptPieces(store::Store& store, const ledger::Vault& vault, const Attachment& attachment);
/// How many were sealed anew.
std::int64_t resealPieces(store::Store& store, const ledger::Vault& vault);

}  // namespace jinyue::evidence
