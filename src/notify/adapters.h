// The adapters of a city, from its configuration.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>

#include "notify/kept_notices.h"
#include "notify/mail.h"
#include "notify/text_gateway.h"
#include "notify/webhook.h"

namespace jinyue::notify {

/// Secrets stand in files that others may not read, never in the configuration.
struct EndpointOptions {
  std::string url;
  std::string secret_file;  ///< HMAC: whsec_…
  std::string key_file;     ///< or Ed25519: a private key in PEM form
  static constexpr bool json_sparse = true;
  bool operator==(const EndpointOptions&) const = default;
};
BOOST_DESCRIBE_STRUCT(EndpointOptions, (), (url, secret_file, key_file))

struct WebhookOptions {
  std::string source;  ///< who sends, a URI reference
  std::map<std::string, EndpointOptions, std::less<>> endpoints;
};
BOOST_DESCRIBE_STRUCT(WebhookOptions, (), (source, endpoints))

struct MailOptions {
  std::string url;
  std::string from;
  Text from_name;
  std::string user;
  std::string password_file;
  bool plain_text = false;
  static constexpr bool json_sparse = true;
  bool operator==(const MailOptions&) const = default;
};
BOOST_DESCRIBE_STRUCT(MailOptions, (), (url, from, from_name, user, password_file, plain_text))

struct TextGatewayOptions {
  std::string url;
  BodyFormat format = BodyFormat::json;
  std::string body;
  std::vector<std::string> headers;
  std::string secret_file;
  std::string signature;
  std::string result_member;
  std::string result_good;
  static constexpr bool json_sparse = true;
  bool operator==(const TextGatewayOptions&) const = default;
};
BOOST_DESCRIBE_STRUCT(TextGatewayOptions, (),
                      (url, format, body, headers, secret_file, signature, result_member, result_good))

struct NotifyOptions {
  bool development = false;  ///< nothing leaves the machine; the channels below are not used
  bool public_addresses_only = false;
  std::string trusted_certificates;  ///< WebLimits::trusted_certificates; of the whole configuration
  std::optional<WebhookOptions> webhook;
  std::optional<MailOptions> mail;
  std::optional<TextGatewayOptions> text_message;
  static constexpr bool json_sparse = true;
};
BOOST_DESCRIBE_STRUCT(NotifyOptions, (), (development, public_addresses_only, webhook, mail, text_message))

/// Gives an event to whoever has a page open: topic, type, data as JSON. http::EventBus::publish.
using Publish = std::function<void(const std::string& topic, std::string_view type, std::string_view data)>;

/// An adapter for each channel. One that is not configured says so at each attempt, so that its notices wait
/// in sight and do not get lost. `kept` gets what is sent in development. Refuses with everything that is
/// wrong.
Result<std::map<Channel, Send>> adaptersOf(const NotifyOptions& options, Publish publish,
                                           const std::shared_ptr<KeptNotices>& kept, NowFn now);

}  // namespace jinyue::notify
