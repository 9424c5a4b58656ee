#include "feel/type_rules.h"

#include <algorithm>

#include "feel/code.h"

namespace jinyue::feel {

using Form = Type::Form;

namespace {

bool isOpen(const Type& type) { return type.isAny() || type.form() == Form::null; }

/// A value of the type, for asking the evaluator's own tables.
std::optional<Value> sampleOf(Form form) {
  switch (form) {
    case Form::boolean: return Value(true);
    case Form::number: return Value(1);
    case Form::string: return Value("a");
    case Form::date: return Value(CivilDate{});
    case Form::time: return Value(ClockTime{0, {0, nullptr}});
    case Form::date_time: return Value(DateTime{{}, {0, {0, nullptr}}});
    case Form::days_duration: return Value(DaysDuration{nanos_per_day});
    case Form::years_duration: return Value(YearsDuration{1});
    case Form::list: return Value(List{});
    case Form::context: return Value(Context{});
    case Form::range: return Value(Range{1, 2, true, true});
    default: return std::nullopt;
  }
}

}  // namespace

bool mayBe(const Type& type, const Type& wanted) {
  if (isOpen(type) || isOpen(wanted)) return true;
  const bool both_many =
      type.form() == wanted.form() && (type.form() == Form::list || type.form() == Form::range);
  if (both_many) return mayBe(type.element(), wanted.element());
  if (type.form() == wanted.form()) return true;
  if (type.form() == Form::list) return mayBe(type.element(), wanted);
  if (wanted.form() == Form::list) return mayBe(type, wanted.element());
  return type.form() == Form::date && wanted.form() == Form::date_time;
}

bool areComparable(const Type& left, const Type& right, bool ordered) {
  if (isOpen(left) || isOpen(right)) return true;
  if (left.form() != right.form()) return false;
  if (ordered) {
    return left.form() != Form::boolean && left.form() != Form::list && left.form() != Form::context &&
           left.form() != Form::range && left.form() != Form::function;
  }
  if (left.form() == Form::list || left.form() == Form::range)
    return areComparable(left.element(), right.element(), false);
  return true;
}

std::optional<Type> arithmeticType(Operation operation, const Type& left, const Type& right) {
  if (isOpen(left) || isOpen(right)) return Type::any();
  const auto a = sampleOf(left.form());
  const auto b = sampleOf(right.form());
  if (!a || !b) return std::nullopt;
  const auto result = arithmetic(operation, *a, *b);
  return result ? std::optional{typeOf(*result)} : std::nullopt;
}

std::optional<Type> memberType(const Type& type, std::string_view name) {
  if (isOpen(type)) return Type::any();
  if (type.form() == Form::list) {
    const auto member = memberType(type.element(), name);
    return member ? std::optional{Type::list(*member)} : std::nullopt;
  }
  if (type.form() == Form::context) {
    if (type.members().empty()) return Type::any();
    const Type* found = type.member(name);
    return found != nullptr ? std::optional{*found} : std::nullopt;
  }
  if (type.form() == Form::range && (name == "start" || name == "end")) return type.element();
  const auto sample = sampleOf(type.form());
  const auto found = sample ? member(*sample, name) : std::nullopt;
  if (!found) return std::nullopt;
  if (name == "timezone") return Type::string();
  return typeOf(*found);
}

Type joinedType(const Type& left, const Type& right) {
  if (left.form() == Form::null) return right;
  if (right.form() == Form::null) return left;
  if (left.conformsTo(right)) return right;
  if (right.conformsTo(left)) return left;
  return {};
}

}  // namespace jinyue::feel
