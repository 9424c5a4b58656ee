// HMAC (RFC 2104) with SHA-256 or SM3.
#pragma once

#include <initializer_list>
#include <memory>
#include <string_view>

#include "ledger/hash.h"

namespace jinyue::ledger {

/// A key that has been taken in. Never changes; may be used from many threads at once.
class Mac {
 public:
  Mac(HashAlgorithm algorithm, std::string_view key);
  /// Of the parts one after the other; where their bounds matter the caller writes them.
  Hash compute(std::initializer_list<std::string_view> parts) const;

 private:
  struct Keyed;
  std::shared_ptr<const Keyed> keyed_;
};

}  // namespace jinyue::ledger
