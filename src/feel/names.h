// Which names of several parts ("Monthly Fee", "cost-benefit") the parser may put together.
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "feel/lexer.h"
#include "feel/type.h"

namespace jinyue::feel {

class KnownNames {
 public:
  /// A name of one word needs no entry, so adding one does nothing.
  void add(std::string_view name);
  /// The entries of a context type, and of what is in them.
  void addMembers(const Type& type);
  /// Forgets what was added after `size()` was `mark`.
  std::size_t size() const { return order_.size(); }
  void cutTo(std::size_t mark);

  struct Match {
    std::string name;  ///< empty: none
    std::size_t end = 0;
    std::size_t parts = 0;
  };
  /// The longest name that the tokens from `first` on make.
  Match longest(const Lexer& lexer, const Token& first) const;
  /// Names tried so far; a bound on it bounds the time of parsing.
  std::uint64_t work() const { return work_; }

 private:
  struct Entry {
    std::vector<std::string> parts;
    std::string name;
  };
  void addMembers(const Type& type, int depth);
  mutable std::uint64_t work_ = 0;
  std::multimap<std::string, Entry, std::less<>> entries_;  ///< by first part
  std::vector<std::multimap<std::string, Entry, std::less<>>::iterator> order_;
};

}  // namespace jinyue::feel
