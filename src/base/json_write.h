// Described structs to JSON. A struct described once (BOOST_DESCRIBE_STRUCT) gives its JSON: members in the
// order of the description, no white space. Empty optionals are left out; nothing else is, except in a sparse
// struct.
#pragma once

#include <charconv>
#include <concepts>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>
#include <vector>

#include <boost/describe.hpp>
#include <boost/mp11.hpp>

#include "base/text.h"
#include "base/time.h"

namespace jinyue {

/// Gives a type a JSON form of its own: specialise with
///   static void write(std::string& out, const T& value);
///   static bool read(JsonReader& in, simdjson::ondemand::value json, T& value);   // false after in.fail(…)
template <class T>
struct JsonCodec;

template <class T>
concept HasJsonCodec = requires(std::string& out, const T& value) { JsonCodec<T>::write(out, value); };
template <class T>
concept DescribedStruct = boost::describe::has_describe_members<T>::value && !std::is_union_v<T>;
template <class T>
concept DescribedEnum = boost::describe::has_describe_enumerators<T>::value;
/// A member of a variant names itself: `static constexpr std::string_view json_type = "created";`
template <class T>
concept TaggedStruct = DescribedStruct<T> && requires { std::string_view{T::json_type}; };

/// A struct with `static constexpr bool json_sparse = true;` leaves out every member that has its default
/// value, and any member may be missing when it is read. For what is stored by the million.
template <class T>
concept SparseStruct = DescribedStruct<T> && T::json_sparse;

template <class T>
void writeJson(std::string& out, const T& value);

namespace json_detail {

template <class T>
struct IsOptional : std::false_type {};
template <class T>
struct IsOptional<std::optional<T>> : std::true_type {};
template <class T>
struct IsVector : std::false_type {};
template <class T>
struct IsVector<std::vector<T>> : std::true_type {};
template <class T>
struct IsMap : std::false_type {};
template <class T>
struct IsMap<std::map<std::string, T, std::less<>>> : std::true_type {};
template <class T>
struct IsVariant : std::false_type {};
template <class... T>
struct IsVariant<std::variant<T...>> : std::true_type {};

template <class T>
const T& defaults() {
  static const T value{};
  return value;
}

template <DescribedStruct T>
void writeMembers(std::string& out, const T& value, bool first) {
  using Members =
      boost::describe::describe_members<T, boost::describe::mod_public | boost::describe::mod_inherited>;
  boost::mp11::mp_for_each<Members>([&](auto member) {
    const auto& field = value.*member.pointer;
    if constexpr (IsOptional<std::remove_cvref_t<decltype(field)>>::value) {
      if (!field) return;
    } else if constexpr (SparseStruct<T>) {
      if (field == defaults<T>().*member.pointer) return;
    }
    if (!first) out += ',';
    first = false;
    out += '"';
    out += member.name;
    out += "\":";
    writeJson(out, field);
  });
}

}  // namespace json_detail

template <class T>
void writeJson(std::string& out, const T& value) {
  using namespace json_detail;
  if constexpr (HasJsonCodec<T>) {
    JsonCodec<T>::write(out, value);
  } else if constexpr (std::same_as<T, bool>) {
    out += value ? "true" : "false";
  } else if constexpr (std::is_arithmetic_v<T>) {
    char buffer[32];
    const auto end = std::to_chars(buffer, buffer + sizeof buffer, value).ptr;
    out.append(buffer, end);
  } else if constexpr (std::convertible_to<const T&, std::string_view>) {
    appendJsonString(out, value);
  } else if constexpr (std::same_as<T, Instant>) {
    out += '"' + formatInstant(value) + '"';
  } else if constexpr (std::same_as<T, Date>) {
    out += '"' + formatDate(value) + '"';
  } else if constexpr (DescribedEnum<T>) {
    appendJsonString(out, boost::describe::enum_to_string(value, ""));
  } else if constexpr (IsOptional<T>::value) {
    if (value) writeJson(out, *value);
    else out += "null";
  } else if constexpr (IsVector<T>::value) {
    out += '[';
    for (bool first = true; const auto& item : value) {
      if (!first) out += ',';
      first = false;
      writeJson(out, item);
    }
    out += ']';
  } else if constexpr (IsMap<T>::value) {
    out += '{';
    for (bool first = true; const auto& [key, item] : value) {
      if (!first) out += ',';
      first = false;
      appendJsonString(out, key);
      out += ':';
      writeJson(out, item);
    }
    out += '}';
  } else if constexpr (IsVariant<T>::value) {
    std::visit(
        [&]<TaggedStruct A>(const A& alternative) {
          out += "{\"type\":\"";
          out += A::json_type;
          out += '"';
          writeMembers(out, alternative, false);
          out += '}';
        },
        value);
  } else {
    static_assert(DescribedStruct<T>, "describe the struct or give it a JsonCodec");
    out += '{';
    writeMembers(out, value, true);
    out += '}';
  }
}

template <class T>
std::string toJson(const T& value) {
  std::string out;
  writeJson(out, value);
  return out;
}

}  // namespace jinyue
