// Signer and Verifier over OpenSSL's EVP interface.
#include <stdexcept>

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include "base/text.h"
#include "ledger/bytes.h"
#include "ledger/head.h"
#include "ledger/key_file.h"

namespace jinyue::ledger {
namespace {

/// GB/T 35276 and GM/T 0009: the user id of SM2 signatures when none was agreed on.
constexpr std::string_view sm2_user_id = "1234567812345678";

struct Free {
  void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
  void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
  void operator()(BIO* bio) const { BIO_free_all(bio); }
};
using KeyHandle = std::unique_ptr<EVP_PKEY, Free>;
using DigestContext = std::unique_ptr<EVP_MD_CTX, Free>;
using Bio = std::unique_ptr<BIO, Free>;

[[noreturn]] void fail(const char* what) {
  char reason[256] = "";
  ERR_error_string_n(ERR_get_error(), reason, sizeof reason);
  ERR_clear_error();
  throw std::runtime_error(std::string("OpenSSL could not ") + what + ": " + reason);
}

/// An encrypted PEM file is refused; without this OpenSSL would ask for a pass phrase on the terminal.
int noPassPhrase(char*, int, int, void*) { return 0; }

Bio readerOf(std::string_view text) {
  constexpr std::size_t limit = 65536;
  return Bio(BIO_new_mem_buf(text.data(), static_cast<int>(std::min(text.size(), limit))));
}

std::string contentOf(BIO* bio) {
  char* data = nullptr;
  const long length = BIO_get_mem_data(bio, &data);
  return {data, static_cast<std::size_t>(length)};
}

std::optional<SignatureAlgorithm> algorithmOf(const EVP_PKEY* key) {
  if (EVP_PKEY_is_a(key, "ED25519") == 1) return SignatureAlgorithm::ed25519;
  if (EVP_PKEY_is_a(key, "SM2") == 1) return SignatureAlgorithm::sm2;
  return std::nullopt;
}

std::unexpected<Problem> refuseKey(Text title) {
  ERR_clear_error();
  return refuse(ProblemKind::invalid, "key.unusable", std::move(title));
}

template <class T>
Result<T> at(const std::string& path, Result<T> result) {
  if (!result) result.error().where = path;
  return result;
}

}  // namespace

struct Verifier::Key {
  KeyHandle handle;
  SignatureAlgorithm algorithm;
  std::string id;
  std::string public_pem;

  static std::shared_ptr<const Key> make(KeyHandle handle, SignatureAlgorithm algorithm) {
    unsigned char* der = nullptr;
    const int length = i2d_PUBKEY(handle.get(), &der);
    if (length <= 0) fail("encode a public key");
    Hasher hasher(algorithm == SignatureAlgorithm::sm2 ? HashAlgorithm::sm3 : HashAlgorithm::sha256);
    std::string id =
        toHex(hasher.plain({reinterpret_cast<const char*>(der), static_cast<std::size_t>(length)}));
    OPENSSL_free(der);
    const Bio pem(BIO_new(BIO_s_mem()));
    if (!pem || PEM_write_bio_PUBKEY(pem.get(), handle.get()) != 1) fail("write a public key");
    return std::make_shared<const Key>(
        Key{std::move(handle), algorithm, std::move(id), contentOf(pem.get())});
  }

  /// The user id of SM2 is set after init, not by its parameters: OpenSSL 3.0.19 refuses it there
  /// (openssl/openssl pull request 30131).
  template <class Init>
  DigestContext start(Init init) const {
    DigestContext context(EVP_MD_CTX_new());
    EVP_PKEY_CTX* key_context = nullptr;  // belongs to context
    const bool sm2 = algorithm == SignatureAlgorithm::sm2;
    if (!context || init(context.get(), &key_context, sm2 ? "SM3" : nullptr, nullptr, nullptr, handle.get(),
                         nullptr) != 1) {
      fail("prepare a signature");
    }
    if (sm2 &&
        EVP_PKEY_CTX_set1_id(key_context, sm2_user_id.data(), static_cast<int>(sm2_user_id.size())) != 1) {
      fail("set the user id of a signature");
    }
    return context;
  }
};

Result<Verifier> Verifier::fromPem(std::string_view pem) {
  const Bio bio = readerOf(pem);
  KeyHandle key(PEM_read_bio_PUBKEY(bio.get(), nullptr, noPassPhrase, nullptr));
  if (!key) return refuseKey({"不是 PEM 格式的公钥", "this is no public key in PEM form"});
  const auto algorithm = algorithmOf(key.get());
  if (!algorithm) return refuseKey({"公钥应为 Ed25519 或 SM2", "the public key must be Ed25519 or SM2"});
  return Verifier(Key::make(std::move(key), *algorithm));
}

Result<Verifier> Verifier::load(const std::string& path) {
  const auto pem = readKeyFile(path);
  return pem ? at(path, fromPem(*pem)) : std::unexpected(pem.error());
}

SignatureAlgorithm Verifier::algorithm() const { return key_->algorithm; }
const std::string& Verifier::keyId() const { return key_->id; }
std::string Verifier::publicKeyPem() const { return key_->public_pem; }

bool Verifier::verifyText(std::string_view text, std::string_view signature) const {
  const auto bytes = fromHex(signature);
  if (!bytes) return false;
  const DigestContext context = key_->start(EVP_DigestVerifyInit_ex);
  const bool good =
      EVP_DigestVerify(context.get(), bytesOf(*bytes), bytes->size(), bytesOf(text), text.size()) == 1;
  ERR_clear_error();
  return good;
}

Signer Signer::generate(SignatureAlgorithm algorithm) {
  const bool sm2 = algorithm == SignatureAlgorithm::sm2;
  KeyHandle key(EVP_PKEY_Q_keygen(nullptr, nullptr, sm2 ? "SM2" : "ED25519"));
  if (!key) fail("make a key");
  return Signer(Verifier::Key::make(std::move(key), algorithm));
}

Result<Signer> Signer::fromPem(std::string_view pem) {
  const Bio bio = readerOf(pem);
  KeyHandle key(PEM_read_bio_PrivateKey(bio.get(), nullptr, noPassPhrase, nullptr));
  if (!key)
    return refuseKey({"不是未加密的 PEM 格式私钥", "this is no private key in PEM form without pass phrase"});
  const auto algorithm = algorithmOf(key.get());
  if (!algorithm) return refuseKey({"私钥应为 Ed25519 或 SM2", "the private key must be Ed25519 or SM2"});
  return Signer(Verifier::Key::make(std::move(key), *algorithm));
}

Result<Signer> Signer::load(const std::string& path) {
  auto pem = readSecretFile(path);
  if (!pem) return std::unexpected(std::move(pem).error());
  auto signer = at(path, fromPem(*pem));
  OPENSSL_cleanse(pem->data(), pem->size());
  return signer;
}

Result<void> Signer::save(const std::string& path) const {
  const Bio bio(BIO_new(BIO_s_secmem()));
  if (!bio || PEM_write_bio_PKCS8PrivateKey(bio.get(), key_->handle.get(), nullptr, nullptr, 0, nullptr,
                                            nullptr) != 1) {
    fail("write a private key");
  }
  std::string pem = contentOf(bio.get());
  auto written = writeSecretFile(path, pem);
  OPENSSL_cleanse(pem.data(), pem.size());
  return written;
}

SignatureAlgorithm Signer::algorithm() const { return key_->algorithm; }
const std::string& Signer::keyId() const { return key_->id; }
std::string Signer::publicKeyPem() const { return key_->public_pem; }
Verifier Signer::verifier() const { return Verifier(key_); }

std::string Signer::signText(std::string_view text) const {
  const DigestContext context = key_->start(EVP_DigestSignInit_ex);
  std::string signature(256, '\0');
  std::size_t length = signature.size();
  if (EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(signature.data()), &length,
                     bytesOf(text), text.size()) != 1) {
    fail("sign");
  }
  signature.resize(length);
  return jinyue::toHex(signature);
}

}  // namespace jinyue::ledger
