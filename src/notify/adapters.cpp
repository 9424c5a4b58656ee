#include "notify/adapters.h"

#include <fmt/format.h>

#include "base/json_write.h"
#include "ledger/key_file.h"

namespace jinyue::notify {
namespace {

/// Collects what is wrong in the configuration.
class Reading {
 public:
  void find(std::string where, const char* code, Text title) {
    findings_.push_back({ProblemKind::invalid, code, std::move(title), std::move(where), {}, {}});
  }

  template <class T>
  std::optional<T> take(std::string where, Result<T> result) {
    if (result) return std::move(*result);
    result.error().where = fmt::format("{} {}", where, result.error().where);
    findings_.push_back(std::move(result.error()));
    return std::nullopt;
  }

  /// What is in the file, or nothing when none is named.
  std::string secret(const std::string& where, const std::string& path) {
    if (path.empty()) return {};
    return std::string{trimmed(take(where, ledger::readSecretFile(path)).value_or(""))};
  }

  void url(const std::string& where, const std::string& url,
           std::initializer_list<std::string_view> schemes) {
    for (const std::string_view scheme : schemes) {
      if (url.starts_with(scheme) && url.size() > scheme.size()) return;
    }
    find(where, "notify.url", {"地址不正确", "this is no address of that kind"});
  }

  Result<void> outcome() && {
    if (findings_.empty()) return {};
    return std::unexpected(Problem{ProblemKind::invalid,
                                   "notify.options",
                                   {"通知的配置有误", "the configuration of notices is wrong"},
                                   {},
                                   {},
                                   std::move(findings_)});
  }

 private:
  std::vector<Problem> findings_;
};

WebhookParts webhookParts(Reading& in, const WebhookOptions& options, NowFn now) {
  WebhookParts parts{{}, options.source, std::move(now)};
  if (options.source.empty())
    in.find("/webhook/source", "notify.no-source", {"没有写明事件来源", "events need a source"});
  for (const auto& [name, endpoint] : options.endpoints) {
    const std::string where = "/webhook/endpoints/" + name;
    in.url(where + "/url", endpoint.url, {"http://", "https://"});
    if (endpoint.secret_file.empty() == endpoint.key_file.empty()) {
      in.find(where, "notify.one-key", {"密钥文件应恰好有一种", "it needs either secret_file or key_file"});
      continue;
    }
    std::optional<SignWebhook> sign;
    if (!endpoint.key_file.empty()) {
      const auto signer = in.take(where + "/key_file", ledger::Signer::load(endpoint.key_file));
      if (signer) sign = in.take(where + "/key_file", ed25519Webhooks(*signer));
    } else if (const std::string secret = in.secret(where + "/secret_file", endpoint.secret_file);
               !secret.empty()) {
      sign = in.take(where + "/secret_file", hmacWebhooks(secret));
    }
    if (sign) parts.endpoints.emplace(name, Endpoint{endpoint.url, *sign});
  }
  return parts;
}

MailParts mailParts(Reading& in, const MailOptions& options, NowFn now) {
  in.url("/mail/url", options.url, {"smtp://", "smtps://"});
  if (!isMailAddress(options.from))
    in.find("/mail/from", "notify.from", {"发件地址不正确", "this is no mail address"});
  return {options.url,
          options.from,
          options.from_name,
          options.user,
          in.secret("/mail/password_file", options.password_file),
          options.plain_text,
          std::move(now)};
}

TextGatewayParts gatewayParts(Reading& in, const TextGatewayOptions& options) {
  in.url("/text_message/url", options.url, {"http://", "https://"});
  for (const char* wanted : {"{phone}", "{text}"}) {
    if (!options.body.contains(wanted))
      in.find("/text_message/body", "notify.body",
              {fmt::format("缺少占位符 {}", wanted), fmt::format("{} is missing", wanted)});
  }
  return {options.url,
          options.format,
          options.body,
          options.headers,
          in.secret("/text_message/secret_file", options.secret_file),
          options.signature,
          options.result_member,
          options.result_good};
}

Send liveAdapter(Publish publish) {
  return [publish = std::move(publish)](const Notice& notice) {
    std::string data = R"({"id":)";
    appendJsonString(data, notice.id);
    data += R"(,"case_id":)" + std::to_string(notice.case_id) + R"(,"subject":)";
    appendJsonString(data, notice.content.subject);
    data += R"(,"text":)";
    appendJsonString(data, notice.content.text);
    publish(notice.address, "notice", data + '}');
    return Sent::accepted();
  };
}

Sent notConfigured(const Notice&) { return Sent::failed("notify.not-configured"); }

}  // namespace

Result<std::map<Channel, Send>> adaptersOf(const NotifyOptions& options, Publish publish,
                                           const std::shared_ptr<KeptNotices>& kept, NowFn now) {
  std::map<Channel, Send> adapters;
  for (const Channel channel : channels) adapters[channel] = notConfigured;
  adapters[Channel::live] = liveAdapter(std::move(publish));
  if (options.development) {
    for (const Channel channel : {Channel::text_message, Channel::mail, Channel::webhook})
      adapters[channel] = kept->adapter();
    return adapters;
  }
  WebLimits limits;
  limits.public_addresses_only = options.public_addresses_only;
  limits.trusted_certificates = options.trusted_certificates;
  const auto client = std::make_shared<WebClient>(limits);
  Reading in;
  if (options.webhook)
    adapters[Channel::webhook] = webhookAdapter(webhookParts(in, *options.webhook, now), client);
  if (options.mail) adapters[Channel::mail] = mailAdapter(mailParts(in, *options.mail, now), client);
  if (options.text_message)
    adapters[Channel::text_message] = textGatewayAdapter(gatewayParts(in, *options.text_message), client);
  if (auto good = std::move(in).outcome(); !good) return std::unexpected(std::move(good.error()));
  return adapters;
}

}  // namespace jinyue::notify
