// Patterns of schemas: the part of regular expressions that means the same to browsers (ECMAScript with "u")
// and to ICU, and that can't be made to run for long.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/problem.h"

namespace jinyue::registry {

/// Immutable, may be shared by threads.
class Pattern {
 public:
  /// Refuses with "pattern.invalid" and says what is not allowed.
  static Result<Pattern> compile(std::string_view text);
  /// Whether it matches anywhere in the text (anchors are the pattern's own). A match that takes too long is
  /// none.
  bool foundIn(std::string_view text) const;

 private:
  struct Compiled;
  explicit Pattern(std::shared_ptr<const Compiled> compiled) : compiled_(std::move(compiled)) {}
  std::shared_ptr<const Compiled> compiled_;
};

}  // namespace jinyue::registry
