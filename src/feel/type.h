// Types of FEEL (DMN 1.5 section 10.3.2.2): lattice, conformance, and the implicit conversions of
// section 10.3.2.9.4.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "feel/value.h"

namespace jinyue::feel {

/// Immutable, cheap to copy.
class Type {
 public:
  enum class Form : std::uint8_t {
    any,
    null,
    boolean,
    number,
    string,
    date,
    time,
    date_time,
    days_duration,
    years_duration,
    list,
    context,
    range,
    function,
  };
  struct Member;

  /// Any: everything conforms to it.
  Type() noexcept {}
  static Type any() { return {}; }
  static Type null() { return Type(Form::null); }
  static Type boolean() { return Type(Form::boolean); }
  static Type number() { return Type(Form::number); }
  static Type string() { return Type(Form::string); }
  /// A type without parts: any, null, boolean … years_duration.
  static Type plain(Form form) { return Type(form); }
  static Type list(Type element);
  static Type list() { return Type(Form::list); }
  /// A context with at least these entries.
  static Type context(std::vector<Member> members);
  static Type context() { return Type(Form::context); }
  static Type range(Type element);
  static Type range() { return Type(Form::range); }
  /// Without a signature: any function.
  static Type function();
  static Type function(std::vector<Type> parameters, Type result);
  /// By the names of FEEL: "number", "date and time", "days and time duration", "Any", "list", …
  static std::optional<Type> named(std::string_view name);

  Form form() const { return form_; }
  bool isAny() const { return form_ == Form::any; }
  /// Of a list or range; any for others.
  Type element() const;
  /// Of a context type.
  std::span<const Member> members() const;
  const Type* member(std::string_view name) const;
  /// Of a function type with a signature.
  std::span<const Type> parameters() const;
  Type result() const;
  bool hasSignature() const;

  /// "list<number>", "context<a: string>", …, as FEEL writes it.
  std::string toString() const;
  /// A value of this type can stand where `wanted` is asked for.
  bool conformsTo(const Type& wanted) const;
  bool operator==(const Type& other) const;

 private:
  struct Parts;
  explicit Type(Form form) : form_(form) {}
  Form form_ = Form::any;
  std::shared_ptr<const Parts> parts_;
};

struct Type::Member {
  std::string name;
  Type type;
  bool operator==(const Member&) const = default;
};

/// The most special type of a value.
Type typeOf(const Value& value);
/// `value instance of type`: null is an instance of Any and Null only.
bool instanceOf(const Value& value, const Type& type);
/// The value as the type: itself when it conforms (null conforms to everything), else after an implicit
/// conversion (an item to a singleton list, a singleton list to its item, a date to midnight UTC). Empty when
/// it can't be.
std::optional<Value> converted(const Value& value, const Type& type);

}  // namespace jinyue::feel
