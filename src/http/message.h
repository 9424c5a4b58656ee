// What a handler sees: a request that has been read whole and checked, and the response it gives.
// Nothing here knows the server or its library, so handlers can be called and tested without either.
#pragma once

#include <functional>
#include <memory>
#include <variant>

#include "base/language.h"
#include "base/time.h"
#include "http/event_bus.h"
#include "http/headers.h"

namespace jinyue::http {

/// What Jinyue answers; every other method gets 501.
enum class Method { get, head, post, put, patch, delete_, options };

std::string_view toString(Method method);
std::optional<Method> methodFrom(std::string_view name);

using jinyue::Language;

using NameValue = std::pair<std::string, std::string>;

struct Request {
  Method method = Method::get;
  std::string target;                 ///< as it came, for forwarding; never compare with it
  std::string path;                   ///< decoded, valid UTF-8, no control characters, no "." or ".." segment
  std::vector<std::string> segments;  ///< decoded; one may hold a "/" that came as %2F
  std::vector<NameValue> query;       ///< decoded, in the order of the request
  Headers headers;
  std::string body;

  std::string remote_address;  ///< of the client; behind a trusted proxy the one that the proxy reports
  bool secure = false;         ///< came over TLS, to us or to a trusted proxy
  std::string id;              ///< in the log, in X-Request-Id and in problem documents
  Language language = Language::zh;
  Instant received;

  std::string_view route;         ///< the template that matched; empty below a mounted prefix
  std::vector<NameValue> params;  ///< what the template's braces took
  std::size_t mounted_at = 0;     ///< number of segments of the prefix, below a mounted prefix

  /// The first value under the name.
  std::optional<std::string_view> queryValue(std::string_view name) const;
  /// Throws std::out_of_range when the template has no such name: a fault of the handler.
  const std::string& param(std::string_view name) const;
  /// The first cookie under the name; its value as it came.
  std::optional<std::string_view> cookie(std::string_view name) const;
};

/// A stream of server-sent events: topics of a bus, resumed after the request's Last-Event-ID.
struct EventStream {
  std::shared_ptr<EventBus> bus;
  std::vector<std::string> topics;
  /// Asked at every heartbeat on the I/O thread, so it must not block; false ends the stream. For a session
  /// that has been ended, or a scope that has been taken away.
  std::function<bool()> still_allowed;
};

/// A file that is sent piece by piece; the descriptor is closed with the last copy.
struct OpenFile {
  std::shared_ptr<const int> descriptor;
  std::uint64_t size = 0;
};

/// Gives the next piece of a long body, nothing at its end; called on a worker, one call at a time, and only
/// as fast as the client reads. What it throws cuts the connection, so that the client sees the body is not
/// whole.
using Pieces = std::function<std::optional<std::string>()>;

using Body = std::variant<std::string, std::shared_ptr<const std::string>, OpenFile, Pieces, EventStream>;

struct Response {
  int status = 200;
  Headers headers;  ///< Content-Length, Date, Connection and the security headers are added by the server
  Body body;

  /// The body when it is text, else empty; for tests and for wrappers that look at an answer.
  std::string_view text() const;
};

Response json(int status, std::string text);
/// 204.
Response noContent();
/// text/plain in UTF-8.
Response plain(int status, std::string text);
/// 303 unless told: the client gets the location with GET.
Response redirect(std::string_view location, int status = 303);
Response events(EventStream stream);

struct Cookie {
  std::string name;
  std::string value;
  std::string path = "/";
  std::optional<std::chrono::seconds> max_age;  ///< none: until the browser closes; zero: delete it
  bool secure = true;
  bool http_only = true;
  bool cross_site = false;  ///< SameSite=Lax instead of Strict
};
/// Throws std::invalid_argument when the value holds what a cookie must not (RFC 6265 §4.1.1).
void setCookie(Response& response, const Cookie& cookie);

}  // namespace jinyue::http
