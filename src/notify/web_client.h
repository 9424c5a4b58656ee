// Requests to other systems over libcurl: an HTTP request, a mail. No redirect is followed, certificates
// are checked, and an answer is read up to a limit.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/time.h"

namespace jinyue::notify {

struct WebLimits {
  Millis connect{5'000};
  Millis whole{20'000};              ///< from the start to the last byte of the answer
  std::size_t answer_bytes = 65536;  ///< more of an answer is not read
  /// Refuses addresses of private, local and reserved networks, also when a name leads there. Off by default:
  /// the systems of a city are on such networks.
  bool public_addresses_only = false;
  /// File (PEM) of certificates that are trusted beside those of the machine; empty: none.
  std::string trusted_certificates = {};
};

struct WebRequest {
  std::string url;
  std::vector<std::string> headers;  ///< "Name: value"
  std::string body;
};

struct WebAnswer {
  int status = 0;  ///< of HTTP or SMTP; 0 when there was no answer
  std::string body;
  std::optional<Millis> retry_after;
  std::string fault;  ///< why there is no whole answer, in libcurl's words; empty when there is one
};

struct MailEnvelope {
  std::string url;  ///< smtp://HOST:PORT or smtps://HOST:PORT
  std::string from;
  std::string to;
  std::string user;  ///< empty: no sign-in
  std::string password;
  bool plain_text = false;  ///< without TLS; else nothing is said before TLS is there
  std::string message;      ///< headers, an empty line and the body; lines end in CRLF
};

/// Keeps connections for the next request. May be used from many threads at once.
class WebClient {
 public:
  explicit WebClient(const WebLimits& limits = {});
  ~WebClient();
  WebClient(const WebClient&) = delete;
  WebClient& operator=(const WebClient&) = delete;

  WebAnswer post(const WebRequest& request);
  WebAnswer get(const std::string& url);
  WebAnswer mail(const MailEnvelope& envelope);

 private:
  struct Pool;
  std::unique_ptr<Pool> pool_;
};

/// Whether an IPv4 or IPv6 address may be reached from anywhere (by the special-purpose registries of RFC
/// 6890); false for what is no address.
bool isPublicAddress(const std::string& address);

}  // namespace jinyue::notify
