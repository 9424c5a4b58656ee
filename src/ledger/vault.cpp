#include "ledger/vault.h"

#include <algorithm>
#include <cstdint>
#include <mutex>
#include <optional>
#include <vector>

#include <openssl/crypto.h>

#include "base/json_read.h"
#include "base/json_write.h"
#include "ledger/key_file.h"
#include "ledger/mac.h"

namespace jinyue::ledger {

namespace vault_file {

struct Key {
  std::uint32_t number = 0;  ///< from 1
  CipherAlgorithm algorithm = CipherAlgorithm::aes_256_gcm;
  std::string key;  ///< hexadecimal
};
BOOST_DESCRIBE_STRUCT(Key, (), (number, algorithm, key))

struct Ring {
  std::uint32_t current = 0;  ///< number of the key that seals
  std::vector<Key> keys;
  HashAlgorithm lookup_hash = HashAlgorithm::sha256;
  std::string lookup_key;  ///< hexadecimal
};
BOOST_DESCRIBE_STRUCT(Ring, (), (current, keys, lookup_hash, lookup_key))

}  // namespace vault_file

namespace {

constexpr char sealed_form = 1;
constexpr std::size_t header_bytes = 5;  // form, number of the key

std::string headerOf(std::uint32_t number) {
  return {sealed_form, static_cast<char>(number >> 24U), static_cast<char>(number >> 16U),
          static_cast<char>(number >> 8U), static_cast<char>(number)};
}

/// Of a sealed value; nothing when it is none.
std::optional<std::uint32_t> numberOf(std::string_view sealed) {
  if (sealed.size() < header_bytes || sealed[0] != sealed_form) return std::nullopt;
  std::uint32_t number = 0;
  for (std::size_t i = 1; i < header_bytes; ++i)
    number = number << 8U | static_cast<unsigned char>(sealed[i]);
  return number;
}

void cleanse(std::string& text) { OPENSSL_cleanse(text.data(), text.size()); }

std::unexpected<Problem> refuseRing(const std::string& path, Text detail) {
  return refuse(ProblemKind::invalid, "vault.unusable", {"密钥环文件不可用", "the key ring can't be used"},
                path, std::move(detail));
}

Result<vault_file::Ring> readRing(const std::string& path) {
  auto text = readSecretFile(path);
  if (!text) return std::unexpected(std::move(text).error());
  auto ring = fromJson<vault_file::Ring>(*text);
  cleanse(*text);
  if (!ring) return refuseRing(path, {"不是密钥环", describe(ring.error())});
  return ring;
}

vault_file::Key newKey(std::uint32_t number, CipherAlgorithm algorithm) {
  return {number, algorithm, jinyue::toHex(randomBytes(shapeOf(algorithm).key))};
}

using WriteFn = Result<void> (&)(const std::string& path, std::string_view bytes);

Result<void> writeRing(WriteFn write, const std::string& path, const vault_file::Ring& ring) {
  std::string text = toJson(ring) + '\n';
  auto written = write(path, text);
  cleanse(text);
  return written;
}

}  // namespace

struct Vault::Ring {
  struct Key {
    std::uint32_t number;
    CipherAlgorithm algorithm;
    std::string bytes;
  };
  std::vector<Key> keys;
  std::uint32_t current = 0;
  Mac lookup;

  Ring(HashAlgorithm hash, std::string_view lookup_key) : lookup(hash, lookup_key) {}
  Ring(const Ring&) = delete;
  Ring& operator=(const Ring&) = delete;
  ~Ring() {
    for (Key& key : keys) cleanse(key.bytes);
  }

  const Key* find(std::uint32_t number) const {
    const auto found = std::ranges::find(keys, number, &Key::number);
    return found == keys.end() ? nullptr : &*found;
  }

  static Result<std::shared_ptr<const Ring>> load(const std::string& path) {
    auto file = readRing(path);
    if (!file) return std::unexpected(std::move(file).error());
    auto lookup_key = fromHex(file->lookup_key);
    if (!lookup_key || lookup_key->size() != hash_bytes) {
      return refuseRing(path, {"查找密钥应为 32 字节", "the lookup key has 32 bytes"});
    }
    auto ring = std::make_shared<Ring>(file->lookup_hash, *lookup_key);
    cleanse(*lookup_key);
    cleanse(file->lookup_key);
    for (vault_file::Key& key : file->keys) {
      auto bytes = fromHex(key.key);
      cleanse(key.key);
      if (!bytes || bytes->size() != shapeOf(key.algorithm).key || ring->find(key.number) != nullptr) {
        return refuseRing(path, {"密钥长度不对或编号重复", "a key has the wrong length or its number twice"});
      }
      ring->keys.push_back({key.number, key.algorithm, std::move(*bytes)});
    }
    ring->current = file->current;
    if (ring->find(ring->current) == nullptr) {
      return refuseRing(path, {"没有当前密钥", "the current key is missing"});
    }
    return ring;
  }
};

/// The ring as it was last read, for all copies of a vault.
struct Vault::Shared {
  std::string path;
  RandomFn random;
  std::mutex mutex;
  std::shared_ptr<const Ring> ring;
  std::string unused;  ///< random bytes: asked for by the thousand, since asking costs more than sealing

  std::string nonce(std::size_t count) {
    constexpr std::size_t at_once = 4096;
    const std::lock_guard lock(mutex);
    if (unused.size() < count) unused = random(at_once);
    std::string taken = unused.substr(unused.size() - count);
    unused.resize(unused.size() - count);
    return taken;
  }
  std::shared_ptr<const Ring> get() {
    const std::lock_guard lock(mutex);
    return ring;
  }
  /// The ring with this key, read again when another process may have added it.
  std::shared_ptr<const Ring> with(std::uint32_t number) {
    const std::lock_guard lock(mutex);
    if (ring->find(number) == nullptr) {
      if (auto read = Ring::load(path)) ring = std::move(*read);
    }
    return ring;
  }
};

Result<void> Vault::create(const std::string& path, CipherAlgorithm algorithm) {
  const bool domestic = algorithm == CipherAlgorithm::sm4_ctr_hmac_sm3;
  return writeRing(writeSecretFile, path,
                   {1,
                    {newKey(1, algorithm)},
                    domestic ? HashAlgorithm::sm3 : HashAlgorithm::sha256,
                    jinyue::toHex(randomBytes(hash_bytes))});
}

Result<Vault> Vault::load(const std::string& path, RandomFn random) {
  auto ring = Ring::load(path);
  if (!ring) return std::unexpected(std::move(ring).error());
  auto shared = std::make_shared<Shared>();
  shared->path = path;
  shared->random = std::move(random);
  shared->ring = std::move(*ring);
  return Vault(std::move(shared));
}

Result<void> Vault::addKey(const std::string& path, CipherAlgorithm algorithm) {
  auto ring = readRing(path);
  if (!ring) return std::unexpected(std::move(ring).error());
  std::uint32_t number = 0;
  for (const vault_file::Key& key : ring->keys) number = std::max(number, key.number);
  ring->keys.push_back(newKey(++number, algorithm));
  ring->current = number;
  return writeRing(replaceSecretFile, path, *ring);
}

std::string Vault::seal(std::string_view plain, std::string_view context) const {
  const auto ring = shared_->get();
  const Ring::Key& key = *ring->find(ring->current);
  std::string sealed = headerOf(key.number);
  const std::string nonce = shared_->nonce(shapeOf(key.algorithm).nonce);
  const std::string authenticated = sealed + std::string(context);
  return sealed.append(nonce).append(encrypt(key.algorithm, key.bytes, nonce, authenticated, plain));
}

Result<std::string> Vault::open(std::string_view sealed, std::string_view context) const {
  if (const auto number = numberOf(sealed)) {
    const auto ring = shared_->with(*number);
    if (const Ring::Key* key = ring->find(*number)) {
      const std::size_t nonce = shapeOf(key->algorithm).nonce;
      if (sealed.size() >= header_bytes + nonce) {
        const std::string authenticated = std::string(sealed.substr(0, header_bytes)) + std::string(context);
        auto plain = decrypt(key->algorithm, key->bytes, sealed.substr(header_bytes, nonce), authenticated,
                             sealed.substr(header_bytes + nonce));
        if (plain) return *std::move(plain);
      }
    }
  }
  return refuse(
      ProblemKind::invalid, "vault.not-opened", {"加密的内容无法打开", "the sealed value does not open"},
      std::string(context),
      {"内容被改动、移位，或密钥不在密钥环中", "it was changed or moved, or its key is not in the ring"});
}

bool Vault::isCurrent(std::string_view sealed) const { return numberOf(sealed) == shared_->get()->current; }

std::string Vault::lookup(std::string_view field, std::string_view normalised) const {
  return toHex(shared_->get()->lookup.compute({field, std::string_view("\0", 1), normalised}));
}

}  // namespace jinyue::ledger
