// Names: slots, registers, "?", and entries of filtered items.
#include <fmt/format.h>

#include "feel/code.h"

namespace jinyue::feel {

namespace {

Text noValue(const std::string& name) {
  return {fmt::format("变量“{}”没有值", name), fmt::format("the variable \"{}\" has no value", name)};
}

class SlotCode final : public Code {
 public:
  SlotCode(Position place, std::size_t slot, std::string name)
      : Code(place), slot_(slot), name_(std::move(name)) {}
  Value eval(Frame& frame) const override {
    Value hold;
    return peek(frame, hold);
  }
  const Value& peek(Frame& frame, Value& hold) const override {
    if (slot_ < frame.slots.size() && !frame.slots[slot_].isMissing()) return frame.slots[slot_];
    hold = failed(frame, "feel.unknown-name", noValue(name_));
    return hold;
  }

 private:
  std::size_t slot_;
  std::string name_;
};

class RegisterCode final : public Code {
 public:
  RegisterCode(Position place, std::size_t index) : Code(place), index_(index) {}
  Value eval(Frame& frame) const override { return frame.registers[index_]; }
  const Value& peek(Frame& frame, Value&) const override { return frame.registers[index_]; }

 private:
  std::size_t index_;
};

class KeptCode final : public Code {
 public:
  KeptCode(Position place, std::size_t index, std::string name)
      : Code(place), index_(index), name_(std::move(name)) {}
  Value eval(Frame& frame) const override {
    Value hold;
    return peek(frame, hold);
  }
  const Value& peek(Frame& frame, Value& hold) const override {
    if (!frame.registers[index_].isMissing()) return frame.registers[index_];
    hold = failed(frame, "feel.unknown-name", noValue(name_));
    return hold;
  }

 private:
  std::size_t index_;
  std::string name_;
};

class TestedCode final : public Code {
 public:
  using Code::Code;
  Value eval(Frame& frame) const override {
    Value hold;
    return peek(frame, hold);
  }
  const Value& peek(Frame& frame, Value& hold) const override {
    if (frame.tested != nullptr) return *frame.tested;
    hold = failed(frame, "feel.unknown-name",
                  {"“?”只能用在条件单元格里", "\"?\" has a meaning in unary tests only"});
    return hold;
  }
};

class EntryOrCode final : public Code {
 public:
  EntryOrCode(Position place, std::string name, std::vector<std::size_t> items, CodePtr outer)
      : Code(place), name_(std::move(name)), items_(std::move(items)), outer_(std::move(outer)) {}
  Value eval(Frame& frame) const override {
    Value hold;
    return peek(frame, hold);
  }
  const Value& peek(Frame& frame, Value& hold) const override {
    for (const std::size_t item : items_) {
      const Value& value = frame.registers[item];
      if (const Context* context = value.asContext()) {
        if (const Value* found = context->find(name_)) return *found;
      }
    }
    return outer_->peek(frame, hold);
  }

 private:
  std::string name_;
  std::vector<std::size_t> items_;
  CodePtr outer_;
};

class FailureCode final : public Code {
 public:
  FailureCode(Position place, std::string code, Text message)
      : Code(place), code_(std::move(code)), message_(std::move(message)) {}
  Value eval(Frame& frame) const override { return failed(frame, code_.c_str(), message_); }

 private:
  std::string code_;
  Text message_;
};

}  // namespace

CodePtr makeSlot(Position place, std::size_t slot, std::string name) {
  return std::make_unique<SlotCode>(place, slot, std::move(name));
}
CodePtr makeRegister(Position place, std::size_t index) {
  return std::make_unique<RegisterCode>(place, index);
}
CodePtr makeKept(Position place, std::size_t index, std::string name) {
  return std::make_unique<KeptCode>(place, index, std::move(name));
}
CodePtr makeTested(Position place) { return std::make_unique<TestedCode>(place); }
CodePtr makeFailure(Position place, std::string code, Text message) {
  return std::make_unique<FailureCode>(place, std::move(code), std::move(message));
}
CodePtr makeUnknown(Position place, std::string name) {
  return makeFailure(
      place, "feel.unknown-name",
      {fmt::format("没有名为“{}”的变量", name), fmt::format("there is no variable \"{}\"", name)});
}
CodePtr makeEntryOr(Position place, std::string name, std::vector<std::size_t> items, CodePtr outer) {
  return std::make_unique<EntryOrCode>(place, std::move(name), std::move(items), std::move(outer));
}

}  // namespace jinyue::feel
