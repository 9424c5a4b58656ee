// RFC 9162 §2.1.1, §2.1.3.1 and §2.1.4.1 written down as the RFC defines them, with no tiles; remembers
// subtrees.
#pragma once

#include <bit>
#include <map>
#include <utility>
#include <vector>

#include "ledger/hash.h"

namespace jinyue::ledger {

class ReferenceTree {
 public:
  explicit ReferenceTree(HashAlgorithm algorithm) : hasher_(algorithm) {}

  void append(std::string_view leaf) {
    leaves_.push_back(hasher_.plain(std::string("\0", 1) + std::string(leaf)));
  }
  std::uint64_t size() const { return leaves_.size(); }
  const Hash& leaf(std::uint64_t index) const { return leaves_[index]; }

  Hash root(std::uint64_t size) { return hash(0, size); }
  std::vector<Hash> path(std::uint64_t index, std::uint64_t size) { return path(index, 0, size); }
  std::vector<Hash> proof(std::uint64_t old_size, std::uint64_t size) {
    return old_size == 0 ? std::vector<Hash>{} : subproof(old_size, 0, size, true);
  }

 private:
  Hash hash(std::uint64_t begin, std::uint64_t end) {
    if (begin == end) return hasher_.plain({});
    if (end - begin == 1) return leaves_[begin];
    if (const auto known = known_.find({begin, end}); known != known_.end()) return known->second;
    const std::uint64_t k = std::bit_ceil(end - begin) / 2;
    const Hash left = hash(begin, begin + k);
    const Hash right = hash(begin + k, end);
    return known_[{begin, end}] =
               hasher_.plain(std::string("\1", 1) + std::string(left.view()) + std::string(right.view()));
  }
  std::vector<Hash> path(std::uint64_t m, std::uint64_t begin, std::uint64_t end) {
    if (end - begin == 1) return {};
    const std::uint64_t k = std::bit_ceil(end - begin) / 2;
    std::vector<Hash> result = m < k ? path(m, begin, begin + k) : path(m - k, begin + k, end);
    result.push_back(m < k ? hash(begin + k, end) : hash(begin, begin + k));
    return result;
  }
  std::vector<Hash> subproof(std::uint64_t m, std::uint64_t begin, std::uint64_t end, bool known) {
    if (m == end - begin) return known ? std::vector<Hash>{} : std::vector<Hash>{hash(begin, end)};
    const std::uint64_t k = std::bit_ceil(end - begin) / 2;
    std::vector<Hash> result =
        m <= k ? subproof(m, begin, begin + k, known) : subproof(m - k, begin + k, end, false);
    result.push_back(m <= k ? hash(begin + k, end) : hash(begin, begin + k));
    return result;
  }

  Hasher hasher_;
  std::vector<Hash> leaves_;
  std::map<std::pair<std::uint64_t, std::uint64_t>, Hash> known_;
};

}  // namespace jinyue::ledger
