#include "http/response_head.h"

#include <iterator>

#include <fmt/format.h>

namespace jinyue::http {
namespace {

bool isServersOwn(std::string_view name) {
  for (const std::string_view own :
       {"content-length", "transfer-encoding", "connection", "date", "keep-alive"}) {
    if (equalsIgnoringCase(name, own)) return true;
  }
  return false;
}

void line(std::string& out, std::string_view name, std::string_view value) {
  out += name;
  out += ": ";
  out += value;
  out += "\r\n";
}

}  // namespace

std::string_view reasonOf(int status) {
  switch (status) {
    case 200: return "OK";
    case 201: return "Created";
    case 202: return "Accepted";
    case 204: return "No Content";
    case 207: return "Multi-Status";
    case 301: return "Moved Permanently";
    case 302: return "Found";
    case 303: return "See Other";
    case 304: return "Not Modified";
    case 307: return "Temporary Redirect";
    case 308: return "Permanent Redirect";
    case 400: return "Bad Request";
    case 401: return "Unauthorized";
    case 403: return "Forbidden";
    case 404: return "Not Found";
    case 405: return "Method Not Allowed";
    case 406: return "Not Acceptable";
    case 408: return "Request Timeout";
    case 409: return "Conflict";
    case 410: return "Gone";
    case 412: return "Precondition Failed";
    case 413: return "Content Too Large";
    case 414: return "URI Too Long";
    case 415: return "Unsupported Media Type";
    case 417: return "Expectation Failed";
    case 422: return "Unprocessable Content";
    case 428: return "Precondition Required";
    case 429: return "Too Many Requests";
    case 431: return "Request Header Fields Too Large";
    case 500: return "Internal Server Error";
    case 501: return "Not Implemented";
    case 503: return "Service Unavailable";
    case 504: return "Gateway Timeout";
    case 505: return "HTTP Version Not Supported";
    default: return "Status";
  }
}

void writeHead(std::string& out, const Response& response, const HeadFacts& facts) {
  const ServerOptions& options = facts.core.options;
  fmt::format_to(std::back_inserter(out), "HTTP/1.1 {} {}\r\n", response.status, reasonOf(response.status));
  out += facts.core.date_line;
  bool has_policy = false;
  bool has_referrer = false;
  bool has_cache = false;
  for (std::size_t i = 0; i < response.headers.size(); ++i) {
    const auto [name, value] = response.headers[i];
    if (isServersOwn(name)) continue;
    has_policy = has_policy || equalsIgnoringCase(name, "content-security-policy");
    has_referrer = has_referrer || equalsIgnoringCase(name, "referrer-policy");
    has_cache = has_cache || equalsIgnoringCase(name, "cache-control");
    line(out, name, value);
  }
  if (!has_policy) line(out, "Content-Security-Policy", options.content_security_policy);
  if (!has_referrer) line(out, "Referrer-Policy", options.referrer_policy);
  if (!has_cache) line(out, "Cache-Control", "no-store");  // an answer about a case is nobody's to keep
  out += facts.core.security_lines;
  if (facts.secure && options.hsts_seconds > 0) {
    fmt::format_to(std::back_inserter(out), "Strict-Transport-Security: max-age={}\r\n",
                   options.hsts_seconds);
  }
  if (!facts.request_id.empty()) line(out, "X-Request-Id", facts.request_id);
  if (facts.chunked) out += "Transfer-Encoding: chunked\r\n";
  if (facts.length) fmt::format_to(std::back_inserter(out), "Content-Length: {}\r\n", *facts.length);
  if (facts.close) out += "Connection: close\r\n";
  else if (facts.http10) out += "Connection: keep-alive\r\n";
  out += "\r\n";
}

}  // namespace jinyue::http
