#include "api/schema.h"

#include <algorithm>
#include <stdexcept>

namespace jinyue::api {
namespace {

/// Stands behind the name of a struct that a body holds until all names are known.
constexpr std::string_view body_mark = "~body";

std::string reference(const std::string& name) {
  return R"({"$ref":"#/components/schemas/)" + name + R"("})";
}

}  // namespace

namespace schema_detail {

std::string componentName(std::string_view spelled_type) {
  std::string name;
  std::size_t at = 0;
  while (at < spelled_type.size()) {
    auto end = spelled_type.find("::", at);
    if (end == std::string_view::npos) end = spelled_type.size();
    const std::string_view part = spelled_type.substr(at, end - at);
    at = end + 2;
    if (part == "jinyue" || part == "api" || part == "(anonymous namespace)") continue;
    if (!name.empty()) name += '.';
    name += part;
  }
  return name;
}

}  // namespace schema_detail

std::string SchemaBook::refer(const std::string& name, std::type_index type, std::string text) {
  const auto [place, added] = types_.emplace(name, type);
  if (!added && place->second != type) throw std::logic_error("two types are called " + name);
  components_.emplace(name, std::move(text));
  return reference(name);
}

std::string SchemaBook::referStruct(std::string name, std::type_index type, SchemaUse use,
                                    const std::function<std::string()>& text) {
  if (use == SchemaUse::body) name += body_mark;
  // A struct that holds itself is referred to while it is being written.
  if (std::ranges::find(under_way_, name) != under_way_.end()) return reference(name);
  if (const auto known = types_.find(name); known != types_.end()) return refer(name, type, {});
  under_way_.push_back(name);
  std::string schema = text();
  under_way_.pop_back();
  return refer(name, type, std::move(schema));
}

std::string SchemaBook::resolved(std::string text) const {
  for (auto at = text.find(body_mark); at != std::string::npos; at = text.find(body_mark, at)) {
    const auto start = text.find_last_of("/\"", at) + 1;
    const bool taken = components_.contains(text.substr(start, at - start));
    text.replace(at, body_mark.size(), taken ? "Input" : "");
  }
  return text;
}

std::string SchemaBook::components() const {
  std::string out;
  for (const auto& [name, schema] : components_) {
    if (!out.empty()) out += ',';
    appendJsonString(out, name);
    out += ':' + schema;
  }
  return resolved(std::move(out));
}

std::string withAbout(std::string schema, const About& about) {
  const bool is_reference = schema.starts_with(R"({"$ref")");
  std::string more;
  const auto number = [&more](std::string_view word, std::int64_t value) {
    more += ",\"" + std::string{word} + "\":" + std::to_string(value);
  };
  if (!is_reference) {
    const bool text = schema.find(R"("type":"string")") == 1;
    const bool list = schema.find(R"("type":"array")") == 1;
    if (about.least) number(text ? "minLength" : list ? "minItems" : "minimum", *about.least);
    if (about.most) number(text ? "maxLength" : list ? "maxItems" : "maximum", *about.most);
  }
  std::string words = about.text.zh;
  if (!about.text.en.empty()) words += (words.empty() ? "" : " / ") + about.text.en;
  if (!words.empty()) {
    more += R"(,"description":)";
    appendJsonString(more, words);
  }
  if (!about.example.empty()) more += R"(,"examples":[)" + std::string{about.example} + ']';
  if (schema == "{}" && !more.empty()) more.erase(0, 1);  // nothing stands before it
  schema.insert(schema.size() - 1, more);
  return schema;
}

}  // namespace jinyue::api
