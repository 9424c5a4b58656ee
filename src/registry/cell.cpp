#include "registry/cell.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.h"
#include "base/time.h"
#include "feel/value_json.h"
#include "registry/contains.h"
#include "registry/identifiers.h"

namespace jinyue::registry {

using feel::Kind;
using feel::Value;

namespace {

bool anyOf(std::string_view text, std::initializer_list<std::string_view> words) {
  return std::ranges::any_of(words, [&](std::string_view word) { return text == word; });
}

Value plainValue(const std::vector<std::string>& types, std::string_view format, std::string_view cell) {
  const auto has = [&](std::string_view type) { return contains(types, type); };
  if (has("integer") || has("number")) {
    std::string digits{cell};
    std::erase(digits, ',');
    if (const auto number = feel::Number::parse(digits)) return *number;
  }
  if (has("boolean")) {
    if (anyOf(cell, {"是", "true", "TRUE", "yes", "1"})) return true;
    if (anyOf(cell, {"否", "false", "FALSE", "no", "0"})) return false;
  }
  if (format == "date") return Value(dateText(cell));
  if (format == "uscc" || format == "resident-id") return Value(normaliseIdentifier(cell));
  return Value(cell);
}

std::string plainCell(const Value& value) {
  if (value.is(Kind::string)) return std::string{value.string()};
  if (value.is(Kind::number)) return value.number().toJson();
  if (value.is(Kind::boolean)) return value.isTrue() ? "是" : "否";
  return {};
}

}  // namespace

std::string dateText(std::string_view cell) {
  std::vector<std::string> parts(1);
  for (std::size_t at = 0; at < cell.size(); ++at) {
    const char c = cell[at];
    if (c >= '0' && c <= '9') {
      parts.back() += c;
    } else if (c == '-' || c == '/' || c == '.') {
      parts.emplace_back();
    } else if (cell.substr(at).starts_with("年") || cell.substr(at).starts_with("月")) {
      parts.emplace_back();
      at += 2;
    } else if (cell.substr(at) == "日" || cell.substr(at) == "T00:00:00") {
      break;
    } else {
      return std::string{cell};
    }
  }
  if (parts.size() == 1 && parts[0].size() == 8)
    parts = {parts[0].substr(0, 4), parts[0].substr(4, 2), parts[0].substr(6)};
  if (parts.size() != 3 || parts[0].size() != 4 || parts[1].size() > 2 || parts[2].size() > 2 ||
      parts[1].empty() || parts[2].empty())
    return std::string{cell};
  return fmt::format("{}-{:0>2}-{:0>2}", parts[0], parts[1], parts[2]);
}

Value valueOf(const Field& field, std::string_view cell) {
  for (const Value& option : field.options) {
    const std::string text = plainCell(option);
    const auto titled = field.option_titles.find(text);
    if (cell == text ||
        (titled != field.option_titles.end() && (cell == titled->second.zh || cell == titled->second.en)))
      return option;
  }
  if (!field.is("array")) return plainValue(field.types, field.format, cell);
  feel::List items;
  std::string_view rest = cell;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find(';'), rest.find("；"));
    const std::string_view item = trimmed(rest.substr(0, end));
    if (!item.empty()) items.push_back(plainValue(field.item_types, field.item_format, item));
    if (end == std::string_view::npos) break;
    rest.remove_prefix(end + (rest[end] == ';' ? 1 : 3));
  }
  return items;
}

std::string cellOf(const Field& field, const Value& value, bool english) {
  if (value.is(Kind::list)) {
    std::string out;
    for (const Value& item : value.list()) out += (out.empty() ? "" : ";") + plainCell(item);
    return out;
  }
  const std::string text = plainCell(value);
  const auto titled = field.option_titles.find(text);
  if (titled != field.option_titles.end()) return english ? titled->second.en : titled->second.zh;
  return english && value.is(Kind::boolean) ? (value.isTrue() ? "yes" : "no") : text;
}

bool isTabular(const Field& field) {
  return !field.is("object") && !contains(field.item_types, "object") && !contains(field.item_types, "array");
}

}  // namespace jinyue::registry
