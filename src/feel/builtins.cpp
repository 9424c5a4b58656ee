#include "feel/builtins.h"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "base/text.h"

namespace jinyue::feel {

namespace {

Overload makeOverload(const BuiltinRow& row) {
  Overload overload;
  overload.body = row.body;
  overload.result = Type::named(row.result).value_or(Type::any());
  std::string_view rest = row.signature;
  bool optional_from_here = false;
  while (!rest.empty()) {
    const std::size_t comma = rest.find(',');
    std::string_view part = trimmed(rest.substr(0, comma));
    rest = comma == std::string_view::npos ? std::string_view{} : rest.substr(comma + 1);
    const std::size_t colon = part.find(':');
    std::string_view name = trimmed(part.substr(0, colon));
    std::string_view type = trimmed(part.substr(colon + 1));
    if (name.ends_with('?')) {
      name.remove_suffix(1);
      optional_from_here = true;
    }
    if (name.ends_with('*')) {
      name.remove_suffix(1);
      overload.variadic = true;
    }
    bool nullable = false;
    if (type.ends_with("|null")) {
      type.remove_suffix(5);
      nullable = true;
    }
    const Type resolved = Type::named(type).value_or(Type::any());
    overload.parameters.push_back({std::string{name}, resolved});
    overload.nullable.push_back(nullable || resolved.isAny());
    if (!optional_from_here) ++overload.required;
  }
  return overload;
}

class Table {
 public:
  Table() {
    for (const auto rows :
         {conversionBuiltins(), stringBuiltins(), listBuiltins(), aggregateBuiltins(), numberBuiltins(),
          temporalBuiltins(), rangeBuiltins(), contextBuiltins(), jinyueBuiltins()}) {
      for (const BuiltinRow& row : rows) {
        auto& entry = functions_[row.name];
        if (!entry) {
          entry = std::make_shared<Builtin>(row.name, row.pure);
          names_.push_back(row.name);
        }
        entry->add(makeOverload(row));
      }
    }
  }
  std::shared_ptr<const Builtin> find(std::string_view name) const {
    const auto found = functions_.find(name);
    return found == functions_.end() ? nullptr : found->second;
  }
  std::span<const std::string_view> names() const { return names_; }

 private:
  std::map<std::string_view, std::shared_ptr<Builtin>> functions_;
  std::vector<std::string_view> names_;
};

/// Constant; made at first use.
const Table& table() {
  static const Table made;
  return made;
}

bool conformsPlainly(const Value& value, const Type& type) {
  return type.isAny() || value.isNull() || instanceOf(value, type);
}

bool takesCount(const Overload& overload, std::size_t count) {
  if (count < overload.required) return false;
  return overload.variadic || count <= overload.parameters.size();
}

const Parameter& parameterAt(const Overload& overload, std::size_t index) {
  return overload.parameters[std::min(index, overload.parameters.size() - 1)];
}

}  // namespace

std::shared_ptr<const Builtin> findBuiltin(std::string_view name) { return table().find(name); }
std::span<const std::string_view> namesOfBuiltins() { return table().names(); }

Type Builtin::result() const {
  const Type first = overloads_.front().result;
  const bool same =
      std::ranges::all_of(overloads_, [&](const Overload& overload) { return overload.result == first; });
  return same ? first : Type::any();
}

Value Builtin::run(const Overload& overload, std::span<const Value> arguments, Session& session) const {
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const Value& argument = arguments[i];
    const std::size_t parameter = std::min(i, overload.parameters.size() - 1);
    if (argument.isNull() && !overload.nullable[parameter]) {
      session.note(
          "feel.null-argument",
          {fmt::format("“{}”的参数“{}”是空值", name_, overload.parameters[parameter].name),
           fmt::format("parameter \"{}\" of \"{}\" is null", overload.parameters[parameter].name, name_)});
      return {};
    }
    if (argument.weight() > 1 && !session.spend(argument.weight())) return {};
  }
  if (!session.spend(1)) return {};
  return session.bounded(overload.body(arguments, session));
}

Value Builtin::refuse(std::span<const Value> arguments, Session& session) const {
  const bool right_count =
      std::ranges::any_of(overloads_, [&](const Overload& o) { return takesCount(o, arguments.size()); });
  if (!right_count) {
    session.note("feel.arguments",
                 {fmt::format("“{}”不能有 {} 个参数", name_, arguments.size()),
                  fmt::format("\"{}\" doesn't take {} arguments", name_, arguments.size())});
    return {};
  }
  std::string kinds;
  for (const Value& argument : arguments)
    kinds += (kinds.empty() ? "" : ", ") + std::string{nameOf(argument.kind())};
  session.note("feel.argument-type", {fmt::format("“{}”不能用于（{}）", name_, kinds),
                                      fmt::format("\"{}\" doesn't take ({})", name_, kinds)});
  return {};
}

Value Builtin::call(std::span<const Value> arguments, Session& session) const {
  for (const Overload& overload : overloads_) {
    if (!takesCount(overload, arguments.size())) continue;
    bool fits = true;
    for (std::size_t i = 0; fits && i < arguments.size(); ++i)
      fits = conformsPlainly(arguments[i], parameterAt(overload, i).type);
    if (fits) return run(overload, arguments, session);
  }
  for (const Overload& overload : overloads_) {
    if (!takesCount(overload, arguments.size())) continue;
    std::vector<Value> accepted;
    for (std::size_t i = 0; i < arguments.size(); ++i) {
      auto value = converted(arguments[i], parameterAt(overload, i).type);
      if (!value) break;
      accepted.push_back(*std::move(value));
    }
    if (accepted.size() == arguments.size()) return run(overload, accepted, session);
  }
  return refuse(arguments, session);
}

Value Builtin::callNamed(std::span<const std::string> names, std::span<const Value> arguments,
                         Session& session) const {
  // Overloads with these names are tried by type, as with positional arguments.
  bool names_fit = false;
  for (const bool convert : {false, true}) {
    for (const Overload& overload : overloads_) {
      std::vector<Value> ordered(overload.parameters.size());
      std::vector<bool> given(overload.parameters.size(), false);
      bool fits = names.size() <= overload.parameters.size();
      for (std::size_t i = 0; fits && i < names.size(); ++i) {
        const auto found = std::ranges::find(overload.parameters, names[i], &Parameter::name);
        fits = found != overload.parameters.end();
        if (!fits) break;
        const auto index = static_cast<std::size_t>(found - overload.parameters.begin());
        fits = !given[index];
        given[index] = true;
        ordered[index] = arguments[i];
      }
      for (std::size_t i = 0; fits && i < overload.required; ++i) fits = given[i];
      if (!fits) continue;
      names_fit = true;
      while (!given.empty() && !given.back()) {
        given.pop_back();
        ordered.pop_back();
      }
      for (std::size_t i = 0; fits && i < ordered.size(); ++i) {
        if (convert) {
          auto value = converted(ordered[i], overload.parameters[i].type);
          fits = value.has_value();
          if (fits) ordered[i] = *std::move(value);
        } else {
          fits = conformsPlainly(ordered[i], overload.parameters[i].type);
        }
      }
      if (fits) return run(overload, ordered, session);
    }
  }
  if (names_fit) return refuse(arguments, session);
  std::string list;
  for (const std::string& name : names) list += (list.empty() ? "" : ", ") + name;
  session.note("feel.arguments", {fmt::format("“{}”没有这样的参数（{}）", name_, list),
                                  fmt::format("\"{}\" has no parameters ({})", name_, list)});
  return {};
}

}  // namespace jinyue::feel
