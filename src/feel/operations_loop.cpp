// Iterations: for, some, every, and filters.
#include <fmt/format.h>

#include "feel/code.h"
#include "feel/compare.h"

namespace jinyue::feel {

namespace {

/// What an iterator runs over: the items of a list, or steps of one from a number or a day to another.
class Domain {
 public:
  Domain() = default;
  explicit Domain(Value list) : list_(std::move(list)) {}
  Domain(Kind kind, std::int64_t first, std::int64_t last) : kind_(kind), first_(first), down_(last < first) {
    count_ = static_cast<std::uint64_t>(down_ ? first - last : last - first) + 1;
  }

  std::uint64_t size() const { return list_.isNull() ? count_ : list_.list().size(); }
  Value at(std::uint64_t index) const {
    if (!list_.isNull()) return list_.list()[index];
    const auto offset = static_cast<std::int64_t>(index);
    const std::int64_t position = down_ ? first_ - offset : first_ + offset;
    if (kind_ == Kind::number) return position;
    const auto date = fromDays(position);
    return date ? Value(*date) : Value();
  }

 private:
  Value list_;
  Kind kind_ = Kind::number;
  std::int64_t first_ = 0;
  std::uint64_t count_ = 0;
  bool down_ = false;
};

std::optional<std::int64_t> stepOf(const Value& value) {
  constexpr std::int64_t farthest = 1'000'000'000'000'000'000;
  if (const auto date = value.asDate()) return toDays(*date);
  const auto whole = value.asInt64();
  return whole && *whole <= farthest && *whole >= -farthest ? whole : std::nullopt;
}

std::optional<Domain> stepsBetween(const Value& start, const Value& end) {
  const auto first = stepOf(start);
  const auto last = stepOf(end);
  if (start.kind() != end.kind() || !first || !last) return std::nullopt;
  return Domain(start.kind(), *first, *last);
}

/// Empty (and noted) when there is nothing to run over.
std::optional<Domain> domainOf(const Iterator& iterator, Frame& frame) {
  Value first = iterator.domain->eval(frame);
  std::optional<Domain> found;
  if (iterator.end != nullptr) {
    found = stepsBetween(first, iterator.end->eval(frame));
  } else if (first.is(Kind::list)) {
    found = Domain(std::move(first));
  } else if (const Range* range = first.asRange()) {
    const auto low = stepOf(range->start);
    const auto high = stepOf(range->end);
    if (low && high && range->start.kind() == range->end.kind()) {
      const std::int64_t from = *low + (range->start_included ? 0 : 1);
      const std::int64_t to = *high - (range->end_included ? 0 : 1);
      found = from > to ? Domain(Value(List{})) : Domain(range->start.kind(), from, to);
    }
  } else if (!first.isNull()) {
    found = Domain(Value(List{std::move(first)}));
  }
  if (!found) {
    const Position at = iterator.domain->place();
    frame.session.note(
        {"feel.iteration",
         {"这里应为列表或整数、日期的区间", "expected a list or a range of whole numbers or dates"},
         at.line,
         at.column});
  }
  return found;
}

enum class Next : std::uint8_t { go_on, stop };

/// Calls visit() for each combination, the last iterator running fastest. False when it was given up.
template <class Visit>
bool runOver(std::span<const Iterator> iterators, Frame& frame, const Visit& visit, Next& next) {
  const auto domain = domainOf(iterators.front(), frame);
  if (!domain) return false;
  for (std::uint64_t i = 0; i < domain->size() && next == Next::go_on; ++i) {
    if (!frame.session.spend(1)) return false;
    frame.registers[iterators.front().target] = domain->at(i);
    if (iterators.size() == 1) next = visit();
    else if (!runOver(iterators.subspan(1), frame, visit, next)) return false;
  }
  return true;
}

class ForCode final : public Code {
 public:
  ForCode(Position place, std::vector<Iterator> iterators, std::optional<std::size_t> partial, CodePtr body)
      : Code(place), iterators_(std::move(iterators)), partial_(partial), body_(std::move(body)) {}

  Value eval(Frame& frame) const override {
    Next next = Next::go_on;
    if (partial_) return evalWithPartial(frame, next);
    List results;
    std::uint64_t weight = 0;
    const bool done = runOver(
        iterators_, frame,
        [&] {
          results.push_back(body_->eval(frame));
          weight += results.back().weight();
          return weight > frame.session.limits().weight ? Next::stop : Next::go_on;
        },
        next);
    if (!done) return {};
    frame.session.place = place();
    return frame.session.bounded(Value(std::move(results)));
  }

 private:
  /// The results so far are a list that the body may use; it is copied only when the body keeps it.
  Value evalWithPartial(Frame& frame, Next& next) const {
    Value& partial = frame.registers[*partial_];
    partial = List{};
    bool within_limits = true;
    const bool done = runOver(
        iterators_, frame,
        [&] {
          const Value result = body_->eval(frame);
          if (!partial.appendInPlace(result)) {
            const List& sofar = partial.list();
            if (!frame.session.spend(static_cast<std::int64_t>(sofar.size()))) {
              within_limits = false;
              return Next::stop;
            }
            List copy;
            copy.reserve(sofar.size() + 1);
            copy = sofar;
            copy.push_back(result);
            partial = Value(std::move(copy));
          }
          frame.session.place = place();
          if (frame.session.bounded(partial).isNull()) within_limits = false;
          return within_limits ? Next::go_on : Next::stop;
        },
        next);
    Value results = std::move(partial);
    partial = {};
    return done && within_limits ? results : Value();
  }

  std::vector<Iterator> iterators_;
  std::optional<std::size_t> partial_;
  CodePtr body_;
};

class QuantifiedCode final : public Code {
 public:
  QuantifiedCode(Position place, bool every, std::vector<Iterator> iterators, CodePtr condition)
      : Code(place), every_(every), iterators_(std::move(iterators)), condition_(std::move(condition)) {}

  Value eval(Frame& frame) const override {
    const Truth deciding = every_ ? Truth::no : Truth::yes;
    bool unknown = false;
    bool decided = false;
    Next next = Next::go_on;
    const bool done = runOver(
        iterators_, frame,
        [&] {
          const Truth truth = condition_->test(frame);
          unknown = unknown || truth == Truth::unknown;
          decided = truth == deciding;
          return decided ? Next::stop : Next::go_on;
        },
        next);
    if (!done) return {};
    if (decided) return !every_;
    return unknown ? Value() : Value(every_);
  }

 private:
  bool every_;
  std::vector<Iterator> iterators_;
  CodePtr condition_;
};

class FilterCode final : public Code {
 public:
  FilterCode(Position place, CodePtr list, CodePtr condition, std::size_t item)
      : Code(place), list_(std::move(list)), condition_(std::move(condition)), item_(item) {}

  Value eval(Frame& frame) const override {
    const Value list = list_->eval(frame);
    if (const Value* index = condition_->constant(); index != nullptr && index->is(Kind::number)) {
      return itemAt(frame, list, *index);
    }
    const Value single[] = {list};
    const std::span<const Value> items = list.isNull()         ? std::span<const Value>()
                                         : list.is(Kind::list) ? std::span<const Value>(list.list())
                                                               : std::span<const Value>(single);
    if (items.empty()) return ofNothing(frame, list);
    List kept;
    for (std::size_t i = 0; i < items.size(); ++i) {
      if (!frame.session.spend(1)) return {};
      Value& item = frame.registers[item_];
      item = items[i];
      Value hold;
      const Value& result = condition_->peek(frame, hold);
      if (result.isTrue()) {
        kept.push_back(items[i]);
      } else if (i == 0 && result.is(Kind::number)) {
        const Value index = result;
        return itemAt(frame, list, index);
      } else if (!result.isFalse() && !result.isNull()) {
        failed(frame, "feel.filter",
               {fmt::format("筛选条件应为布尔值或序号，而不是 {}", nameOf(result.kind())),
                fmt::format("a filter needs a boolean or an index, not {}", nameOf(result.kind()))});
      }
    }
    frame.registers[item_] = {};
    if (list.is(Kind::list) && kept.size() == items.size()) return list;
    return Value(std::move(kept));
  }

 private:
  /// Without an item only an index says anything, and that is the one that isn't there.
  Value ofNothing(Frame& frame, const Value& list) const {
    frame.registers[item_] = {};
    Value index;
    {
      const Session::Silence silence(frame.session);
      index = condition_->eval(frame);
    }
    if (frame.session.isExhausted()) return {};
    return index.is(Kind::number) ? itemAt(frame, list, index) : Value(List{});
  }

  /// Counted from 1, or from the end with negative numbers.
  Value itemAt(Frame& frame, const Value& list, const Value& index) const {
    const auto position = index.asInt64();
    const auto size = list.is(Kind::list) ? static_cast<std::int64_t>(list.list().size()) : std::int64_t{1};
    if (position && !list.isNull()) {
      const std::int64_t at = *position > 0 ? *position - 1 : size + *position;
      if (*position != 0 && at >= 0 && at < size)
        return list.is(Kind::list) ? list.list()[static_cast<std::size_t>(at)] : list;
    }
    return failed(
        frame, "feel.index",
        {fmt::format("没有第 {} 项（共 {} 项）", index.number().toString(), list.isNull() ? 0 : size),
         fmt::format("there is no item {} (of {})", index.number().toString(), list.isNull() ? 0 : size)});
  }

  CodePtr list_;
  CodePtr condition_;
  std::size_t item_;
};

}  // namespace

CodePtr makeFor(Position place, std::vector<Iterator> iterators, std::optional<std::size_t> partial,
                CodePtr body) {
  return std::make_unique<ForCode>(place, std::move(iterators), partial, std::move(body));
}
CodePtr makeQuantified(Position place, bool every, std::vector<Iterator> iterators, CodePtr condition) {
  return std::make_unique<QuantifiedCode>(place, every, std::move(iterators), std::move(condition));
}
CodePtr makeFilter(Position place, CodePtr list, CodePtr condition, std::size_t item) {
  return std::make_unique<FilterCode>(place, std::move(list), std::move(condition), item);
}

}  // namespace jinyue::feel
