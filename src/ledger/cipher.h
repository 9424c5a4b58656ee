// Authenticated encryption over OpenSSL's EVP interface.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <boost/describe.hpp>

namespace jinyue::ledger {

/// How sealed values are encrypted. OpenSSL 3.0 has no SM4-GCM, so SM4 (GB/T 32907) runs in counter mode and
/// HMAC-SM3 over everything that is stored proves it: encrypt, then authenticate.
enum class CipherAlgorithm : std::uint8_t { aes_256_gcm = 1, sm4_ctr_hmac_sm3 = 2 };
BOOST_DESCRIBE_ENUM(CipherAlgorithm, aes_256_gcm, sm4_ctr_hmac_sm3)

struct CipherShape {
  std::size_t key;    ///< bytes: 32, or 16 for SM4 followed by 32 for HMAC
  std::size_t nonce;  ///< bytes
  std::size_t tag;    ///< bytes
};
CipherShape shapeOf(CipherAlgorithm algorithm);

/// Ciphertext and tag. Key and nonce have the lengths of the shape; a nonce is used once with a key.
std::string encrypt(CipherAlgorithm algorithm, std::string_view key, std::string_view nonce,
                    std::string_view authenticated, std::string_view plain);
/// Nothing when tag, nonce, key or the authenticated text is not what it was.
std::optional<std::string> decrypt(CipherAlgorithm algorithm, std::string_view key, std::string_view nonce,
                                   std::string_view authenticated, std::string_view ciphertext_and_tag);

}  // namespace jinyue::ledger
