#include "cli/serve_config.h"

#include <filesystem>

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include "base/json_read.h"
#include "base/text.h"
#include "http/networks.h"
#include "ledger/key_file.h"

namespace jinyue::cli {
namespace {

Problem wrong(std::string where, Text title) {
  return {ProblemKind::invalid, "config.value", std::move(title), std::move(where), {}, {}};
}

void checkProviders(const ServeConfig& config, std::vector<Problem>& causes) {
  for (std::size_t i = 0; i < config.identity_providers.size(); ++i) {
    const identity::OidcProvider& provider = config.identity_providers[i];
    const std::string where = fmt::format("/identity_providers/{}/", i);
    for (const auto& [name, value] : {std::pair{"id", &provider.id},
                                      {"issuer", &provider.issuer},
                                      {"authorization_endpoint", &provider.authorization_endpoint},
                                      {"token_endpoint", &provider.token_endpoint},
                                      {"jwks_uri", &provider.jwks_uri},
                                      {"client_id", &provider.client_id},
                                      {"redirect_uri", &provider.redirect_uri}}) {
      if (value->empty()) causes.push_back(wrong(where + name, {"缺少这个字段", "this member is missing"}));
    }
    if (!provider.client_secret.empty()) {
      causes.push_back(
          wrong(where + "client_secret", {"密钥放在 identity_secrets 目录的文件里",
                                          "secrets stand in a file of the folder identity_secrets"}));
    }
  }
}

/// The secret of each provider that has one; a provider without a file is a public client.
Result<void> readSecrets(ServeConfig& config) {
  if (config.identity_secrets.empty()) return {};
  for (identity::OidcProvider& provider : config.identity_providers) {
    const std::string path = fmt::format("{}/{}.secret", config.identity_secrets, provider.id);
    if (!std::filesystem::exists(path)) continue;
    auto secret = ledger::readSecretFile(path);
    if (!secret) return std::unexpected(std::move(secret).error());
    provider.client_secret = trimmed(*secret);
  }
  return {};
}

Result<void> check(const ServeConfig& config) {
  std::vector<Problem> causes;
  const auto atLeast = [&causes](int value, int least, std::string where) {
    if (value < least)
      causes.push_back(
          wrong(std::move(where), {fmt::format("至少 {}", least), fmt::format("at least {}", least)}));
  };
  atLeast(config.sessions.idle_minutes, 1, "/sessions/idle_minutes");
  atLeast(config.sessions.absolute_minutes, config.sessions.idle_minutes, "/sessions/absolute_minutes");
  atLeast(config.passwords.min_length, 8, "/passwords/min_length");
  atLeast(config.passwords.min_classes, 1, "/passwords/min_classes");
  atLeast(config.passwords.history, 0, "/passwords/history");
  atLeast(config.passwords.max_age_days, 0, "/passwords/max_age_days");
  atLeast(config.passwords.free_failures, 1, "/passwords/free_failures");
  const evidence::AttachmentLimits& files = config.attachments;
  constexpr std::int64_t most_bytes = 100LL << 20;  // a body is in memory as a whole
  if (files.max_bytes < 1024 || files.max_bytes > most_bytes)
    causes.push_back(
        wrong("/attachments/max_bytes", {"应为 1 KB 到 100 MB", "between 1 KB and 100 MB is needed"}));
  if (files.waiting_bytes < files.max_bytes)
    causes.push_back(
        wrong("/attachments/waiting_bytes", {"不能小于 max_bytes", "this may not be less than max_bytes"}));
  atLeast(files.waiting, 1, "/attachments/waiting");
  atLeast(files.per_case, 1, "/attachments/per_case");
  atLeast(files.keep_days, 1, "/attachments/keep_days");
  if (config.accounts.requests_per_second < 0)
    causes.push_back(wrong("/accounts/requests_per_second", {"不能为负", "this may not be negative"}));
  if (!config.trusted_certificates.empty() && !std::filesystem::exists(config.trusted_certificates))
    causes.push_back(wrong("/trusted_certificates", {"没有这个文件", "there is no such file"}));
  if (!http::Networks::from(config.metrics_from))
    causes.push_back(wrong("/metrics_from", {"其中有不是网段的内容", "one of them is no network"}));
  if (spdlog::level::from_str(config.log_level) == spdlog::level::off && config.log_level != "off")
    causes.push_back(
        wrong("/log_level", {"应为 debug、info、warn、error 或 off", "debug, info, warn, error or off"}));
  checkProviders(config, causes);
  if (auto server = http::check(config.server); !server) causes.push_back(std::move(server).error());
  if (causes.empty()) return {};
  return std::unexpected(Problem{ProblemKind::invalid,
                                 "config.invalid",
                                 {"配置有误", "the configuration has errors"},
                                 {},
                                 {},
                                 std::move(causes)});
}

}  // namespace

Result<ServeConfig> readServeConfig(const std::string& path) {
  const auto text = readFile(path);
  if (!text) return std::unexpected(text.error());
  auto config = fromJson<ServeConfig>(*text);
  if (!config) return config;
  if (auto good = check(*config); !good) return std::unexpected(std::move(good).error());
  if (auto read = readSecrets(*config); !read) return std::unexpected(std::move(read).error());
  return config;
}

}  // namespace jinyue::cli
