// Parameters of the path and of the query, read into described structs. What is not described is refused with
// a list of what there is: a filter that is silently ignored shows people rows they did not ask for.
#pragma once

#include "api/schema.h"
#include "http/message.h"

namespace jinyue::api {

/// No path parameters, no query, or no body.
struct None {};
BOOST_DESCRIBE_STRUCT(None, (), ())

/// The parts of "a,b"; none of a parameter that is not given.
std::vector<std::string> commaList(const std::optional<std::string>& text);

namespace parameter_detail {

template <class T>
bool readText(std::string_view text, T& value) {
  if constexpr (json_detail::IsOptional<T>::value) {
    return readText(text, value.emplace());
  } else if constexpr (std::same_as<T, bool>) {
    value = text == "true";
    return value || text == "false";
  } else if constexpr (std::is_integral_v<T>) {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc{} && end == text.data() + text.size();
  } else if constexpr (std::same_as<T, std::string>) {
    value = text;
    return true;
  } else if constexpr (std::same_as<T, Instant>) {
    const auto parsed = parseInstant(text);
    if (parsed) value = *parsed;
    return parsed.has_value();
  } else if constexpr (std::same_as<T, Date>) {
    const auto parsed = parseDate(text);
    if (parsed) value = *parsed;
    return parsed.has_value();
  } else {
    static_assert(DescribedEnum<T>, "a parameter is a word, a number, a date, an instant, true or false");
    return boost::describe::enum_from_string(std::string{text}.c_str(), value);
  }
}

/// A length or a number is within what `about` says; nothing to say about other types.
template <class T>
bool isWithin(const T& value, const About& about) {
  std::int64_t measured = 0;
  if constexpr (json_detail::IsOptional<T>::value) {
    return !value || isWithin(*value, about);
  } else if constexpr (std::same_as<T, bool> || std::is_floating_point_v<T>) {
    return true;
  } else if constexpr (std::is_integral_v<T>) {
    measured = static_cast<std::int64_t>(value);
  } else if constexpr (std::same_as<T, std::string>) {
    measured = static_cast<std::int64_t>(countCodePoints(value));
  } else if constexpr (json_detail::IsVector<T>::value || json_detail::IsMap<T>::value) {
    measured = static_cast<std::int64_t>(value.size());
  } else {
    return true;
  }
  return (!about.least || measured >= *about.least) && (!about.most || measured <= *about.most);
}

Problem outOfRange(std::string where, const About& about);
Problem malformed(std::string_view name, std::string_view value);
Problem missing(std::string_view name);
Problem unknown(std::string_view name, const std::vector<std::string_view>& known);
Problem twice(std::string_view name);
Problem all(std::vector<Problem> found);

}  // namespace parameter_detail

/// What a struct and the structs in it say about their members holds; `where` is the pointer so far.
template <class T>
void checkLimits(const T& value, const std::string& where, std::vector<Problem>& found) {
  using namespace json_detail;
  if constexpr (IsOptional<T>::value) {
    if (value) checkLimits(*value, where, found);
  } else if constexpr (IsVector<T>::value) {
    for (std::size_t i = 0; i < value.size(); ++i)
      checkLimits(value[i], fmt::format("{}/{}", where, i), found);
  } else if constexpr (IsVariant<T>::value) {
    std::visit([&](const auto& alternative) { checkLimits(alternative, where, found); }, value);
  } else if constexpr (DescribedStruct<T> && !HasJsonCodec<T>) {
    using Members =
        boost::describe::describe_members<T, boost::describe::mod_public | boost::describe::mod_inherited>;
    const std::vector<About> about = MembersOf<T>::about();
    boost::mp11::mp_for_each<Members>([&](auto member) {
      const auto& field = value.*member.pointer;
      const std::string place = where + '/' + member.name;
      for (const About& each : about) {
        if (each.member == member.name && !parameter_detail::isWithin(field, each))
          found.push_back(parameter_detail::outOfRange(place, each));
      }
      checkLimits(field, place, found);
    });
  }
}

/// Every wrong, unknown, missing or repeated parameter in one answer; code "request.query".
template <class Q>
Result<Q> readQuery(const std::vector<http::NameValue>& query) {
  using namespace parameter_detail;
  using Members =
      boost::describe::describe_members<Q, boost::describe::mod_public | boost::describe::mod_inherited>;
  Q values{};
  std::vector<std::string_view> known;
  std::vector<std::string_view> seen;
  std::vector<Problem> found;
  boost::mp11::mp_for_each<Members>([&](auto member) { known.emplace_back(member.name); });
  for (const auto& [name, value] : query) {
    bool is_known = false;
    boost::mp11::mp_for_each<Members>([&](auto member) {
      if (name != member.name) return;
      is_known = true;
      if (std::ranges::find(seen, name) != seen.end()) found.push_back(twice(name));
      else if (!readText(value, values.*member.pointer)) found.push_back(malformed(name, value));
      seen.emplace_back(member.name);
    });
    if (!is_known) found.push_back(unknown(name, known));
  }
  boost::mp11::mp_for_each<Members>([&](auto member) {
    using Field = std::remove_cvref_t<decltype(values.*member.pointer)>;
    if constexpr (!json_detail::IsOptional<Field>::value) {
      if (std::ranges::find(seen, std::string_view{member.name}) == seen.end())
        found.push_back(missing(member.name));
    }
  });
  if (found.empty()) checkLimits(values, {}, found);
  if (!found.empty()) return std::unexpected(all(std::move(found)));
  return values;
}

/// The parameters of the path; one that can't be what it should name is not found.
template <class P>
Result<P> readPath(const http::Request& request) {
  using Members =
      boost::describe::describe_members<P, boost::describe::mod_public | boost::describe::mod_inherited>;
  P values{};
  bool good = true;
  boost::mp11::mp_for_each<Members>([&](auto member) {
    good = parameter_detail::readText(request.param(member.name), values.*member.pointer) && good;
  });
  if (!good) {
    return refuse(ProblemKind::not_found, "request.no-such-path",
                  {"没有这个地址", "there is nothing at this address"});
  }
  return values;
}

}  // namespace jinyue::api
