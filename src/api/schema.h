// JSON Schema (2020-12, the dialect of OpenAPI 3.1) from the same descriptions that read and write JSON.
//
// A described struct becomes a component under its name; other rooms' structs carry their room's name
// ("calendar.ClockRule"). What a body may leave out an answer always has (lists and maps), and a body refuses
// members that are not described while answers may get new ones: so a struct that is used in both has two
// schemas, and that for bodies is called "…Input".
#pragma once

#include <functional>
#include <span>
#include <typeindex>

#include "base/problem.h"
#include "base/word.h"

namespace jinyue::api {

/// What people should know about one member, and what it may be. Checked when a body or a query is read.
struct About {
  std::string_view member;
  Text text;
  std::string_view example = {};           ///< JSON
  std::optional<std::int64_t> least = {};  ///< of a number; of a text the code points, of a list the items
  std::optional<std::int64_t> most = {};
};

/// A struct says more about itself by `static std::vector<About> about();`. For structs of other rooms
/// MembersOf can be specialised instead.
template <class T>
struct MembersOf {
  static std::vector<About> about() {
    if constexpr (requires { T::about(); }) return T::about();
    else return {};
  }
};

/// A type with a JsonCodec of its own says its schema here: `static std::string json()`, and `name`, which is
/// empty when the schema is written out wherever it is used.
/// One that is written as another type is says `using like = Text;` instead.
template <class T>
struct SchemaOf;
template <class T>
concept HasSchema = requires { SchemaOf<T>::json(); };
template <class T>
concept HasLikeness = requires { typename SchemaOf<T>::like; };
template <>
struct SchemaOf<Word> {
  using like = Text;
};

/// A page of a list.
template <class T>
struct Listing {
  std::vector<T> items;
  std::optional<std::string> next;  ///< give it as `after` for the next page; absent on the last
  BOOST_DESCRIBE_CLASS(Listing, (), (items, next), (), ())
  static std::vector<About> about() {
    return {{"next",
             {"下一页的游标，作为 after 参数传入；最后一页没有",
              "cursor of the next page, to be given as `after`; absent on the last page"}}};
  }
};
template <class T>
struct IsListing : std::false_type {};
template <class T>
struct IsListing<Listing<T>> : std::true_type {};

enum class SchemaUse { body, answer };

namespace schema_detail {

template <class T>
constexpr std::string_view spelled() {
  std::string_view text = __PRETTY_FUNCTION__;
  text.remove_prefix(text.find("T = ") + 4);
  return text.substr(0, text.rfind(']'));
}
/// "jinyue::api::CaseView" → "CaseView", "jinyue::calendar::ClockRule" → "calendar.ClockRule".
std::string componentName(std::string_view spelled_type);

}  // namespace schema_detail

/// Collects the components of one document.
class SchemaBook {
 public:
  /// The schema of a type where it is used: written out, or a reference to its component.
  template <class T>
  std::string of(SchemaUse use);

  /// All components, by name in alphabetical order: the members of "components"/"schemas".
  std::string components() const;
  /// A text in which schemas stand that of() gave, with the names that they have in the end.
  std::string resolved(std::string text) const;

 private:
  template <class T>
  std::string structText(SchemaUse use, std::string_view type_tag = {});
  template <class T>
  std::string enumText();
  /// The reference. Throws std::logic_error when two types want one name.
  std::string refer(const std::string& name, std::type_index type, std::string text);
  std::string referStruct(std::string name, std::type_index type, SchemaUse use,
                          const std::function<std::string()>& text);

  std::map<std::string, std::string> components_;
  std::map<std::string, std::type_index> types_;
  std::vector<std::string> under_way_;
};

/// {"type":"string","minLength":1} from parts; adds the member's text, example and limits to a schema.
std::string withAbout(std::string schema, const About& about);

template <class T>
std::string SchemaBook::enumText() {
  std::string out = R"({"type":"string","enum":[)";
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<T>>([&](auto enumerator) {
    if (out.back() != '[') out += ',';
    appendJsonString(out, enumerator.name);
  });
  return out + "]}";
}

template <class T>
std::string SchemaBook::structText(SchemaUse use, std::string_view type_tag) {
  using namespace json_detail;
  using Members =
      boost::describe::describe_members<T, boost::describe::mod_public | boost::describe::mod_inherited>;
  const std::vector<About> about = MembersOf<T>::about();
  std::string properties;
  std::string required;
  const auto require = [&required](std::string_view name) {
    required += required.empty() ? "" : ",";
    appendJsonString(required, name);
  };
  if (!type_tag.empty()) {
    properties = R"("type":{"const":)";
    appendJsonString(properties, type_tag);
    properties += '}';
    require("type");
  }
  boost::mp11::mp_for_each<Members>([&](auto member) {
    using Field = std::remove_cvref_t<decltype(std::declval<T&>().*member.pointer)>;
    std::string schema = of<Field>(use);
    for (const About& each : about) {
      if (each.member == member.name) schema = withAbout(std::move(schema), each);
    }
    if (!properties.empty()) properties += ',';
    appendJsonString(properties, member.name);
    properties += ':' + schema;
    constexpr bool optional = IsOptional<Field>::value || SparseStruct<T>;
    if (!optional && (use == SchemaUse::answer || !mayBeMissing<Field>)) require(member.name);
  });
  std::string out = R"({"type":"object","properties":{)" + properties + '}';
  if (!required.empty()) out += R"(,"required":[)" + required + ']';
  if (use == SchemaUse::body) out += R"(,"additionalProperties":false)";
  return out + '}';
}

template <class T>
std::string SchemaBook::of(SchemaUse use) {
  using namespace json_detail;
  if constexpr (HasLikeness<T>) {
    return of<typename SchemaOf<T>::like>(use);
  } else if constexpr (HasSchema<T>) {
    const std::string name{SchemaOf<T>::name};
    return name.empty() ? SchemaOf<T>::json() : refer(name, typeid(T), SchemaOf<T>::json());
  } else if constexpr (std::same_as<T, bool>) {
    return R"({"type":"boolean"})";
  } else if constexpr (std::is_floating_point_v<T>) {
    return R"({"type":"number"})";
  } else if constexpr (std::is_integral_v<T>) {
    return std::is_unsigned_v<T> ? R"({"type":"integer","minimum":0})" : R"({"type":"integer"})";
  } else if constexpr (std::same_as<T, std::string>) {
    return R"({"type":"string"})";
  } else if constexpr (std::same_as<T, Instant>) {
    return R"({"type":"string","format":"date-time"})";
  } else if constexpr (std::same_as<T, Date>) {
    return R"({"type":"string","format":"date"})";
  } else if constexpr (DescribedEnum<T>) {
    return refer(schema_detail::componentName(schema_detail::spelled<T>()), typeid(T), enumText<T>());
  } else if constexpr (IsOptional<T>::value) {
    return of<typename T::value_type>(use);
  } else if constexpr (IsVector<T>::value) {
    return R"({"type":"array","items":)" + of<typename T::value_type>(use) + '}';
  } else if constexpr (IsMap<T>::value) {
    return R"({"type":"object","additionalProperties":)" + of<typename T::mapped_type>(use) + '}';
  } else if constexpr (IsVariant<T>::value) {
    std::string out = R"({"oneOf":[)";
    boost::mp11::mp_for_each<boost::mp11::mp_transform<std::type_identity, T>>([&](auto alternative) {
      using A = typename decltype(alternative)::type;
      if (out.back() != '[') out += ',';
      out += structText<A>(use, A::json_type);
    });
    return out + R"(],"discriminator":{"propertyName":"type"}})";
  } else if constexpr (IsListing<T>::value) {
    return structText<T>(use);
  } else {
    static_assert(DescribedStruct<T> && !HasJsonCodec<T>, "describe the struct or give it a SchemaOf");
    return referStruct(schema_detail::componentName(schema_detail::spelled<T>()), typeid(T), use,
                       [this, use] { return structText<T>(use); });
  }
}

}  // namespace jinyue::api
