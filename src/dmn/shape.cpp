#include "dmn/shape.h"

#include <algorithm>

#include "feel/compare.h"

namespace jinyue::dmn {

using feel::Kind;
using feel::Value;

namespace {

template <class T>
int sign(const T& a, const T& b) {
  return a < b ? -1 : b < a ? 1 : 0;
}

}  // namespace

bool hasOrder(Kind kind) {
  switch (kind) {
    case Kind::boolean:
    case Kind::number:
    case Kind::string:
    case Kind::date:
    case Kind::time:
    case Kind::date_time:
    case Kind::days_duration:
    case Kind::years_duration: return true;
    default: return false;
  }
}

int orderOf(const Value& a, const Value& b) {
  switch (a.kind()) {
    case Kind::number: return sign(a.number(), b.number());
    case Kind::string: return sign(a.string(), b.string());  // order of bytes is order of code points
    case Kind::boolean: return sign(a.isTrue(), b.isTrue());
    default: return sign(*feel::linePosition(a), *feel::linePosition(b));
  }
}

bool accepts(const Shape& shape, const Value& value) {
  const bool inside = std::ranges::any_of(shape.intervals, [&](const Interval& interval) {
    if (!interval.low.isNull()) {
      const int order = orderOf(interval.low, value);
      if (order > 0 || (order == 0 && !interval.low_included)) return false;
    }
    if (!interval.high.isNull()) {
      const int order = orderOf(value, interval.high);
      if (order > 0 || (order == 0 && !interval.high_included)) return false;
    }
    return true;
  });
  return inside != shape.negated;
}

std::optional<Line> commonLine(std::span<const Shape* const> cells) {
  Line line;
  for (const auto* cell : cells) {
    if (cell->form != Shape::Form::tests) continue;
    for (const auto& interval : cell->intervals) {
      for (const auto* end : {&interval.low, &interval.high}) {
        if (end->isNull()) continue;
        if (line.kind == Kind::null) line = Line::of(*end);
        if (!line.has(*end) || !hasOrder(line.kind)) return {};
      }
    }
  }
  return line;
}

}  // namespace jinyue::dmn
