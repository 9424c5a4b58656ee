// Functions that make one value of many: DMN 1.5 section 10.3.4.4. They take a list or the items themselves.
#include <algorithm>

#include "feel/builtins.h"
#include "feel/compare.h"

namespace jinyue::feel {

namespace {

std::span<const Value> itemsOf(std::span<const Value> arguments) {
  if (arguments.size() == 1 && arguments[0].is(Kind::list)) return arguments[0].list();
  return arguments;
}

Value wrongItems(Session& session) {
  session.note("feel.argument-type",
               {"列表里有不适用的值", "the list has items that the function can't take"});
  return {};
}

bool areNumbers(std::span<const Value> items) {
  return std::ranges::all_of(items, [](const Value& item) { return item.is(Kind::number); });
}

Value finite(const Number& number, Session& session) {
  if (number.isFinite()) return number;
  session.note("feel.out-of-range", {"结果超出范围", "the result is out of range"});
  return {};
}

template <bool largest>
Value extreme(std::span<const Value> arguments, Session& session) {
  const std::span<const Value> items = itemsOf(arguments);
  if (items.empty()) return {};
  const Value* best = &items.front();
  for (const Value& item : items) {
    const auto order = compare(item, *best);
    if (!order) return wrongItems(session);
    if (largest ? *order > 0 : *order < 0) best = &item;
  }
  return *best;
}

Number total(std::span<const Value> items) {
  Number sum;
  for (const Value& item : items) sum = sum + item.number();
  return sum;
}

Value sum(std::span<const Value> arguments, Session& session) {
  const std::span<const Value> items = itemsOf(arguments);
  if (!areNumbers(items)) return wrongItems(session);
  return items.empty() ? Value() : finite(total(items), session);
}

Value mean(std::span<const Value> arguments, Session& session) {
  const std::span<const Value> items = itemsOf(arguments);
  if (!areNumbers(items)) return wrongItems(session);
  return items.empty() ? Value()
                       : finite(total(items) / Number(static_cast<std::int64_t>(items.size())), session);
}

Value product(std::span<const Value> arguments, Session& session) {
  const std::span<const Value> items = itemsOf(arguments);
  if (!areNumbers(items)) return wrongItems(session);
  if (items.empty()) {
    session.note("feel.empty-list", {"空列表没有乘积", "an empty list has no product"});
    return {};
  }
  Number result(1);
  for (const Value& item : items) result = result * item.number();
  return finite(result, session);
}

std::vector<Number> sorted(std::span<const Value> items) {
  std::vector<Number> numbers;
  numbers.reserve(items.size());
  for (const Value& item : items) numbers.push_back(item.number());
  std::ranges::sort(numbers);
  return numbers;
}

Value median(std::span<const Value> arguments, Session& session) {
  const std::span<const Value> items = itemsOf(arguments);
  if (!areNumbers(items)) return wrongItems(session);
  if (items.empty()) return {};
  const auto numbers = sorted(items);
  const std::size_t middle = numbers.size() / 2;
  if (numbers.size() % 2 == 1) return numbers[middle];
  return finite((numbers[middle - 1] + numbers[middle]) / Number(2), session);
}

/// Of a sample: divided by n - 1.
Value standardDeviation(std::span<const Value> arguments, Session& session) {
  const std::span<const Value> items = itemsOf(arguments);
  if (!areNumbers(items)) return wrongItems(session);
  if (items.size() < 2) return {};
  const Number average = total(items) / Number(static_cast<std::int64_t>(items.size()));
  Number squares;
  for (const Value& item : items) {
    const Number distance = item.number() - average;
    squares = squares + distance * distance;
  }
  return finite((squares / Number(static_cast<std::int64_t>(items.size()) - 1)).squareRoot(), session);
}

Value mode(std::span<const Value> arguments, Session& session) {
  const std::span<const Value> items = itemsOf(arguments);
  if (!areNumbers(items)) return wrongItems(session);
  const auto numbers = sorted(items);
  List modes;
  std::size_t most = 0;
  for (std::size_t begin = 0; begin < numbers.size();) {
    std::size_t end = begin;
    while (end < numbers.size() && numbers[end] == numbers[begin]) ++end;
    if (end - begin > most) modes.clear();
    if (end - begin >= most) {
      modes.push_back(numbers[begin]);
      most = end - begin;
    }
    begin = end;
  }
  return modes;
}

template <bool deciding>
Value connected(std::span<const Value> arguments, Session& session) {
  const std::span<const Value> items = itemsOf(arguments);
  bool unknown = false;
  bool wrong = false;
  for (const Value& item : items) {
    const auto truth = item.asBool();
    if (truth && *truth == deciding) return deciding;
    unknown = unknown || !truth;
    wrong = wrong || (!truth && !item.isNull());
  }
  if (wrong) return wrongItems(session);
  return unknown ? Value() : Value(!deciding);
}

constexpr BuiltinRow aggregate_rows[] = {
    {"min", "list: list", "Any", extreme<false>},
    {"min", "c*: Any", "Any", extreme<false>},
    {"max", "list: list", "Any", extreme<true>},
    {"max", "c*: Any", "Any", extreme<true>},
    {"sum", "list: list", "number", sum},
    {"sum", "n*: Any", "number", sum},
    {"mean", "list: list", "number", mean},
    {"mean", "n*: Any", "number", mean},
    {"product", "list: list", "number", product},
    {"product", "n*: Any", "number", product},
    {"median", "list: list", "number", median},
    {"median", "n*: Any", "number", median},
    {"stddev", "list: list", "number", standardDeviation},
    {"stddev", "n*: Any", "number", standardDeviation},
    {"mode", "list: list", "list", mode},
    {"mode", "n*: Any", "list", mode},
    {"all", "list: list", "boolean", connected<false>},
    {"all", "b*: Any", "boolean", connected<false>},
    {"any", "list: list", "boolean", connected<true>},
    {"any", "b*: Any", "boolean", connected<true>},
};

}  // namespace

std::span<const BuiltinRow> aggregateBuiltins() { return aggregate_rows; }

}  // namespace jinyue::feel
