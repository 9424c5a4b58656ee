#include "http/message.h"

#include <algorithm>
#include <array>
#include <stdexcept>

namespace jinyue::http {
namespace {

constexpr std::array<std::pair<std::string_view, Method>, 7> methods{{{"GET", Method::get},
                                                                      {"HEAD", Method::head},
                                                                      {"POST", Method::post},
                                                                      {"PUT", Method::put},
                                                                      {"PATCH", Method::patch},
                                                                      {"DELETE", Method::delete_},
                                                                      {"OPTIONS", Method::options}}};

}  // namespace

std::string_view toString(Method method) {
  return std::ranges::find(methods, method, &std::pair<std::string_view, Method>::second)->first;
}

std::optional<Method> methodFrom(std::string_view name) {
  const auto* found = std::ranges::find(methods, name, &std::pair<std::string_view, Method>::first);
  return found == methods.end() ? std::nullopt : std::optional{found->second};
}

std::optional<std::string_view> Request::queryValue(std::string_view name) const {
  const auto found = std::ranges::find(query, name, &NameValue::first);
  return found == query.end() ? std::nullopt : std::optional<std::string_view>{found->second};
}

const std::string& Request::param(std::string_view name) const {
  const auto found = std::ranges::find(params, name, &NameValue::first);
  if (found == params.end()) throw std::out_of_range("the route has no parameter " + std::string{name});
  return found->second;
}

std::optional<std::string_view> Request::cookie(std::string_view name) const {
  for (std::size_t i = 0; i < headers.size(); ++i) {
    if (!equalsIgnoringCase(headers[i].name, "cookie")) continue;
    std::string_view rest = headers[i].value;
    while (!rest.empty()) {
      const auto end = std::min(rest.find(';'), rest.size());
      const std::string_view pair = withoutBlanks(rest.substr(0, end));
      rest.remove_prefix(std::min(end + 1, rest.size()));
      const auto equals = pair.find('=');
      if (equals != std::string_view::npos && pair.substr(0, equals) == name) return pair.substr(equals + 1);
    }
  }
  return std::nullopt;
}

std::string_view Response::text() const {
  if (const auto* own = std::get_if<std::string>(&body)) return *own;
  if (const auto* shared = std::get_if<std::shared_ptr<const std::string>>(&body)) return **shared;
  return {};
}

Response json(int status, std::string text) {
  Response response{status, {}, std::move(text)};
  response.headers.add("Content-Type", "application/json");
  return response;
}

Response noContent() { return {204, {}, {}}; }

Response plain(int status, std::string text) {
  Response response{status, {}, std::move(text)};
  response.headers.add("Content-Type", "text/plain; charset=utf-8");
  return response;
}

Response redirect(std::string_view location, int status) {
  Response response{status, {}, {}};
  response.headers.add("Location", location);
  return response;
}

Response events(EventStream stream) {
  Response response{200, {}, std::move(stream)};
  response.headers.add("Content-Type", "text/event-stream");
  response.headers.add("Cache-Control", "no-store");
  response.headers.add("X-Accel-Buffering", "no");  // nginx would hold events back
  return response;
}

void setCookie(Response& response, const Cookie& cookie) {
  const auto is_bad = [](char c) {
    return static_cast<unsigned char>(c) <= 0x20 || static_cast<unsigned char>(c) >= 0x7F || c == '"' ||
           c == ',' || c == ';' || c == '\\';
  };
  if (!isToken(cookie.name) || std::ranges::any_of(cookie.value, is_bad) ||
      std::ranges::any_of(cookie.path, is_bad)) {
    throw std::invalid_argument("not a cookie: " + cookie.name);
  }
  std::string value = cookie.name + '=' + cookie.value + "; Path=" + cookie.path;
  if (cookie.max_age) value += "; Max-Age=" + std::to_string(cookie.max_age->count());
  if (cookie.secure) value += "; Secure";
  if (cookie.http_only) value += "; HttpOnly";
  value += cookie.cross_site ? "; SameSite=Lax" : "; SameSite=Strict";
  response.headers.add("Set-Cookie", value);
}

}  // namespace jinyue::http
