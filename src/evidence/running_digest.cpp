#include "evidence/running_digest.h"

#include <stdexcept>

#include <openssl/evp.h>

namespace jinyue::evidence {
namespace {

void need(int good) {
  if (good != 1) throw std::runtime_error("OpenSSL could not compute a digest");
}

}  // namespace

struct RunningDigest::Context {
  EVP_MD_CTX* digest = EVP_MD_CTX_new();
  Context() = default;
  Context(const Context&) = delete;
  Context& operator=(const Context&) = delete;
  ~Context() { EVP_MD_CTX_free(digest); }
};

RunningDigest::RunningDigest(ledger::HashAlgorithm algorithm) : context_(std::make_unique<Context>()) {
  const EVP_MD* kind = algorithm == ledger::HashAlgorithm::sm3 ? EVP_sm3() : EVP_sha256();
  need(EVP_DigestInit_ex(context_->digest, kind, nullptr));
}

RunningDigest::~RunningDigest() = default;

void RunningDigest::add(std::string_view bytes) {
  need(EVP_DigestUpdate(context_->digest, bytes.data(), bytes.size()));
}

std::string RunningDigest::hex() {
  ledger::Hash hash;
  unsigned int length = 0;
  need(EVP_DigestFinal_ex(context_->digest, hash.bytes.data(), &length));
  return ledger::toHex(hash);
}

}  // namespace jinyue::evidence
