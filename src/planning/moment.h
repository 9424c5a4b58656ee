// Times that a plan names: "2025年6月底前", "年底前", "三季度末", "到2025年底".
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "base/time.h"

namespace jinyue::planning {

struct Moment {
  std::size_t begin = 0;  ///< letters of the text
  std::size_t end = 0;
  Date until;             ///< last day
  bool is_limit = false;  ///< says by when ("前", "底", "内", "到"), not only in which time
  bool unclear = false;   ///< "6月前" leaves open whether June is part of it; taken as not
};

/// In order of place. A time without a year is of `year`; without that it is left out. What stands in a book
/// title, and what follows "截至", is no time by which something is to be done.
std::vector<Moment> momentsIn(std::u32string_view text, std::optional<int> year);

}  // namespace jinyue::planning
