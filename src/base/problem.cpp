#include "base/problem.h"

#include <fmt/format.h>

namespace jinyue {
namespace {

void describe(const Problem& problem, int depth, std::string& out) {
  out.append(static_cast<std::size_t>(depth) * 2, ' ');
  out += fmt::format("{}: {}", problem.code, problem.title.en);
  if (!problem.where.empty()) out += fmt::format(" ({})", problem.where);
  if (!problem.detail.en.empty()) out += fmt::format(": {}", problem.detail.en);
  for (const Problem& cause : problem.causes) {
    out += '\n';
    describe(cause, depth + 1, out);
  }
}

}  // namespace

std::string describe(const Problem& problem) {
  std::string out;
  describe(problem, 0, out);
  return out;
}

}  // namespace jinyue
