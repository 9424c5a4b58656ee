// FEEL by walking the syntax tree, as simple as it can be: no slots, no registers, no constants computed
// beforehand, no fast paths. What the compiled form is compared with.
#pragma once

#include <map>
#include <string>

#include "feel/ast.h"
#include "feel/feel.h"

namespace jinyue::feel::testing {

/// What an expression may name, as it was compiled: names of the environment hide built-in functions.
struct PlainWorld {
  Environment environment;
  bool is_open = true;  ///< other names are looked up in `variables` too
  Context variables;
};

/// Evaluates an expression, or unary tests when `tested` is given. Diagnostics go to the session.
Value evaluatePlainly(const Node& root, const PlainWorld& world, const Value* tested, Session& session);

}  // namespace jinyue::feel::testing
