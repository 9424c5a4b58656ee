// One-time codes by time (RFC 6238 over RFC 4226): HMAC-SHA-1, six digits, 30 seconds, as the common
// authenticator programs do it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/time.h"

namespace jinyue::identity {

inline constexpr std::chrono::seconds totp_period{30};

std::int64_t totpStep(Instant now);
std::string totpCode(std::string_view secret, std::int64_t step, int digits = 6);
/// The step that the code belongs to: the present one or one beside it, and later than `used` (RFC 6238 §5.2:
/// a code is taken once).
std::optional<std::int64_t> matchTotp(std::string_view secret, std::string_view code, Instant now,
                                      std::int64_t used);
/// RFC 4648 base 32 without padding.
std::string base32(std::string_view bytes);
/// For the picture that is scanned: otpauth://totp/ISSUER:LOGIN?secret=…&issuer=…
std::string totpUri(std::string_view secret, std::string_view issuer, std::string_view login);

}  // namespace jinyue::identity
