// The shape of a cell: what a unary test accepts, where that can be said without evaluating it. Index and
// analysis of a table work on shapes; a cell without one is evaluated as FEEL.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "feel/value.h"

namespace jinyue::dmn {

/// Values of one kind between two ends; an end that is null is unbounded.
struct Interval {
  feel::Value low;
  feel::Value high;
  bool low_included = false;
  bool high_included = false;
  bool operator==(const Interval&) const = default;
  static Interval only(const feel::Value& value) { return {value, value, true, true}; }
  bool isSingle() const { return low_included && high_included && low == high; }
};

struct Shape {
  enum class Form {
    any,    ///< "-": everything, null too
    tests,  ///< values in one of the intervals, or in none of them when negated
    other,  ///< can't be said
  };
  Form form = Form::other;
  bool negated = false;
  std::vector<Interval> intervals;

  bool isAny() const { return form == Form::any; }
  bool isOther() const { return form == Form::other; }
};

/// Values that can all be compared with each other: of one kind, and times and moments either all with a zone
/// (or offset) or all without.
struct Line {
  feel::Kind kind = feel::Kind::null;
  bool has_zone = false;
  static Line of(const feel::Value& value) { return {value.kind(), value.hasZone()}; }
  bool has(const feel::Value& value) const { return value.is(kind) && value.hasZone() == has_zone; }
  bool operator==(const Line&) const = default;
};

/// The order of two values of one line. Booleans: false first.
int orderOf(const feel::Value& a, const feel::Value& b);
bool hasOrder(feel::Kind kind);

/// Whether the value is in one of the intervals (or none, when negated); the form must be `tests` and the
/// value of the line of the intervals.
bool accepts(const Shape& shape, const feel::Value& value);

/// The one line of all values in the cells' intervals; that of null when they name none, empty when there are
/// several or one without order.
std::optional<Line> commonLine(std::span<const Shape* const> cells);

/// A FEEL unary test that accepts the interval: `[5..10)`, `>= 3`, `"A"`.
std::string describe(const Interval& interval);

}  // namespace jinyue::dmn
