// Hashes of the log: SHA-256 or SM3 (GB/T 32905), through OpenSSL.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include <boost/describe.hpp>

#include "base/json_read.h"

namespace jinyue::ledger {

enum class HashAlgorithm { sha256, sm3 };
BOOST_DESCRIBE_ENUM(HashAlgorithm, sha256, sm3)

inline constexpr std::size_t hash_bytes = 32;

struct Hash {
  std::array<std::uint8_t, hash_bytes> bytes{};
  bool operator==(const Hash&) const = default;

  std::string_view view() const { return {reinterpret_cast<const char*>(bytes.data()), bytes.size()}; }
  /// The 32 bytes at the start of `raw`, which must have that many.
  static Hash fromBytes(std::string_view raw);
};

/// 64 lower-case hexadecimal digits.
std::string toHex(const Hash& hash);
std::optional<Hash> hashFromHex(std::string_view hex);

/// Computes hashes with one OpenSSL context that it keeps; for one thread at a time.
class Hasher {
 public:
  explicit Hasher(HashAlgorithm algorithm);
  Hasher(Hasher&&) noexcept;
  Hasher& operator=(Hasher&&) noexcept;
  ~Hasher();

  HashAlgorithm algorithm() const { return algorithm_; }
  Hash plain(std::string_view bytes);
  /// RFC 9162 §2.1.1: the hash of 0x00 and the leaf's bytes.
  Hash leaf(std::string_view bytes);
  /// RFC 9162 §2.1.1: the hash of 0x01, the left and the right node.
  Hash node(const Hash& left, const Hash& right);

 private:
  struct Context;
  HashAlgorithm algorithm_;
  std::unique_ptr<Context> context_;
};

}  // namespace jinyue::ledger

namespace jinyue {

/// In JSON a hash is its hexadecimal text.
template <>
struct JsonCodec<ledger::Hash> {
  static void write(std::string& out, const ledger::Hash& hash) { out += '"' + ledger::toHex(hash) + '"'; }
  static bool read(JsonReader& in, simdjson::ondemand::value json, ledger::Hash& hash);
};

}  // namespace jinyue
