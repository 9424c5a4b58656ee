#include "api/openapi.h"

#include <map>

#include "http/negotiate.h"

namespace jinyue::api {
namespace {

std::string inQuotes(std::string_view text) {
  std::string out;
  appendJsonString(out, text);
  return out;
}

std::string both(const Text& text) { return text.en.empty() ? text.zh : text.zh + " / " + text.en; }

std::string lower(http::Method method) {
  std::string name{http::toString(method)};
  for (char& c : name) c = static_cast<char>(c | 0x20);
  return name;
}

constexpr std::string_view problem_schema =
    R"({"type":"object","description":"RFC 9457",)"
    R"("properties":{"type":{"type":"string"},"title":{"type":"string"},"status":{"type":"integer"},)"
    R"("detail":{"type":"string"},"instance":{"type":"string"},"code":{"type":"string"},"where":{"type":"string"},)"
    R"("causes":{"type":"array","items":{"$ref":"#/components/schemas/ProblemCause"}}},)"
    R"("required":["type","title","status","code"]})";
constexpr std::string_view cause_schema =
    R"({"type":"object","properties":{"code":{"type":"string"},)"
    R"("title":{"type":"string"},"detail":{"type":"string"},"where":{"type":"string"},)"
    R"("causes":{"type":"array","items":{"$ref":"#/components/schemas/ProblemCause"}}},"required":["code","title"]})";

struct Refusal {
  int status;
  Text why;
};

/// The refusals that an endpoint can answer with, besides those of its own rules.
std::vector<Refusal> refusalsOf(const Endpoint& endpoint) {
  const Description& description = endpoint.description;
  std::vector<Refusal> refusals{{400, {"请求或参数无法识别", "request or parameters can't be read"}}};
  const bool asks_who = description.access.kind() != AccessRule::Kind::open || description.tag == "session";
  if (asks_who) refusals.push_back({401, {"未登录或会话已结束", "not signed in, or the session has ended"}});
  if (asks_who || endpoint.isWrite())
    refusals.push_back({403, {"无权办理，或缺少 X-CSRF-Token", "not allowed, or X-CSRF-Token is missing"}});
  refusals.push_back({404, {"没有，或不在权限范围内", "there is none, or none within the scope"}});
  if (endpoint.isWrite()) refusals.push_back({409, {"当前状态不允许", "its state does not allow it"}});
  if (description.changes_version) {
    refusals.push_back({412, {"已被修改，请重新读取", "it has been changed; read it again"}});
    refusals.push_back({428, {"缺少 If-Match", "If-Match is missing"}});
  }
  if (!endpoint.body.empty()) {
    refusals.push_back({413, {"内容过大", "the body is too large"}});
    refusals.push_back({415, {"不接受这种内容类型", "this media type is not taken"}});
  }
  refusals.push_back({422, {"内容有误，逐项列出", "the content is wrong; every error is listed"}});
  refusals.push_back({429, {"过于频繁", "too many requests"}});
  refusals.push_back({503, {"繁忙，什么都没有发生", "busy; nothing has been done"}});
  return refusals;
}

std::string headerParameter(std::string_view name, bool required, const Text& text, std::string_view schema) {
  return fmt::format(R"({{"name":{},"in":"header","required":{},"description":{},"schema":{}}})",
                     inQuotes(name), required, inQuotes(both(text)), schema);
}

std::string accessText(const AccessRule& access) {
  switch (access.kind()) {
    case AccessRule::Kind::open: return R"({"who":"anyone"})";
    case AccessRule::Kind::signed_in: return R"({"who":"signed-in"})";
    case AccessRule::Kind::permission: break;
  }
  constexpr std::array<std::string_view, 3> reach{"nothing", "rows", "thing"};
  return fmt::format(R"({{"who":"permission","permission":{},"scope":"{}"}})",
                     inQuotes(identity::wordOf(access.permission())),
                     reach.at(static_cast<std::size_t>(access.reach())));
}

std::string goodAnswer(const Endpoint& endpoint) {
  const Description& description = endpoint.description;
  const int status = endpoint.answer.empty() && description.status == 200 ? 204 : description.status;
  std::string out = fmt::format(R"("{}":{{"description":{})", status, inQuotes(both(description.summary)));
  if (!endpoint.isWrite() && !endpoint.is_stream) {
    out += R"(,"headers":{"ETag":{"schema":{"type":"string"}}})";
  }
  if (!endpoint.answer.empty()) out += R"(,"content":)" + endpoint.answer;
  return out + '}';
}

std::string operation(const Endpoint& endpoint) {
  const Description& description = endpoint.description;
  std::string out = fmt::format(R"({{"operationId":{},"tags":[{}],"summary":{})", inQuotes(description.name),
                                inQuotes(description.tag), inQuotes(both(description.summary)));
  if (!description.detail.zh.empty()) out += R"(,"description":)" + inQuotes(both(description.detail));
  std::string parameters = endpoint.parameters;
  const auto add = [&parameters](const std::string& parameter) {
    parameters += (parameters.empty() ? "" : ",") + parameter;
  };
  if (endpoint.isWrite() && description.repeats != Repeats::harmless) {
    add(headerParameter(
        "Idempotency-Key", true,
        {"同一个键重复提交只办理一次", "a request that comes again with its key is done once"},
        R"({"type":"string","minLength":1,"maxLength":64})"));
  }
  if (description.changes_version) {
    add(headerParameter("If-Match", true, {"读取时的 ETag", "the ETag of what was read"},
                        R"({"type":"string"})"));
  }
  if (!endpoint.isWrite() && !endpoint.is_stream) {
    add(headerParameter("If-None-Match", false,
                        {"上次的 ETag；未变则答 304", "the ETag of last time; 304 when unchanged"},
                        R"({"type":"string"})"));
  }
  if (!parameters.empty()) out += R"(,"parameters":[)" + parameters + ']';
  if (!endpoint.body.empty()) out += R"(,"requestBody":)" + endpoint.body;
  out += R"(,"responses":{)" + goodAnswer(endpoint);
  if (!endpoint.isWrite() && !endpoint.is_stream) out += R"(,"304":{"description":"未变 / unchanged"})";
  for (const Refusal& refusal : refusalsOf(endpoint)) {
    out += fmt::format(R"(,"{}":{{"description":{},"content":{{"application/problem+json":)"
                       R"({{"schema":{{"$ref":"#/components/schemas/Problem"}}}}}}}})",
                       refusal.status, inQuotes(both(refusal.why)));
  }
  out += R"(},"x-access":)" + accessText(description.access);
  out += description.access.kind() == AccessRule::Kind::open
             ? R"(,"security":[])"
             : R"(,"security":[{"session":[]},{"bearer":[]}])";
  return out + '}';
}

}  // namespace

std::string openApiDocument(const Endpoints& endpoints, std::string_view version) {
  std::map<std::string, std::string> paths;
  for (const auto& endpoint : endpoints.all()) {
    std::string& path = paths[endpoint->description.path];
    path += (path.empty() ? "" : ",") + inQuotes(lower(endpoint->description.method)) + ':' +
            operation(*endpoint);
  }
  std::string out = fmt::format(
      R"({{"openapi":"3.1.0","info":{{"title":"近悦 Jinyue","version":{},"description":{}}},"servers":[{{"url":"{}"}}],)"
      R"("paths":{{)",
      inQuotes(version),
      inQuotes("写操作须带 Idempotency-Key；浏览器会话的写操作另须带 X-CSRF-Token（见 GET /session）；错误为 "
               "RFC 9457 文档，语言随 "
               "Accept-Language。 / Writes need Idempotency-Key, and from a browser's session X-CSRF-Token "
               "too (GET "
               "/session gives it); errors are RFC 9457 documents in the language of Accept-Language."),
      api_root);
  bool first = true;
  for (const auto& [path, operations] : paths) {
    if (!std::exchange(first, false)) out += ',';
    out += inQuotes(path) + ":{" + operations + '}';
  }
  out +=
      R"(},"components":{"securitySchemes":{"session":{"type":"apiKey","in":"cookie","name":"jinyue_session"},)"
      R"("bearer":{"type":"http","scheme":"bearer"}},"schemas":{)";
  const std::string components = endpoints.schemas().components();
  out += components + (components.empty() ? "" : ",") + R"("Problem":)" + std::string{problem_schema} +
         R"(,"ProblemCause":)" + std::string{cause_schema} + "}}}";
  return endpoints.schemas().resolved(std::move(out));
}

}  // namespace jinyue::api
