// The compiled form: a tree of operations in which every name is a slot or a register.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "feel/ast.h"
#include "feel/builtins.h"
#include "feel/function.h"
#include "feel/session.h"
#include "feel/value.h"

namespace jinyue::feel {

enum class Truth : std::uint8_t { no, yes, unknown };

inline Value toValue(Truth truth) { return truth == Truth::unknown ? Value() : Value(truth == Truth::yes); }
inline Truth toTruth(const Value& value) {
  return value.isTrue() ? Truth::yes : value.isFalse() ? Truth::no : Truth::unknown;
}
inline Truth toTruth(std::optional<bool> truth) {
  return !truth ? Truth::unknown : *truth ? Truth::yes : Truth::no;
}

/// What an operation works on.
struct Frame {
  std::span<const Value> slots;   ///< variables of the environment
  Value* registers = nullptr;     ///< iterators, entries, parameters, captured values
  const Value* tested = nullptr;  ///< "?"
  Session& session;
};

class Code {
 public:
  explicit Code(Position place) : place_(place) {}
  Code(const Code&) = delete;
  Code& operator=(const Code&) = delete;
  virtual ~Code() = default;

  virtual Value eval(Frame& frame) const = 0;
  /// The result without a copy where it exists already; `hold` keeps it otherwise.
  virtual const Value& peek(Frame& frame, Value& hold) const {
    hold = eval(frame);
    return hold;
  }
  virtual Truth test(Frame& frame) const {
    Value hold;
    return toTruth(peek(frame, hold));
  }
  /// Not null for a constant.
  virtual const Value* constant() const { return nullptr; }
  Position place() const { return place_; }

 protected:
  /// Null, with a note why.
  Value failed(Frame& frame, const char* code, Text message) const {
    frame.session.note({code, std::move(message), place_.line, place_.column});
    return {};
  }

 private:
  Position place_;
};

using CodePtr = std::unique_ptr<Code>;

class LiteralCode final : public Code {
 public:
  LiteralCode(Position place, Value value) : Code(place), value_(std::move(value)) {}
  Value eval(Frame&) const override { return value_; }
  const Value& peek(Frame&, Value&) const override { return value_; }
  const Value* constant() const override { return &value_; }

 private:
  Value value_;
};

/// Registers for a frame: a few on the stack, many on the heap.
class Registers {
 public:
  explicit Registers(std::size_t count) {
    if (count > few) many_.resize(count);
  }
  Value* data() { return many_.empty() ? array_ : many_.data(); }

 private:
  static constexpr std::size_t few = 6;
  Value array_[few];
  std::vector<Value> many_;
};

/// The body of a `function(…) …`.
struct FunctionCode {
  std::vector<Parameter> parameters;
  Type result;  ///< as far as the text tells
  CodePtr body;
  std::int32_t height = 1;
  std::size_t registers = 0;
  bool uses_tested = false;
};

// operations.cpp: operators on values
CodePtr makeComparison(Position place, Operation operation, CodePtr left, CodePtr right);
CodePtr makeArithmetic(Position place, Operation operation, CodePtr left, CodePtr right);
CodePtr makeNegation(Position place, CodePtr operand);
CodePtr makeConnective(Position place, bool conjunction, std::vector<CodePtr> operands);
CodePtr makeBetween(Position place, CodePtr value, CodePtr low, CodePtr high);
CodePtr makeInstanceOf(Position place, CodePtr value, Type type);
CodePtr makeConditional(Position place, CodePtr condition, CodePtr yes, CodePtr no);

// operations_names.cpp
CodePtr makeSlot(Position place, std::size_t slot, std::string name);
CodePtr makeRegister(Position place, std::size_t index);
/// A variable that a function keeps; it may be one without a value.
CodePtr makeKept(Position place, std::size_t index, std::string name);
CodePtr makeTested(Position place);
CodePtr makeUnknown(Position place, std::string name);
/// Inside filters: an entry of an item (registers, innermost first) by that name, or else the outer meaning.
CodePtr makeEntryOr(Position place, std::string name, std::vector<std::size_t> items, CodePtr outer);

// operations_build.cpp: values from parts
CodePtr makeList(Position place, std::vector<CodePtr> items);
CodePtr makeContext(Position place, std::vector<std::string> names, std::vector<std::size_t> registers,
                    std::vector<CodePtr> values);
CodePtr makeRange(Position place, bool start_included, bool end_included, CodePtr start, CodePtr end);
CodePtr makeHalfRange(Position place, Operation operation, CodePtr endpoint);
struct Capture {
  enum class From : std::uint8_t { slot, local, self } from = From::slot;
  std::size_t source = 0;  ///< slot or register of the frame where the function is made
  std::size_t target = 0;  ///< register of the function's frame
};
CodePtr makeFunction(Position place, std::shared_ptr<const FunctionCode> code, std::vector<Capture> captures);
CodePtr makeFailure(Position place, std::string code, Text message);

// operations_loop.cpp
struct Iterator {
  CodePtr domain;  ///< a list or range; the first of the steps
  CodePtr end;     ///< the last of the steps; null without
  std::size_t target = 0;
};
CodePtr makeFor(Position place, std::vector<Iterator> iterators, std::optional<std::size_t> partial,
                CodePtr body);
CodePtr makeQuantified(Position place, bool every, std::vector<Iterator> iterators, CodePtr condition);
/// `item` is the register of the item.
CodePtr makeFilter(Position place, CodePtr list, CodePtr condition, std::size_t item);

// operations_call.cpp
CodePtr makePath(Position place, CodePtr target, std::string name);
CodePtr makeBuiltinCall(Position place, std::shared_ptr<const Builtin> function,
                        std::vector<std::string> names, std::vector<CodePtr> arguments);
/// `fallback` is called when the callee is no function; may be null.
CodePtr makeCall(Position place, CodePtr callee, std::shared_ptr<const Builtin> fallback,
                 std::vector<std::string> names, std::vector<CodePtr> arguments);

// operations_test.cpp
struct TestCode {
  CodePtr value;                          ///< the endpoint, or the whole test
  Operation operation = Operation::none;  ///< of "< 5"
  bool uses_tested = false;               ///< then its truth counts
  bool is_literal = false;                ///< then a boolean is what to be equal to, and decides nothing
};
CodePtr makeTests(Position place, std::vector<TestCode> tests, bool negated);
CodePtr makeIn(Position place, CodePtr value, std::vector<TestCode> tests);

/// What a path gives: an entry, a property of a temporal value or range, or those of a list's items. Empty
/// when there is none.
std::optional<Value> member(const Value& value, std::string_view name);
/// a + b and so on; empty when FEEL has no such operation (the caller says why).
std::optional<Value> arithmetic(Operation operation, const Value& a, const Value& b);

}  // namespace jinyue::feel
