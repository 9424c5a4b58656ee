// What differs between two versions of an entry.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "feel/value.h"
#include "feel/value_json.h"

namespace jinyue::registry {

struct Difference {
  std::string pointer;                ///< JSON pointer of the member or item
  std::optional<feel::Value> before;  ///< empty: it was not there
  std::optional<feel::Value> after;   ///< empty: it is not there any more
  bool operator==(const Difference&) const = default;
};
BOOST_DESCRIBE_STRUCT(Difference, (), (pointer, before, after))

/// The smallest places that differ, in the order of `after`, then what is gone in the order of `before`.
/// Lists are compared place by place.
std::vector<Difference> differencesBetween(const feel::Value& before, const feel::Value& after);

}  // namespace jinyue::registry
