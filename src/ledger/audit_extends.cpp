#include "ledger/audit.h"
#include "ledger/finding_text.h"
#include "ledger/head_stream.h"
#include "ledger/proof.h"

namespace jinyue::ledger {

std::vector<Finding> auditExtends(const Head& earlier, const std::vector<Head>& earlier_heads,
                                  const LogSource& source, const AuditOptions& options) {
  std::vector<Finding> findings;
  const auto newest = source.head();
  if (!isSigned(earlier, options.keys)) findings.push_back(finding_text::badSignature(earlier));
  if (!newest || !isSigned(*newest, options.keys)) {
    findings.push_back(finding_text::badSignature(newest.value_or(Head{})));
  } else if (newest->log != earlier.log || newest->hash != earlier.hash) {
    findings.push_back(finding_text::otherLog(earlier, *newest));
  } else if (newest->size < earlier.size) {
    Finding finding;
    finding.kind = FindingKind::log_shortened;
    finding.first = newest->size;
    finding.last = earlier.size - 1;
    finding_text::describeRecords(finding, {"较早的日志头已包含", "an earlier head has them"});
    findings.push_back(std::move(finding));
  }
  if (!findings.empty()) return findings;

  const auto extends = [&](const Head& head) {
    try {
      return verifyConsistency(head.hash, head.size, head.root, newest->size, newest->root,
                               consistencyProof(head.hash, head.size, newest->size, source.tiles));
    } catch (const TileFault&) {
      return false;
    }
  };
  if (extends(earlier)) return findings;
  Finding finding;
  finding.kind = FindingKind::not_extended;
  finding.last = earlier.size - 1;
  finding.somewhere = true;
  for (const Head& head : earlier_heads) {
    if (head.size >= earlier.size || head.log != earlier.log || !isSigned(head, options.keys)) continue;
    if (!extends(head)) {
      finding.last = head.size - 1;
      break;
    }
    finding.first = head.size;
  }
  finding_text::describeRecords(finding,
                                {"与较早的日志不是同一历史", "this is not the history of the earlier log"});
  findings.push_back(std::move(finding));
  return findings;
}

}  // namespace jinyue::ledger
