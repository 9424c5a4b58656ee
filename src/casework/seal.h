// What lies sealed in the store, so that a copy of the database alone tells nothing about a person: the
// states of cases, personal values, and the bodies of the outbox.
#pragma once

#include <string>
#include <string_view>

#include "bpmn/state.h"
#include "ledger/vault.h"
#include "store/store.h"

namespace jinyue::casework {

/// Seals and opens rows. What was written before there was a vault is in the clear and can still be read.
class Seal {
 public:
  /// Without a vault nothing is sealed: for stores that live as long as a scenario.
  Seal() = default;
  /// The vault must outlive it.
  explicit Seal(const ledger::Vault& vault) : vault_(&vault) {}

  void close(store::CaseRow& row, const bpmn::State& state) const;
  void close(store::PersonalRow& row) const;  ///< its value was JSON
  void close(store::OutboxRow& row) const;    ///< its body was JSON

  Result<bpmn::State> open(const store::CaseRow& row) const;
  Result<std::string> open(const store::PersonalRow& row) const;
  Result<std::string> open(const store::OutboxRow& row) const;

  /// Whether these bytes of a row are sealed with the newest key.
  bool isCurrent(std::string_view bytes) const;

 private:
  friend class Resealing;
  std::string seal(std::string_view clear, const std::string& context) const;
  Result<std::string> unseal(std::string_view bytes, const std::string& context) const;

  const ledger::Vault* vault_ = nullptr;
};

/// The vault's context of a row: what was sealed for one does not open in another.
std::string sealContext(const store::CaseRow& row);
std::string sealContext(const store::PersonalRow& row);
std::string sealContext(const store::OutboxRow& row);

}  // namespace jinyue::casework
