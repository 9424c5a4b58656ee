// The compiled form of a schema, for the files of this room that compile and check.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "registry/pattern.h"
#include "registry/schema.h"

namespace jinyue::registry {

/// Bits of the keyword "type".
enum TypeBit : std::uint8_t {
  type_null = 1,
  type_boolean = 2,
  type_integer = 4,
  type_number = 8,
  type_string = 16,
  type_array = 32,
  type_object = 64,
};
struct TypeWord {
  std::string_view word;
  TypeBit bit;
  Text title;
};
std::span<const TypeWord> typeWords();

struct SchemaNode {
  struct Property {
    std::string name;
    const SchemaNode* node;
  };

  Text title;  ///< both empty: none
  bool has_english = false;
  Text description;
  std::map<std::string, Text, std::less<>> option_titles;

  bool never = false;      ///< the schema false
  std::uint8_t types = 0;  ///< 0: anything
  const SchemaNode* ref = nullptr;
  std::vector<Property> properties;
  std::vector<std::string> required;
  const SchemaNode* additional = nullptr;  ///< null: anything
  std::optional<feel::List> options;       ///< enum
  std::optional<feel::Value> constant;
  const SchemaNode* items = nullptr;
  std::size_t min_items = 0;
  std::size_t max_items = std::numeric_limits<std::size_t>::max();
  bool unique_items = false;
  std::size_t min_length = 0;
  std::size_t max_length = std::numeric_limits<std::size_t>::max();
  std::optional<Pattern> pattern;
  const Format* format = nullptr;
  std::string register_name;
  std::string running;  ///< process of which the text names a running case
  std::optional<feel::Number> minimum;
  std::optional<feel::Number> maximum;
  std::optional<feel::Number> above;  ///< exclusiveMinimum
  std::optional<feel::Number> below;  ///< exclusiveMaximum
  std::optional<feel::Number> multiple;
  std::vector<const SchemaNode*> all_of;
  std::vector<const SchemaNode*> any_of;
  std::vector<const SchemaNode*> one_of;
  const SchemaNode* condition = nullptr;
  const SchemaNode* then = nullptr;
  const SchemaNode* otherwise = nullptr;

  const Property* property(std::string_view name) const {
    for (const Property& known : properties) {
      if (known.name == name) return &known;
    }
    return nullptr;
  }
};

struct Schema::Body {
  feel::Value json;
  std::vector<std::unique_ptr<SchemaNode>> nodes;
  const SchemaNode* root = nullptr;
  std::vector<Field> fields;
  std::vector<std::string> registers;
};

/// The title of a place: the node's own, that of what it refers to, or the name.
Text titleOf(const SchemaNode& node, std::string_view name);

/// "/" and "~" as JSON pointers have them.
std::string pointerStep(std::string_view name);

/// Collects what is wrong with `value` by `node`.
void checkNode(const SchemaNode& node, const feel::Value& value, const SchemaSurroundings& surroundings,
               std::vector<Finding>& findings);

}  // namespace jinyue::registry
