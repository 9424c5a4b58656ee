#include "registry/schema.h"

#include <algorithm>

#include "feel/text_form.h"
#include "registry/contains.h"
#include "registry/schema_node.h"

namespace jinyue::registry {

using feel::Context;
using feel::Kind;
using feel::List;
using feel::Value;

namespace {

Value typedText(std::string_view format, const Value& value) {
  if (!value.is(Kind::string)) return value;
  if (format == "date") {
    if (const auto date = feel::parseCivilDate(value.string())) return *date;
  }
  if (format == "date-time") {
    if (const auto moment = feel::parseDateTime(value.string())) return *moment;
  }
  return value;
}

bool hasTemporal(const Value& value) {
  switch (value.kind()) {
    case Kind::date:
    case Kind::time:
    case Kind::date_time:
    case Kind::days_duration:
    case Kind::years_duration: return true;
    case Kind::list: return std::ranges::any_of(value.list(), hasTemporal);
    case Kind::context:
      return std::ranges::any_of(value.context(), [](const auto& entry) { return hasTemporal(entry.value); });
    default: return false;
  }
}

Value typedBy(const SchemaNode& node, Value value) {
  if (node.ref != nullptr) return typedBy(*node.ref, std::move(value));
  if (node.format != nullptr) value = typedText(node.format->name, value);
  if (value.is(Kind::list) && node.items != nullptr) {
    List items;
    items.reserve(value.list().size());
    for (const Value& item : value.list()) items.push_back(typedBy(*node.items, item));
    value = std::move(items);
  } else if (value.is(Kind::context) && (!node.properties.empty() || node.additional != nullptr)) {
    Context object;
    for (const auto& [name, member] : value.context()) {
      const auto* property = node.property(name);
      const SchemaNode* rule = property != nullptr ? property->node : node.additional;
      object.set(name, rule != nullptr ? typedBy(*rule, member) : member);
    }
    value = std::move(object);
  }
  for (const SchemaNode* part : node.all_of) value = typedBy(*part, std::move(value));
  return value;
}

}  // namespace

bool Field::is(std::string_view type) const { return contains(types, type); }

std::span<const TypeWord> typeWords() {
  static const std::vector<TypeWord> words{
      {"string", type_string, {"文本", "a text"}},
      {"integer", type_integer, {"整数", "a whole number"}},
      {"number", type_number, {"数字", "a number"}},
      {"boolean", type_boolean, {"是或否", "true or false"}},
      {"array", type_array, {"列表", "a list"}},
      {"object", type_object, {"一组字段", "a group of fields"}},
      {"null", type_null, {"空", "null"}},
  };
  return words;
}

Text titleOf(const SchemaNode& node, std::string_view name) {
  const SchemaNode* at = &node;
  while (at->title.zh.empty() && at->ref != nullptr) at = at->ref;
  return at->title.zh.empty() ? Text{std::string{name}, std::string{name}} : at->title;
}

std::vector<Finding> Schema::check(const Value& value, const SchemaSurroundings& surroundings) const {
  std::vector<Finding> findings;
  if (hasTemporal(value)) checkNode(*body_->root, plain(value), surroundings, findings);
  else checkNode(*body_->root, value, surroundings, findings);
  return findings;
}

Value Schema::typed(const Value& value) const { return typedBy(*body_->root, value); }

Value Schema::plain(const Value& value) {
  switch (value.kind()) {
    case Kind::date:
    case Kind::time:
    case Kind::date_time:
    case Kind::days_duration:
    case Kind::years_duration: return feel::toText(value);
    case Kind::list: {
      List items;
      items.reserve(value.list().size());
      for (const Value& item : value.list()) items.push_back(plain(item));
      return items;
    }
    case Kind::context: {
      Context object;
      for (const auto& [name, member] : value.context()) object.set(name, plain(member));
      return object;
    }
    default: return value;
  }
}

const std::vector<Field>& Schema::fields() const { return body_->fields; }

const Field* Schema::field(std::string_view name) const {
  const auto found = std::ranges::find(body_->fields, name, &Field::name);
  return found == body_->fields.end() ? nullptr : &*found;
}

const Text& Schema::title() const {
  const SchemaNode* at = body_->root;
  while (at->title.zh.empty() && at->ref != nullptr) at = at->ref;
  return at->title;
}

const std::vector<std::string>& Schema::registers() const { return body_->registers; }
const Value& Schema::json() const { return body_->json; }

Problem problemOf(std::span<const Finding> findings, const Text& what) {
  Problem problem{ProblemKind::invalid, "entry.invalid", what, {}, {}, {}};
  for (const Finding& finding : findings)
    problem.causes.push_back({ProblemKind::invalid, finding.code, finding.text, finding.pointer, {}, {}});
  return problem;
}

}  // namespace jinyue::registry
