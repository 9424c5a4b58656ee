// Personal data at rest: sealed values, and keyed hashes to find them by. The keys lie in a file outside the
// database (a key ring, mode 0600); a copy of the database alone tells nothing.
//
// Rotation: addKey gives the ring a new current key; what was sealed before can still be opened, and is
// sealed again when it is next written (isCurrent says whether it need be). A running server takes the new
// ring in when it meets a key that it does not know. With several nodes the ring is copied to all of them
// first.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/problem.h"
#include "ledger/cipher.h"
#include "ledger/random.h"

namespace jinyue::ledger {

/// May be used from many threads at once.
class Vault {
 public:
  /// Writes a new key ring with one key and a key for lookups; refuses a file that exists.
  static Result<void> create(const std::string& path,
                             CipherAlgorithm algorithm = CipherAlgorithm::aes_256_gcm);
  /// Refuses a file that others may read.
  static Result<Vault> load(const std::string& path, RandomFn random = randomBytes);
  /// Adds a key that is the current one from now on; the file is replaced as a whole. The lookup key stays:
  /// everything is found by it.
  static Result<void> addKey(const std::string& path,
                             CipherAlgorithm algorithm = CipherAlgorithm::aes_256_gcm);

  /// Bytes: form, key number, nonce, ciphertext, tag. The context says whose value of which field this is
  /// ("account/17/phone"); a value that was moved to another place does not open. AES-256-GCM draws its nonce
  /// of 96 bits at random, so one key may seal 2^32 values (NIST SP 800-38D §8.3).
  std::string seal(std::string_view plain, std::string_view context) const;
  /// Refuses (vault.not-opened) what was changed, moved, or sealed with a key that the ring does not have.
  Result<std::string> open(std::string_view sealed, std::string_view context) const;
  /// Whether it was sealed with the current key.
  bool isCurrent(std::string_view sealed) const;
  /// Keyed hash of a value, 64 hexadecimal digits: HMAC with SHA-256, or SM3 in a ring that was created for
  /// SM4. `normalised` is the one way to write the value. The same value of another field has another hash.
  std::string lookup(std::string_view field, std::string_view normalised) const;

 private:
  struct Ring;
  struct Shared;
  explicit Vault(std::shared_ptr<Shared> shared) : shared_(std::move(shared)) {}
  std::shared_ptr<Shared> shared_;
};

}  // namespace jinyue::ledger
