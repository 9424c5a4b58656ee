// Text messages through an HTTP gateway of an operator or of the city, described by configuration.
#pragma once

#include <map>
#include <memory>
#include <string>

#include "notify/notice.h"
#include "notify/web_client.h"

namespace jinyue::notify {

enum class BodyFormat { json, form };
BOOST_DESCRIBE_ENUM(BodyFormat, json, form)

struct TextGatewayParts {
  std::string url;
  BodyFormat format = BodyFormat::json;
  /// The body with {phone}, {text}, {id} and {secret} in it, each written as the format wants:
  /// {"mobile": {phone}, "content": {text}, "requestId": {id}} or mobile={phone}&content={text}
  std::string body;
  std::vector<std::string> headers;  ///< "Name: value", with {id} and {secret}
  std::string secret;
  std::string signature;  ///< before each text, with its brackets: "【近悦示例】"
  /// Gateways answer 200 to what they refuse; the member of the answer that says so, and what it is when all
  /// went well. Empty: the status alone counts.
  std::string result_member;
  std::string result_good;
};

/// The body of the request.
std::string fillBody(const TextGatewayParts& parts, const Notice& notice);
/// Whether a text can be a phone number: an optional +, then 5 to 20 digits.
bool isPhoneNumber(std::string_view text);

Send textGatewayAdapter(TextGatewayParts parts, std::shared_ptr<WebClient> client);

}  // namespace jinyue::notify
