#include "identity/totp.h"

#include <array>
#include <stdexcept>

#include <fmt/format.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>

#include "identity/percent.h"

namespace jinyue::identity {
namespace {

constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

}  // namespace

std::int64_t totpStep(Instant now) {
  return std::chrono::floor<std::chrono::seconds>(now).time_since_epoch() / totp_period;
}

std::string totpCode(std::string_view secret, std::int64_t step, int digits) {
  std::array<unsigned char, 8> counter{};
  for (std::size_t i = 0; i < 8; ++i) {
    counter[7 - i] = static_cast<unsigned char>(static_cast<std::uint64_t>(step) >> (8 * i));
  }
  std::array<unsigned char, EVP_MAX_MD_SIZE> hash{};
  std::size_t length = 0;
  if (EVP_Q_mac(nullptr, "HMAC", nullptr, "SHA1", nullptr, secret.data(), secret.size(), counter.data(),
                counter.size(), hash.data(), hash.size(), &length) == nullptr) {
    throw std::runtime_error("OpenSSL could not compute an HMAC");
  }
  const std::size_t offset = hash[length - 1] & 0x0FU;
  const std::uint32_t number = (static_cast<std::uint32_t>(hash[offset] & 0x7FU) << 24U) |
                               (static_cast<std::uint32_t>(hash[offset + 1]) << 16U) |
                               (static_cast<std::uint32_t>(hash[offset + 2]) << 8U) | hash[offset + 3];
  std::uint32_t modulus = 1;
  for (int i = 0; i < digits; ++i) modulus *= 10;
  return fmt::format("{:0{}}", number % modulus, digits);
}

std::optional<std::int64_t> matchTotp(std::string_view secret, std::string_view code, Instant now,
                                      std::int64_t used) {
  const std::int64_t present = totpStep(now);
  for (const std::int64_t step : {present, present - 1, present + 1}) {
    const std::string wanted = totpCode(secret, step);
    if (step > used && code.size() == wanted.size() &&
        CRYPTO_memcmp(code.data(), wanted.data(), wanted.size()) == 0) {
      return step;
    }
  }
  return std::nullopt;
}

std::string base32(std::string_view bytes) {
  std::string out;
  std::uint32_t buffer = 0;
  unsigned bits = 0;
  for (const char byte : bytes) {
    buffer = (buffer << 8U) | static_cast<unsigned char>(byte);
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      out += alphabet[(buffer >> bits) & 31U];
    }
  }
  if (bits > 0) out += alphabet[(buffer << (5 - bits)) & 31U];
  return out;
}

std::string totpUri(std::string_view secret, std::string_view issuer, std::string_view login) {
  return fmt::format("otpauth://totp/{}:{}?secret={}&issuer={}", percentEncoded(issuer),
                     percentEncoded(login), base32(secret), percentEncoded(issuer));
}

}  // namespace jinyue::identity
