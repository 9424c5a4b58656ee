// The static checker: types of expressions, as far as they can be told without running them.
#include <algorithm>

#include <fmt/format.h>

#include "feel/ast.h"
#include "feel/builtins.h"
#include "feel/compiler.h"
#include "feel/feel.h"
#include "feel/regex.h"
#include "feel/type_rules.h"

namespace jinyue::feel {

namespace {

class Checker {
 public:
  explicit Checker(const Environment& environment) : environment_(environment), tested_(environment.tested) {}

  Checked run(const Node& root) {
    Type type = typeOfNode(root);
    return {std::move(type), std::move(diagnostics_)};
  }

 private:
  struct Binding {
    std::string name;  ///< empty: a filter over items of the type
    Type type;
  };

  void note(const Node& node, const char* code, Text message) {
    constexpr std::size_t enough = 100;
    if (diagnostics_.size() < enough)
      diagnostics_.push_back({code, std::move(message), node.place.line, node.place.column});
  }

  Type typeOfName(const Node& node) {
    bool may_be_entry = false;
    for (auto binding = bindings_.rbegin(); binding != bindings_.rend(); ++binding) {
      if (!binding->name.empty()) {
        if (binding->name == node.text) return binding->type;
        continue;
      }
      if (const Type* entry = binding->type.member(node.text)) return *entry;
      may_be_entry = may_be_entry || binding->type.isAny() ||
                     (binding->type.form() == Type::Form::context && binding->type.members().empty());
    }
    for (const Variable& variable : environment_.variables) {
      if (variable.name == node.text) return variable.type;
    }
    if (const auto builtin = findBuiltin(node.text)) return Type::function();
    if (!may_be_entry) {
      note(node, "feel.unknown-name",
           {fmt::format("没有名为“{}”的变量", node.text),
            fmt::format("there is no variable \"{}\"", node.text)});
    }
    return {};
  }

  Type typeOfNode(const Node& node) {
    switch (node.kind) {
      case NodeKind::literal:
        if (!node.text.empty()) {
          note(node, "feel.at-literal",
               {fmt::format("“{}”不是日期、时间或时长", node.text),
                fmt::format("\"{}\" is not a date, time or duration", node.text)});
        }
        return typeOf(node.value);
      case NodeKind::name: return typeOfName(node);
      case NodeKind::tested: return tested_;
      case NodeKind::list: {
        Type element = Type::null();
        for (const auto& child : node.children) element = joinedType(element, typeOfNode(*child));
        return Type::list(element.form() == Type::Form::null ? Type::any() : element);
      }
      case NodeKind::context: return typeOfContext(node);
      case NodeKind::range: {
        const Type start = typeOfNode(node.child(0));
        const Type end = typeOfNode(node.child(1));
        requireComparable(node, start, end, true);
        return Type::range(joinedType(start, end));
      }
      case NodeKind::half_range: return Type::range(typeOfNode(node.child(0)));
      case NodeKind::function:
      case NodeKind::external: return typeOfFunction(node);
      case NodeKind::conditional: {
        requireBoolean(node.child(0), typeOfNode(node.child(0)));
        const Type yes = typeOfNode(node.child(1));
        return joinedType(yes, typeOfNode(node.child(2)));
      }
      case NodeKind::iteration:
      case NodeKind::some:
      case NodeKind::every: return typeOfIteration(node);
      case NodeKind::steps: {
        const Type first = typeOfNode(node.child(0));
        typeOfNode(node.child(1));
        return Type::range(first);
      }
      case NodeKind::disjunction:
      case NodeKind::conjunction:
        for (const auto& child : node.children) requireBoolean(*child, typeOfNode(*child));
        return Type::boolean();
      case NodeKind::comparison: {
        const Type left = typeOfNode(node.child(0));
        const Type right = typeOfNode(node.child(1));
        requireComparable(node, left, right, node.operation >= Operation::less);
        return Type::boolean();
      }
      case NodeKind::between: {
        const Type value = typeOfNode(node.child(0));
        requireComparable(node, value, typeOfNode(node.child(1)), true);
        requireComparable(node, value, typeOfNode(node.child(2)), true);
        return Type::boolean();
      }
      case NodeKind::in: {
        const Type value = typeOfNode(node.child(0));
        checkTests(node, 1, value);
        return Type::boolean();
      }
      case NodeKind::arithmetic: {
        const Type left = typeOfNode(node.child(0));
        const Type right = typeOfNode(node.child(1));
        const auto result = arithmeticType(node.operation, left, right);
        if (!result) {
          note(node, "feel.arithmetic",
               {fmt::format("“{}”不能用于 {} 和 {}", symbolOf(node.operation), left.toString(),
                            right.toString()),
                fmt::format("\"{}\" is not defined for {} and {}", symbolOf(node.operation), left.toString(),
                            right.toString())});
        }
        return result.value_or(Type::any());
      }
      case NodeKind::negation: {
        Type type = typeOfNode(node.child(0));
        using Form = Type::Form;
        const Form form = type.form();
        if (form != Form::any && form != Form::null && form != Form::number && form != Form::days_duration &&
            form != Form::years_duration) {
          note(node, "feel.arithmetic",
               {fmt::format("“-”不能用于 {}", type.toString()),
                fmt::format("\"-\" is not defined for {}", type.toString())});
        }
        return type;
      }
      case NodeKind::instance_of:
        typeOfNode(node.child(0));
        if (!resolveType(node.types.front(), environment_)) noteUnknownType(node, node.types.front());
        return Type::boolean();
      case NodeKind::path: return typeOfPath(node);
      case NodeKind::filter: return typeOfFilter(node);
      case NodeKind::call: return typeOfCall(node);
      case NodeKind::tests: checkTests(node, 0, tested_); return Type::boolean();
    }
    return {};
  }

  void noteUnknownType(const Node& node, const TypeNode& type) {
    note(node, "feel.unknown-type",
         {fmt::format("没有类型“{}”", print(type)), fmt::format("there is no type \"{}\"", print(type))});
  }

  void requireBoolean(const Node& node, const Type& type) {
    if (mayBe(type, Type::boolean())) return;
    note(node, "feel.condition",
         {fmt::format("这里应为布尔值，而不是 {}", type.toString()),
          fmt::format("expected a boolean, found {}", type.toString())});
  }

  void requireComparable(const Node& node, const Type& left, const Type& right, bool ordered) {
    if (areComparable(left, right, ordered)) return;
    note(node, "feel.comparison",
         {fmt::format("{} 和 {} 无法比较", left.toString(), right.toString()),
          fmt::format("{} and {} can't be compared", left.toString(), right.toString())});
  }

  void checkTests(const Node& node, std::size_t first, const Type& tested) {
    const Type outer = std::exchange(tested_, tested);
    for (std::size_t i = first; i < node.children.size(); ++i) {
      const Node& test = node.child(i);
      if (test.kind == NodeKind::half_range) {
        requireComparable(test, tested, typeOfNode(test.child(0)), test.operation >= Operation::less);
        continue;
      }
      const Type type = typeOfNode(test);
      if (mentionsTested(test)) continue;
      const bool decides = test.kind != NodeKind::literal && mayBe(type, Type::boolean());
      const bool in_parts = (type.form() == Type::Form::list || type.form() == Type::Form::range) &&
                            areComparable(tested, type.element(), type.form() == Type::Form::range);
      const bool in_ranges = type.form() == Type::Form::list &&
                             areComparable(tested, type.element().element(), false) &&
                             type.element().form() == Type::Form::range;
      if (!decides && !in_parts && !in_ranges) requireComparable(test, tested, type, false);
    }
    tested_ = outer;
  }

  Type typeOfContext(const Node& node) {
    const std::size_t mark = bindings_.size();
    std::vector<Type::Member> members;
    for (std::size_t i = 0; i < node.names.size(); ++i) {
      // A function may call itself.
      if (node.child(i).kind == NodeKind::function) bindings_.push_back({node.names[i], Type::function()});
      Type type = typeOfNode(node.child(i));
      if (node.child(i).kind == NodeKind::function) bindings_.pop_back();
      if (!node.names[i].empty()) bindings_.push_back({node.names[i], type});
      const bool twice = std::ranges::find(members, node.names[i], &Type::Member::name) != members.end();
      if (twice)
        note(node, "feel.duplicate-entry",
             {fmt::format("上下文里“{}”出现了两次", node.names[i]),
              fmt::format("the context has \"{}\" twice", node.names[i])});
      members.push_back({node.names[i], std::move(type)});
    }
    bindings_.resize(mark);
    return Type::context(std::move(members));
  }

  Type typeOfFunction(const Node& node) {
    const std::size_t mark = bindings_.size();
    std::vector<Type> parameters;
    for (std::size_t i = 0; i < node.names.size(); ++i) {
      const auto type = resolveType(node.types[i], environment_);
      if (!type) noteUnknownType(node, node.types[i]);
      parameters.push_back(type.value_or(Type::any()));
      bindings_.push_back({node.names[i], parameters.back()});
    }
    Type result;
    if (node.kind == NodeKind::function) result = typeOfNode(node.child(0));
    bindings_.resize(mark);
    return Type::function(std::move(parameters), std::move(result));
  }

  Type typeOfIteration(const Node& node) {
    const std::size_t mark = bindings_.size();
    for (std::size_t i = 0; i < node.names.size(); ++i) {
      const Type domain = typeOfNode(node.child(i));
      const bool many = domain.form() == Type::Form::list || domain.form() == Type::Form::range;
      bindings_.push_back({node.names[i], many ? domain.element() : domain});
    }
    if (node.kind == NodeKind::iteration) bindings_.push_back({"partial", Type::list()});
    const Node& body = *node.children.back();
    const Type type = typeOfNode(body);
    if (node.kind != NodeKind::iteration) requireBoolean(body, type);
    bindings_.resize(mark);
    return node.kind == NodeKind::iteration ? Type::list(type) : Type::boolean();
  }

  Type typeOfPath(const Node& node) {
    const Type target = typeOfNode(node.child(0));
    auto found = memberType(target, node.text);
    if (!found) {
      note(node, "feel.no-entry",
           {fmt::format("{} 没有“{}”", target.toString(), node.text),
            fmt::format("{} has no \"{}\"", target.toString(), node.text)});
    }
    return found.value_or(Type::any());
  }

  Type typeOfFilter(const Node& node) {
    const Type list = typeOfNode(node.child(0));
    const Type element = list.form() == Type::Form::list ? list.element() : list;
    const std::size_t mark = bindings_.size();
    bindings_.push_back({"item", element});
    bindings_.push_back({"", element});
    const Type condition = typeOfNode(node.child(1));
    bindings_.resize(mark);
    if (condition.form() == Type::Form::number) return element;
    if (!mayBe(condition, Type::boolean())) {
      note(node.child(1), "feel.filter",
           {fmt::format("筛选条件应为布尔值或序号，而不是 {}", condition.toString()),
            fmt::format("a filter needs a boolean or an index, not {}", condition.toString())});
    }
    return condition.form() == Type::Form::boolean ? Type::list(element) : Type::any();
  }

  bool isBound(const std::string& name) const {
    return std::ranges::find(bindings_, name, &Binding::name) != bindings_.end() ||
           std::ranges::find(environment_.variables, name, &Variable::name) != environment_.variables.end();
  }

  Type typeOfCall(const Node& node) {
    const Node& callee = node.child(0);
    std::vector<Type> arguments;
    const auto typeArguments = [&] {
      for (std::size_t i = 1; i < node.children.size(); ++i) arguments.push_back(typeOfNode(node.child(i)));
    };
    if (callee.kind == NodeKind::name && !isBound(callee.text)) {
      if (const auto builtin = findBuiltin(callee.text)) {
        typeArguments();
        checkPattern(node, *builtin);
        return typeOfBuiltinCall(node, *builtin, arguments);
      }
    }
    const Type function = typeOfNode(callee);
    typeArguments();
    if (!mayBe(function, Type::function())) {
      note(node, "feel.no-function",
           {fmt::format("这里应为函数，而不是 {}", function.toString()),
            fmt::format("expected a function, found {}", function.toString())});
      return {};
    }
    if (!function.hasSignature()) return {};
    if (function.parameters().size() != arguments.size()) {
      note(node, "feel.arguments",
           {fmt::format("函数要 {} 个参数，给了 {} 个", function.parameters().size(), arguments.size()),
            fmt::format("the function takes {} arguments, {} were given", function.parameters().size(),
                        arguments.size())});
    } else if (node.names.empty()) {
      for (std::size_t i = 0; i < arguments.size(); ++i) {
        if (!mayBe(arguments[i], function.parameters()[i]))
          noteArgument(node.child(i + 1), arguments[i], function.parameters()[i]);
      }
    }
    return function.result();
  }

  void noteArgument(const Node& node, const Type& given, const Type& wanted) {
    note(node, "feel.argument-type",
         {fmt::format("参数应为 {}，而不是 {}", wanted.toString(), given.toString()),
          fmt::format("the argument should be {}, not {}", wanted.toString(), given.toString())});
  }

  /// A pattern that is written as a literal is tried.
  void checkPattern(const Node& node, const Builtin& builtin) {
    const auto places = patternPlaces(builtin.name(), node.names, node.children.size() - 1);
    const auto textAt = [&](std::size_t place) -> const Node* {
      const Node& argument = node.child(place + 1);
      return argument.kind == NodeKind::literal && argument.value.is(Kind::string) ? &argument : nullptr;
    };
    const Node* pattern = places ? textAt(places->pattern) : nullptr;
    const Node* flags = places && places->flags ? textAt(*places->flags) : nullptr;
    if (pattern == nullptr || (places->flags && flags == nullptr)) return;
    const std::string_view flag_text = flags != nullptr ? flags->value.string() : std::string_view{};
    if (Regex::compile(pattern->value.string(), flag_text)) return;
    note(*pattern, "feel.pattern",
         {fmt::format("正则表达式“{}”或其标志“{}”不对", pattern->value.string(), flag_text),
          fmt::format("the pattern \"{}\" or its flags \"{}\" are wrong", pattern->value.string(),
                      flag_text)});
  }

  Type typeOfBuiltinCall(const Node& node, const Builtin& builtin, std::span<const Type> arguments) {
    bool count_fits = false;
    for (const Overload& overload : builtin.overloads()) {
      bool fits = arguments.size() >= overload.required &&
                  (overload.variadic || arguments.size() <= overload.parameters.size());
      for (const std::string& name : node.names) {
        fits = fits &&
               std::ranges::find(overload.parameters, name, &Parameter::name) != overload.parameters.end();
      }
      if (!fits) continue;
      count_fits = true;
      for (std::size_t i = 0; fits && i < arguments.size(); ++i) {
        const auto parameter =
            node.names.empty() ? overload.parameters.begin() +
                                     static_cast<std::ptrdiff_t>(std::min(i, overload.parameters.size() - 1))
                               : std::ranges::find(overload.parameters, node.names[i], &Parameter::name);
        fits = mayBe(arguments[i], parameter->type);
      }
      if (fits) return builtin.overloads().size() == 1 ? overload.result : builtin.result();
    }
    if (!count_fits) {
      note(node, "feel.arguments",
           {fmt::format("“{}”的参数个数或参数名不对", builtin.name()),
            fmt::format("wrong number or names of arguments for \"{}\"", builtin.name())});
    } else {
      std::string given;
      for (const Type& type : arguments) given += (given.empty() ? "" : ", ") + type.toString();
      note(node, "feel.argument-type",
           {fmt::format("“{}”不能用于（{}）", builtin.name(), given),
            fmt::format("\"{}\" doesn't take ({})", builtin.name(), given)});
    }
    return builtin.result();
  }

  const Environment& environment_;
  Type tested_;
  std::vector<Binding> bindings_;
  std::vector<Diagnostic> diagnostics_;
};

}  // namespace

Type inferredResult(const Node& function, const Environment& environment) {
  Environment parameters;
  parameters.types = environment.types;
  for (std::size_t i = 0; i < function.names.size(); ++i) {
    parameters.variables.push_back(
        {function.names[i], resolveType(function.types[i], environment).value_or(Type::any())});
  }
  return Checker(parameters).run(function.child(0)).type;
}

Checked check(const Expression& expression, const Environment& environment) {
  return Checker(environment).run(expression.ast());
}

}  // namespace jinyue::feel
