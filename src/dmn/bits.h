// Sets of small numbers (rules of a table, pieces of an input's domain) as words of 64 bits.
#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

namespace jinyue::dmn {

class Bits {
 public:
  Bits() = default;
  explicit Bits(std::size_t size, bool value = false)
      : words_((size + 63) / 64, value ? ~0ULL : 0), size_(size) {
    if (value && size % 64 != 0) words_.back() = (1ULL << size % 64) - 1;
  }

  std::size_t size() const { return size_; }
  const std::vector<std::uint64_t>& words() const { return words_; }
  void set(std::size_t at) { words_[at / 64] |= 1ULL << at % 64; }
  void clear(std::size_t at) { words_[at / 64] &= ~(1ULL << at % 64); }
  bool test(std::size_t at) const { return (words_[at / 64] >> at % 64 & 1) != 0; }
  bool none() const {
    return std::ranges::all_of(words_, [](std::uint64_t word) { return word == 0; });
  }
  std::size_t count() const {
    std::size_t sum = 0;
    for (const auto word : words_) sum += static_cast<std::size_t>(std::popcount(word));
    return sum;
  }
  Bits& operator&=(const Bits& other) {
    for (std::size_t i = 0; i < words_.size(); ++i) words_[i] &= other.words_[i];
    return *this;
  }
  Bits& operator|=(const Bits& other) {
    for (std::size_t i = 0; i < words_.size(); ++i) words_[i] |= other.words_[i];
    return *this;
  }
  /// Removes the members of the other set.
  Bits& operator-=(const Bits& other) {
    for (std::size_t i = 0; i < words_.size(); ++i) words_[i] &= ~other.words_[i];
    return *this;
  }
  friend Bits operator&(Bits a, const Bits& b) { return a &= b; }
  friend Bits operator|(Bits a, const Bits& b) { return a |= b; }
  friend Bits operator-(Bits a, const Bits& b) { return a -= b; }
  bool intersects(const Bits& other) const {
    for (std::size_t i = 0; i < words_.size(); ++i) {
      if ((words_[i] & other.words_[i]) != 0) return true;
    }
    return false;
  }
  bool isSubsetOf(const Bits& other) const {
    for (std::size_t i = 0; i < words_.size(); ++i) {
      if ((words_[i] & ~other.words_[i]) != 0) return false;
    }
    return true;
  }
  bool operator==(const Bits&) const = default;

  template <class Visit>
  void forEach(Visit&& visit) const {
    for (std::size_t i = 0; i < words_.size(); ++i) {
      for (auto word = words_[i]; word != 0; word &= word - 1) {
        visit(i * 64 + static_cast<std::size_t>(std::countr_zero(word)));
      }
    }
  }
  std::size_t hash() const {
    std::uint64_t sum = 0x9E3779B97F4A7C15ULL;
    for (const auto word : words_) {
      sum = (sum ^ word) * 0xFF51AFD7ED558CCDULL;
      sum ^= sum >> 32;
    }
    return static_cast<std::size_t>(sum);
  }

 private:
  std::vector<std::uint64_t> words_;
  std::size_t size_ = 0;
};

struct BitsHash {
  std::size_t operator()(const Bits& bits) const { return bits.hash(); }
};

}  // namespace jinyue::dmn
