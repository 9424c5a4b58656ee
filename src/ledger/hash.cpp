#include "ledger/hash.h"

#include <cstring>
#include <stdexcept>

#include <openssl/evp.h>

namespace jinyue::ledger {
namespace {

struct FreeDigest {
  void operator()(EVP_MD* digest) const { EVP_MD_free(digest); }
};
struct FreeContext {
  void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};

}  // namespace

Hash Hash::fromBytes(std::string_view raw) {
  if (raw.size() < hash_bytes) throw std::invalid_argument("a hash has 32 bytes");
  Hash hash;
  std::memcpy(hash.bytes.data(), raw.data(), hash_bytes);
  return hash;
}

std::string toHex(const Hash& hash) { return jinyue::toHex(hash.view()); }

std::optional<Hash> hashFromHex(std::string_view hex) {
  if (hex.size() != 2 * hash_bytes) return std::nullopt;
  const auto raw = fromHex(hex);
  return raw ? std::optional(Hash::fromBytes(*raw)) : std::nullopt;
}

/// The algorithm is fetched once and the context used again: fetching and allocating would cost more than
/// hashing.
struct Hasher::Context {
  std::unique_ptr<EVP_MD, FreeDigest> digest;
  std::unique_ptr<EVP_MD_CTX, FreeContext> context;

  Hash hash(std::initializer_list<std::string_view> parts) {
    Hash result;
    unsigned int length = 0;
    bool good = EVP_DigestInit_ex2(context.get(), nullptr, nullptr) == 1;
    for (const std::string_view part : parts) {
      good = good && EVP_DigestUpdate(context.get(), part.data(), part.size()) == 1;
    }
    good = good && EVP_DigestFinal_ex(context.get(), result.bytes.data(), &length) == 1;
    if (!good || length != hash_bytes) throw std::runtime_error("OpenSSL could not compute a hash");
    return result;
  }
};

Hasher::Hasher(HashAlgorithm algorithm) : algorithm_(algorithm), context_(std::make_unique<Context>()) {
  const char* name = algorithm == HashAlgorithm::sm3 ? "SM3" : "SHA2-256";
  context_->digest.reset(EVP_MD_fetch(nullptr, name, nullptr));
  context_->context.reset(EVP_MD_CTX_new());
  if (!context_->digest || !context_->context ||
      EVP_DigestInit_ex2(context_->context.get(), context_->digest.get(), nullptr) != 1) {
    throw std::runtime_error(std::string("OpenSSL has no ") + name);
  }
}
Hasher::Hasher(Hasher&&) noexcept = default;
Hasher& Hasher::operator=(Hasher&&) noexcept = default;
Hasher::~Hasher() = default;

Hash Hasher::plain(std::string_view bytes) { return context_->hash({bytes}); }

Hash Hasher::leaf(std::string_view bytes) { return context_->hash({std::string_view("\0", 1), bytes}); }

Hash Hasher::node(const Hash& left, const Hash& right) {
  std::array<char, 1 + 2 * hash_bytes> bytes;
  bytes[0] = 1;
  std::memcpy(bytes.data() + 1, left.bytes.data(), hash_bytes);
  std::memcpy(bytes.data() + 1 + hash_bytes, right.bytes.data(), hash_bytes);
  return context_->hash({std::string_view(bytes.data(), bytes.size())});
}

}  // namespace jinyue::ledger

namespace jinyue {

bool JsonCodec<ledger::Hash>::read(JsonReader& in, simdjson::ondemand::value json, ledger::Hash& hash) {
  std::string_view text;
  if (!json.get_string().get(text)) {
    if (const auto read = ledger::hashFromHex(text)) {
      hash = *read;
      return true;
    }
  }
  return in.failType("64 位小写十六进制的哈希值", "a hash of 64 lower-case hexadecimal digits");
}

}  // namespace jinyue
