// The digest of bytes that come piece by piece.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "ledger/hash.h"

namespace jinyue::evidence {

class RunningDigest {
 public:
  explicit RunningDigest(ledger::HashAlgorithm algorithm);
  ~RunningDigest();
  RunningDigest(const RunningDigest&) = delete;
  RunningDigest& operator=(const RunningDigest&) = delete;

  void add(std::string_view bytes);
  /// Once, at the end; 64 hexadecimal digits.
  std::string hex();

 private:
  struct Context;
  std::unique_ptr<Context> context_;
};

}  // namespace jinyue::evidence
