// Schemas of register entries and forms: a subset of JSON Schema 2020-12 that means the same in draft 7, so
// that pages, other systems and this checker agree. A schema is compiled once, when it is declared; whatever
// is outside the subset is refused then, with the JSON pointer of every wrong place.
//
// Subset: type (a word or a list of words), properties, required, additionalProperties (true, false or a
// schema), enum, const, items (a schema), minItems, maxItems, uniqueItems, minLength, maxLength (code
// points), pattern (restricted, below), minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf,
// oneOf, anyOf, allOf, if/then/else, $defs, $ref ("#" and a pointer; not recursive; no other rule beside it),
// format (asserted; the words of `formats()`), true and false as schemas. Annotations: title, description,
// default, examples, $comment, readOnly, at the root $schema and $id. Our own annotations, which other
// readers ignore: "title:en", "description:en", "enum:titles"
// ({value: {zh, en}}), and "register" (the value must be the key of an entry in effect in that register, when
// the caller can ask), and "running" (the text must be the number of a running case of that process, when the
// caller can ask).
// Patterns: literals, classes, groups, alternatives, ^ $ . \d \w, ? * + {m,n} up to 1000, no quantified group
// that holds a quantifier; not anchored by themselves, as JSON Schema says.
//
// The values are feel::Value: JSON read by JsonCodec<feel::Value> with all digits kept. A temporal value of
// FEEL stands for its text.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <boost/describe.hpp>

#include "base/problem.h"
#include "feel/value.h"

namespace jinyue::registry {

/// One thing that is wrong with a value.
struct Finding {
  std::string
      pointer;       ///< JSON pointer into the value; of the object, for a missing member: the member's own
  std::string code;  ///< "schema.required", "schema.type", "schema.format", …
  Text text;         ///< for people, with the title of the field
  bool operator==(const Finding&) const = default;
};
BOOST_DESCRIBE_STRUCT(Finding, (), (pointer, code, text))

/// What pages, imports and checks across files ask about a property of the root object, in the order of the
/// schema. Properties that are there only under a condition (then, else, oneOf …) are not among them.
struct Field {
  std::string name;
  Text title;                                              ///< the name itself where the schema has none
  Text description;                                        ///< may be empty
  std::vector<std::string> types;                          ///< words of JSON Schema; empty: anything
  std::string format;                                      ///< empty: none
  std::string register_name;                               ///< keyword "register"; empty: none
  bool required = false;                                   ///< at the root, unconditionally
  bool has_english = false;                                ///< "title:en" is there
  std::vector<feel::Value> options;                        ///< of enum; empty: free
  std::map<std::string, Text, std::less<>> option_titles;  ///< of enum:titles, by the text of the option
  std::vector<std::string> item_types;                     ///< of an array's items
  std::string item_format;
  bool is(std::string_view type) const;  ///< has this type among others
};

/// What a check may ask from outside.
struct SchemaSurroundings {
  /// Whether a register has an entry with this key in effect; empty: "register" is not checked.
  std::function<bool(std::string_view register_name, std::string_view key)> has_entry = {};
  /// Whether a case of a process runs under this number; empty: "running" is not checked.
  std::function<bool(std::string_view process, std::string_view number)> is_running = {};
  /// For resident identity numbers: no birth after it.
  std::optional<Date> today = {};
  /// More findings than this are not collected.
  std::size_t max_findings = 100;
};

/// Immutable, may be shared by threads, cheap to copy.
class Schema {
 public:
  /// Refuses with "schema.invalid" and a cause for each wrong place (`where` is the pointer in the schema).
  static Result<Schema> compile(const feel::Value& json);
  static Result<Schema> compile(std::string_view json);
  static Result<Schema> compile(const std::string& json) { return compile(std::string_view{json}); }
  static Result<Schema> compile(const char* json) { return compile(std::string_view{json}); }

  /// Everything that is wrong with a value; empty when nothing is.
  std::vector<Finding> check(const feel::Value& value, const SchemaSurroundings& surroundings = {}) const;

  /// The value with each text whose format is date or date-time (properties and items, through $ref and
  /// allOf) as FEEL's date or date and time. Of a value that the schema accepts.
  feel::Value typed(const feel::Value& value) const;
  /// The other way: temporal values as texts, as JSON has them.
  static feel::Value plain(const feel::Value& value);

  const std::vector<Field>& fields() const;
  const Field* field(std::string_view name) const;
  /// The title of the root.
  const Text& title() const;
  /// Names of the registers that the schema refers to.
  const std::vector<std::string>& registers() const;
  /// As it was given.
  const feel::Value& json() const;

  struct Body;  ///< schema_node.h

 private:
  explicit Schema(std::shared_ptr<const Body> body) : body_(std::move(body)) {}
  std::shared_ptr<const Body> body_;
};

/// The words that format may have, with what people call them.
struct Format {
  std::string_view name;
  Text title;
  /// Why a text is not of this format; empty when it is.
  std::optional<Text> (*check)(std::string_view text, std::optional<Date> today);
};
std::span<const Format> formats();

/// A Problem "entry.invalid" that has the findings as causes; `what` is what was checked.
Problem problemOf(std::span<const Finding> findings, const Text& what);

}  // namespace jinyue::registry
