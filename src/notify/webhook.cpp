#include "notify/webhook.h"

#include <algorithm>
#include <array>

#include "base/json_write.h"

namespace jinyue::notify {
namespace {

constexpr std::array never{400, 410, 413, 415, 422};

}  // namespace

std::string cloudEvent(const Notice& notice, const std::string& source) {
  std::string event = R"({"specversion":"1.0","id":)";
  appendJsonString(event, notice.id);
  event += R"(,"source":)";
  appendJsonString(event, source);
  event += R"(,"type":)";
  appendJsonString(event, "cn.jinyue.notice." + notice.notice);
  event += R"(,"time":)";
  writeJson(event, notice.created);
  if (notice.case_id != 0) {
    event += R"(,"subject":)";
    appendJsonString(event, "cases/" + std::to_string(notice.case_id));
  }
  event += R"(,"datacontenttype":"application/json","data":{"language":)";
  writeJson(event, notice.language);
  event += R"(,"subject":)";
  appendJsonString(event, notice.content.subject);
  event += R"(,"text":)";
  appendJsonString(event, notice.content.text);
  event += R"(,"parameters":)";
  event += notice.content.data.empty() ? "{}" : notice.content.data;
  event += "}}";
  return event;
}

Send webhookAdapter(WebhookParts parts, std::shared_ptr<WebClient> client) {
  return [parts = std::move(parts), client = std::move(client)](const Notice& notice) {
    const auto endpoint = parts.endpoints.find(notice.address);
    if (endpoint == parts.endpoints.end()) return Sent::failed("webhook.unknown-endpoint: " + notice.address);
    WebRequest request{endpoint->second.url, {}, cloudEvent(notice, parts.source)};
    request.headers = webhookHeaders(endpoint->second.sign, notice.id, parts.now(), request.body);
    request.headers.emplace_back("Content-Type: application/cloudevents+json; charset=utf-8");
    const WebAnswer answer = client->post(request);
    if (answer.status == 0) return Sent::failed(answer.fault);
    if (answer.status / 100 == 2) return Sent::accepted();
    const std::string why = "HTTP " + std::to_string(answer.status);
    if (std::ranges::find(never, answer.status) != never.end()) return Sent::refused(why);
    return Sent::failed(why, answer.retry_after);
  };
}

}  // namespace jinyue::notify
