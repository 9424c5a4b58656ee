#include "ledger/digest.h"

#include <stdexcept>

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/params.h>
#include <openssl/rand.h>

#include "ledger/key_file.h"

namespace jinyue::ledger {
namespace {

struct FreeMac {
  void operator()(EVP_MAC* mac) const { EVP_MAC_free(mac); }
  void operator()(EVP_MAC_CTX* context) const { EVP_MAC_CTX_free(context); }
};
using MacContext = std::unique_ptr<EVP_MAC_CTX, FreeMac>;

[[noreturn]] void fail() { throw std::runtime_error("OpenSSL could not compute an HMAC"); }

}  // namespace

/// A context that has taken the key; each digest starts from a copy of it.
struct PersonalDigester::Key {
  MacContext keyed;
};

PersonalDigester::PersonalDigester(HashAlgorithm algorithm, std::string_view key) {
  if (key.size() != hash_bytes) throw std::invalid_argument("the key of personal digests has 32 bytes");
  const std::unique_ptr<EVP_MAC, FreeMac> mac(EVP_MAC_fetch(nullptr, "HMAC", nullptr));
  if (!mac) fail();
  MacContext context(EVP_MAC_CTX_new(mac.get()));
  std::string digest_name = algorithm == HashAlgorithm::sm3 ? "SM3" : "SHA2-256";
  const OSSL_PARAM parameters[] = {
      OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest_name.data(), 0),
      OSSL_PARAM_construct_end()};
  if (!context || EVP_MAC_init(context.get(), reinterpret_cast<const unsigned char*>(key.data()), key.size(),
                               parameters) != 1) {
    fail();
  }
  key_ = std::make_shared<const Key>(Key{std::move(context)});
}

Result<PersonalDigester> PersonalDigester::load(HashAlgorithm algorithm, const std::string& path) {
  auto key = readSecretFile(path);
  if (!key) return std::unexpected(std::move(key).error());
  if (key->size() != hash_bytes) {
    return refuse(ProblemKind::invalid, "key.wrong-length",
                  {"摘要密钥应为 32 字节", "the key of personal digests has 32 bytes"}, path);
  }
  PersonalDigester digester(algorithm, *key);
  OPENSSL_cleanse(key->data(), key->size());
  return digester;
}

Result<void> PersonalDigester::createKey(const std::string& path) {
  std::string key(hash_bytes, '\0');
  if (RAND_priv_bytes(reinterpret_cast<unsigned char*>(key.data()), static_cast<int>(key.size())) != 1) {
    throw std::runtime_error("OpenSSL has no random numbers");
  }
  auto written = writeSecretFile(path, key);
  OPENSSL_cleanse(key.data(), key.size());
  return written;
}

std::string PersonalDigester::digest(std::int64_t case_id, std::string_view value_json) const {
  const MacContext context(EVP_MAC_CTX_dup(key_->keyed.get()));
  const std::string prefix = std::to_string(case_id) + '\n';
  Hash result;
  std::size_t length = 0;
  if (!context ||
      EVP_MAC_update(context.get(), reinterpret_cast<const unsigned char*>(prefix.data()), prefix.size()) !=
          1 ||
      EVP_MAC_update(context.get(), reinterpret_cast<const unsigned char*>(value_json.data()),
                     value_json.size()) != 1 ||
      EVP_MAC_final(context.get(), result.bytes.data(), &length, result.bytes.size()) != 1 ||
      length != hash_bytes) {
    fail();
  }
  return toHex(result);
}

}  // namespace jinyue::ledger
