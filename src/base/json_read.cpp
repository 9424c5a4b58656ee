#include "base/json_read.h"

#include <fmt/format.h>

namespace jinyue {

JsonReader::Step::Step(JsonReader& in, std::string_view key) : in_(in), length_(in.pointer_.size()) {
  ++in.depth_;
  in.pointer_ += '/';
  for (const char c : key) {  // RFC 6901 escapes
    if (c == '~') in.pointer_ += "~0";
    else if (c == '/') in.pointer_ += "~1";
    else in.pointer_ += c;
  }
}

JsonReader::Step::Step(JsonReader& in, std::size_t index)
    : Step(in, std::string_view{std::to_string(index)}) {}

bool JsonReader::fail(std::string code, Text title) {
  constexpr std::size_t enough = 100;  // a hostile document must not make an endless answer
  if (causes_.size() < enough) {
    causes_.push_back({ProblemKind::invalid, std::move(code), std::move(title), pointer_, {}, {}});
  }
  return false;
}

bool JsonReader::failType(const char* wanted_zh, const char* wanted_en) {
  return fail("json.type",
              {fmt::format("这里应为{}", wanted_zh), fmt::format("expected {} here", wanted_en)});
}

bool JsonReader::failSyntax(simdjson::error_code error) {
  broken_ = true;
  return fail("json.syntax",
              {"不是有效的 JSON", fmt::format("not valid JSON: {}", simdjson::error_message(error))});
}

Problem JsonReader::problem() && {
  if (causes_.size() == 1) return std::move(causes_.front());
  return {ProblemKind::invalid, "json.invalid", {"内容有误", "the document has several errors"}, {}, {},
          std::move(causes_)};
}

}  // namespace jinyue
