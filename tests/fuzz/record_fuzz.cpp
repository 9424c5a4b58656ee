// Whatever is read as a record, a head or a proof is written again as the same bytes, and nothing crashes.
#include <cstdlib>

#include "ledger/proof_document.h"
#include "ledger/record.h"

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace jinyue::ledger;
  if (size == 0) return 0;
  const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
  switch (data[0] % 3) {
    case 0:
      if (const auto record = decodeRecord(text)) require(encodeRecord(*record) == text);
      break;
    case 1:
      if (const auto head = decodeHead(text)) {
        require(encodeHead(*head) == text);
        require(!signedText(*head).empty());
      }
      break;
    default:
      if (const auto proof = decodeProof(text)) {
        const std::string json = encodeProof(*proof);
        const auto again = decodeProof(json);
        require(again && encodeProof(*again) == json);
        auditProof(*proof, {});
      }
  }
  return 0;
}
