// What a rule says when it says no. A rule's "no" is a value (Result); a fault of ours is an exception.
#pragma once

#include <expected>
#include <string>
#include <vector>

#include <boost/describe/class.hpp>

namespace jinyue {

/// A text that people read, in both languages of the product.
struct Text {
  std::string zh;
  std::string en;
  bool operator==(const Text&) const = default;
};
BOOST_DESCRIBE_STRUCT(Text, (), (zh, en))

/// How the caller should take a problem; the edge maps each kind to one HTTP status.
enum class ProblemKind {
  invalid,      ///< the request itself is wrong; mend it and send it again
  forbidden,    ///< this actor may not do this
  not_found,    ///< there is no such thing (or none that the actor may know of)
  conflict,     ///< the thing is not in a state that allows this, or somebody was faster
  unavailable,  ///< the server can't take it now; the same request may work later
};

/// A clear answer to a request that is refused: what, where, how to mend. Nothing has been done.
struct Problem {
  ProblemKind kind = ProblemKind::invalid;
  std::string code;             ///< stable, for programs: "task.not-yours"
  Text title;                   ///< what is wrong, for people
  std::string where;            ///< JSON pointer, element id or file:line; empty when it is the whole request
  Text detail;                  ///< how to mend it; may be empty
  std::vector<Problem> causes;  ///< when one answer reports several problems
  bool operator==(const Problem&) const = default;
};

template <class T>
using Result = std::expected<T, Problem>;

inline std::unexpected<Problem> refuse(ProblemKind kind, std::string code, Text title, std::string where = {},
                                       Text detail = {}) {
  return std::unexpected(
      Problem{kind, std::move(code), std::move(title), std::move(where), std::move(detail), {}});
}

/// One line for logs and command lines, in English: "code: title (where): detail", causes indented below.
std::string describe(const Problem& problem);

}  // namespace jinyue
