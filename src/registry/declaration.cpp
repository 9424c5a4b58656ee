#include "registry/declaration.h"

#include <algorithm>

#include <fmt/format.h>

#include "registry/contains.h"

namespace jinyue::registry {

using feel::Context;
using feel::Kind;
using feel::Value;

namespace {

bool isName(std::string_view text) {
  return !text.empty() && text.size() <= 40 && std::ranges::all_of(text, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
  });
}

struct Causes {
  std::vector<Problem> all;
  void add(std::string where, Text title) {
    all.push_back({ProblemKind::invalid, "register.declaration", std::move(title), std::move(where), {}, {}});
  }
};

void checkFields(const Schema& schema, const std::vector<std::string>& fields, const std::string& member,
                 Causes& causes) {
  for (std::size_t index = 0; index < fields.size(); ++index) {
    if (schema.field(fields[index]) == nullptr)
      causes.add(fmt::format("/{}/{}", member, index),
                 {fmt::format("schema 中没有字段“{}”", fields[index]),
                  fmt::format("the schema has no field “{}”", fields[index])});
  }
}

void checkKey(const Declaration& declaration, const Schema& schema, Causes& causes) {
  if (declaration.key.empty())
    causes.add("/key", {"至少要有一个主键字段", "at least one key field is needed"});
  for (std::size_t index = 0; index < declaration.key.size(); ++index) {
    const Field* field = schema.field(declaration.key[index]);
    const std::string where = fmt::format("/key/{}", index);
    if (field == nullptr) continue;
    const bool plain = field->types.size() == 1 && (field->is("string") || field->is("integer"));
    if (!plain || !field->required)
      causes.add(where, {"主键字段应为必填的文本或整数", "a key field is a required text or whole number"});
    if (contains(declaration.personal, declaration.key[index], &PersonalField::field))
      causes.add(where, {"主键不能是个人信息", "personal data can't be a key"});
  }
}

void checkDisclosure(const Declaration& declaration, const Schema& schema, Causes& causes) {
  if (!declaration.disclosure) return;
  checkFields(schema, declaration.disclosure->fields, "disclosure/fields", causes);
  for (std::size_t index = 0; index < declaration.disclosure->fields.size(); ++index) {
    if (contains(declaration.personal, declaration.disclosure->fields[index], &PersonalField::field))
      causes.add(fmt::format("/disclosure/fields/{}", index),
                 {"个人信息不能公开", "personal data can't be public"});
  }
}

std::vector<std::string> personalNames(const Declaration& declaration) {
  std::vector<std::string> names;
  for (const PersonalField& personal : declaration.personal) names.push_back(personal.field);
  return names;
}

/// What is shown, searched or scoped by in the clear may not be personal.
void checkNotPersonal(const Declaration& declaration, const std::vector<std::string>& fields,
                      const std::string& member, Causes& causes) {
  for (std::size_t index = 0; index < fields.size(); ++index) {
    if (contains(declaration.personal, fields[index], &PersonalField::field))
      causes.add(fmt::format("/{}/{}", member, index),
                 {"个人信息不能进入检索和范围", "personal data can't be searched or scoped by"});
  }
}

std::string keyPart(const Value& value) {
  const std::string text = value.is(Kind::string) ? std::string{value.string()} : feel::toText(value);
  return text;
}

std::string joined(const std::vector<std::string>& parts) {
  if (parts.size() == 1) return parts.front();
  std::string key;
  for (std::size_t index = 0; index < parts.size(); ++index) {
    if (index > 0) key += '|';
    for (const char c : parts[index]) {
      if (c == '|' || c == '\\') key += '\\';
      key += c;
    }
  }
  return key;
}

}  // namespace

Result<RegisterPtr> Register::read(std::string_view json) {
  auto declaration = fromJson<Declaration>(json);
  if (!declaration) return std::unexpected(std::move(declaration.error()));
  return compile(*std::move(declaration));
}

Result<RegisterPtr> Register::compile(Declaration given) {
  const std::shared_ptr<Register> made(new Register(std::move(given)));
  const Declaration& declaration = made->declaration_;
  Causes causes;
  if (!isName(declaration.id))
    causes.add("/id", {"名称只能用小写字母、数字和连字符", "small letters, digits and hyphens only"});
  auto schema = Schema::compile(declaration.schema);
  if (!schema) {
    if (schema.error().causes.empty()) causes.add("/schema", schema.error().title);
    for (const Problem& cause : schema.error().causes) causes.add("/schema" + cause.where, cause.title);
  } else {
    checkFields(*schema, declaration.key, "key", causes);
    checkKey(declaration, *schema, causes);
    checkFields(*schema, personalNames(declaration), "personal", causes);
    for (std::size_t index = 0; index < declaration.personal.size(); ++index) {
      if (std::ranges::find(personal_kinds, declaration.personal[index].kind) == personal_kinds.end())
        causes.add(fmt::format("/personal/{}/kind", index),
                   {fmt::format("没有这个个人信息类别；可用：{}", fmt::join(personal_kinds, "、")),
                    fmt::format("there is no such class of personal data; there are: {}",
                                fmt::join(personal_kinds, ", "))});
    }
    checkFields(*schema, declaration.filters, "filters", causes);
    checkFields(*schema, declaration.names, "names", causes);
    checkFields(*schema, declaration.search, "search", causes);
    checkDisclosure(declaration, *schema, causes);
    checkNotPersonal(declaration, declaration.names, "names", causes);
    checkNotPersonal(declaration, declaration.search, "search", causes);
    for (const auto& [member, field] :
         {std::pair{"area", declaration.area}, std::pair{"unit", declaration.unit}}) {
      if (!field) continue;
      checkFields(*schema, {*field}, member, causes);
      checkNotPersonal(declaration, {*field}, member, causes);
    }
    if (declaration.filters.size() > most_filters)
      causes.add("/filters", {fmt::format("最多 {} 个筛选字段", most_filters),
                              fmt::format("at most {} fields to filter by", most_filters)});
    made->schema_ = *std::move(schema);
  }
  if (declaration.disclosure && declaration.disclosure->entries) {
    auto expression = feel::Expression::compile(*declaration.disclosure->entries);
    if (!expression) causes.add("/disclosure/entries", expression.error().title);
    else made->is_public_ = *std::move(expression);
  }
  if (declaration.roles) made->roles_ = *declaration.roles;
  if (!causes.all.empty()) {
    return std::unexpected(
        Problem{ProblemKind::invalid,
                "register.declaration",
                {fmt::format("登记册“{}”的声明有误", declaration.id),
                 fmt::format("the declaration of the register “{}” is wrong", declaration.id)},
                {},
                {},
                std::move(causes.all)});
  }
  return made;
}

std::string Register::keyOf(const Value& entry) const {
  std::vector<std::string> parts;
  for (const std::string& field : declaration_.key) {
    const Value* value = entry.is(Kind::context) ? entry.context().find(field) : nullptr;
    parts.push_back(value != nullptr ? keyPart(*value) : "");
  }
  return joined(parts);
}

std::string Register::keyFrom(const Value& values) const {
  if (!values.is(Kind::list)) return joined({keyPart(values)});
  std::vector<std::string> parts;
  for (const Value& value : values.list()) parts.push_back(keyPart(value));
  return parts.empty() ? "" : joined(parts);
}

bool Register::isPersonal(std::string_view field) const { return !personalKind(field).empty(); }

std::string_view Register::personalKind(std::string_view field) const {
  const auto found = std::ranges::find(declaration_.personal, field, &PersonalField::field);
  return found == declaration_.personal.end() ? std::string_view{} : std::string_view{found->kind};
}

bool Register::isPublic(const Value& entry) const {
  if (!declaration_.disclosure || declaration_.disclosure->fields.empty()) return false;
  if (!is_public_) return true;
  const Value typed = schema_->typed(split(entry).first);
  return is_public_->evaluate(typed.context(), feel::Facts{}).value.isTrue();
}

Value Register::publicPart(const Value& entry) const {
  Context out;
  if (declaration_.disclosure) {
    for (const std::string& field : declaration_.disclosure->fields) {
      if (const Value* value = entry.context().find(field)) out.set(field, *value);
    }
  }
  return out;
}

std::pair<Value, Value> Register::split(const Value& entry) const {
  if (declaration_.personal.empty()) return {entry, Context{}};
  Context open;
  Context personal;
  for (const auto& [name, value] : entry.context()) (isPersonal(name) ? personal : open).set(name, value);
  return {std::move(open), std::move(personal)};
}

}  // namespace jinyue::registry
