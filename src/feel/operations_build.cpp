// Values from parts: lists, contexts, ranges, functions.
#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "feel/code.h"
#include "feel/compare.h"

namespace jinyue::feel {

namespace {

class ListCode final : public Code {
 public:
  ListCode(Position place, std::vector<CodePtr> items) : Code(place), items_(std::move(items)) {}
  Value eval(Frame& frame) const override {
    List items;
    items.reserve(items_.size());
    for (const CodePtr& item : items_) items.push_back(item->eval(frame));
    frame.session.place = place();
    return frame.session.bounded(Value(std::move(items)));
  }

 private:
  std::vector<CodePtr> items_;
};

class ContextCode final : public Code {
 public:
  ContextCode(Position place, std::vector<std::string> names, std::vector<std::size_t> registers,
              std::vector<CodePtr> values)
      : Code(place), names_(std::move(names)), registers_(std::move(registers)), values_(std::move(values)) {}
  Value eval(Frame& frame) const override {
    Context context;
    for (std::size_t i = 0; i < names_.size(); ++i) {
      Value value = values_[i]->eval(frame);
      frame.registers[registers_[i]] = value;
      context.set(names_[i], std::move(value));
    }
    frame.session.place = place();
    return frame.session.bounded(Value(std::move(context)));
  }

 private:
  std::vector<std::string> names_;
  std::vector<std::size_t> registers_;
  std::vector<CodePtr> values_;
};

bool isOrdered(const Value& value) { return compare(value, value).has_value(); }

class RangeCode final : public Code {
 public:
  RangeCode(Position place, bool start_included, bool end_included, CodePtr start, CodePtr end)
      : Code(place),
        start_included_(start_included),
        end_included_(end_included),
        start_(std::move(start)),
        end_(std::move(end)) {}
  Value eval(Frame& frame) const override {
    Range range{start_->eval(frame), end_->eval(frame), start_included_, end_included_};
    const bool good = (range.start.isNull() || isOrdered(range.start)) &&
                      (range.end.isNull() || isOrdered(range.end)) &&
                      (range.start.isNull() || range.end.isNull() || compare(range.start, range.end));
    if (!good) {
      return failed(
          frame, "feel.range",
          {fmt::format("区间的两端不对（{}，{}）", nameOf(range.start.kind()), nameOf(range.end.kind())),
           fmt::format("a range can't go from {} to {}", nameOf(range.start.kind()),
                       nameOf(range.end.kind()))});
    }
    return range;
  }

 private:
  bool start_included_;
  bool end_included_;
  CodePtr start_;
  CodePtr end_;
};

class HalfRangeCode final : public Code {
 public:
  HalfRangeCode(Position place, Operation operation, CodePtr endpoint)
      : Code(place), operation_(operation), endpoint_(std::move(endpoint)) {}
  Value eval(Frame& frame) const override {
    Value endpoint = endpoint_->eval(frame);
    const bool equality = operation_ == Operation::equal || operation_ == Operation::unequal;
    if (!equality && !isOrdered(endpoint)) {
      return failed(frame, "feel.range",
                    {fmt::format("区间的端点不能是 {}", nameOf(endpoint.kind())),
                     fmt::format("a range can't end at {}", nameOf(endpoint.kind()))});
    }
    return Range::comparison(formOf(operation_), std::move(endpoint));
  }

 private:
  Operation operation_;
  CodePtr endpoint_;
};

/// What `function(…) …` gives: the code, with the values that it uses from where it was made.
class Closure final : public Function, public std::enable_shared_from_this<Closure> {
 public:
  struct Captured {
    Value value;
    std::size_t target = 0;
    bool is_self = false;
  };
  Closure(std::shared_ptr<const FunctionCode> code, std::vector<Captured> captured,
          std::optional<Value> tested)
      : code_(std::move(code)), captured_(std::move(captured)), tested_(std::move(tested)) {}

  std::string_view name() const override { return "function"; }
  std::span<const Parameter> parameters() const override { return code_->parameters; }
  Type result() const override { return code_->result; }
  std::uint32_t nesting() const override {
    std::uint32_t deepest = tested_ ? tested_->depth() : 0;
    for (const Captured& captured : captured_) deepest = std::max(deepest, captured.value.depth());
    return deepest;
  }

  Value call(std::span<const Value> arguments, Session& session) const override {
    if (arguments.size() != code_->parameters.size()) {
      accept(arguments, session);  // says why
      return {};
    }
    const Session::Level level(session, code_->height + 3);
    if (level.tooDeep() || !session.spend(1)) return {};
    Registers registers(code_->registers);
    const bool typed =
        std::ranges::any_of(code_->parameters, [](const Parameter& p) { return !p.type.isAny(); });
    if (typed) {
      auto accepted = accept(arguments, session);
      if (!accepted) return {};
      std::ranges::move(*accepted, registers.data());
    } else {
      std::ranges::copy(arguments, registers.data());
    }
    for (const Captured& captured : captured_) {
      registers.data()[captured.target] =
          captured.is_self ? Value(std::static_pointer_cast<const Function>(shared_from_this()))
                           : captured.value;
    }
    Frame frame{{}, registers.data(), tested_ ? &*tested_ : nullptr, session};
    // A built-in function that called this one may still have something to note, at its own place.
    const Position caller = session.place;
    Value result = code_->body->eval(frame);
    session.place = caller;
    return result;
  }

 private:
  std::shared_ptr<const FunctionCode> code_;
  std::vector<Captured> captured_;
  std::optional<Value> tested_;  ///< "?" where it was made, when it is used
};

class FunctionMakerCode final : public Code {
 public:
  FunctionMakerCode(Position place, std::shared_ptr<const FunctionCode> code, std::vector<Capture> captures)
      : Code(place), code_(std::move(code)), captures_(std::move(captures)) {}
  Value eval(Frame& frame) const override {
    std::vector<Closure::Captured> captured;
    captured.reserve(captures_.size());
    for (const Capture& capture : captures_) {
      const bool is_self = capture.from == Capture::From::self;
      captured.push_back({is_self ? Value() : valueOf(capture, frame), capture.target, is_self});
    }
    std::optional<Value> tested;
    if (code_->uses_tested && frame.tested != nullptr) tested = *frame.tested;
    std::shared_ptr<const Function> made =
        std::make_shared<const Closure>(code_, std::move(captured), std::move(tested));
    return frame.session.bounded(Value(std::move(made)));
  }

 private:
  /// As it is, also when it is missing: that is noted where it is used.
  static Value valueOf(const Capture& capture, const Frame& frame) {
    if (capture.from == Capture::From::local) return frame.registers[capture.source];
    return capture.source < frame.slots.size() ? frame.slots[capture.source] : Value::missing();
  }

  std::shared_ptr<const FunctionCode> code_;
  std::vector<Capture> captures_;
};

}  // namespace

CodePtr makeList(Position place, std::vector<CodePtr> items) {
  return std::make_unique<ListCode>(place, std::move(items));
}
CodePtr makeContext(Position place, std::vector<std::string> names, std::vector<std::size_t> registers,
                    std::vector<CodePtr> values) {
  return std::make_unique<ContextCode>(place, std::move(names), std::move(registers), std::move(values));
}
CodePtr makeRange(Position place, bool start_included, bool end_included, CodePtr start, CodePtr end) {
  return std::make_unique<RangeCode>(place, start_included, end_included, std::move(start), std::move(end));
}
CodePtr makeHalfRange(Position place, Operation operation, CodePtr endpoint) {
  return std::make_unique<HalfRangeCode>(place, operation, std::move(endpoint));
}
CodePtr makeFunction(Position place, std::shared_ptr<const FunctionCode> code,
                     std::vector<Capture> captures) {
  return std::make_unique<FunctionMakerCode>(place, std::move(code), std::move(captures));
}

}  // namespace jinyue::feel
