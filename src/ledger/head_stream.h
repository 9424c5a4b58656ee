// The heads of a log in the order of their sizes, those that are not signed as they should be sorted out.
#pragma once

#include <deque>
#include <optional>
#include <vector>

#include "ledger/audit.h"

namespace jinyue::ledger {

class HeadStream {
 public:
  HeadStream(const LogSource& source, const std::vector<Verifier>& keys, std::vector<Finding>& findings);

  /// The largest good head, if there is any.
  const std::optional<Head>& newest() const { return newest_; }
  /// That of the newest head; where none is good, what the newest one says.
  HashAlgorithm algorithm() const { return algorithm_; }
  /// The next good head that was not dropped yet; nullptr after the last.
  const Head* peek();
  void drop() { heads_.pop_front(); }

 private:
  bool isGood(const Head& head);
  void readMore();

  const LogSource& source_;
  const std::vector<Verifier>& keys_;
  std::vector<Finding>& findings_;
  std::optional<Head> newest_;
  HashAlgorithm algorithm_ = HashAlgorithm::sha256;
  std::deque<Head> heads_;
  std::uint64_t from_size_ = 0;
  bool ended_ = false;
};

/// Whether one of the keys signed the head; with no keys, yes.
bool isSigned(const Head& head, const std::vector<Verifier>& keys);

}  // namespace jinyue::ledger
