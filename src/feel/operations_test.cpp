// Unary tests, and "in".
#include "feel/code.h"
#include "feel/compare.h"

namespace jinyue::feel {

namespace {

Truth satisfies(const TestCode& test, const Value& tested, Frame& frame) {
  if (test.uses_tested && test.operation == Operation::none) {
    Value hold;
    const Value& result = test.value->peek(frame, hold);
    if (result.is(Kind::boolean) || result.isNull()) return toTruth(result);
    return toTruth(isIn(tested, result));
  }
  Value hold;
  const Value& value = test.value->peek(frame, hold);
  switch (test.operation) {
    case Operation::none:
      // An expression that decides by itself, such as "count(orders) > 3".
      if (value.is(Kind::boolean) && !tested.is(Kind::boolean) && !test.is_literal) return toTruth(value);
      return toTruth(isIn(tested, value));
    case Operation::equal: return toTruth(equal(tested, value));
    case Operation::unequal: {
      const auto same = equal(tested, value);
      return same ? toTruth(std::optional{!*same}) : Truth::unknown;
    }
    default: break;
  }
  const auto order = compare(tested, value);
  if (!order) return Truth::unknown;
  switch (test.operation) {
    case Operation::less: return *order < 0 ? Truth::yes : Truth::no;
    case Operation::less_equal: return *order <= 0 ? Truth::yes : Truth::no;
    case Operation::greater: return *order > 0 ? Truth::yes : Truth::no;
    default: return *order >= 0 ? Truth::yes : Truth::no;
  }
}

Truth satisfiesAny(std::span<const TestCode> tests, const Value& tested, Frame& frame) {
  bool unknown = false;
  for (const TestCode& test : tests) {
    const Truth truth = satisfies(test, tested, frame);
    if (truth == Truth::yes) return truth;
    unknown = unknown || truth == Truth::unknown;
  }
  return unknown ? Truth::unknown : Truth::no;
}

class TestsCode final : public Code {
 public:
  TestsCode(Position place, std::vector<TestCode> tests, bool negated)
      : Code(place), tests_(std::move(tests)), negated_(negated) {}
  Value eval(Frame& frame) const override { return toValue(test(frame)); }
  Truth test(Frame& frame) const override {
    if (tests_.empty()) return Truth::yes;
    if (frame.tested == nullptr) {
      failed(frame, "feel.unknown-name", {"没有要检验的值（“?”）", "there is no value to test (\"?\")"});
      return Truth::unknown;
    }
    const Truth truth = satisfiesAny(tests_, *frame.tested, frame);
    if (!negated_ || truth == Truth::unknown) return truth;
    return truth == Truth::yes ? Truth::no : Truth::yes;
  }

 private:
  std::vector<TestCode> tests_;
  bool negated_;
};

class InCode final : public Code {
 public:
  InCode(Position place, CodePtr value, std::vector<TestCode> tests)
      : Code(place), value_(std::move(value)), tests_(std::move(tests)) {}
  Value eval(Frame& frame) const override { return toValue(test(frame)); }
  Truth test(Frame& frame) const override {
    Value hold;
    const Value& value = value_->peek(frame, hold);
    const Value* outer = std::exchange(frame.tested, &value);
    const Truth truth = satisfiesAny(tests_, value, frame);
    frame.tested = outer;
    if (truth == Truth::unknown)
      failed(frame, "feel.comparison", {"“in”两边无法比较", "the two sides of \"in\" can't be compared"});
    return truth;
  }

 private:
  CodePtr value_;
  std::vector<TestCode> tests_;
};

}  // namespace

CodePtr makeTests(Position place, std::vector<TestCode> tests, bool negated) {
  return std::make_unique<TestsCode>(place, std::move(tests), negated);
}
CodePtr makeIn(Position place, CodePtr value, std::vector<TestCode> tests) {
  return std::make_unique<InCode>(place, std::move(value), std::move(tests));
}

}  // namespace jinyue::feel
