#include "http/problem_document.h"

#include "base/text.h"
#include "http/url.h"

namespace jinyue::http {
namespace {

void member(std::string& out, std::string_view name, std::string_view value) {
  if (value.empty()) return;
  if (out.back() != '{') out += ',';
  out += '"';
  out += name;
  out += "\":";
  appendJsonString(out, value);
}

void writeCauses(std::string& out, const Problem& problem, Language language) {
  if (problem.causes.empty()) return;
  out += ",\"causes\":[";
  for (const Problem& cause : problem.causes) {
    if (out.back() != '[') out += ',';
    out += '{';
    member(out, "code", cause.code);
    member(out, "title", in(language, cause.title));
    member(out, "detail", in(language, cause.detail));
    member(out, "where", cause.where);
    writeCauses(out, cause, language);
    out += '}';
  }
  out += ']';
}

}  // namespace

int statusOf(const Problem& problem) {
  const bool unreadable = problem.code == "json.syntax" || problem.code.starts_with("request.");
  if (unreadable && problem.kind == ProblemKind::invalid) return 400;
  switch (problem.kind) {
    case ProblemKind::invalid: return 422;
    case ProblemKind::forbidden: return 403;
    case ProblemKind::not_found: return 404;
    case ProblemKind::conflict: return 409;
    case ProblemKind::unavailable: return 503;
  }
  return 500;
}

Response problem(const Problem& problem, Language language, std::string_view request_id,
                 std::optional<int> status) {
  const int code = status.value_or(statusOf(problem));
  std::string out = "{";
  member(out, "type", "/problems/" + percentEncoded(problem.code));
  member(out, "title", in(language, problem.title));
  out += ",\"status\":" + std::to_string(code);
  member(out, "detail", in(language, problem.detail));
  if (!request_id.empty()) member(out, "instance", "urn:jinyue:request:" + std::string{request_id});
  member(out, "code", problem.code);
  member(out, "where", problem.where);
  writeCauses(out, problem, language);
  out += '}';
  Response response{code, {}, std::move(out)};
  response.headers.add("Content-Type", "application/problem+json");
  response.headers.add("Content-Language", language == Language::en ? "en" : "zh-CN");
  if (code == 503 || code == 429) response.headers.add("Retry-After", "1");
  return response;
}

Response problem(const Problem& problem, const Request& request, std::optional<int> status) {
  return http::problem(problem, request.language, request.id, status);
}

Problem problemOf(int status) {
  const auto make = [](ProblemKind kind, std::string code, Text title, Text detail = {}) {
    return Problem{kind, std::move(code), std::move(title), {}, std::move(detail), {}};
  };
  using enum ProblemKind;
  switch (status) {
    case 400: return make(invalid, "request.malformed", {"请求格式不正确", "the request is malformed"});
    case 404:
      return make(not_found, "request.no-such-path", {"没有这个地址", "there is nothing at this address"});
    case 405:
      return make(invalid, "request.method-not-allowed",
                  {"此地址不接受该方法", "this address does not take this method"},
                  {"可用的方法见 Allow 头", "the Allow header lists the methods that it takes"});
    case 408:
      return make(invalid, "request.too-slow",
                  {"请求没有在规定时间内送完", "the request did not arrive in time"});
    case 413:
      return make(invalid, "request.body-too-large",
                  {"请求内容过大", "the body of the request is too large"});
    case 414: return make(invalid, "request.url-too-long", {"地址过长", "the address is too long"});
    case 417:
      return make(invalid, "request.bad-expectation", {"不支持的 Expect", "this Expect is not supported"});
    case 429:
      return make(unavailable, "request.too-many", {"请求过于频繁", "too many requests from this address"},
                  {"请按 Retry-After 头所示的秒数等待后重试",
                   "wait for as many seconds as Retry-After says, then try again"});
    case 431:
      return make(invalid, "request.header-too-large",
                  {"请求头过大", "the header of the request is too large"});
    case 501:
      return make(invalid, "request.not-implemented",
                  {"不支持的方法或编码", "this method or coding is not supported"});
    case 503:
      return make(unavailable, "server.busy", {"服务器繁忙，请稍后重试", "the server is busy"},
                  {"请求未被执行，可按 Retry-After 头所示的秒数等待后重试",
                   "nothing has been done; wait for as many seconds as Retry-After says, then try again"});
    case 504:
      return make(unavailable, "server.no-answer-in-time",
                  {"服务器未能及时答复", "the server did not answer in time"},
                  {"请求可能已被执行，请以同一 Idempotency-Key 重试查询结果",
                   "it may have been done; ask again with the same Idempotency-Key"});
    case 505:
      return make(invalid, "request.version-not-supported",
                  {"只支持 HTTP/1.0 和 HTTP/1.1", "only HTTP/1.0 and HTTP/1.1 are spoken here"});
    default:
      return make(unavailable, "server.fault", {"服务器出错", "something went wrong in the server"},
                  {"请将请求编号告知管理员", "tell the administrator the id of the request"});
  }
}

}  // namespace jinyue::http
