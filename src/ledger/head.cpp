#include "ledger/head.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/json_read.h"
#include "base/json_write.h"

namespace jinyue::ledger {
namespace {

bool isLogName(std::string_view name) {
  return !name.empty() && name.size() <= 128 &&
         std::ranges::all_of(name, [](char c) { return c > ' ' && c <= '~'; });
}

}  // namespace

std::string signedText(const Head& head) {
  return fmt::format("jinyue head v1\n{}\n{}\n{}\n{}\n{}\n{}\n", head.log, head.size, toHex(head.root),
                     formatInstant(head.at), boost::describe::enum_to_string(head.hash, "?"), head.key_id);
}

std::string encodeHead(const Head& head) { return toJson(head); }

Result<Head> decodeHead(std::string_view json) {
  auto head = fromJson<Head>(json);
  if (!head) return head;
  if (!isLogName(head->log) || encodeHead(*head) != json) {
    return refuse(ProblemKind::invalid, "head.not-canonical",
                  {"不是规范的日志头", "these are not the canonical bytes of a head"});
  }
  return head;
}

bool Verifier::verify(const Head& head) const {
  return isLogName(head.log) && head.key_id == keyId() && verifyText(signedText(head), head.signature);
}

Head Signer::sign(Head head) const {
  if (!isLogName(head.log)) {
    throw std::invalid_argument("a log's name is 1 to 128 printable ASCII characters with no space");
  }
  head.key_id = keyId();
  head.signature = signText(signedText(head));
  return head;
}

}  // namespace jinyue::ledger
