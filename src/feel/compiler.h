// From the syntax tree to operations: names become slots and registers, constants are computed.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "feel/ast.h"
#include "feel/code.h"
#include "feel/feel.h"

namespace jinyue::feel {

struct Compiled {
  CodePtr root;
  std::size_t registers = 0;
  bool uses_tested = false;
  std::vector<std::string> slots;    ///< the environment's names, then those that were made
  std::vector<std::size_t> used;     ///< slots in order of first use
  std::vector<std::string> names;    ///< free names in order of first use
  std::vector<std::string> unknown;  ///< those the environment doesn't have
  std::optional<UnaryTests> tests;   ///< of constants
};

/// `open`: names that the environment doesn't have get slots of their own; else they are null with a
/// diagnostic.
Compiled compile(const Node& root, const Environment& environment, bool open);

/// The type that is written; empty when there is no such type.
std::optional<Type> resolveType(const TypeNode& node, const Environment& environment);
/// The type of what `function` gives, as far as can be told from its text alone.
Type inferredResult(const Node& function, const Environment& environment);
/// Whether "?" occurs in it.
bool mentionsTested(const Node& node);

}  // namespace jinyue::feel
