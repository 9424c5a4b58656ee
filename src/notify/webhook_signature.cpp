#include "notify/webhook_signature.h"

#include <fmt/format.h>

#include "ledger/mac.h"
#include "notify/base64.h"

namespace jinyue::notify {
namespace {

constexpr std::string_view secret_prefix = "whsec_";

}  // namespace

Result<SignWebhook> hmacWebhooks(std::string_view secret) {
  secret = trimmed(secret);
  const auto key =
      secret.starts_with(secret_prefix) ? fromBase64(secret.substr(secret_prefix.size())) : std::nullopt;
  if (!key || key->size() < 24 || key->size() > 64) {
    return refuse(
        ProblemKind::invalid, "webhook.secret",
        {"签名密钥应为“whsec_”加 24 至 64 字节的 Base64", "a secret is whsec_ and base64 of 24 to 64 bytes"});
  }
  return [mac = ledger::Mac(ledger::HashAlgorithm::sha256, *key)](std::string_view id, std::int64_t timestamp,
                                                                  std::string_view body) {
    const ledger::Hash hash = mac.compute({id, ".", std::to_string(timestamp), ".", body});
    return "v1," + toBase64(hash.view());
  };
}

Result<SignWebhook> ed25519Webhooks(const ledger::Signer& signer) {
  if (signer.algorithm() != ledger::SignatureAlgorithm::ed25519)
    return refuse(ProblemKind::invalid, "webhook.key", {"签名密钥应为 Ed25519", "the key must be Ed25519"});
  return [signer](std::string_view id, std::int64_t timestamp, std::string_view body) {
    return "v1a," + toBase64(*fromHex(signer.signText(fmt::format("{}.{}.{}", id, timestamp, body))));
  };
}

std::vector<std::string> webhookHeaders(const SignWebhook& sign, std::string_view id, Instant now,
                                        std::string_view body) {
  const auto timestamp = std::chrono::floor<std::chrono::seconds>(now).time_since_epoch().count();
  return {fmt::format("webhook-id: {}", id), fmt::format("webhook-timestamp: {}", timestamp),
          fmt::format("webhook-signature: {}", sign(id, timestamp, body))};
}

}  // namespace jinyue::notify
