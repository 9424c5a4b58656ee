// The built-in functions of DMN 1.5 section 10.3.4, and Jinyue's own.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "feel/function.h"

namespace jinyue::feel {

using BuiltinBody = Value (*)(std::span<const Value> arguments, Session& session);

/// One way to call a built-in function.
struct Overload {
  std::vector<Parameter> parameters;
  std::vector<bool> nullable;  ///< null may be given for the parameter
  std::size_t required = 0;    ///< the parameters after these may be left out
  bool variadic = false;       ///< the last parameter may be given many times
  Type result;
  BuiltinBody body = nullptr;
};

/// A row of the tables from which built-in functions are made. The signature reads
/// "name: type, optional name?: type, many*: type, may be null: type|null"; several overloads have several
/// rows.
struct BuiltinRow {
  const char* name;
  const char* signature;
  const char* result;
  BuiltinBody body;
  bool pure = true;  ///< the result depends on the arguments only
};

class Builtin final : public Function {
 public:
  Builtin(std::string name, bool pure) : name_(std::move(name)), pure_(pure) {}
  void add(Overload overload) { overloads_.push_back(std::move(overload)); }

  std::string_view name() const override { return name_; }
  /// Of the first overload.
  std::span<const Parameter> parameters() const override { return overloads_.front().parameters; }
  Type result() const override;
  std::span<const Overload> overloads() const { return overloads_; }
  bool isPure() const { return pure_; }
  Value call(std::span<const Value> arguments, Session& session) const override;
  Value callNamed(std::span<const std::string> names, std::span<const Value> arguments,
                  Session& session) const override;

 private:
  Value run(const Overload& overload, std::span<const Value> arguments, Session& session) const;
  Value refuse(std::span<const Value> arguments, Session& session) const;

  std::string name_;
  bool pure_;
  std::vector<Overload> overloads_;
};

/// Where a call of matches(), replace() or split() has its pattern and, when they are given, its flags.
struct PatternPlaces {
  std::size_t pattern = 0;
  std::optional<std::size_t> flags;
};
/// Empty for other functions, and when no pattern is given.
std::optional<PatternPlaces> patternPlaces(std::string_view function, std::span<const std::string> names,
                                           std::size_t count);

/// Null when there is no such function.
std::shared_ptr<const Builtin> findBuiltin(std::string_view name);
std::span<const std::string_view> namesOfBuiltins();

// The tables, by topic.
std::span<const BuiltinRow> conversionBuiltins();
std::span<const BuiltinRow> stringBuiltins();
std::span<const BuiltinRow> listBuiltins();
std::span<const BuiltinRow> aggregateBuiltins();
std::span<const BuiltinRow> numberBuiltins();
std::span<const BuiltinRow> temporalBuiltins();
std::span<const BuiltinRow> rangeBuiltins();
std::span<const BuiltinRow> contextBuiltins();
std::span<const BuiltinRow> jinyueBuiltins();

}  // namespace jinyue::feel
