#include <algorithm>
#include <unordered_map>

#include <fmt/format.h>

#include "base/text.h"
#include "feel/value_json.h"
#include "registry/contains.h"
#include "registry/schema_node.h"

namespace jinyue::registry {

using feel::Kind;
using feel::Number;
using feel::Value;

namespace {

std::uint8_t typesOf(const Value& value) {
  switch (value.kind()) {
    case Kind::null: return type_null;
    case Kind::boolean: return type_boolean;
    case Kind::number: return value.number().isInteger() ? type_integer | type_number : type_number;
    case Kind::string: return type_string;
    case Kind::list: return type_array;
    case Kind::context: return type_object;
    default: return 0;
  }
}

std::string shownValue(const Value& value) {
  if (value.is(Kind::string)) return std::string{value.string()};
  return toJson(value);
}

class Checker {
 public:
  Checker(const SchemaSurroundings& surroundings, std::vector<Finding>& findings)
      : surroundings_(surroundings), findings_(findings) {}

  /// `base` is the outermost schema of this value: it knows the titles for conditions inside it.
  void check(const SchemaNode& node, const Value& value, const SchemaNode& base, const Text& title) {
    if (node.never) return add("unexpected", {"“{}”不应填写", "“{}” must be left out"}, title);
    if (node.ref != nullptr) return check(*node.ref, value, base, title);
    if (!checkType(node, value, title)) return;
    if (node.options && !contains(*node.options, value)) addOptions(node, title);
    if (node.constant && *node.constant != value) {
      add("const", {"“{}”只能是“{}”", "“{}” can only be “{}”"}, title, shownValue(*node.constant));
    }
    switch (value.kind()) {
      case Kind::number: checkNumber(node, value.number(), title); break;
      case Kind::string: checkText(node, value.string(), title); break;
      case Kind::list: checkList(node, value.list(), title); break;
      case Kind::context: checkObject(node, value.context(), base, title); break;
      default: break;
    }
    checkAlternatives(node, value, base, title);
  }

 private:
  template <class... Rest>
  void add(std::string_view code, Text form, const Text& title, const Rest&... rest) {
    if (findings_.size() >= surroundings_.max_findings) return;
    findings_.push_back({pointer_,
                         fmt::format("schema.{}", code),
                         {fmt::format(fmt::runtime(form.zh), title.zh, rest...),
                          fmt::format(fmt::runtime(form.en), title.en, rest...)}});
  }
  void addTexts(std::string_view code, const Text& form, const Text& title, const Text& rest) {
    if (findings_.size() >= surroundings_.max_findings) return;
    findings_.push_back({pointer_,
                         fmt::format("schema.{}", code),
                         {fmt::format(fmt::runtime(form.zh), title.zh, rest.zh),
                          fmt::format(fmt::runtime(form.en), title.en, rest.en)}});
  }

  template <class Inside>
  void inside(std::string_view step, Inside&& visit) {
    const std::size_t length = pointer_.size();
    pointer_ += '/';
    pointer_ += pointerStep(step);
    visit();
    pointer_.resize(length);
  }

  /// Whether a value is accepted, without noting why not.
  bool accepts(const SchemaNode& node, const Value& value, const SchemaNode& base, const Text& title) {
    std::vector<Finding> found;
    SchemaSurroundings first = surroundings_;
    first.max_findings = 1;
    Checker(first, found).check(node, value, base, title);
    return found.empty();
  }

  bool checkType(const SchemaNode& node, const Value& value, const Text& title) {
    const std::uint8_t types = typesOf(value);
    if (types != 0 && (node.types == 0 || (node.types & types) != 0)) return true;
    Text wanted;
    for (const TypeWord& word : typeWords()) {
      if ((node.types & word.bit) == 0 || word.bit == type_null) continue;
      wanted.zh += (wanted.zh.empty() ? "" : "或") + word.title.zh;
      wanted.en += (wanted.en.empty() ? "" : " or ") + word.title.en;
    }
    if (wanted.zh.empty()) {
      add("type", {"“{}”应为空", "“{}” must be null"}, title);
    } else {
      addTexts("type", {"“{}”应为{}", "“{}” must be {}"}, title, wanted);
    }
    return false;
  }

  void addOptions(const SchemaNode& node, const Text& title) {
    constexpr std::size_t most_shown = 12;
    Text all;
    for (std::size_t index = 0; index < std::min(most_shown, node.options->size()); ++index) {
      const std::string value = shownValue((*node.options)[index]);
      const auto titled = node.option_titles.find(value);
      all.zh += (index == 0 ? "" : "、") + (titled == node.option_titles.end() ? value : titled->second.zh);
      all.en += (index == 0 ? "" : ", ") + (titled == node.option_titles.end() ? value : titled->second.en);
    }
    if (node.options->size() > most_shown) {
      all.zh += fmt::format("等 {} 项", node.options->size());
      all.en += fmt::format(" … ({} in all)", node.options->size());
    }
    addTexts("enum", {"“{}”只能是：{}", "“{}” can only be: {}"}, title, all);
  }

  void checkNumber(const SchemaNode& node, const Number& number, const Text& title) {
    if (node.minimum && number < *node.minimum)
      add("minimum", {"“{}”不能小于 {}", "“{}” must be at least {}"}, title, node.minimum->toJson());
    if (node.maximum && number > *node.maximum)
      add("maximum", {"“{}”不能大于 {}", "“{}” must be at most {}"}, title, node.maximum->toJson());
    if (node.above && number <= *node.above)
      add("minimum", {"“{}”应大于 {}", "“{}” must be more than {}"}, title, node.above->toJson());
    if (node.below && number >= *node.below)
      add("maximum", {"“{}”应小于 {}", "“{}” must be less than {}"}, title, node.below->toJson());
    if (node.multiple && !Number::modulo(number, *node.multiple).isZero())
      add("multiple", {"“{}”应为 {} 的整数倍", "“{}” must be a multiple of {}"}, title,
          node.multiple->toJson());
  }

  void checkText(const SchemaNode& node, std::string_view text, const Text& title) {
    const std::size_t length = countCodePoints(text);
    if (length < node.min_length) {
      if (length == 0) add("length", {"“{}”不能为空", "“{}” may not be empty"}, title);
      else add("length", {"“{}”至少 {} 个字", "“{}” needs at least {} characters"}, title, node.min_length);
    }
    if (length > node.max_length)
      add("length", {"“{}”至多 {} 个字，现有 {} 个", "“{}” may have {} characters, this has {}"}, title,
          node.max_length, length);
    if (node.pattern && !node.pattern->foundIn(text)) {
      if (node.description.zh.empty())
        add("pattern", {"“{}”的写法不对", "“{}” is not in the form that is asked for"}, title);
      else
        addTexts("pattern", {"“{}”的写法不对：{}", "“{}” is not in the form that is asked for: {}"}, title,
                 node.description);
    }
    if (node.format != nullptr) {
      if (const auto why = node.format->check(text, surroundings_.today))
        addTexts("format", {"“{}”不对：{}", "“{}” is wrong: {}"}, title, *why);
    }
    if (!node.register_name.empty() && surroundings_.has_entry &&
        !surroundings_.has_entry(node.register_name, text))
      add("register",
          {"“{}”填写的“{}”在登记册“{}”中没有有效条目",
           "“{}”: “{}” is no entry in effect in the register “{}”"},
          title, text, node.register_name);
    if (!node.running.empty() && surroundings_.is_running && !surroundings_.is_running(node.running, text))
      add("running",
          {"“{}”填写的“{}”不是在办件的编号，请核对",
           "“{}”: “{}” is not the number of a running case; look again"},
          title, text);
  }

  void checkList(const SchemaNode& node, const feel::List& list, const Text& title) {
    if (list.size() < node.min_items)
      add("items", {"“{}”至少 {} 项", "“{}” needs at least {} items"}, title, node.min_items);
    if (list.size() > node.max_items)
      add("items", {"“{}”至多 {} 项", "“{}” may have at most {} items"}, title, node.max_items);
    if (node.unique_items) checkUnique(list, title);
    if (node.items == nullptr) return;
    for (std::size_t index = 0; index < list.size() && findings_.size() < surroundings_.max_findings;
         ++index) {
      inside(std::to_string(index), [&] {
        Text own = titleOf(*node.items, "");
        if (own.zh.empty()) own = title;
        check(*node.items, list[index], *node.items,
              {fmt::format("{}第 {} 项", own.zh, index + 1), fmt::format("{} {}", own.en, index + 1)});
      });
    }
  }

  void checkUnique(const feel::List& list, const Text& title) {
    std::unordered_multimap<std::size_t, std::size_t> seen;  // places by hash
    for (std::size_t index = 0; index < list.size(); ++index) {
      const std::size_t hash = feel::hashOf(list[index]);
      const auto [first, last] = seen.equal_range(hash);
      for (auto other = first; other != last; ++other) {
        if (list[other->second] != list[index]) continue;
        inside(std::to_string(index), [&] {
          add("unique", {"“{}”第 {} 项与第 {} 项重复", "“{}”: item {} is the same as item {}"}, title,
              index + 1, other->second + 1);
        });
        return;
      }
      seen.emplace(hash, index);
    }
  }

  static Text titleIn(const SchemaNode& node, const SchemaNode& base, std::string_view name) {
    if (const auto* own = node.property(name)) {
      const Text title = titleOf(*own->node, "");
      if (!title.zh.empty()) return title;
    }
    const auto* outer = base.property(name);
    return outer != nullptr ? titleOf(*outer->node, name) : Text{std::string{name}, std::string{name}};
  }

  void checkObject(const SchemaNode& node, const feel::Context& object, const SchemaNode& base,
                   const Text& /*title*/) {
    for (const std::string& name : node.required) {
      if (object.find(name) != nullptr) continue;
      inside(name, [&] { add("required", {"“{}”必填", "“{}” is required"}, titleIn(node, base, name)); });
    }
    for (const auto& [name, value] : object) {
      const auto* property = node.property(name);
      const SchemaNode* rule = property != nullptr ? property->node : node.additional;
      if (rule == nullptr) continue;
      inside(name, [&] {
        if (property == nullptr && rule->never)
          add("unknown", {"没有“{}”这个字段", "there is no field “{}”"}, Text{name, name});
        else check(*rule, value, *rule, titleIn(node, base, name));
      });
    }
  }

  void checkAlternatives(const SchemaNode& node, const Value& value, const SchemaNode& base,
                         const Text& title) {
    for (const SchemaNode* part : node.all_of) check(*part, value, base, title);
    const auto accepted = [&](const SchemaNode* part) { return accepts(*part, value, base, title); };
    if (!node.any_of.empty() && std::ranges::none_of(node.any_of, accepted))
      add("any-of", {"“{}”不符合任何一种允许的情形", "“{}” fits none of the forms that are allowed"}, title);
    if (!node.one_of.empty()) {
      const auto count = std::ranges::count_if(node.one_of, accepted);
      if (count == 0)
        add("one-of", {"“{}”不符合任何一种允许的情形", "“{}” fits none of the forms that are allowed"},
            title);
      if (count > 1)
        add("one-of",
            {"“{}”同时符合 {} 种情形，只能符合一种", "“{}” fits {} forms at once, it may fit only one"},
            title, count);
    }
    if (node.condition != nullptr) {
      const SchemaNode* next = accepted(node.condition) ? node.then : node.otherwise;
      if (next != nullptr) check(*next, value, base, title);
    }
  }

  const SchemaSurroundings& surroundings_;
  std::vector<Finding>& findings_;
  std::string pointer_;
};

}  // namespace

void checkNode(const SchemaNode& node, const Value& value, const SchemaSurroundings& surroundings,
               std::vector<Finding>& findings) {
  Text title = titleOf(node, "");
  if (title.zh.empty()) title = {"内容", "content"};
  const SchemaNode* base = &node;
  while (base->ref != nullptr) base = base->ref;
  Checker(surroundings, findings).check(node, value, *base, title);
}

std::string pointerStep(std::string_view name) {
  std::string out;
  for (const char c : name) {
    if (c == '~') out += "~0";
    else if (c == '/') out += "~1";
    else out += c;
  }
  return out;
}

}  // namespace jinyue::registry
