// One record with everything that proves it is in the log, as one JSON document that is checked offline.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <boost/describe.hpp>

#include "base/problem.h"
#include "ledger/finding.h"
#include "ledger/head.h"
#include "ledger/tile.h"

namespace jinyue::ledger {

struct ProofDocument {
  std::string record;       ///< the bytes of the leaf
  std::uint64_t index = 0;  ///< number in the log, from 0
  std::vector<Hash> proof;  ///< RFC 9162 §2.1.3, for the size of the head
  Head head;
};
BOOST_DESCRIBE_STRUCT(ProofDocument, (), (record, index, proof, head))

/// Throws std::out_of_range when the head does not cover the record, and TileFault.
ProofDocument makeProof(std::string record, std::uint64_t index, const Head& head, const TileReader& read);

std::string encodeProof(const ProofDocument& document);
Result<ProofDocument> decodeProof(std::string_view json);

/// Checks the record, the proof and the signature; with no keys, not the signature.
std::vector<Finding> auditProof(const ProofDocument& document, const std::vector<Verifier>& keys);

}  // namespace jinyue::ledger
