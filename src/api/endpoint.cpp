#include "api/endpoint.h"

#include <algorithm>
#include <stdexcept>

#include "http/headers.h"

namespace jinyue::api {
namespace endpoint_detail {

std::string_view mediaTypeOfBody(const http::Request& request) {
  const std::string_view whole = request.headers.find("Content-Type").value_or("");
  return http::withoutBlanks(whole.substr(0, whole.find(';')));
}

Result<void> checkMediaType(const http::Request& request, std::span<const std::string> allowed) {
  const std::string_view given = mediaTypeOfBody(request);
  std::string names;
  for (const std::string& each : allowed) {
    if (http::equalsIgnoringCase(given, each)) return {};
    names += (names.empty() ? "" : ", ") + each;
  }
  return refuse(ProblemKind::invalid, "request.media-type",
                {"不接受这种内容类型", "this media type is not taken here"}, "Content-Type",
                {"可用：" + names, "it takes " + names});
}

Result<void> checkNoBody(const http::Request& request) {
  if (request.body.empty()) return {};
  return refuse(ProblemKind::invalid, "request.body", {"这里不接受请求内容", "no body is taken here"});
}

Result<void> checkNoNul(std::string_view json) {
  constexpr std::string_view escape = "\\u0000";
  for (auto at = json.find(escape); at != std::string_view::npos; at = json.find(escape, at + 1)) {
    std::size_t backslashes = 0;
    while (backslashes < at && json[at - 1 - backslashes] == '\\') ++backslashes;
    if (backslashes % 2 != 0) continue;  // the backslash itself is escaped: the six characters are meant
    return refuse(ProblemKind::invalid, "request.nul",
                  {"文本中不能有空字符（U+0000）", "texts can't have the character U+0000"});
  }
  return {};
}

std::string parameter(std::string_view name, std::string_view in, bool required, const std::string& schema) {
  std::string out = R"({"name":)";
  appendJsonString(out, name);
  out += fmt::format(R"(,"in":"{}","required":{},"schema":)", in, required || in == "path");
  return out + schema + '}';
}

std::string content(std::span<const std::string> media_types, const std::string& schema,
                    const std::string& example) {
  std::string out = "{";
  for (const std::string& media_type : media_types) {
    if (out.size() > 1) out += ',';
    appendJsonString(out, media_type);
    out += R"(:{"schema":)" + schema;
    if (!example.empty()) out += R"(,"example":)" + example;
    out += '}';
  }
  return out + '}';
}

}  // namespace endpoint_detail

Endpoint& Endpoints::take(std::unique_ptr<Endpoint> endpoint) {
  const Description& described = endpoint->description;
  const auto wrong = [&described](std::string_view why) {
    throw std::logic_error(fmt::format("endpoint {}: {}", described.name, why));
  };
  for (const auto& other : all_) {
    if (other->description.name == described.name) wrong("its name is taken");
  }
  if (described.summary.zh.empty() || described.summary.en.empty()) wrong("has no summary in both languages");
  if (endpoint->isWrite() && described.access.kind() == AccessRule::Kind::open &&
      described.repeats != Repeats::harmless)
    wrong("keys belong to somebody who is signed in");
  if (endpoint->isWrite() && described.repeats != Repeats::harmless && !endpoint->run_again)
    wrong("does not say how a repeated request is answered");
  all_.push_back(std::move(endpoint));
  return *all_.back();
}

}  // namespace jinyue::api
