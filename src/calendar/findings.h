// Collects everything that is wrong with one thing, so that the answer names it all at once.
#pragma once

#include <string>
#include <vector>

#include "base/problem.h"

namespace jinyue::calendar {

class Findings {
 public:
  void add(std::string where, std::string code, Text title) {
    constexpr std::size_t enough = 100;  // hostile input must not make an endless answer
    if (causes_.size() < enough) {
      causes_.push_back({ProblemKind::invalid, std::move(code), std::move(title), std::move(where), {}, {}});
    }
  }
  /// Nothing wrong, the one thing that is, or a problem with all of them as causes.
  Result<void> result(std::string code, Text title) && {
    if (causes_.empty()) return {};
    if (causes_.size() == 1) return std::unexpected(std::move(causes_.front()));
    return std::unexpected(
        Problem{ProblemKind::invalid, std::move(code), std::move(title), {}, {}, std::move(causes_)});
  }

 private:
  std::vector<Problem> causes_;
};

}  // namespace jinyue::calendar
