// JSON to described structs, with an answer that helps: every wrong, missing or unknown member of the whole
// document in one Problem, each with its JSON pointer. Optional, vector and map members may be missing.
// Members that may be absent for other reasons are std::optional. Duplicate members are refused.
#pragma once

#include <array>
#include <limits>

#include <fmt/format.h>
#include <simdjson.h>

#include "base/json_write.h"
#include "base/problem.h"

namespace jinyue {

/// Depth of nesting that any document from outside may have.
inline constexpr int max_json_depth = 64;

/// The state of one reading: where we are and what was found wrong.
class JsonReader {
 public:
  /// Notes a problem at the current place; returns false so that callers can `return in.fail(…)`.
  bool fail(std::string code, Text title);
  bool failType(const char* wanted_zh, const char* wanted_en);
  /// The problem document for all that was found; call only when hasFailed().
  Problem problem() &&;
  bool hasFailed() const { return !causes_.empty(); }
  /// The JSON is not JSON: nothing after this point can be read.
  bool failSyntax(simdjson::error_code error);
  bool isBroken() const { return broken_; }

  /// Enters a member or an item while it lives.
  class Step {
   public:
    Step(JsonReader& in, std::string_view key);
    Step(JsonReader& in, std::size_t index);
    Step(const Step&) = delete;
    Step& operator=(const Step&) = delete;
    ~Step() {
      in_.pointer_.resize(length_);
      --in_.depth_;
    }
    bool tooDeep() const { return in_.depth_ > max_json_depth; }

   private:
    JsonReader& in_;
    std::size_t length_;
  };

 private:
  std::string pointer_;
  int depth_ = 0;
  bool broken_ = false;
  std::vector<Problem> causes_;
};

template <class T>
bool readJson(JsonReader& in, simdjson::ondemand::value json, T& value);

namespace json_detail {

/// Calls visit(key, value) for each member; false when the JSON is not an object or visit says stop.
template <class Visit>
bool forEachMember(JsonReader& in, simdjson::ondemand::value& json, Visit&& visit) {
  simdjson::ondemand::object object;
  if (const auto error = json.get_object().get(object)) {
    return error == simdjson::INCORRECT_TYPE ? in.failType("对象", "an object") : in.failSyntax(error);
  }
  bool good = true;
  for (auto member : object) {
    std::string_view key;
    simdjson::ondemand::value item;
    if (const auto error = member.unescaped_key().get(key)) return in.failSyntax(error);
    const std::string name{key};
    if (const auto error = member.value().get(item)) return in.failSyntax(error);
    const JsonReader::Step step(in, std::string_view{name});
    if (step.tooDeep()) return in.fail("json.too-deep", {"嵌套过深", "nested too deeply"});
    good = visit(std::string_view{name}, item) && good;
    if (in.isBroken()) return false;
  }
  return good;
}

/// Whether a struct has members that JSON may leave out.
template <class F>
constexpr bool mayBeMissing = IsOptional<F>::value || IsVector<F>::value || IsMap<F>::value;

template <DescribedStruct T>
bool readMembers(JsonReader& in, simdjson::ondemand::value& json, T& value, bool skip_type) {
  using Members =
      boost::describe::describe_members<T, boost::describe::mod_public | boost::describe::mod_inherited>;
  constexpr std::size_t count = boost::mp11::mp_size<Members>::value;
  std::array<bool, count + 1> seen{};
  bool good = forEachMember(in, json, [&](std::string_view key, simdjson::ondemand::value& item) {
    if (skip_type && key == "type") return true;
    bool found = false;
    bool read = true;
    std::size_t index = 0;
    boost::mp11::mp_for_each<Members>([&](auto member) {
      const std::size_t mine = index++;
      if (found || key != member.name) return;
      found = true;
      if (std::exchange(seen[mine], true)) {
        read = in.fail("json.duplicate", {"重复的字段", "this member appears twice"});
      } else {
        read = readJson(in, item, value.*member.pointer);
      }
    });
    return found ? read : in.fail("json.unknown", {"没有这个字段", "there is no such member"});
  });
  if (in.isBroken()) return false;
  std::size_t index = 0;
  boost::mp11::mp_for_each<Members>([&](auto member) {
    using Field = std::remove_cvref_t<decltype(value.*member.pointer)>;
    if (seen[index++] || mayBeMissing<Field> || SparseStruct<T>) return;
    const JsonReader::Step step(in, std::string_view{member.name});
    good = in.fail("json.missing", {"缺少这个字段", "this member is missing"});
  });
  return good;
}

template <class V>
bool readVariant(JsonReader& in, simdjson::ondemand::value& json, V& value) {
  simdjson::ondemand::object object;
  if (const auto error = json.get_object().get(object)) {
    return error == simdjson::INCORRECT_TYPE ? in.failType("对象", "an object") : in.failSyntax(error);
  }
  std::string_view type_view;
  if (object["type"].get_string().get(type_view)) {
    const JsonReader::Step step(in, std::string_view{"type"});
    return in.fail("json.missing", {"缺少这个字段", "this member is missing"});
  }
  const std::string type{type_view};
  if (const auto error = object.reset().error()) return in.failSyntax(error);
  bool found = false;
  bool read = false;
  boost::mp11::mp_for_each<boost::mp11::mp_transform<std::type_identity, V>>([&](auto alternative) {
    using A = typename decltype(alternative)::type;
    if (found || type != A::json_type) return;
    found = true;
    A result{};
    read = readMembers(in, json, result, true);
    value = std::move(result);
  });
  const JsonReader::Step step(in, std::string_view{"type"});
  return found ? read : in.fail("json.unknown-type", {"没有这个类型", "there is no such type"});
}

}  // namespace json_detail

template <class T>
bool readJson(JsonReader& in, simdjson::ondemand::value json, T& value) {
  using namespace json_detail;
  if constexpr (HasJsonCodec<T>) {
    return JsonCodec<T>::read(in, json, value);
  } else if constexpr (std::same_as<T, bool>) {
    return !json.get_bool().get(value) || in.failType("布尔值", "true or false");
  } else if constexpr (std::is_floating_point_v<T>) {
    double number = 0;
    if (json.get_double().get(number)) return in.failType("数字", "a number");
    value = static_cast<T>(number);
    return true;
  } else if constexpr (std::is_integral_v<T>) {
    using Wide = std::conditional_t<std::is_signed_v<T>, std::int64_t, std::uint64_t>;
    Wide number = 0;
    simdjson::error_code error{};
    if constexpr (std::is_signed_v<T>) error = json.get_int64().get(number);
    else error = json.get_uint64().get(number);
    if (error || number > static_cast<Wide>(std::numeric_limits<T>::max()) ||
        number < static_cast<Wide>(std::numeric_limits<T>::min())) {
      return in.failType("整数", "a whole number in range");
    }
    value = static_cast<T>(number);
    return true;
  } else if constexpr (std::same_as<T, std::string>) {
    std::string_view text;
    if (json.get_string().get(text)) return in.failType("文本", "a string");
    value = text;
    return true;
  } else if constexpr (std::same_as<T, Instant> || std::same_as<T, Date>) {
    std::string_view text;
    if (!json.get_string().get(text)) {
      std::optional<T> parsed;
      if constexpr (std::same_as<T, Instant>) parsed = parseInstant(text);
      else parsed = parseDate(text);
      if (parsed) {
        value = *parsed;
        return true;
      }
    }
    if constexpr (std::same_as<T, Instant>) {
      return in.failType("时间（如 2026-11-22T04:38:21Z）", "an instant such as 2026-11-22T04:38:21Z");
    } else {
      return in.failType("日期（如 2026-11-22）", "a date such as 2026-11-22");
    }
  } else if constexpr (DescribedEnum<T>) {
    std::string_view text;
    if (!json.get_string().get(text) && boost::describe::enum_from_string(std::string{text}.c_str(), value)) {
      return true;
    }
    return in.fail("json.unknown-word", {"不是允许的取值", "not one of the words allowed here"});
  } else if constexpr (IsOptional<T>::value) {
    bool null = false;
    if (const auto error = json.is_null().get(null)) return in.failSyntax(error);
    if (null) {
      value.reset();
      return true;
    }
    return readJson(in, json, value.emplace());
  } else if constexpr (IsVector<T>::value) {
    simdjson::ondemand::array array;
    if (const auto error = json.get_array().get(array)) {
      return error == simdjson::INCORRECT_TYPE ? in.failType("数组", "an array") : in.failSyntax(error);
    }
    bool good = true;
    std::size_t index = 0;
    for (auto item : array) {
      simdjson::ondemand::value element;
      if (const auto error = item.get(element)) return in.failSyntax(error);
      const JsonReader::Step step(in, index++);
      if (step.tooDeep()) return in.fail("json.too-deep", {"嵌套过深", "nested too deeply"});
      typename T::value_type next{};
      good = readJson(in, element, next) && good;
      value.push_back(std::move(next));
      if (in.isBroken()) return false;
    }
    return good;
  } else if constexpr (IsMap<T>::value) {
    return forEachMember(in, json, [&](std::string_view key, simdjson::ondemand::value& item) {
      return readJson(in, item, value[std::string{key}]);
    });
  } else if constexpr (IsVariant<T>::value) {
    return readVariant(in, json, value);
  } else {
    static_assert(DescribedStruct<T>, "describe the struct or give it a JsonCodec");
    return readMembers(in, json, value, false);
  }
}

/// Reads a whole document; UTF-8 is checked, and nothing may follow the value.
template <class T>
Result<T> fromJson(std::string_view text) {
  JsonReader in;
  T value{};
  if (!isValidUtf8(text)) {
    in.failSyntax(simdjson::UTF8_ERROR);
    return std::unexpected(std::move(in).problem());
  }
  thread_local simdjson::ondemand::parser parser;
  // simdjson gives no value for a document that is a mere scalar: read it as the one item of a list.
  const std::string_view content = trimmed(text);
  const bool scalar = !content.empty() && content.front() != '{' && content.front() != '[';
  const simdjson::padded_string padded(scalar ? fmt::format("[{}]", content) : std::string{text});
  simdjson::ondemand::document document;
  simdjson::ondemand::value root;
  if (const auto error = parser.iterate(padded).get(document)) {
    in.failSyntax(error);
  } else if (scalar) {
    std::size_t items = 0;
    for (auto item : document.get_array()) {
      if (const auto no_value = item.get(root)) in.failSyntax(no_value);
      else if (++items > 1) in.failSyntax(simdjson::INCOMPLETE_ARRAY_OR_OBJECT);
      else readJson(in, root, value);
      if (in.hasFailed()) break;
    }
    const char* rest = nullptr;
    if (!in.hasFailed() && (items != 1 || !document.current_location().get(rest)))
      in.failSyntax(simdjson::TAPE_ERROR);
  } else if (const auto no_value = document.get_value().get(root)) {
    in.failSyntax(no_value);
  } else if (readJson(in, root, value)) {
    const char* rest = nullptr;
    if (!document.current_location().get(rest)) in.failSyntax(simdjson::INCOMPLETE_ARRAY_OR_OBJECT);
  }
  if (in.hasFailed()) return std::unexpected(std::move(in).problem());
  return value;
}

}  // namespace jinyue
