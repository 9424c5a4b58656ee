// Signatures of webhooks as the specification "Standard Webhooks" 1.0 has them (standardwebhooks.com), for
// which there are libraries in the usual languages. Signed is "id.timestamp.body":
//
//   webhook-id: 32 hexadecimal digits, the same at each attempt
//   webhook-timestamp: seconds since 1970, of the attempt
//   webhook-signature: v1,<base64 of HMAC-SHA256>  or  v1a,<base64 of Ed25519>
//
// A receiver refuses a timestamp more than five minutes away from its own clock, and drops an id that it has
// seen: within the window a repeated request is a double, after it the timestamp is too old.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/problem.h"
#include "base/time.h"
#include "ledger/head.h"

namespace jinyue::notify {

inline constexpr std::chrono::minutes replay_window{5};

/// What webhook-signature says, from id, timestamp in seconds and body.
using SignWebhook =
    std::function<std::string(std::string_view id, std::int64_t timestamp, std::string_view body)>;

/// secret: "whsec_" and base64 of 24 to 64 bytes.
Result<SignWebhook> hmacWebhooks(std::string_view secret);
/// With a private key (Ed25519) whose public half the receiver has.
Result<SignWebhook> ed25519Webhooks(const ledger::Signer& signer);

/// The headers of one request.
std::vector<std::string> webhookHeaders(const SignWebhook& sign, std::string_view id, Instant now,
                                        std::string_view body);

}  // namespace jinyue::notify
