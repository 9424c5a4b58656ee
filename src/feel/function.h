// Functions as values: what `function(a, b) …` makes, built-in functions, and functions that C++ provides,
// such as business knowledge models and decision services.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "feel/session.h"
#include "feel/type.h"

namespace jinyue::feel {

struct Parameter {
  std::string name;
  Type type;
};

class Function {
 public:
  virtual ~Function() = default;
  /// For messages; empty for an anonymous function.
  virtual std::string_view name() const = 0;
  virtual std::span<const Parameter> parameters() const = 0;
  virtual Type result() const = 0;
  /// How deep the values are that it holds (a closure's captured values).
  virtual std::uint32_t nesting() const { return 0; }
  /// Positional arguments, as given. Checks number and types; an error is null with a note in the session.
  virtual Value call(std::span<const Value> arguments, Session& session) const = 0;
  /// Arguments by parameter name; by default puts them in order and calls.
  virtual Value callNamed(std::span<const std::string> names, std::span<const Value> arguments,
                          Session& session) const;

 protected:
  /// Converts the arguments to the parameters' types; empty (and noted) when their number or a type is wrong.
  std::optional<std::vector<Value>> accept(std::span<const Value> arguments, Session& session) const;
};

/// A function that C++ provides. The body gets as many arguments as there are parameters, converted to their
/// types.
class NativeFunction final : public Function {
 public:
  using Body = std::function<Value(std::span<const Value> arguments, Session& session)>;
  NativeFunction(std::string name, std::vector<Parameter> parameters, Type result, Body body);
  std::string_view name() const override { return name_; }
  std::span<const Parameter> parameters() const override { return parameters_; }
  Type result() const override { return result_; }
  Value call(std::span<const Value> arguments, Session& session) const override;

 private:
  std::string name_;
  std::vector<Parameter> parameters_;
  Type result_;
  Body body_;
};

}  // namespace jinyue::feel
