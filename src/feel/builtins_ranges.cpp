// Range functions: DMN 1.5 section 10.3.4.9, table 78. The side where a comparison such as "(< 5)" has no end
// lies infinitely far away.
#include "feel/builtins.h"
#include "feel/compare.h"

namespace jinyue::feel {

namespace {

/// One end of an interval; a point is both of its own ends.
struct End {
  const Value* value;
  int infinity = 0;  ///< -1 or +1 when unbounded
  bool included = true;
};

struct Interval {
  End start;
  End end;
};

/// Thrown inside this file when two ends have no order; becomes a null with a note.
struct Incomparable {};

int order(const End& a, const End& b) {
  if (a.infinity != 0 || b.infinity != 0) return a.infinity - b.infinity;
  const auto found = compare(*a.value, *b.value);
  if (!found) throw Incomparable{};
  return *found < 0 ? -1 : *found > 0 ? 1 : 0;
}

Interval intervalOf(const Value& value) {
  if (const Range* range = value.asRange()) {
    if (range->form == RangeForm::unequal) throw Incomparable{};
    const bool open_start = range->form == RangeForm::less || range->form == RangeForm::less_equal;
    const bool open_end = range->form == RangeForm::greater || range->form == RangeForm::greater_equal;
    return {{&range->start, open_start ? -1 : 0, range->start_included},
            {&range->end, open_end ? 1 : 0, range->end_included}};
  }
  return {{&value, 0, true}, {&value, 0, true}};
}

// The conditions of table 78, written once for intervals: a point is [point..point], for which they give the
// same.

bool before(const Interval& a, const Interval& b) {
  const int gap = order(a.end, b.start);
  return gap < 0 || (gap == 0 && (!a.end.included || !b.start.included));
}
bool after(const Interval& a, const Interval& b) { return before(b, a); }

bool meets(const Interval& a, const Interval& b) {
  return a.end.included && b.start.included && order(a.end, b.start) == 0;
}
bool metBy(const Interval& a, const Interval& b) { return meets(b, a); }

bool overlaps(const Interval& a, const Interval& b) { return !before(a, b) && !before(b, a); }

/// a begins before b does.
bool beginsBefore(const Interval& a, const Interval& b) {
  const int gap = order(a.start, b.start);
  return gap < 0 || (gap == 0 && a.start.included && !b.start.included);
}
/// a ends no later than b does.
bool endsWithin(const Interval& a, const Interval& b) {
  const int gap = order(a.end, b.end);
  return gap < 0 || (gap == 0 && (!a.end.included || b.end.included));
}
bool startsWithin(const Interval& a, const Interval& b) {
  const int gap = order(a.start, b.start);
  return gap > 0 || (gap == 0 && (!a.start.included || b.start.included));
}

bool overlapsBefore(const Interval& a, const Interval& b) {
  return beginsBefore(a, b) && !before(a, b) && endsWithin(a, b);
}
bool overlapsAfter(const Interval& a, const Interval& b) { return overlapsBefore(b, a); }

bool finishes(const Interval& a, const Interval& b) {
  return a.end.included == b.end.included && order(a.end, b.end) == 0 && startsWithin(a, b);
}
bool finishedBy(const Interval& a, const Interval& b) { return finishes(b, a); }

bool includes(const Interval& a, const Interval& b) { return startsWithin(b, a) && endsWithin(b, a); }
bool during(const Interval& a, const Interval& b) { return includes(b, a); }

bool starts(const Interval& a, const Interval& b) {
  return a.start.included == b.start.included && order(a.start, b.start) == 0 && endsWithin(a, b);
}
bool startedBy(const Interval& a, const Interval& b) { return starts(b, a); }

bool coincides(const Interval& a, const Interval& b) {
  return a.start.included == b.start.included && a.end.included == b.end.included &&
         order(a.start, b.start) == 0 && order(a.end, b.end) == 0;
}

enum Takes : unsigned { points = 1, point_range = 2, range_point = 4, ranges = 8 };

template <bool (*relation)(const Interval&, const Interval&), unsigned takes>
Value relate(std::span<const Value> arguments, Session& session) {
  const bool first = arguments[0].is(Kind::range);
  const bool second = arguments[1].is(Kind::range);
  const unsigned given = first ? (second ? ranges : range_point) : (second ? point_range : points);
  if ((given & takes) != 0) {
    try {
      return relation(intervalOf(arguments[0]), intervalOf(arguments[1]));
    } catch (const Incomparable&) {  // NOLINT(bugprone-empty-catch): the note below says it
    }
  }
  session.note("feel.comparison",
               {"区间函数的参数无法比较", "the arguments of the range function can't be compared"});
  return {};
}

constexpr unsigned everything = points | point_range | range_point | ranges;

constexpr BuiltinRow range_rows[] = {
    {"before", "point: Any, range: range", "boolean", relate<before, everything>},
    {"before", "range: range, point: Any", "boolean", relate<before, everything>},
    {"before", "range1: range, range2: range", "boolean", relate<before, everything>},
    {"before", "point1: Any, point2: Any", "boolean", relate<before, everything>},
    {"after", "point: Any, range: range", "boolean", relate<after, everything>},
    {"after", "range: range, point: Any", "boolean", relate<after, everything>},
    {"after", "range1: range, range2: range", "boolean", relate<after, everything>},
    {"after", "point1: Any, point2: Any", "boolean", relate<after, everything>},
    {"meets", "range1: range, range2: range", "boolean", relate<meets, ranges>},
    {"met by", "range1: range, range2: range", "boolean", relate<metBy, ranges>},
    {"overlaps", "range1: range, range2: range", "boolean", relate<overlaps, ranges>},
    {"overlaps before", "range1: range, range2: range", "boolean", relate<overlapsBefore, ranges>},
    {"overlaps after", "range1: range, range2: range", "boolean", relate<overlapsAfter, ranges>},
    {"finishes", "point: Any, range: range", "boolean", relate<finishes, point_range | ranges>},
    {"finishes", "range1: range, range2: range", "boolean", relate<finishes, point_range | ranges>},
    {"finished by", "range: range, point: Any", "boolean", relate<finishedBy, range_point | ranges>},
    {"finished by", "range1: range, range2: range", "boolean", relate<finishedBy, range_point | ranges>},
    {"includes", "range: range, point: Any", "boolean", relate<includes, range_point | ranges>},
    {"includes", "range1: range, range2: range", "boolean", relate<includes, range_point | ranges>},
    {"during", "point: Any, range: range", "boolean", relate<during, point_range | ranges>},
    {"during", "range1: range, range2: range", "boolean", relate<during, point_range | ranges>},
    {"starts", "point: Any, range: range", "boolean", relate<starts, point_range | ranges>},
    {"starts", "range1: range, range2: range", "boolean", relate<starts, point_range | ranges>},
    {"started by", "range: range, point: Any", "boolean", relate<startedBy, range_point | ranges>},
    {"started by", "range1: range, range2: range", "boolean", relate<startedBy, range_point | ranges>},
    {"coincides", "point1: Any, point2: Any", "boolean", relate<coincides, points | ranges>},
    {"coincides", "range1: range, range2: range", "boolean", relate<coincides, points | ranges>},
};

}  // namespace

std::span<const BuiltinRow> rangeBuiltins() { return range_rows; }

}  // namespace jinyue::feel
