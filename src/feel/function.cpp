#include "feel/function.h"

#include <algorithm>

#include <fmt/format.h>

namespace jinyue::feel {

std::optional<std::vector<Value>> Function::accept(std::span<const Value> arguments, Session& session) const {
  const std::span<const Parameter> wanted = parameters();
  if (arguments.size() != wanted.size()) {
    session.note(
        "feel.arguments",
        {fmt::format("“{}”要 {} 个参数，给了 {} 个", name(), wanted.size(), arguments.size()),
         fmt::format("\"{}\" takes {} arguments, {} were given", name(), wanted.size(), arguments.size())});
    return std::nullopt;
  }
  std::vector<Value> accepted;
  accepted.reserve(arguments.size());
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    auto value = converted(arguments[i], wanted[i].type);
    if (!value) {
      session.note("feel.argument-type",
                   {fmt::format("“{}”的参数“{}”应为 {}，给的是 {}", name(), wanted[i].name,
                                wanted[i].type.toString(), nameOf(arguments[i].kind())),
                    fmt::format("parameter \"{}\" of \"{}\" takes {}, {} was given", wanted[i].name, name(),
                                wanted[i].type.toString(), nameOf(arguments[i].kind()))});
      return std::nullopt;
    }
    accepted.push_back(*std::move(value));
  }
  return accepted;
}

Value Function::callNamed(std::span<const std::string> names, std::span<const Value> arguments,
                          Session& session) const {
  const std::span<const Parameter> wanted = parameters();
  std::vector<Value> ordered(wanted.size());
  for (std::size_t i = 0; i < names.size(); ++i) {
    const auto found = std::ranges::find(wanted, names[i], &Parameter::name);
    if (found == wanted.end()) {
      session.note("feel.arguments", {fmt::format("“{}”没有参数“{}”", name(), names[i]),
                                      fmt::format("\"{}\" has no parameter \"{}\"", name(), names[i])});
      return {};
    }
    ordered[static_cast<std::size_t>(found - wanted.begin())] = arguments[i];
  }
  if (names.size() != wanted.size()) {
    session.note(
        "feel.arguments",
        {fmt::format("“{}”要 {} 个参数，给了 {} 个", name(), wanted.size(), names.size()),
         fmt::format("\"{}\" takes {} arguments, {} were given", name(), wanted.size(), names.size())});
    return {};
  }
  return call(ordered, session);
}

NativeFunction::NativeFunction(std::string name, std::vector<Parameter> parameters, Type result, Body body)
    : name_(std::move(name)),
      parameters_(std::move(parameters)),
      result_(std::move(result)),
      body_(std::move(body)) {}

Value NativeFunction::call(std::span<const Value> arguments, Session& session) const {
  const auto accepted = accept(arguments, session);
  if (!accepted) return {};
  constexpr std::int32_t levels_of_native_code = 20;  // it needs more of the stack than an operation of ours
  const Session::Level level(session, levels_of_native_code);
  if (level.tooDeep() || !session.spend(1)) return {};
  Value value = body_(*accepted, session);
  auto result = converted(value, result_);
  if (!result) {
    session.note(
        "feel.result-type",
        {fmt::format("“{}”的结果应为 {}，得到的是 {}", name_, result_.toString(), nameOf(value.kind())),
         fmt::format("\"{}\" gives {}, got {}", name_, result_.toString(), nameOf(value.kind()))});
    return {};
  }
  return *std::move(result);
}

}  // namespace jinyue::feel
