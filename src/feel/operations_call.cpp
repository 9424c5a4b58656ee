// Calls and paths.
#include <fmt/format.h>

#include "feel/code.h"
#include "feel/regex.h"

namespace jinyue::feel {

namespace {

/// Arguments of a call: a few on the stack.
class Arguments {
 public:
  Arguments(std::span<const CodePtr> codes, Frame& frame) : count_(codes.size()) {
    if (count_ > few) many_.reserve(count_);
    for (std::size_t i = 0; i < count_; ++i) {
      if (count_ > few) many_.push_back(codes[i]->eval(frame));
      else array_[i] = codes[i]->eval(frame);
    }
  }
  std::span<const Value> values() const {
    return count_ > few ? std::span<const Value>(many_) : std::span(array_, count_);
  }

 private:
  static constexpr std::size_t few = 4;
  std::size_t count_;
  Value array_[few];
  std::vector<Value> many_;
};

class BuiltinCallCode final : public Code {
 public:
  BuiltinCallCode(Position place, std::shared_ptr<const Builtin> function, std::vector<std::string> names,
                  std::vector<CodePtr> arguments)
      : Code(place),
        function_(std::move(function)),
        names_(std::move(names)),
        arguments_(std::move(arguments)),
        regex_(constantRegex()) {}
  Value eval(Frame& frame) const override {
    const Arguments arguments(arguments_, frame);
    frame.session.place = place();
    if (regex_ == nullptr) return call(arguments, frame.session);
    frame.session.ready_regex = regex_.get();
    Value result = call(arguments, frame.session);
    frame.session.ready_regex = nullptr;
    return result;
  }

 private:
  Value call(const Arguments& arguments, Session& session) const {
    return names_.empty() ? function_->call(arguments.values(), session)
                          : function_->callNamed(names_, arguments.values(), session);
  }

  /// The pattern of the call when it is a constant: compiled once, not at each call.
  std::shared_ptr<const Regex> constantRegex() const {
    const auto places = patternPlaces(function_->name(), names_, arguments_.size());
    if (!places) return nullptr;
    const Value* pattern = arguments_[places->pattern]->constant();
    const Value* flags = places->flags ? arguments_[*places->flags]->constant() : nullptr;
    if (pattern == nullptr || !pattern->is(Kind::string) || (places->flags && flags == nullptr))
      return nullptr;
    return Regex::compile(pattern->string(),
                          flags != nullptr && flags->is(Kind::string) ? flags->string() : std::string_view{});
  }

  std::shared_ptr<const Builtin> function_;
  std::vector<std::string> names_;
  std::vector<CodePtr> arguments_;
  std::shared_ptr<const Regex> regex_;
};

class CallCode final : public Code {
 public:
  CallCode(Position place, CodePtr callee, std::shared_ptr<const Builtin> fallback,
           std::vector<std::string> names, std::vector<CodePtr> arguments)
      : Code(place),
        callee_(std::move(callee)),
        fallback_(std::move(fallback)),
        names_(std::move(names)),
        arguments_(std::move(arguments)) {}
  Value eval(Frame& frame) const override {
    const Value callee = callee_->eval(frame);
    const Function* function = callee.asFunction();
    if (function == nullptr) function = fallback_.get();
    if (function == nullptr) {
      return failed(frame, "feel.no-function",
                    {fmt::format("这里应为函数，而不是 {}", nameOf(callee.kind())),
                     fmt::format("expected a function, found {}", nameOf(callee.kind()))});
    }
    const Arguments arguments(arguments_, frame);
    frame.session.place = place();
    return names_.empty() ? function->call(arguments.values(), frame.session)
                          : function->callNamed(names_, arguments.values(), frame.session);
  }

 private:
  CodePtr callee_;
  std::shared_ptr<const Builtin> fallback_;
  std::vector<std::string> names_;
  std::vector<CodePtr> arguments_;
};

class PathCode final : public Code {
 public:
  PathCode(Position place, CodePtr target, std::string name)
      : Code(place), target_(std::move(target)), name_(std::move(name)) {}
  Value eval(Frame& frame) const override {
    Value hold;
    return peek(frame, hold);
  }
  const Value& peek(Frame& frame, Value& hold) const override {
    Value target_hold;
    const Value& target = target_->peek(frame, target_hold);
    if (const Context* context = target.asContext()) {
      if (const Value* found = context->find(name_)) {
        if (&target != &target_hold) return *found;  // lives as long as the variable it is in
        hold = Value(*found);
        return hold;
      }
    } else if (auto found = member(target, name_)) {
      if (target.is(Kind::list)) frame.session.spend(static_cast<std::int64_t>(target.list().size()));
      hold = *std::move(found);
      return hold;
    }
    if (target.isNull()) {
      hold = failed(frame, "feel.null-path",
                    {fmt::format("空值没有“{}”", name_), fmt::format("null has no \"{}\"", name_)});
    } else {
      hold = failed(frame, "feel.no-entry",
                    {fmt::format("{} 没有“{}”", nameOf(target.kind()), name_),
                     fmt::format("{} has no \"{}\"", nameOf(target.kind()), name_)});
    }
    return hold;
  }

 private:
  CodePtr target_;
  std::string name_;
};

std::optional<Value> offsetProperty(const Zone& zone, std::optional<int> offset, std::string_view name) {
  if (name == "time offset")
    return offset ? Value(DaysDuration{Int128{*offset} * nanos_per_second}) : Value();
  if (name == "timezone") return zone.rules ? Value(zone.rules->name()) : Value();
  return std::nullopt;
}

std::optional<Value> dateProperty(const CivilDate& date, std::string_view name) {
  if (name == "year") return Value(date.year);
  if (name == "month") return Value(int{date.month});
  if (name == "day") return Value(int{date.day});
  if (name == "weekday") return Value(dayOfWeek(date));
  return std::nullopt;
}

std::optional<Value> timeProperty(const ClockTime& time, std::string_view name) {
  const std::int64_t seconds = time.nanos / nanos_per_second;
  if (name == "hour") return Value(seconds / 3600);
  if (name == "minute") return Value(seconds / 60 % 60);
  if (name == "second") {
    return Value(Number(seconds % 60) + Number::scaled(time.nanos % nanos_per_second, -9));
  }
  return std::nullopt;
}

std::optional<Value> daysProperty(const DaysDuration& duration, std::string_view name) {
  const Int128 seconds = duration.nanos / nanos_per_second;
  if (name == "days") return Value(static_cast<std::int64_t>(seconds / seconds_per_day));
  if (name == "hours") return Value(static_cast<std::int64_t>(seconds / 3600 % 24));
  if (name == "minutes") return Value(static_cast<std::int64_t>(seconds / 60 % 60));
  if (name == "seconds") {
    return Value(Number(static_cast<std::int64_t>(seconds % 60)) +
                 Number::scaled(static_cast<std::int64_t>(duration.nanos % nanos_per_second), -9));
  }
  return std::nullopt;
}

std::optional<Value> rangeProperty(const Range& range, std::string_view name) {
  if (name == "start") return range.start;
  if (name == "end") return range.end;
  if (name == "start included") return Value(range.start_included);
  if (name == "end included") return Value(range.end_included);
  return std::nullopt;
}

}  // namespace

std::optional<Value> member(const Value& value, std::string_view name) {
  switch (value.kind()) {
    case Kind::context: {
      const Value* found = value.context().find(name);
      return found != nullptr ? std::optional{*found} : std::nullopt;
    }
    case Kind::list: {
      List found;
      found.reserve(value.list().size());
      for (const Value& item : value.list()) found.push_back(member(item, name).value_or(Value()));
      return Value(std::move(found));
    }
    case Kind::date: return dateProperty(*value.asDate(), name);
    case Kind::time: {
      const ClockTime time = *value.asTime();
      if (auto found = timeProperty(time, name)) return found;
      return offsetProperty(time.zone, offsetOf(time), name);
    }
    case Kind::date_time: {
      const DateTime moment = *value.asDateTime();
      if (auto found = dateProperty(moment.date, name)) return found;
      if (auto found = timeProperty(moment.time, name)) return found;
      return offsetProperty(moment.time.zone, offsetOf(moment), name);
    }
    case Kind::days_duration: return daysProperty(*value.asDaysDuration(), name);
    case Kind::years_duration: {
      const std::int64_t months = value.asYearsDuration()->months;
      if (name == "years") return Value(months / 12);
      if (name == "months") return Value(months % 12);
      return std::nullopt;
    }
    case Kind::range: return rangeProperty(*value.asRange(), name);
    default: return std::nullopt;
  }
}

CodePtr makePath(Position place, CodePtr target, std::string name) {
  return std::make_unique<PathCode>(place, std::move(target), std::move(name));
}
CodePtr makeBuiltinCall(Position place, std::shared_ptr<const Builtin> function,
                        std::vector<std::string> names, std::vector<CodePtr> arguments) {
  return std::make_unique<BuiltinCallCode>(place, std::move(function), std::move(names),
                                           std::move(arguments));
}
CodePtr makeCall(Position place, CodePtr callee, std::shared_ptr<const Builtin> fallback,
                 std::vector<std::string> names, std::vector<CodePtr> arguments) {
  return std::make_unique<CallCode>(place, std::move(callee), std::move(fallback), std::move(names),
                                    std::move(arguments));
}

}  // namespace jinyue::feel
