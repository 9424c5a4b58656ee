#include "notify/text_gateway.h"

#include <algorithm>

#include <fmt/format.h>
#include <simdjson.h>

#include "base/text.h"

namespace jinyue::notify {
namespace {

std::string percentEncoded(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       std::string_view{"-._~"}.contains(c);
    if (plain) out += c;
    else out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return out;
}

/// A text with its placeholders replaced by what `write` makes of them.
template <class Write>
std::string filled(std::string_view pattern, const std::map<std::string_view, std::string_view>& values,
                   Write write) {
  std::string out;
  for (std::size_t i = 0; i < pattern.size();) {
    const std::size_t end = pattern[i] == '{' ? pattern.find('}', i) : std::string_view::npos;
    const auto value =
        end == std::string_view::npos ? values.end() : values.find(pattern.substr(i + 1, end - i - 1));
    if (value == values.end()) {
      out += pattern[i++];
    } else {
      write(out, value->second);
      i = end + 1;
    }
  }
  return out;
}

/// What the gateway's answer says under the member, short enough to show.
std::string resultIn(const std::string& body, const std::string& member) {
  simdjson::ondemand::parser parser;
  const simdjson::padded_string padded(body);
  simdjson::ondemand::document answer;
  simdjson::ondemand::value result;
  std::string_view text;
  if (parser.iterate(padded).get(answer)) return "no JSON";
  if (answer.find_field_unordered(member).get(result)) return "no " + member;
  if (result.get_string().get(text)) text = result.raw_json_token();
  if (text.size() > 64) return "a long " + member;
  return std::string{trimmed(text)};
}

}  // namespace

bool isPhoneNumber(std::string_view text) {
  if (text.starts_with('+')) text.remove_prefix(1);
  return text.size() >= 5 && text.size() <= 20 &&
         std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

std::string fillBody(const TextGatewayParts& parts, const Notice& notice) {
  const std::string text = parts.signature + notice.content.text;
  return filled(parts.body,
                {{"phone", notice.address}, {"text", text}, {"id", notice.id}, {"secret", parts.secret}},
                [&](std::string& out, std::string_view value) {
                  if (parts.format == BodyFormat::json) appendJsonString(out, value);
                  else out += percentEncoded(value);
                });
}

Send textGatewayAdapter(TextGatewayParts parts, std::shared_ptr<WebClient> client) {
  return [parts = std::move(parts), client = std::move(client)](const Notice& notice) {
    if (!isPhoneNumber(notice.address)) return Sent::refused("text-message.number");
    WebRequest request{parts.url, {}, fillBody(parts, notice)};
    request.headers.emplace_back(parts.format == BodyFormat::json
                                     ? "Content-Type: application/json; charset=utf-8"
                                     : "Content-Type: application/x-www-form-urlencoded; charset=utf-8");
    for (const std::string& header : parts.headers) {
      request.headers.push_back(filled(header, {{"id", notice.id}, {"secret", parts.secret}},
                                       [](std::string& out, std::string_view value) { out += value; }));
    }
    const WebAnswer answer = client->post(request);
    if (answer.status == 0) return Sent::failed(answer.fault);
    if (answer.status / 100 != 2)
      return Sent::failed("HTTP " + std::to_string(answer.status), answer.retry_after);
    if (parts.result_member.empty()) return Sent::accepted();
    const std::string result = resultIn(answer.body, parts.result_member);
    if (result == parts.result_good) return Sent::accepted();
    return Sent::failed(fmt::format("{}: {}", parts.result_member, result));
  };
}

}  // namespace jinyue::notify
