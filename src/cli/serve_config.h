// The configuration file of `jinyue serve`: a JSON object; what is left out keeps its default, and everything
// wrong is told at once.
#pragma once

#include <string>
#include <vector>

#include "cli/city.h"
#include "evidence/attachments.h"
#include "http/options.h"
#include "identity/oidc.h"
#include "identity/password.h"
#include "identity/sign_in.h"
#include "notify/adapters.h"

namespace jinyue::cli {

struct SessionConfig {
  static constexpr bool json_sparse = true;
  int idle_minutes = 30;
  int absolute_minutes = 720;
  std::vector<std::string> second_factor_roles = {"system-admin", "security-admin", "audit-admin"};
  bool operator==(const SessionConfig&) const = default;
};
BOOST_DESCRIBE_STRUCT(SessionConfig, (), (idle_minutes, absolute_minutes, second_factor_roles))

struct PasswordConfig {
  static constexpr bool json_sparse = true;
  int min_length = 10;
  int min_classes = 3;
  int history = 5;
  int max_age_days = 180;
  int free_failures = 5;  ///< then the account is locked for a while, longer each time
  bool operator==(const PasswordConfig&) const = default;
};
BOOST_DESCRIBE_STRUCT(PasswordConfig, (), (min_length, min_classes, history, max_age_days, free_failures))

/// How much one account may ask for, whatever addresses it comes from; who goes over it gets 429.
struct AccountLimits {
  static constexpr bool json_sparse = true;
  double requests_per_second = 50;  ///< in the mean; 0 is no limit
  double request_burst = 200;       ///< at once
};
BOOST_DESCRIBE_STRUCT(AccountLimits, (), (requests_per_second, request_burst))

struct ServeConfig {
  static constexpr bool json_sparse = true;
  std::string data = "data";
  std::string store;
  std::string calendar = "packs/china/calendar.json";
  std::string pages = "web/dist";  ///< folder of the built pages; empty: the interface alone
  http::ServerOptions server;
  SessionConfig sessions;
  PasswordConfig passwords;
  std::vector<identity::OidcProvider> identity_providers;
  std::string identity_secrets;  ///< folder with ID.secret for each provider that has one; mode 0600
  AccountLimits accounts;
  evidence::AttachmentLimits attachments;
  /// File of certificates (PEM) that identity providers, webhooks and mail servers are trusted by, beside
  /// those of the machine.
  std::string trusted_certificates;
  notify::NotifyOptions notices;
  std::vector<std::string> metrics_from = {"127.0.0.1", "::1"};  ///< networks that may read /metrics
  std::string log_level = "info";
};
BOOST_DESCRIBE_STRUCT(ServeConfig, (),
                      (data, store, calendar, pages, server, sessions, passwords, identity_providers,
                       identity_secrets, accounts, attachments, trusted_certificates, notices, metrics_from,
                       log_level))

/// With the secrets of the identity providers in it.
Result<ServeConfig> readServeConfig(const std::string& path);

}  // namespace jinyue::cli
