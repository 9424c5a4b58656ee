// Mail over SMTP: plain text in UTF-8, from one address of the city.
#pragma once

#include <memory>
#include <string>

#include "notify/notice.h"
#include "notify/web_client.h"

namespace jinyue::notify {

struct MailParts {
  std::string url;  ///< smtp://HOST:PORT (STARTTLS) or smtps://HOST:PORT
  std::string from;
  Text from_name;
  std::string user;
  std::string password;
  bool plain_text = false;  ///< a relay on the same machine without TLS
  NowFn now = systemNow;
};

/// Whether a text can be a mail address: local part and domain of printable characters without blanks, quotes
/// and angle brackets, at most 254 bytes. Nothing else gets into a command or a header.
bool isMailAddress(std::string_view text);

/// Sent is the server's 250 after the message. Its 5xx is final, all else is tried again.
Send mailAdapter(MailParts parts, std::shared_ptr<WebClient> client);

}  // namespace jinyue::notify
