// Passwords: Argon2id (RFC 9106), and the rules that a new one must meet.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <semaphore>
#include <span>
#include <string>
#include <string_view>

#include "base/problem.h"
#include "ledger/random.h"

namespace jinyue::identity {

/// Defaults: OWASP Password Storage Cheat Sheet, "Argon2id m=19456 (19 MiB), t=2, p=1". RFC 9106 §4 asks for
/// 64 MiB, t=3, p=4 where a server can spare it.
struct PasswordCost {
  std::uint32_t memory_kib = 19'456;
  std::uint32_t iterations = 2;
  std::uint32_t lanes = 1;
  int at_once = 2;                        ///< computations at the same time; more wait
  std::chrono::milliseconds wait{2'000};  ///< how long they wait before they are refused as unavailable
};

/// Computes on the thread that asks (one of the server's workers). May be used from many threads at once.
class PasswordHasher {
 public:
  PasswordHasher(const PasswordCost& cost, ledger::RandomFn random);

  /// The encoded form ($argon2id$v=19$m=…), with a salt of 16 bytes. Refused with "password.busy" when too
  /// many others are being computed.
  Result<std::string> hash(std::string_view password);
  /// With an empty encoded form it takes as long and says no: so nobody learns who has an account.
  Result<bool> verify(const std::string& encoded, std::string_view password);
  /// Whether the encoded form was made with another cost.
  bool isOutdated(std::string_view encoded) const;

 private:
  PasswordCost cost_;
  ledger::RandomFn random_;
  std::counting_semaphore<> free_;
  std::string decoy_;
};

/// GB/T 22239-2019 §8.1.4.1 asks for complexity and regular change; the numbers are the city's to set.
struct PasswordPolicy {
  std::size_t min_length = 10;     ///< characters
  std::size_t max_length = 128;    ///< characters
  int min_classes = 3;             ///< of lower case, upper case, digits, others
  std::size_t history = 5;         ///< earlier passwords that may not come back
  std::chrono::days max_age{180};  ///< then it must be changed; 0: never
};

/// Everything that is wrong with a new password, as causes: too short, too few classes, holds the login name,
/// one of the common ones, one character again and again. History is checked where the hashes are.
Result<void> checkPassword(const PasswordPolicy& policy, std::string_view password, std::string_view login);

}  // namespace jinyue::identity
