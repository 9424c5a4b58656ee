// Personal data enters the log only as a keyed digest, so that the value can be erased without breaking a
// proof and can't be guessed from the log.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/problem.h"
#include "ledger/mac.h"

namespace jinyue::ledger {

/// HMAC with SHA-256 or SM3. Never changes; may be used from many threads at once.
class PersonalDigester {
 public:
  /// The key must have 32 bytes; throws std::invalid_argument otherwise.
  PersonalDigester(HashAlgorithm algorithm, std::string_view key);
  /// Reads the key from a file of 32 bytes that others may neither read nor write.
  static Result<PersonalDigester> load(HashAlgorithm algorithm, const std::string& path);
  /// Writes 32 random bytes to a new file with mode 0600; refuses one that exists.
  static Result<void> createKey(const std::string& path);

  /// The digest of a value in a case, 64 hexadecimal digits. The same value in another case has another
  /// digest.
  std::string digest(std::int64_t case_id, std::string_view value_json) const;

 private:
  Mac mac_;
};

}  // namespace jinyue::ledger
