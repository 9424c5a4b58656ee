// Made-up orders of the hotline for the demonstration: what callers say, and what officers fill in.
#pragma once

#include <random>
#include <string_view>

#include "feel/value.h"

namespace jinyue::cli {

class MadeUpOrders {
 public:
  explicit MadeUpOrders(std::mt19937& random) : random_(random) {}

  /// Answers to the form of a new order, but for the caller.
  feel::Context order();
  /// Answers to the form of a step. `variables` are those of the case.
  feel::Context answers(std::string_view node, const feel::Context& variables);

 private:
  int number(int from, int to) { return std::uniform_int_distribution<int>(from, to)(random_); }
  bool chance(double p) { return std::bernoulli_distribution(p)(random_); }
  template <class Things>
  const auto& pick(const Things& things) {
    return things[static_cast<std::size_t>(number(0, static_cast<int>(things.size()) - 1))];
  }
  std::mt19937& random_;
};

}  // namespace jinyue::cli
