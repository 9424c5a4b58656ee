// Webhooks: events to systems of the city as CloudEvents 1.0 in structured JSON, signed.
#pragma once

#include <map>
#include <memory>
#include <string>

#include "notify/notice.h"
#include "notify/web_client.h"
#include "notify/webhook_signature.h"

namespace jinyue::notify {

/// A system that gets events. A notice names it; addresses come from the configuration alone, so that no
/// model and no data can send a request anywhere else.
struct Endpoint {
  std::string url;
  SignWebhook sign;
};

struct WebhookParts {
  std::map<std::string, Endpoint> endpoints;
  std::string source;  ///< who sends, a URI reference: "https://city.example/jinyue"
  NowFn now = systemNow;
};

/// The event of a notice: type "cn.jinyue.notice.<notice>", id of the notice, subject "cases/<number>".
std::string cloudEvent(const Notice& notice, const std::string& source);

/// Sent is an answer 2xx. 400, 410, 413, 415 and 422 say that this event will never be taken; everything else
/// is tried again, after Retry-After when the answer has it.
Send webhookAdapter(WebhookParts parts, std::shared_ptr<WebClient> client);

}  // namespace jinyue::notify
