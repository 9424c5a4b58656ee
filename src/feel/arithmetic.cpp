// Tables 56 to 60 of DMN 1.5 section 10.3.2.13: arithmetic on numbers, strings, dates, times and durations.
#include <limits>

#include "feel/code.h"

namespace jinyue::feel {

namespace {

std::optional<Value> finite(const Number& number) {
  if (!number.isFinite()) return std::nullopt;
  return Value(number);
}

std::optional<Value> onNumbers(Operation operation, const Number& a, const Number& b) {
  switch (operation) {
    case Operation::add: return finite(a + b);
    case Operation::subtract: return finite(a - b);
    case Operation::multiply: return finite(a * b);
    case Operation::divide: return b.isZero() ? std::nullopt : finite(a / b);
    case Operation::power: return finite(a.power(b));
    default: return std::nullopt;
  }
}

/// A date counts as midnight in UTC.
std::optional<DateTime> asMoment(const Value& value) {
  if (const auto moment = value.asDateTime()) return moment;
  if (const auto date = value.asDate()) return DateTime{*date, {0, {0, nullptr}}};
  return std::nullopt;
}

std::optional<Value> difference(const Value& a, const Value& b) {
  if (const auto left = a.asTime()) {
    const auto right = b.asTime();
    if (!right || left->zone.isLocal() != right->zone.isLocal()) return std::nullopt;
    const auto utc = [](const ClockTime& time) {
      return time.nanos - std::int64_t{offsetOf(time).value_or(0)} * nanos_per_second;
    };
    return Value(DaysDuration{utc(*left) - utc(*right)});
  }
  const auto left = asMoment(a);
  const auto right = asMoment(b);
  if (!left || !right || left->time.zone.isLocal() != right->time.zone.isLocal()) return std::nullopt;
  return Value(DaysDuration{epochNanos(*left) - epochNanos(*right)});
}

std::optional<Value> shifted(const Value& value, Int128 nanos) {
  if (const auto time = value.asTime()) {
    auto moved = static_cast<std::int64_t>((Int128{time->nanos} + nanos) % nanos_per_day);
    if (moved < 0) moved += nanos_per_day;
    return Value(ClockTime{moved, time->zone});
  }
  if (const auto date = value.asDate()) {
    const auto moved = fromEpochNanos(epochNanos({*date, {}}) + nanos, {});
    return moved ? std::optional{Value(moved->date)} : std::nullopt;
  }
  if (const auto moment = value.asDateTime()) {
    const auto moved = fromEpochNanos(epochNanos(*moment) + nanos, moment->time.zone);
    return moved ? std::optional{Value(*moved)} : std::nullopt;
  }
  return std::nullopt;
}

std::optional<Value> shiftedMonths(const Value& value, std::int64_t months) {
  const auto moment = asMoment(value);
  if (!moment) return std::nullopt;
  const auto date = addMonths(moment->date, months);
  if (!date) return std::nullopt;
  if (value.is(Kind::date)) return Value(*date);
  return Value(DateTime{*date, moment->time});
}

constexpr Int128 largest_duration = Int128{max_year} * 800 * nanos_per_day;

std::optional<Value> daysDuration(Int128 nanos) {
  if (nanos > largest_duration || nanos < -largest_duration) return std::nullopt;
  return Value(DaysDuration{nanos});
}

std::optional<Value> yearsDuration(std::optional<std::int64_t> months) {
  constexpr std::int64_t largest = std::int64_t{max_year} * 1000;
  if (!months || *months > largest || *months < -largest) return std::nullopt;
  return Value(YearsDuration{*months});
}

Number toNumber(Int128 value) {
  constexpr std::int64_t base = 1'000'000'000'000'000'000;
  return Number(static_cast<std::int64_t>(value / base)) * Number(base) +
         Number(static_cast<std::int64_t>(value % base));
}

std::optional<Int128> toInt128(const Number& number) {
  const Number base(1'000'000'000'000'000'000);
  const Number whole = number.rounded(0, Rounding::down);
  const Number high = (whole / base).rounded(0, Rounding::down);
  const auto high_part = high.toInt64();
  const auto low_part = (whole - high * base).toInt64();
  constexpr std::int64_t enough = 1'000'000'000'000'000;
  if (!high_part || !low_part || *high_part > enough || *high_part < -enough) return std::nullopt;
  return Int128{*high_part} * 1'000'000'000'000'000'000 + *low_part;
}

std::optional<Value> scaledDays(const DaysDuration& duration, Operation operation, const Number& by) {
  if (operation == Operation::divide && by.isZero()) return std::nullopt;
  const Number nanos = toNumber(duration.nanos);
  const Number result = operation == Operation::multiply ? nanos * by : nanos / by;
  if (!result.isFinite()) return std::nullopt;
  const auto whole = toInt128(result);
  return whole ? daysDuration(*whole) : std::nullopt;
}

std::optional<Value> scaledYears(const YearsDuration& duration, Operation operation, const Number& by) {
  if (operation == Operation::divide && by.isZero()) return std::nullopt;
  const Number months(duration.months);
  const Number result = operation == Operation::multiply ? months * by : months / by;
  if (!result.isFinite()) return std::nullopt;
  return yearsDuration(result.rounded(0, Rounding::down).toInt64());
}

bool isPoint(const Value& value) {
  return value.is(Kind::date) || value.is(Kind::time) || value.is(Kind::date_time);
}

}  // namespace

std::optional<Value> arithmetic(Operation operation, const Value& a, const Value& b) {
  if (a.is(Kind::number) && b.is(Kind::number)) return onNumbers(operation, a.number(), b.number());
  const bool sum = operation == Operation::add;
  const bool product = operation == Operation::multiply;
  if (sum && a.is(Kind::string) && b.is(Kind::string))
    return Value(std::string{a.string()} + std::string{b.string()});
  if (operation == Operation::subtract && isPoint(a) && isPoint(b)) return difference(a, b);
  if (sum || operation == Operation::subtract) {
    const Int128 sign = sum ? 1 : -1;
    if (const auto more = b.asDaysDuration()) {
      if (const auto days = a.asDaysDuration()) return daysDuration(days->nanos + sign * more->nanos);
      return shifted(a, sign * more->nanos);
    }
    if (const auto more = b.asYearsDuration()) {
      const std::int64_t months = sum ? more->months : -more->months;
      if (const auto years = a.asYearsDuration()) return yearsDuration(years->months + months);
      return shiftedMonths(a, months);
    }
    return sum && isPoint(b) && !isPoint(a) ? arithmetic(operation, b, a) : std::nullopt;
  }
  if (const auto days = a.asDaysDuration()) {
    if ((product || operation == Operation::divide) && b.is(Kind::number))
      return scaledDays(*days, operation, b.number());
    if (const auto other = b.asDaysDuration(); other && operation == Operation::divide && other->nanos != 0) {
      return finite(toNumber(days->nanos) / toNumber(other->nanos));
    }
    return std::nullopt;
  }
  if (const auto years = a.asYearsDuration()) {
    if ((product || operation == Operation::divide) && b.is(Kind::number))
      return scaledYears(*years, operation, b.number());
    if (const auto other = b.asYearsDuration();
        other && operation == Operation::divide && other->months != 0) {
      return finite(Number(years->months) / Number(other->months));
    }
    return std::nullopt;
  }
  if (product && a.is(Kind::number) && (b.is(Kind::days_duration) || b.is(Kind::years_duration)))
    return arithmetic(operation, b, a);
  return std::nullopt;
}

}  // namespace jinyue::feel
