// The syntax tree of an expression: what the parser makes, the printer writes and the compiler reads.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/problem.h"
#include "feel/session.h"
#include "feel/value.h"

namespace jinyue::feel {

enum class NodeKind : std::uint8_t {
  literal,      ///< value: null, boolean, number, string, or what an @-literal stands for
  name,         ///< text
  tested,       ///< ?
  list,         ///< children
  context,      ///< names and children, in pairs
  range,        ///< children: start, end; start_included, end_included
  half_range,   ///< operation (< <= > >= = !=) and one child: "< 5"
  function,     ///< names and types of the parameters, child: body
  external,     ///< function(…) external body: never run; names, types, child: what describes it
  conditional,  ///< if: children condition, then, else
  iteration,    ///< for: names and their domains, then the body
  some,         ///< names and their domains, then the condition
  every,        ///< the same
  steps,        ///< "a..b" as the domain of an iteration: children
  disjunction,  ///< or: two children or more
  conjunction,  ///< and: two children or more
  comparison,   ///< operation, two children
  between,      ///< three children
  in,           ///< the value, then one test or more
  arithmetic,   ///< operation, two children
  negation,     ///< one child
  instance_of,  ///< one child, one type
  path,         ///< one child, text: the name after the dot
  filter,       ///< list, condition
  call,         ///< the function, then arguments; names when they are named
  tests,        ///< unary tests: children; none means "-"; negated
};

enum class Operation : std::uint8_t {
  none,
  equal,
  unequal,
  less,
  less_equal,
  greater,
  greater_equal,
  add,
  subtract,
  multiply,
  divide,
  power
};
std::string_view symbolOf(Operation operation);
/// Of a comparison.
RangeForm formOf(Operation operation);

/// A type as written: name<parts>, with names for the entries of a context and a result for a function.
struct TypeNode {
  std::string name;               ///< empty: not given
  std::vector<TypeNode> parts;    ///< element, entries, or parameters and then the result
  std::vector<std::string> keys;  ///< of context<…>
  bool operator==(const TypeNode&) const = default;
};

struct Node {
  explicit Node(NodeKind node_kind, Position position = {}) : kind(node_kind), place(position) {}

  NodeKind kind;
  Operation operation = Operation::none;
  bool start_included = false;
  bool end_included = false;
  bool negated = false;
  Position place;
  std::uint32_t height = 1;  ///< levels below and including this one
  std::string text;
  Value value;
  std::vector<std::string> names;
  std::vector<TypeNode> types;
  std::vector<std::unique_ptr<Node>> children;

  void add(std::unique_ptr<Node> child);
  const Node& child(std::size_t index) const { return *children[index]; }
  /// Places don't count.
  bool operator==(const Node& other) const;
};

/// Text that parses to the same tree.
std::string print(const Node& node);
std::string print(const TypeNode& type);

struct Environment;

/// Limits of a text; beyond them it is refused.
inline constexpr std::size_t max_text_size = 200'000;
inline constexpr std::uint32_t max_nesting = 250;
inline constexpr std::uint32_t max_height = 800;

enum class Grammar { expression, unary_tests };
/// Names with spaces or operator characters are known from the environment and from the text itself.
Result<std::unique_ptr<Node>> parse(std::string_view text, Grammar grammar, const Environment& environment);

}  // namespace jinyue::feel
