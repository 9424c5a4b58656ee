#include "ledger/mac.h"

#include <stdexcept>
#include <string>

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/params.h>

#include "ledger/bytes.h"

namespace jinyue::ledger {
namespace {

struct FreeMac {
  void operator()(EVP_MAC* mac) const { EVP_MAC_free(mac); }
  void operator()(EVP_MAC_CTX* context) const { EVP_MAC_CTX_free(context); }
};
using MacContext = std::unique_ptr<EVP_MAC_CTX, FreeMac>;

[[noreturn]] void fail() { throw std::runtime_error("OpenSSL could not compute an HMAC"); }

}  // namespace

/// A context that has taken the key; each computation starts from a copy of it.
struct Mac::Keyed {
  MacContext context;
};

Mac::Mac(HashAlgorithm algorithm, std::string_view key) {
  const std::unique_ptr<EVP_MAC, FreeMac> mac(EVP_MAC_fetch(nullptr, "HMAC", nullptr));
  if (!mac) fail();
  MacContext context(EVP_MAC_CTX_new(mac.get()));
  std::string digest_name = algorithm == HashAlgorithm::sm3 ? "SM3" : "SHA2-256";
  const OSSL_PARAM parameters[] = {
      OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest_name.data(), 0),
      OSSL_PARAM_construct_end()};
  if (!context || EVP_MAC_init(context.get(), bytesOf(key), key.size(), parameters) != 1) fail();
  keyed_ = std::make_shared<const Keyed>(Keyed{std::move(context)});
}

Hash Mac::compute(std::initializer_list<std::string_view> parts) const {
  const MacContext context(EVP_MAC_CTX_dup(keyed_->context.get()));
  bool good = context != nullptr;
  for (const std::string_view part : parts) {
    good = good && EVP_MAC_update(context.get(), bytesOf(part), part.size()) == 1;
  }
  Hash result;
  std::size_t length = 0;
  good = good && EVP_MAC_final(context.get(), result.bytes.data(), &length, result.bytes.size()) == 1;
  if (!good || length != hash_bytes) fail();
  return result;
}

}  // namespace jinyue::ledger
