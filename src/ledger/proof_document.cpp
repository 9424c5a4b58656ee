#include "ledger/proof_document.h"

#include "base/json_read.h"
#include "base/json_write.h"
#include "ledger/finding_text.h"
#include "ledger/head_stream.h"
#include "ledger/proof.h"
#include "ledger/record.h"

namespace jinyue::ledger {

ProofDocument makeProof(std::string record, std::uint64_t index, const Head& head, const TileReader& read) {
  return {std::move(record), index, inclusionProof(head.hash, index, head.size, read), head};
}

std::string encodeProof(const ProofDocument& document) { return toJson(document); }

Result<ProofDocument> decodeProof(std::string_view json) { return fromJson<ProofDocument>(json); }

std::vector<Finding> auditProof(const ProofDocument& document, const std::vector<Verifier>& keys) {
  std::vector<Finding> findings;
  const Head& head = document.head;
  if (!isSigned(head, keys)) findings.push_back(finding_text::badSignature(head));
  Finding finding;
  finding.first = finding.last = document.index;
  const auto record = decodeRecord(document.record);
  if (record) {
    finding.case_id = record->case_id;
    finding.position = record->position;
  }
  const Hash leaf = Hasher(head.hash).leaf(document.record);
  if (!verifyInclusion(head.hash, leaf, document.index, head.size, document.proof, head.root)) {
    finding.kind = FindingKind::not_extended;
    finding_text::describeRecords(
        finding, {"由记录和证明算不出日志头的根", "record and proof don't lead to the root of the head"});
    findings.push_back(std::move(finding));
  } else if (!record) {
    finding.kind = FindingKind::malformed;
    finding_text::describeRecords(finding);
    findings.push_back(std::move(finding));
  }
  return findings;
}

}  // namespace jinyue::ledger
