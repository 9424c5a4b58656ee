#include "ledger/proof_document.h"

#include <gtest/gtest.h>

#include "ledger/log_copy.h"

namespace jinyue::ledger {
namespace {

class Proofs : public testing::TestWithParam<HashAlgorithm> {
 protected:
  std::mt19937_64 random_{11};
  Signer signer_ = Signer::generate(SignatureAlgorithm::ed25519);
  std::vector<Verifier> keys_{signer_.verifier()};
  LogCopy log_ = LogCopy::make(random_, 300, signer_, GetParam());
  ProofDocument proofOf(std::uint64_t index) {
    return makeProof(log_.rows[index].record, index, *log_.head, log_.tiles.reader());
  }
};
INSTANTIATE_TEST_SUITE_P(Ledger, Proofs, testing::Values(HashAlgorithm::sha256, HashAlgorithm::sm3));

TEST_P(Proofs, EveryRecordIsProvedOffline) {
  for (std::uint64_t index = 0; index < log_.rows.size(); ++index) {
    const auto read = decodeProof(encodeProof(proofOf(index)));
    ASSERT_TRUE(read) << describe(read.error());
    EXPECT_TRUE(auditProof(*read, keys_).empty());
  }
  EXPECT_THROW(makeProof("{}", 300, *log_.head, log_.tiles.reader()), std::out_of_range);
}

TEST_P(Proofs, WhateverIsChangedIsFound) {
  const auto kinds = [&](auto change) {
    ProofDocument document = proofOf(17);
    change(document);
    std::vector<FindingKind> found;
    for (const Finding& finding : auditProof(document, keys_)) found.push_back(finding.kind);
    return found;
  };
  using enum FindingKind;
  const std::vector none{not_extended};
  EXPECT_EQ(kinds([](ProofDocument& d) { d.record[10] ^= 1; }), none);
  EXPECT_EQ(kinds([](ProofDocument& d) { d.index = 18; }), none);
  EXPECT_EQ(kinds([](ProofDocument& d) { d.index = 300; }), none);
  EXPECT_EQ(kinds([](ProofDocument& d) { d.proof[0].bytes[0] ^= 1; }), none);
  EXPECT_EQ(kinds([](ProofDocument& d) { d.proof.pop_back(); }), none);
  EXPECT_EQ(kinds([](ProofDocument& d) { d.head.at += Millis{1}; }), std::vector{bad_signature});
  EXPECT_EQ(kinds([](ProofDocument& d) { d.head.root.bytes[0] ^= 1; }),
            (std::vector{bad_signature, not_extended}));
  keys_ = {Signer::generate(SignatureAlgorithm::sm2).verifier()};
  EXPECT_EQ(kinds([](ProofDocument&) {}), std::vector{bad_signature});
  keys_.clear();
  EXPECT_EQ(kinds([](ProofDocument&) {}), std::vector<FindingKind>{});
}

}  // namespace
}  // namespace jinyue::ledger
