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

/// The order of two values of one kind that has an order which never depends on a zone: numbers, strings,
/// dates, durations. Booleans: false first.
int orderOf(const feel::Value& a, const feel::Value& b);
bool hasOrder(feel::Kind kind);

/// Whether the value is in one of the intervals (or none, when negated); the form must be `tests` and the
/// value of the kind of the intervals.
bool accepts(const Shape& shape, const feel::Value& value);

/// The one kind of all values in the cells' intervals; null when they name none, empty when there are several
/// or one without order.
std::optional<feel::Kind> commonKind(std::span<const Shape* const> cells);

/// A FEEL unary test that accepts the interval: `[5..10)`, `>= 3`, `"A"`.
std::string describe(const Interval& interval);

}  // namespace jinyue::dmn
