// Numeric and boolean functions: DMN 1.5 sections 10.3.4.2 and 10.3.4.5.
#include "feel/builtins.h"

namespace jinyue::feel {

namespace {

Value negated(std::span<const Value> arguments, Session&) {
  const auto negand = arguments[0].asBool();
  return negand ? Value(!*negand) : Value();
}

/// The range of a scale: DMN 1.5 table 75.
std::optional<std::int64_t> scaleOf(const Value& value, Session& session) {
  const auto scale = value.number().rounded(0, Rounding::down).toInt64();
  if (scale && *scale >= -6111 && *scale <= 6176) return scale;
  session.note("feel.scale", {"位数应在 -6111 到 6176 之间", "the scale must lie between -6111 and 6176"});
  return std::nullopt;
}

Value outOfRange(Session& session) {
  session.note("feel.out-of-range",
               {"结果不是数，或超出范围", "the result is not a number, or out of range"});
  return {};
}

Value finite(const Number& number, Session& session) {
  return number.isFinite() ? Value(number) : outOfRange(session);
}

template <Rounding rounding>
Value roundTo(std::span<const Value> arguments, Session& session) {
  std::optional<std::int64_t> scale = 0;
  if (arguments.size() > 1) scale = scaleOf(arguments[1], session);
  return scale ? finite(arguments[0].number().rounded(*scale, rounding), session) : Value();
}

Value absolute(std::span<const Value> arguments, Session&) {
  const Value& value = arguments[0];
  if (const auto days = value.asDaysDuration())
    return DaysDuration{days->nanos < 0 ? -days->nanos : days->nanos};
  if (const auto years = value.asYearsDuration())
    return YearsDuration{years->months < 0 ? -years->months : years->months};
  return value.number().absolute();
}

Value modulo(std::span<const Value> arguments, Session& session) {
  if (arguments[1].number().isZero()) return outOfRange(session);
  return finite(Number::modulo(arguments[0].number(), arguments[1].number()), session);
}

Value squareRoot(std::span<const Value> arguments, Session& session) {
  return finite(arguments[0].number().squareRoot(), session);
}

Value naturalLog(std::span<const Value> arguments, Session& session) {
  const Number number = arguments[0].number();
  return number.isZero() || number.isNegative() ? outOfRange(session) : finite(number.naturalLog(), session);
}

Value exponential(std::span<const Value> arguments, Session& session) {
  return finite(arguments[0].number().exponential(), session);
}

Value odd(std::span<const Value> arguments, Session&) {
  const Number rest = Number::modulo(arguments[0].number(), Number(2));
  return rest == Number(1);
}

Value even(std::span<const Value> arguments, Session&) {
  return Number::modulo(arguments[0].number(), Number(2)).isZero();
}

constexpr BuiltinRow number_rows[] = {
    {"not", "negand: Any", "boolean", negated},
    {"decimal", "n: number, scale: number", "number", roundTo<Rounding::half_even>},
    {"floor", "n: number, scale?: number", "number", roundTo<Rounding::floor>},
    {"ceiling", "n: number, scale?: number", "number", roundTo<Rounding::ceiling>},
    {"round up", "n: number, scale: number", "number", roundTo<Rounding::up>},
    {"round down", "n: number, scale: number", "number", roundTo<Rounding::down>},
    {"round half up", "n: number, scale: number", "number", roundTo<Rounding::half_up>},
    {"round half down", "n: number, scale: number", "number", roundTo<Rounding::half_down>},
    {"abs", "n: number", "number", absolute},
    {"abs", "n: days and time duration", "days and time duration", absolute},
    {"abs", "n: years and months duration", "years and months duration", absolute},
    {"modulo", "dividend: number, divisor: number", "number", modulo},
    {"sqrt", "number: number", "number", squareRoot},
    {"log", "number: number", "number", naturalLog},
    {"exp", "number: number", "number", exponential},
    {"odd", "number: number", "boolean", odd},
    {"even", "number: number", "boolean", even},
};

}  // namespace

std::span<const BuiltinRow> numberBuiltins() { return number_rows; }

}  // namespace jinyue::feel
