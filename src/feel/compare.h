// FEEL's comparisons on values (DMN 1.5 section 10.3.2.13, tables 50 to 55), in three-valued logic: empty
// means null.
#pragma once

#include <compare>
#include <optional>

#include "feel/value.h"

namespace jinyue::feel {

/// Where a date, time, moment or duration lies among others of its kind: days since 1970-01-01, milliseconds
/// (in UTC when it has a zone), nanoseconds or months; empty for other kinds. Two times or moments of which
/// only one has a zone can't be compared.
std::optional<Int128> linePosition(const Value& value);

/// FEEL's "=": null equals only null; empty for values of different kinds.
std::optional<bool> equal(const Value& a, const Value& b);
/// FEEL's order; empty when the two have none (different kinds, null, lists, …).
std::optional<std::strong_ordering> compare(const Value& a, const Value& b);
/// Whether a value lies in a range; empty when it can't be compared with an endpoint.
std::optional<bool> isIn(const Value& value, const Range& range);
/// FEEL's "in" for one test value: in the range; equal to it; or, for a list, in the list (or in one of its
/// ranges).
std::optional<bool> isIn(const Value& value, const Value& test);

}  // namespace jinyue::feel
