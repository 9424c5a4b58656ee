#include "ledger/cipher.h"

#include <memory>
#include <stdexcept>

#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>

#include "ledger/bytes.h"
#include "ledger/mac.h"

namespace jinyue::ledger {
namespace {

struct Free {
  void operator()(EVP_CIPHER_CTX* context) const { EVP_CIPHER_CTX_free(context); }
};
using Context = std::unique_ptr<EVP_CIPHER_CTX, Free>;

constexpr std::size_t gcm_tag = 16;
constexpr std::size_t sm4_key = 16;

[[noreturn]] void fail() {
  ERR_clear_error();
  throw std::runtime_error("OpenSSL could not encrypt");
}

/// The rest of a message always fits an int: values are fields of a form, not files.
int lengthOf(std::string_view text) {
  if (text.size() > 1 << 30) throw std::invalid_argument("too long to be sealed");
  return static_cast<int>(text.size());
}

Context start(const EVP_CIPHER* cipher, std::string_view key, std::string_view nonce, bool sealing) {
  Context context(EVP_CIPHER_CTX_new());
  if (!context || EVP_CipherInit_ex2(context.get(), cipher, bytesOf(key), bytesOf(nonce), sealing ? 1 : 0,
                                     nullptr) != 1) {
    fail();
  }
  return context;
}

std::string transform(EVP_CIPHER_CTX* context, std::string_view in) {
  std::string out(in.size(), '\0');
  int length = 0;
  if (EVP_CipherUpdate(context, bytesOf(out), &length, bytesOf(in), lengthOf(in)) != 1) fail();
  return out;
}

void authenticate(EVP_CIPHER_CTX* context, std::string_view text) {
  int length = 0;
  if (EVP_CipherUpdate(context, nullptr, &length, bytesOf(text), lengthOf(text)) != 1) fail();
}

std::string aesGcmSeal(std::string_view key, std::string_view nonce, std::string_view authenticated,
                       std::string_view plain) {
  const Context context = start(EVP_aes_256_gcm(), key, nonce, true);
  authenticate(context.get(), authenticated);
  std::string out = transform(context.get(), plain);
  unsigned char nothing[16];
  int length = 0;
  std::string tag(gcm_tag, '\0');
  if (EVP_CipherFinal_ex(context.get(), nothing, &length) != 1 ||
      EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_GET_TAG, gcm_tag, tag.data()) != 1) {
    fail();
  }
  return out += tag;
}

std::optional<std::string> aesGcmOpen(std::string_view key, std::string_view nonce,
                                      std::string_view authenticated, std::string_view ciphertext,
                                      std::string_view tag) {
  const Context context = start(EVP_aes_256_gcm(), key, nonce, false);
  authenticate(context.get(), authenticated);
  std::string out = transform(context.get(), ciphertext);
  std::string wanted(tag);
  unsigned char nothing[16];
  int length = 0;
  if (EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_SET_TAG, gcm_tag, wanted.data()) != 1) fail();
  if (EVP_CipherFinal_ex(context.get(), nothing, &length) != 1) {
    ERR_clear_error();
    OPENSSL_cleanse(out.data(), out.size());
    return std::nullopt;
  }
  return out;
}

Hash sm3Tag(std::string_view key, std::string_view nonce, std::string_view authenticated,
            std::string_view ciphertext) {
  // The lengths come first, so that no other split of the same bytes has this tag.
  const std::string lengths =
      std::to_string(authenticated.size()) + '\n' + std::to_string(ciphertext.size()) + '\n';
  return Mac(HashAlgorithm::sm3, key.substr(sm4_key)).compute({lengths, nonce, authenticated, ciphertext});
}

}  // namespace

CipherShape shapeOf(CipherAlgorithm algorithm) {
  return algorithm == CipherAlgorithm::aes_256_gcm ? CipherShape{32, 12, gcm_tag}
                                                   : CipherShape{sm4_key + hash_bytes, 16, hash_bytes};
}

std::string encrypt(CipherAlgorithm algorithm, std::string_view key, std::string_view nonce,
                    std::string_view authenticated, std::string_view plain) {
  const CipherShape shape = shapeOf(algorithm);
  if (key.size() != shape.key || nonce.size() != shape.nonce) {
    throw std::invalid_argument("a key or nonce of the wrong length");
  }
  if (algorithm == CipherAlgorithm::aes_256_gcm) return aesGcmSeal(key, nonce, authenticated, plain);
  std::string out = transform(start(EVP_sm4_ctr(), key.substr(0, sm4_key), nonce, true).get(), plain);
  const Hash tag = sm3Tag(key, nonce, authenticated, out);
  return out.append(tag.view());
}

std::optional<std::string> decrypt(CipherAlgorithm algorithm, std::string_view key, std::string_view nonce,
                                   std::string_view authenticated, std::string_view ciphertext_and_tag) {
  const CipherShape shape = shapeOf(algorithm);
  if (key.size() != shape.key || nonce.size() != shape.nonce || ciphertext_and_tag.size() < shape.tag) {
    return std::nullopt;
  }
  const std::string_view ciphertext = ciphertext_and_tag.substr(0, ciphertext_and_tag.size() - shape.tag);
  const std::string_view tag = ciphertext_and_tag.substr(ciphertext.size());
  if (algorithm == CipherAlgorithm::aes_256_gcm) {
    return aesGcmOpen(key, nonce, authenticated, ciphertext, tag);
  }
  const Hash wanted = sm3Tag(key, nonce, authenticated, ciphertext);
  if (CRYPTO_memcmp(wanted.bytes.data(), tag.data(), tag.size()) != 0) return std::nullopt;
  return transform(start(EVP_sm4_ctr(), key.substr(0, sm4_key), nonce, false).get(), ciphertext);
}

}  // namespace jinyue::ledger
