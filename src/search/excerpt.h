// A text as a list of hits shows it: with the words marked, and cut to the part where they are.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "search/query.h"

namespace jinyue::search {

struct Marked {
  std::string text;
  std::vector<Range> marks;
  bool operator==(const Marked&) const = default;
};
BOOST_DESCRIBE_STRUCT(Marked, (), (text, marks))

Marked markedText(std::string_view text, const Query& query, Where where = Where::text);

/// At most about `length` code points from before the first word on, "…" where something is cut off.
Marked excerptOf(std::string_view text, const Query& query, std::size_t length = 100);

}  // namespace jinyue::search
