// Operators on values: comparison, arithmetic, three-valued logic, if.
#include <fmt/format.h>

#include "feel/code.h"
#include "feel/compare.h"

namespace jinyue::feel {

namespace {

std::string kinds(const Value& a, const Value& b) {
  return fmt::format("{}, {}", nameOf(a.kind()), nameOf(b.kind()));
}

Truth decide(Operation operation, std::strong_ordering order) {
  switch (operation) {
    case Operation::equal: return order == 0 ? Truth::yes : Truth::no;
    case Operation::unequal: return order != 0 ? Truth::yes : Truth::no;
    case Operation::less: return order < 0 ? Truth::yes : Truth::no;
    case Operation::less_equal: return order <= 0 ? Truth::yes : Truth::no;
    case Operation::greater: return order > 0 ? Truth::yes : Truth::no;
    case Operation::greater_equal: return order >= 0 ? Truth::yes : Truth::no;
    default: return Truth::unknown;
  }
}

class ComparisonCode final : public Code {
 public:
  ComparisonCode(Position place, Operation operation, CodePtr left, CodePtr right)
      : Code(place), operation_(operation), left_(std::move(left)), right_(std::move(right)) {}

  Value eval(Frame& frame) const override { return toValue(test(frame)); }

  Truth test(Frame& frame) const override {
    Value left_hold;
    Value right_hold;
    const Value& left = left_->peek(frame, left_hold);
    const Value& right = right_->peek(frame, right_hold);
    if (left.is(Kind::number) && right.is(Kind::number))
      return decide(operation_, left.number() <=> right.number());
    if (operation_ == Operation::equal || operation_ == Operation::unequal) {
      const auto same = equal(left, right);
      if (!same) return note(frame, left, right);
      return *same == (operation_ == Operation::equal) ? Truth::yes : Truth::no;
    }
    const auto order = compare(left, right);
    return order ? decide(operation_, *order) : note(frame, left, right);
  }

 private:
  Truth note(Frame& frame, const Value& left, const Value& right) const {
    failed(frame, "feel.comparison",
           {fmt::format("无法比较（{}）", kinds(left, right)),
            fmt::format("these can't be compared: {}", kinds(left, right))});
    return Truth::unknown;
  }

  Operation operation_;
  CodePtr left_;
  CodePtr right_;
};

class ArithmeticCode final : public Code {
 public:
  ArithmeticCode(Position place, Operation operation, CodePtr left, CodePtr right)
      : Code(place), operation_(operation), left_(std::move(left)), right_(std::move(right)) {}

  Value eval(Frame& frame) const override {
    Value left_hold;
    Value right_hold;
    const Value& left = left_->peek(frame, left_hold);
    const Value& right = right_->peek(frame, right_hold);
    if (left.is(Kind::number) && right.is(Kind::number) && operation_ <= Operation::multiply) {
      const Number a = left.number();
      const Number b = right.number();
      const Number result = operation_ == Operation::add        ? a + b
                            : operation_ == Operation::subtract ? a - b
                                                                : a * b;
      if (result.isFinite()) return result;
    }
    if (operation_ == Operation::add && left.is(Kind::string) && right.is(Kind::string)) {
      const std::string_view a = left.string();
      const std::string_view b = right.string();
      if (!frame.session.spend(static_cast<std::int64_t>((a.size() + b.size()) / 32))) return {};
      std::string text;
      text.reserve(a.size() + b.size());
      text.append(a).append(b);
      return frame.session.bounded(Value(text));
    }
    if (auto result = arithmetic(operation_, left, right)) return *std::move(result);
    if (left.isNull() || right.isNull()) {
      return failed(frame, "feel.null-operand",
                    {fmt::format("“{}”的一边是空值", symbolOf(operation_)),
                     fmt::format("an operand of \"{}\" is null", symbolOf(operation_))});
    }
    return failed(frame, "feel.arithmetic",
                  {fmt::format("“{}”无法用于 {}（或结果超出范围）", symbolOf(operation_), kinds(left, right)),
                   fmt::format("\"{}\" is not defined for {} (or the result is out of range)",
                               symbolOf(operation_), kinds(left, right))});
  }

 private:
  Operation operation_;
  CodePtr left_;
  CodePtr right_;
};

class NegationCode final : public Code {
 public:
  NegationCode(Position place, CodePtr operand) : Code(place), operand_(std::move(operand)) {}
  Value eval(Frame& frame) const override {
    Value hold;
    const Value& operand = operand_->peek(frame, hold);
    if (operand.is(Kind::number)) return -operand.number();
    if (const auto days = operand.asDaysDuration()) return DaysDuration{-days->nanos};
    if (const auto years = operand.asYearsDuration()) return YearsDuration{-years->months};
    return failed(frame, "feel.arithmetic",
                  {fmt::format("“-”无法用于 {}", nameOf(operand.kind())),
                   fmt::format("\"-\" is not defined for {}", nameOf(operand.kind()))});
  }

 private:
  CodePtr operand_;
};

class ConnectiveCode final : public Code {
 public:
  ConnectiveCode(Position place, bool conjunction, std::vector<CodePtr> operands)
      : Code(place), conjunction_(conjunction), operands_(std::move(operands)) {}
  Value eval(Frame& frame) const override { return toValue(test(frame)); }
  Truth test(Frame& frame) const override {
    const Truth deciding = conjunction_ ? Truth::no : Truth::yes;
    bool unknown = false;
    for (const CodePtr& operand : operands_) {
      const Truth truth = operand->test(frame);
      if (truth == deciding) return deciding;
      unknown = unknown || truth == Truth::unknown;
    }
    return unknown ? Truth::unknown : conjunction_ ? Truth::yes : Truth::no;
  }

 private:
  bool conjunction_;
  std::vector<CodePtr> operands_;
};

class BetweenCode final : public Code {
 public:
  BetweenCode(Position place, CodePtr value, CodePtr low, CodePtr high)
      : Code(place), value_(std::move(value)), low_(std::move(low)), high_(std::move(high)) {}
  Value eval(Frame& frame) const override { return toValue(test(frame)); }
  Truth test(Frame& frame) const override {
    Value value_hold;
    Value low_hold;
    Value high_hold;
    const Value& value = value_->peek(frame, value_hold);
    const Value& low = low_->peek(frame, low_hold);
    const Value& high = high_->peek(frame, high_hold);
    const auto above = compare(value, low);
    const auto below = compare(value, high);
    if (!above || !below) {
      failed(frame, "feel.comparison",
             {fmt::format("无法比较（{}，{}）", kinds(value, low), nameOf(high.kind())),
              fmt::format("these can't be compared: {}, {}", kinds(value, low), nameOf(high.kind()))});
      if ((above && *above < 0) || (below && *below > 0)) return Truth::no;
      return Truth::unknown;
    }
    return *above >= 0 && *below <= 0 ? Truth::yes : Truth::no;
  }

 private:
  CodePtr value_;
  CodePtr low_;
  CodePtr high_;
};

class InstanceOfCode final : public Code {
 public:
  InstanceOfCode(Position place, CodePtr value, Type type)
      : Code(place), value_(std::move(value)), type_(std::move(type)) {}
  Value eval(Frame& frame) const override {
    Value hold;
    return instanceOf(value_->peek(frame, hold), type_);
  }

 private:
  CodePtr value_;
  Type type_;
};

class ConditionalCode final : public Code {
 public:
  ConditionalCode(Position place, CodePtr condition, CodePtr yes, CodePtr no)
      : Code(place), condition_(std::move(condition)), yes_(std::move(yes)), no_(std::move(no)) {}
  Value eval(Frame& frame) const override {
    Value hold;
    const Value& condition = condition_->peek(frame, hold);
    if (condition.isTrue()) return yes_->eval(frame);
    if (!condition.isFalse() && !condition.isNull()) {
      failed(frame, "feel.condition",
             {fmt::format("条件应为布尔值，而不是 {}", nameOf(condition.kind())),
              fmt::format("the condition is {}, not a boolean", nameOf(condition.kind()))});
    }
    return no_->eval(frame);
  }

 private:
  CodePtr condition_;
  CodePtr yes_;
  CodePtr no_;
};

}  // namespace

CodePtr makeComparison(Position place, Operation operation, CodePtr left, CodePtr right) {
  return std::make_unique<ComparisonCode>(place, operation, std::move(left), std::move(right));
}
CodePtr makeArithmetic(Position place, Operation operation, CodePtr left, CodePtr right) {
  return std::make_unique<ArithmeticCode>(place, operation, std::move(left), std::move(right));
}
CodePtr makeNegation(Position place, CodePtr operand) {
  return std::make_unique<NegationCode>(place, std::move(operand));
}
CodePtr makeConnective(Position place, bool conjunction, std::vector<CodePtr> operands) {
  return std::make_unique<ConnectiveCode>(place, conjunction, std::move(operands));
}
CodePtr makeBetween(Position place, CodePtr value, CodePtr low, CodePtr high) {
  return std::make_unique<BetweenCode>(place, std::move(value), std::move(low), std::move(high));
}
CodePtr makeInstanceOf(Position place, CodePtr value, Type type) {
  return std::make_unique<InstanceOfCode>(place, std::move(value), std::move(type));
}
CodePtr makeConditional(Position place, CodePtr condition, CodePtr yes, CodePtr no) {
  return std::make_unique<ConditionalCode>(place, std::move(condition), std::move(yes), std::move(no));
}

}  // namespace jinyue::feel
