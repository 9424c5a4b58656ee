#include "feel/compare.h"

#include "feel/function.h"

namespace jinyue::feel {

namespace {

/// Times and moments are compared by their milliseconds, as the conformance suite has it.
constexpr std::int64_t nanos_per_milli = 1'000'000;

std::strong_ordering order(Int128 a, Int128 b) {
  return a < b   ? std::strong_ordering::less
         : a > b ? std::strong_ordering::greater
                 : std::strong_ordering::equal;
}

std::optional<bool> both(std::optional<bool> a, std::optional<bool> b) {
  if ((a && !*a) || (b && !*b)) return false;
  if (!a || !b) return std::nullopt;
  return true;
}

std::optional<bool> equalLists(const List& a, const List& b) {
  if (a.size() != b.size()) return false;
  std::optional<bool> result = true;
  for (std::size_t i = 0; i < a.size(); ++i) {
    result = both(result, equal(a[i], b[i]));
    if (result && !*result) return false;
  }
  return result;
}

std::optional<bool> equalContexts(const Context& a, const Context& b) {
  if (a.size() != b.size()) return false;
  std::optional<bool> result = true;
  for (const auto& [name, mine] : a) {
    const Value* theirs = b.find(name);
    if (theirs == nullptr) return false;
    result = both(result, equal(mine, *theirs));
    if (result && !*result) return false;
  }
  return result;
}

}  // namespace

std::optional<Int128> linePosition(const Value& value) {
  switch (value.kind()) {
    case Kind::date: return toDays(*value.asDate());
    case Kind::time: {
      const ClockTime time = *value.asTime();
      return time.nanos / nanos_per_milli - std::int64_t{offsetOf(time).value_or(0)} * 1000;
    }
    case Kind::date_time: {
      const Int128 nanos = epochNanos(*value.asDateTime());
      return nanos / nanos_per_milli - (nanos % nanos_per_milli < 0 ? 1 : 0);
    }
    case Kind::days_duration: return value.asDaysDuration()->nanos;
    case Kind::years_duration: return value.asYearsDuration()->months;
    default: return std::nullopt;
  }
}

std::optional<bool> equal(const Value& a, const Value& b) {
  if (a.isNull() || b.isNull()) return a.isNull() && b.isNull();
  if (a.kind() != b.kind()) return std::nullopt;
  switch (a.kind()) {
    case Kind::time:
    case Kind::date_time: {
      const auto ordering = compare(a, b);
      return ordering ? std::optional{*ordering == 0} : std::nullopt;
    }
    case Kind::list: return equalLists(a.list(), b.list());
    case Kind::context: return equalContexts(a.context(), b.context());
    case Kind::range: {
      const Range& left = *a.asRange();
      const Range& right = *b.asRange();
      if (left.form != right.form || left.start_included != right.start_included ||
          left.end_included != right.end_included)
        return false;
      return both(equal(left.start, right.start), equal(left.end, right.end));
    }
    default: return a == b;
  }
}

std::optional<std::strong_ordering> compare(const Value& a, const Value& b) {
  if (a.kind() != b.kind()) return std::nullopt;
  switch (a.kind()) {
    case Kind::number: return a.number() <=> b.number();
    case Kind::string: return a.string().compare(b.string()) <=> 0;  // UTF-8 sorts as its code points do
    case Kind::date: return *a.asDate() <=> *b.asDate();
    case Kind::time:
    case Kind::date_time:
      if (a.hasZone() != b.hasZone()) return std::nullopt;  // there is no telling
      return order(*linePosition(a), *linePosition(b));
    case Kind::days_duration:
    case Kind::years_duration: return order(*linePosition(a), *linePosition(b));
    default: return std::nullopt;
  }
}

std::optional<bool> isIn(const Value& value, const Range& range) {
  if (range.form == RangeForm::equal) return equal(value, range.start);
  if (range.form == RangeForm::unequal) {
    const auto same = equal(value, range.start);
    return same ? std::optional{!*same} : std::nullopt;
  }
  const bool has_start = range.form != RangeForm::less && range.form != RangeForm::less_equal;
  const bool has_end = range.form != RangeForm::greater && range.form != RangeForm::greater_equal;
  std::optional<bool> above = true;
  std::optional<bool> below = true;
  if (has_start) {
    const auto ordering = compare(value, range.start);
    above =
        ordering ? std::optional{*ordering > 0 || (range.start_included && *ordering == 0)} : std::nullopt;
  }
  if (has_end) {
    const auto ordering = compare(value, range.end);
    below = ordering ? std::optional{*ordering < 0 || (range.end_included && *ordering == 0)} : std::nullopt;
  }
  if (!above || !below) return std::nullopt;
  return *above && *below;
}

std::optional<bool> isIn(const Value& value, const Value& test) {
  if (const Range* range = test.asRange(); range != nullptr && !value.is(Kind::range))
    return isIn(value, *range);
  if (const List* items = test.asList()) {
    if (value.is(Kind::list)) {
      if (const auto whole = equal(value, test); whole && *whole) return true;
    }
    for (const Value& item : *items) {
      const Range* range = item.asRange();
      const auto found =
          range != nullptr && !value.is(Kind::range) ? isIn(value, *range) : equal(value, item);
      if (found && *found) return true;
    }
    return false;
  }
  return equal(value, test);
}

}  // namespace jinyue::feel
