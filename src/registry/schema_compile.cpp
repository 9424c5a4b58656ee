#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "feel/value_json.h"
#include "registry/contains.h"
#include "registry/schema_node.h"

namespace jinyue::registry {

using feel::Context;
using feel::Kind;
using feel::List;
using feel::Number;
using feel::Value;

namespace {

constexpr std::int64_t most_counted = 10'000'000;
constexpr std::size_t most_nodes = 5000;
constexpr std::size_t most_causes = 50;

class Compiler {
 public:
  explicit Compiler(Schema::Body& body) : body_(body) {}

  const SchemaNode* run() {
    const SchemaNode* root = compile(body_.json, "");
    // Definitions that nothing refers to are read too: what is wrong in them is told now.
    if (root != nullptr && body_.json.is(Kind::context)) {
      if (const Value* definitions = body_.json.context().find("$defs");
          definitions && definitions->is(Kind::context)) {
        for (const auto& [name, definition] : definitions->context())
          compile(definition, "/$defs/" + pointerStep(name));
      }
    }
    return root;
  }
  std::vector<Problem>& causes() { return causes_; }

 private:
  void wrong(const std::string& pointer, Text title) {
    if (causes_.size() < most_causes)
      causes_.push_back({ProblemKind::invalid, "schema.invalid", std::move(title), pointer, {}, {}});
  }

  SchemaNode* make() { return body_.nodes.emplace_back(std::make_unique<SchemaNode>()).get(); }

  /// The schema at a pointer; each place is compiled once. Never null.
  const SchemaNode* compile(const Value& json, const std::string& pointer) {
    if (const auto known = by_pointer_.find(pointer); known != by_pointer_.end()) {
      if (known->second == nullptr) {
        wrong(pointer, {"不支持递归的 $ref", "a recursive $ref is not supported"});
        return make();
      }
      return known->second;
    }
    by_pointer_[pointer] = nullptr;
    const SchemaNode* node = compileNew(json, pointer);
    by_pointer_[pointer] = node;
    return node;
  }

  const SchemaNode* compileNew(const Value& json, const std::string& pointer) {
    SchemaNode* node = make();
    if (body_.nodes.size() > most_nodes) {
      wrong(pointer, {"模式过大", "the schema is too large"});
      return node;
    }
    if (json.isTrue()) return node;
    if (json.isFalse()) {
      node->never = true;
      return node;
    }
    if (!json.is(Kind::context)) {
      wrong(pointer, {"模式应为对象或布尔值", "a schema is an object or a boolean"});
      return node;
    }
    const Context& object = json.context();
    for (const auto& [name, value] : object)
      keyword(*node, object, name, value, pointer, pointer + "/" + pointerStep(name));
    if (node->condition == nullptr && (node->then != nullptr || node->otherwise != nullptr))
      wrong(pointer, {"then、else 需要 if", "then and else need an if"});
    for (const auto& [value, title] : node->option_titles) {
      const bool known =
          node->options && std::ranges::any_of(*node->options, [&](const Value& option) {
            return option.is(Kind::string) ? option.string() == value : toJson(option) == value;
          });
      if (!known)
        wrong(pointer + "/enum:titles/" + pointerStep(value),
              {"enum 中没有这个值", "enum does not have this value"});
    }
    return node;
  }

  void keyword(SchemaNode& node, const Context& object, std::string_view name, const Value& value,
               const std::string& parent, const std::string& pointer) {
    if (annotation(node, name, value, pointer)) return;
    if (name == "$schema" || name == "$id" || name == "$defs") {
      if (!parent.empty() && name != "$defs")
        wrong(pointer, {"只能写在最外层", "this may only be at the root"});
      if (name == "$schema" && value != Value("https://json-schema.org/draft/2020-12/schema"))
        wrong(pointer, {"应为 https://json-schema.org/draft/2020-12/schema",
                        "this must be https://json-schema.org/draft/2020-12/schema"});
      if (name == "$defs" && !value.is(Kind::context)) wrong(pointer, {"应为对象", "this must be an object"});
      return;
    }
    if (name == "$ref") return reference(node, object, value, pointer);
    if (rule(node, name, value, pointer) || applicator(node, name, value, pointer)) return;
    wrong(pointer,
          {fmt::format("不支持关键字“{}”", name), fmt::format("the keyword “{}” is not supported", name)});
  }

  bool annotation(SchemaNode& node, std::string_view name, const Value& value, const std::string& pointer) {
    if (name == "default" || name == "examples" || name == "readOnly") return true;
    const bool titles = name == "title" || name == "title:en";
    const bool descriptions = name == "description" || name == "description:en";
    if (titles || descriptions || name == "$comment") {
      if (!value.is(Kind::string)) {
        wrong(pointer, {"应为文本", "this must be a text"});
        return true;
      }
      const std::string text{value.string()};
      if (name == "title:en") node.has_english = true;
      if (titles || descriptions) {
        Text& target = titles ? node.title : node.description;
        if (name.ends_with(":en")) {
          target.en = text;
        } else {
          target.zh = text;
          if (target.en.empty()) target.en = text;
        }
      }
      return true;
    }
    if (name != "enum:titles") return false;
    if (!value.is(Kind::context)) {
      wrong(pointer, {"应为对象", "this must be an object"});
      return true;
    }
    for (const auto& [option, title] : value.context()) {
      const Value* zh = title.is(Kind::context) ? title.context().find("zh") : nullptr;
      const Value* en = title.is(Kind::context) ? title.context().find("en") : nullptr;
      if (zh == nullptr || en == nullptr || !zh->is(Kind::string) || !en->is(Kind::string) ||
          title.context().size() != 2) {
        wrong(pointer + "/" + pointerStep(option), {"应有 zh 和 en", "this needs zh and en"});
      } else {
        node.option_titles[option] = {std::string{zh->string()}, std::string{en->string()}};
      }
    }
    return true;
  }

  /// Rules beside $ref count in 2020-12 and do not in draft 7, so there may be none.
  void reference(SchemaNode& node, const Context& object, const Value& value, const std::string& pointer) {
    for (const auto& [name, other] : object) {
      SchemaNode ignored;
      if (name != "$ref" && name != "$defs" && name != "$schema" && name != "$id" &&
          !annotation(ignored, name, other, pointer))
        wrong(pointer, {fmt::format("$ref 旁边不能有“{}”；可写进 allOf", name),
                        fmt::format("“{}” may not stand beside $ref; use allOf", name)});
    }
    const std::string target{value.is(Kind::string) ? value.string() : std::string_view{}};
    if (!target.starts_with("#/$defs/")) {
      wrong(pointer, {"$ref 应以 #/$defs/ 开头", "$ref must begin with #/$defs/"});
      return;
    }
    const Value* found = &body_.json;
    std::string_view rest = std::string_view{target}.substr(1);
    while (found != nullptr && !rest.empty()) {
      const std::size_t end = std::min(rest.find('/', 1), rest.size());
      std::string step{rest.substr(1, end - 1)};
      for (std::size_t at = 0; (at = step.find('~', at)) != std::string::npos; ++at)
        step.replace(at, 2, step.substr(at + 1, 1) == "1" ? "/" : "~");
      found = found->is(Kind::context) ? found->context().find(step) : nullptr;
      rest.remove_prefix(end);
    }
    if (found == nullptr) {
      wrong(pointer, {fmt::format("找不到“{}”", target), fmt::format("there is no “{}”", target)});
      return;
    }
    node.ref = compile(*found, target.substr(1));
  }

  std::optional<std::size_t> count(const Value& value, const std::string& pointer) {
    const auto number = value.asInt64();
    if (number && *number >= 0 && *number <= most_counted) return static_cast<std::size_t>(*number);
    wrong(pointer, {"应为非负整数", "this must be a whole number from 0 on"});
    return std::nullopt;
  }

  void number(std::optional<Number>& target, const Value& value, const std::string& pointer) {
    target = value.asNumber();
    if (!target) wrong(pointer, {"应为数字", "this must be a number"});
  }

  bool rule(SchemaNode& node, std::string_view name, const Value& value, const std::string& pointer) {
    if (name == "type") types(node, value, pointer);
    else if (name == "required") names(node.required, value, pointer);
    else if (name == "enum") {
      if (value.is(Kind::list) && !value.list().empty()) node.options = value.list();
      else wrong(pointer, {"应为非空数组", "this must be a list that is not empty"});
    } else if (name == "const") node.constant = value;
    else if (name == "minItems") node.min_items = count(value, pointer).value_or(0);
    else if (name == "maxItems") node.max_items = count(value, pointer).value_or(0);
    else if (name == "minLength") node.min_length = count(value, pointer).value_or(0);
    else if (name == "maxLength") node.max_length = count(value, pointer).value_or(0);
    else if (name == "uniqueItems") {
      node.unique_items = value.isTrue();
      if (!value.is(Kind::boolean)) wrong(pointer, {"应为布尔值", "this must be true or false"});
    } else if (name == "minimum") number(node.minimum, value, pointer);
    else if (name == "maximum") number(node.maximum, value, pointer);
    else if (name == "exclusiveMinimum") number(node.above, value, pointer);
    else if (name == "exclusiveMaximum") number(node.below, value, pointer);
    else if (name == "multipleOf") {
      number(node.multiple, value, pointer);
      if (node.multiple && *node.multiple <= Number(0)) {
        node.multiple.reset();
        wrong(pointer, {"应大于 0", "this must be more than 0"});
      }
    } else if (name == "pattern") pattern(node, value, pointer);
    else if (name == "format") format(node, value, pointer);
    else if (name == "register") {
      if (value.is(Kind::string) && !value.string().empty()) node.register_name = value.string();
      else wrong(pointer, {"应为登记册的名称", "this must be the name of a register"});
      if (!contains(body_.registers, node.register_name)) body_.registers.push_back(node.register_name);
    } else if (name == "running") {
      if (value.is(Kind::string) && !value.string().empty()) node.running = value.string();
      else wrong(pointer, {"应为流程的标识", "this must be the id of a process"});
    } else return false;
    return true;
  }

  bool applicator(SchemaNode& node, std::string_view name, const Value& value, const std::string& pointer) {
    if (name == "properties") {
      if (!value.is(Kind::context)) wrong(pointer, {"应为对象", "this must be an object"});
      else
        for (const auto& [property, schema] : value.context())
          node.properties.push_back({property, compile(schema, pointer + "/" + pointerStep(property))});
    } else if (name == "additionalProperties") node.additional = compile(value, pointer);
    else if (name == "items") node.items = compile(value, pointer);
    else if (name == "allOf") schemas(node.all_of, value, pointer);
    else if (name == "anyOf") schemas(node.any_of, value, pointer);
    else if (name == "oneOf") schemas(node.one_of, value, pointer);
    else if (name == "if") node.condition = compile(value, pointer);
    else if (name == "then") node.then = compile(value, pointer);
    else if (name == "else") node.otherwise = compile(value, pointer);
    else return false;
    return true;
  }

  void types(SchemaNode& node, const Value& value, const std::string& pointer) {
    const List words = value.is(Kind::list) ? value.list() : List{value};
    for (const Value& word : words) {
      const auto known = std::ranges::find_if(typeWords(), [&](const TypeWord& type) {
        return word.is(Kind::string) && word.string() == type.word;
      });
      if (known == typeWords().end()) wrong(pointer, {"没有这个类型", "there is no such type"});
      else node.types |= known->bit;
    }
    if (words.empty()) wrong(pointer, {"应为非空数组", "this must be a list that is not empty"});
  }

  void names(std::vector<std::string>& target, const Value& value, const std::string& pointer) {
    if (!value.is(Kind::list)) return wrong(pointer, {"应为数组", "this must be a list"});
    for (const Value& name : value.list()) {
      if (!name.is(Kind::string)) wrong(pointer, {"应为文本", "these must be texts"});
      else if (contains(target, name.string())) wrong(pointer, {"有重复", "a name appears twice"});
      else target.emplace_back(name.string());
    }
  }

  void schemas(std::vector<const SchemaNode*>& target, const Value& value, const std::string& pointer) {
    if (!value.is(Kind::list) || value.list().empty())
      return wrong(pointer, {"应为非空数组", "this must be a list that is not empty"});
    for (std::size_t index = 0; index < value.list().size(); ++index)
      target.push_back(compile(value.list()[index], fmt::format("{}/{}", pointer, index)));
  }

  void pattern(SchemaNode& node, const Value& value, const std::string& pointer) {
    if (!value.is(Kind::string)) return wrong(pointer, {"应为文本", "this must be a text"});
    auto compiled = Pattern::compile(value.string());
    if (compiled) node.pattern = *std::move(compiled);
    else wrong(pointer, compiled.error().title);
  }

  void format(SchemaNode& node, const Value& value, const std::string& pointer) {
    std::string known;
    for (const Format& format : formats()) {
      if (value.is(Kind::string) && value.string() == format.name) {
        node.format = &format;
        return;
      }
      known += (known.empty() ? "" : ", ") + std::string{format.name};
    }
    wrong(pointer, {fmt::format("没有这个格式；可用：{}", known),
                    fmt::format("no such format; there are: {}", known)});
  }

  Schema::Body& body_;
  std::vector<Problem> causes_;
  std::map<std::string, const SchemaNode*, std::less<>> by_pointer_;
};

void describeItems(Field& field, const SchemaNode& items) {
  const SchemaNode* node = &items;
  while (node->ref != nullptr) node = node->ref;
  for (const TypeWord& word : typeWords()) {
    if ((node->types & word.bit) != 0) field.item_types.emplace_back(word.word);
  }
  if (node->format != nullptr) field.item_format = node->format->name;
}

Field describeField(const SchemaNode& root, const SchemaNode::Property& property) {
  Field field;
  const SchemaNode* node = property.node;
  field.name = property.name;
  field.title = titleOf(*node, property.name);
  field.description = node->description;
  field.has_english = node->has_english;
  while (node->ref != nullptr) {
    node = node->ref;
    field.has_english = field.has_english || node->has_english;
    if (field.description.zh.empty()) field.description = node->description;
  }
  for (const TypeWord& word : typeWords()) {
    if ((node->types & word.bit) != 0) field.types.emplace_back(word.word);
  }
  if (node->format != nullptr) field.format = node->format->name;
  field.register_name = node->register_name;
  field.required = contains(root.required, property.name);
  if (node->options) field.options = *node->options;
  field.option_titles = node->option_titles;
  if (node->items != nullptr) describeItems(field, *node->items);
  return field;
}

}  // namespace

Result<Schema> Schema::compile(const Value& json) {
  auto body = std::make_shared<Body>();
  body->json = json;
  Compiler compiler(*body);
  body->root = compiler.run();
  if (!compiler.causes().empty()) {
    return std::unexpected(Problem{ProblemKind::invalid,
                                   "schema.invalid",
                                   {"JSON Schema 不可用", "the JSON Schema can't be used"},
                                   {},
                                   {"所支持的子集见 docs/registers.md", "docs/registers.md has the subset"},
                                   std::move(compiler.causes())});
  }
  const SchemaNode* root = body->root;
  while (root->ref != nullptr) root = root->ref;
  for (const auto& property : root->properties) body->fields.push_back(describeField(*root, property));
  return Schema(std::move(body));
}

Result<Schema> Schema::compile(std::string_view json) {
  const auto value = fromJson<Value>(json);
  if (!value) return std::unexpected(value.error());
  return compile(*value);
}

}  // namespace jinyue::registry
