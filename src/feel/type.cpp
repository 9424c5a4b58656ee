#include "feel/type.h"

#include <algorithm>
#include <array>
#include <utility>

#include "feel/function.h"

namespace jinyue::feel {

struct Type::Parts {
  std::vector<Type> types;  ///< element; or parameters and then the result
  std::vector<Member> members;
};

namespace {

constexpr std::array<std::pair<std::string_view, Type::Form>, 17> names{{
    {"Any", Type::Form::any},
    {"Null", Type::Form::null},
    {"boolean", Type::Form::boolean},
    {"number", Type::Form::number},
    {"string", Type::Form::string},
    {"date", Type::Form::date},
    {"time", Type::Form::time},
    {"date and time", Type::Form::date_time},
    {"days and time duration", Type::Form::days_duration},
    {"years and months duration", Type::Form::years_duration},
    {"list", Type::Form::list},
    {"context", Type::Form::context},
    {"range", Type::Form::range},
    {"function", Type::Form::function},
    {"dateTime", Type::Form::date_time},
    {"dayTimeDuration", Type::Form::days_duration},
    {"yearMonthDuration", Type::Form::years_duration},
}};

bool isPlainName(std::string_view name) {
  return !name.empty() && std::ranges::all_of(name, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == ' ' || static_cast<unsigned char>(c) >= 0x80;
  });
}

}  // namespace

Type Type::list(Type element) {
  Type type(Form::list);
  if (!element.isAny()) type.parts_ = std::make_shared<Parts>(Parts{{std::move(element)}, {}});
  return type;
}

Type Type::range(Type element) {
  Type type(Form::range);
  if (!element.isAny()) type.parts_ = std::make_shared<Parts>(Parts{{std::move(element)}, {}});
  return type;
}

Type Type::context(std::vector<Member> members) {
  Type type(Form::context);
  if (!members.empty()) type.parts_ = std::make_shared<Parts>(Parts{{}, std::move(members)});
  return type;
}

Type Type::function() { return Type(Form::function); }

Type Type::function(std::vector<Type> parameters, Type result) {
  Type type(Form::function);
  parameters.push_back(std::move(result));
  type.parts_ = std::make_shared<Parts>(Parts{std::move(parameters), {}});
  return type;
}

std::optional<Type> Type::named(std::string_view name) {
  const auto found = std::ranges::find(names, name, [](const auto& entry) { return entry.first; });
  if (found == names.end()) return std::nullopt;
  return Type(found->second);
}

Type Type::element() const {
  return parts_ && (form_ == Form::list || form_ == Form::range) ? parts_->types.front() : Type{};
}

std::span<const Type::Member> Type::members() const {
  if (!parts_ || form_ != Form::context) return {};
  return parts_->members;
}

const Type* Type::member(std::string_view name) const {
  for (const Member& member : members()) {
    if (member.name == name) return &member.type;
  }
  return nullptr;
}

std::span<const Type> Type::parameters() const {
  if (!hasSignature()) return {};
  return std::span(parts_->types).first(parts_->types.size() - 1);
}

Type Type::result() const { return hasSignature() ? parts_->types.back() : Type{}; }
bool Type::hasSignature() const { return parts_ && form_ == Form::function; }

std::string Type::toString() const {
  const auto found = std::ranges::find(names, form_, [](const auto& entry) { return entry.second; });
  std::string text{found->first};
  const auto join = [&](const auto& items, const auto& write) {
    text += '<';
    for (bool first = true; const auto& item : items) {
      if (!std::exchange(first, false)) text += ", ";
      write(item);
    }
    text += '>';
  };
  switch (form_) {
    case Form::list:
    case Form::range:
      if (parts_) join(parts_->types, [&](const Type& type) { text += type.toString(); });
      break;
    case Form::context:
      if (parts_) {
        join(parts_->members, [&](const Member& member) {
          text += isPlainName(member.name) ? member.name : '"' + member.name + '"';
          text += ": " + member.type.toString();
        });
      }
      break;
    case Form::function:
      if (parts_) {
        join(parameters(), [&](const Type& type) { text += type.toString(); });
        text += " -> " + parts_->types.back().toString();
      }
      break;
    default: break;
  }
  return text;
}

bool Type::conformsTo(const Type& wanted) const {
  if (wanted.isAny() || form_ == Form::null) return true;
  if (form_ != wanted.form_) return false;
  if (!wanted.parts_) return true;
  switch (form_) {
    case Form::list:
    case Form::range: return element().conformsTo(wanted.element());
    case Form::context:
      return std::ranges::all_of(wanted.members(), [&](const Member& theirs) {
        const Type* mine = member(theirs.name);
        return mine != nullptr && mine->conformsTo(theirs.type);
      });
    case Form::function: {
      if (!hasSignature() || parameters().size() != wanted.parameters().size()) return false;
      for (std::size_t i = 0; i < parameters().size(); ++i) {  // parameters the other way round
        if (!wanted.parameters()[i].conformsTo(parameters()[i])) return false;
      }
      return result().conformsTo(wanted.result());
    }
    default: return true;
  }
}

bool Type::operator==(const Type& other) const {
  if (form_ != other.form_ || (parts_ == nullptr) != (other.parts_ == nullptr)) return false;
  return parts_ == other.parts_ ||
         (parts_->types == other.parts_->types && parts_->members == other.parts_->members);
}

namespace {

/// The most special type of both.
Type joined(const Type& a, const Type& b) {
  if (a.conformsTo(b)) return b;
  if (b.conformsTo(a)) return a;
  return {};
}

}  // namespace

Type typeOf(const Value& value) {
  switch (value.kind()) {
    case Kind::null: return Type::null();
    case Kind::boolean: return Type::boolean();
    case Kind::number: return Type::number();
    case Kind::string: return Type::string();
    case Kind::date: return Type::plain(Type::Form::date);
    case Kind::time: return Type::plain(Type::Form::time);
    case Kind::date_time: return Type::plain(Type::Form::date_time);
    case Kind::days_duration: return Type::plain(Type::Form::days_duration);
    case Kind::years_duration: return Type::plain(Type::Form::years_duration);
    case Kind::list: {
      Type element = Type::null();
      for (const Value& item : value.list()) {
        element = joined(element, typeOf(item));
        if (element.isAny()) break;
      }
      return Type::list(element);
    }
    case Kind::context: {
      std::vector<Type::Member> members;
      for (const auto& [name, item] : value.context()) members.push_back({name, typeOf(item)});
      return Type::context(std::move(members));
    }
    case Kind::range:
      return Type::range(joined(typeOf(value.asRange()->start), typeOf(value.asRange()->end)));
    case Kind::function: {
      std::vector<Type> parameters;
      for (const Parameter& parameter : value.asFunction()->parameters())
        parameters.push_back(parameter.type);
      return Type::function(std::move(parameters), value.asFunction()->result());
    }
  }
  return {};
}

namespace {

bool conforms(const Value& value, const Type& type) {
  if (type.isAny() || value.isNull()) return true;
  switch (type.form()) {
    case Type::Form::list:
      return value.is(Kind::list) &&
             std::ranges::all_of(value.list(), [element = type.element()](const Value& item) {
               return conforms(item, element);
             });
    case Type::Form::context:
      return value.is(Kind::context) && std::ranges::all_of(type.members(), [&](const Type::Member& member) {
               const Value* mine = value.context().find(member.name);
               return mine != nullptr && conforms(*mine, member.type);
             });
    case Type::Form::range:
      return value.is(Kind::range) && conforms(value.asRange()->start, type.element()) &&
             conforms(value.asRange()->end, type.element());
    case Type::Form::function:
      return value.is(Kind::function) && (!type.hasSignature() || typeOf(value).conformsTo(type));
    default: return typeOf(value).form() == type.form();
  }
}

}  // namespace

bool instanceOf(const Value& value, const Type& type) {
  if (value.isNull()) return type.isAny() || type.form() == Type::Form::null;
  return conforms(value, type);
}

std::optional<Value> converted(const Value& value, const Type& type) {
  if (conforms(value, type)) return value;
  if (type.form() == Type::Form::date_time && value.is(Kind::date)) {
    return Value(DateTime{*value.asDate(), {0, {0, nullptr}}});
  }
  if (value.is(Kind::list) && type.form() != Type::Form::list) {
    if (value.list().size() != 1) return std::nullopt;
    return conforms(value.list().front(), type) ? std::optional{value.list().front()} : std::nullopt;
  }
  if (type.form() == Type::Form::list && !value.is(Kind::list) && conforms(value, type.element()))
    return Value(List{value});
  return std::nullopt;
}

}  // namespace jinyue::feel
