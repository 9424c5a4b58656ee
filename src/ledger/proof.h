// Proofs that a record is in a log, and that one log extends another: RFC 9162 §2.1.3 and §2.1.4.
#pragma once

#include <cstdint>
#include <vector>

#include "ledger/hash.h"
#include "ledger/tree.h"

namespace jinyue::ledger {

/// The root over the first `size` leaves. Throws TileFault.
Hash rootAt(HashAlgorithm algorithm, std::uint64_t size, const TileReader& read);

/// The path from leaf `index` to the root over `size` leaves. Throws std::out_of_range unless index < size,
/// and TileFault.
std::vector<Hash> inclusionProof(HashAlgorithm algorithm, std::uint64_t index, std::uint64_t size,
                                 const TileReader& read);
/// Shows that the tree of `new_size` leaves begins with that of `old_size`. Empty when the sizes are equal or
/// old_size is 0. Throws std::out_of_range unless old_size <= new_size, and TileFault.
std::vector<Hash> consistencyProof(HashAlgorithm algorithm, std::uint64_t old_size, std::uint64_t new_size,
                                   const TileReader& read);

/// Whether the leaf hash is number `index` of the tree with this size and root.
bool verifyInclusion(HashAlgorithm algorithm, const Hash& leaf, std::uint64_t index, std::uint64_t size,
                     const std::vector<Hash>& proof, const Hash& root);
/// Whether the tree with the new root begins with that of the old root.
bool verifyConsistency(HashAlgorithm algorithm, std::uint64_t old_size, const Hash& old_root,
                       std::uint64_t new_size, const Hash& new_root, const std::vector<Hash>& proof);

}  // namespace jinyue::ledger
