#include "api/parameters.h"

namespace jinyue::api {

std::vector<std::string> commaList(const std::optional<std::string>& text) {
  std::vector<std::string> items;
  if (!text) return items;
  std::string_view rest = *text;
  while (true) {
    const auto comma = rest.find(',');
    items.emplace_back(rest.substr(0, comma));
    if (comma == std::string_view::npos) return items;
    rest.remove_prefix(comma + 1);
  }
}

namespace parameter_detail {
namespace {

Problem wrong(std::string code, Text title, std::string where, Text detail = {}) {
  return {ProblemKind::invalid, std::move(code), std::move(title), std::move(where), std::move(detail), {}};
}

}  // namespace

Problem outOfRange(std::string where, const About& about) {
  const std::string least = about.least ? std::to_string(*about.least) : "";
  const std::string most = about.most ? std::to_string(*about.most) : "";
  Text detail;
  if (about.least && about.most) {
    detail = {fmt::format("应在 {} 到 {} 之间", least, most), fmt::format("from {} to {}", least, most)};
  } else if (about.least) {
    detail = {fmt::format("至少 {}", least), fmt::format("at least {}", least)};
  } else {
    detail = {fmt::format("至多 {}", most), fmt::format("at most {}", most)};
  }
  return wrong("value.range", {"数值或长度超出范围", "this value or its length is out of range"},
               std::move(where), std::move(detail));
}

Problem malformed(std::string_view name, std::string_view value) {
  return wrong("request.query", {"参数的值无法识别", "the value of this parameter can't be read"},
               std::string{name}, {fmt::format("收到的是“{}”", value), fmt::format("it was “{}”", value)});
}

Problem missing(std::string_view name) {
  return wrong("request.query", {"缺少参数", "this parameter is missing"}, std::string{name});
}

Problem twice(std::string_view name) {
  return wrong("request.query", {"参数重复", "this parameter appears twice"}, std::string{name});
}

Problem unknown(std::string_view name, const std::vector<std::string_view>& known) {
  std::string names;
  for (const std::string_view each : known) names += (names.empty() ? "" : ", ") + std::string{each};
  Text detail = known.empty() ? Text{"这个地址不接受参数", "this address takes no parameters"}
                              : Text{"可用的参数：" + names, "there are: " + names};
  return wrong("request.query", {"没有这个参数", "there is no such parameter"}, std::string{name},
               std::move(detail));
}

Problem all(std::vector<Problem> found) {
  if (found.size() == 1) return std::move(found.front());
  Problem problem = wrong("request.query", {"参数有误", "the parameters have several errors"}, {});
  problem.causes = std::move(found);
  return problem;
}

}  // namespace parameter_detail
}  // namespace jinyue::api
