#include "casework/seal.h"

#include <fmt/format.h>

#include "base/json_read.h"
#include "base/json_write.h"

namespace jinyue::casework {
namespace {

/// JSON in the clear begins with a printable character, what a vault has sealed with its form.
bool isSealed(std::string_view bytes) {
  return !bytes.empty() && static_cast<unsigned char>(bytes[0]) < 0x20;
}

}  // namespace

std::string sealContext(const store::CaseRow& row) { return fmt::format("cases/{}/state", row.id); }
std::string sealContext(const store::PersonalRow& row) {
  return fmt::format("personal/{}/{}", row.case_id, row.digest);
}
std::string sealContext(const store::OutboxRow& row) {
  return fmt::format("outbox/{}/{}", row.id.case_id, row.id.number);
}

std::string Seal::seal(std::string_view clear, const std::string& context) const {
  return vault_ != nullptr ? vault_->seal(clear, context) : std::string{clear};
}

Result<std::string> Seal::unseal(std::string_view bytes, const std::string& context) const {
  if (!isSealed(bytes)) return std::string{bytes};
  if (vault_ != nullptr) return vault_->open(bytes, context);
  return refuse(ProblemKind::unavailable, "seal.no-vault",
                {"没有打开密封数据的密钥环", "there is no key ring to open what is sealed"}, context);
}

void Seal::close(store::CaseRow& row, const bpmn::State& state) const {
  row.state.clear();
  writeJson(row.state, state);
  if (vault_ != nullptr) row.state = vault_->seal(row.state, sealContext(row));
}

void Seal::close(store::PersonalRow& row) const { row.value = seal(row.value, sealContext(row)); }

void Seal::close(store::OutboxRow& row) const { row.body = seal(row.body, sealContext(row)); }

Result<bpmn::State> Seal::open(const store::CaseRow& row) const {
  const auto clear = unseal(row.state, sealContext(row));
  if (!clear) return std::unexpected(clear.error());
  return fromJson<bpmn::State>(*clear);
}

Result<std::string> Seal::open(const store::PersonalRow& row) const {
  return unseal(row.value, sealContext(row));
}

Result<std::string> Seal::open(const store::OutboxRow& row) const {
  return unseal(row.body, sealContext(row));
}

bool Seal::isCurrent(std::string_view bytes) const {
  return vault_ == nullptr || (isSealed(bytes) && vault_->isCurrent(bytes));
}

}  // namespace jinyue::casework
