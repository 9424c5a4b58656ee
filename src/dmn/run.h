// One evaluation of a model: frames, values of nodes, traces. Its memory is kept and used again.
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "dmn/code.h"

namespace jinyue::dmn {

/// The function value of Body::callables[index]; holds the model weakly.
feel::Value makeCallable(const std::shared_ptr<detail::Body>& body, std::uint32_t index,
                         const std::string& name, std::vector<feel::Parameter> parameters, feel::Type result);

/// Slots for frames, in pieces that never move. Last taken, first given back.
class FrameStack {
 public:
  struct Taken {
    std::span<feel::Value> slots;
    std::size_t piece_before = 0;
    std::size_t piece = 0;
    std::size_t used_before = 0;
  };
  Taken take(std::size_t count);
  void giveBack(const Taken& taken);

 private:
  static constexpr std::size_t piece_size = 1024;
  struct Piece {
    std::unique_ptr<feel::Value[]> slots;
    std::size_t size = 0;
    std::size_t used = 0;
  };
  std::vector<Piece> pieces_;
  std::size_t current_ = 0;
};

/// A frame while it lives.
class Frame {
 public:
  Frame(FrameStack& stack, std::size_t count)
      : stack_(stack), taken_(stack.take(count)), slots(taken_.slots) {}
  Frame(const Frame&) = delete;
  Frame& operator=(const Frame&) = delete;
  ~Frame() { stack_.giveBack(taken_); }

 private:
  FrameStack& stack_;
  FrameStack::Taken taken_;

 public:
  const std::span<feel::Value> slots;
};

/// Values of input data and decisions in one evaluation (a decision service called from FEEL has its own).
struct NodeValues {
  enum class State : std::uint8_t { unknown, open, done };
  std::vector<feel::Value> values;
  std::vector<State> states;
  std::vector<std::uint32_t> open;
  void reset(std::size_t count);
};

namespace detail {

struct Run {
  struct Trace {
    std::uint32_t table = 0;
    std::uint32_t first_input = 0;
    std::uint32_t first_match = 0;
    std::uint32_t match_count = 0;
    bool used_default = false;
  };

  const Body* body = nullptr;
  feel::Session* session = nullptr;  ///< while evaluating
  NodeValues* nodes = nullptr;       ///< of the decision that is being evaluated
  NodeValues own_nodes;
  FrameStack stack;
  std::vector<DecisionTrace> decisions;
  std::vector<Trace> traces;
  std::vector<feel::Value> trace_inputs;
  std::vector<std::uint32_t> trace_matches;
  std::vector<NodeId> missing;
  std::vector<const CodePlace*> diagnostic_places;  ///< for each diagnostic of the session
  const CodePlace* place = nullptr;                 ///< of what is being evaluated
  std::vector<std::uint64_t> candidates;            ///< sets of rules, used as a stack
  std::vector<std::uint32_t> numbers;               ///< rules and columns, used as a stack

  void start(const Body& model, feel::Session& with);
  void finish(Outcome& outcome);

  const feel::Value& nodeValue(std::uint32_t node);
  feel::Value call(const CallableCode& callable, std::span<const feel::Value> arguments);
  feel::Value call(const FunctionCode& function, std::span<const feel::Value> captured,
                   std::span<const feel::Value> arguments, const CodePlace& at);
  feel::Value callService(const ServiceCode& service, std::span<const feel::Value> arguments);
  /// The results of a service's output decisions, whose nodes' values are set.
  feel::Value serviceResult(const ServiceCode& service);

  feel::Value evaluate(const Code& code, std::span<feel::Value> frame);
  feel::Value evaluate(const FeelCode& code, std::span<feel::Value> frame);
  bool holds(const FeelCode& tests, const feel::Value& tested, std::span<feel::Value> frame);
  feel::Value evaluate(const TableCode& table, const CodePlace& at, std::span<feel::Value> frame);
  /// The value as the type with its constraints, or null and a diagnostic.
  feel::Value coerced(feel::Value value, const ItemType* type, const CodePlace& at) {
    return isPlainly(value, type) ? value : coercedSlowly(std::move(value), *type, at);
  }
  feel::Value coercedSlowly(feel::Value value, const ItemType& type, const CodePlace& at);
  /// Whether coercion would change nothing, without looking into the value.
  static bool isPlainly(const feel::Value& value, const ItemType* type);
  void note(const CodePlace& at, std::string code, Text message);
  /// The value, or null and a diagnostic when it is too large.
  feel::Value bounded(feel::Value value, const CodePlace& at);

 private:
  void computeNode(std::uint32_t node);
  void fillFrame(const FrameLayout& layout, std::span<feel::Value> frame);
  feel::Value evaluate(const ContextCode& code, const CodePlace& at, std::span<feel::Value> frame);
  feel::Value evaluate(const RelationCode& code, const CodePlace& at, std::span<feel::Value> frame);
  feel::Value evaluate(const InvocationCode& code, const CodePlace& at, std::span<feel::Value> frame);
  feel::Value evaluate(const std::shared_ptr<const FunctionCode>& code, const CodePlace& at,
                       std::span<feel::Value> frame);
  feel::Value evaluate(const ConditionalCode& code, const CodePlace& at, std::span<feel::Value> frame);
  feel::Value evaluate(const FilterCode& code, const CodePlace& at, std::span<feel::Value> frame);
  feel::Value evaluate(const IteratorCode& code, const CodePlace& at, std::span<feel::Value> frame);
  void markDiagnostics(const CodePlace* at);

  // run_table.cpp
  bool readInputs(const TableCode& table, const CodePlace& at, std::span<feel::Value> frame,
                  std::span<feel::Value> inputs);
  /// That no rule matches, and the inputs that could not match any.
  void noteNoRule(const TableCode& table, const CodePlace& at, std::span<const feel::Value> inputs);
  /// Appends the matching rules to `numbers`; the first only when one is enough.
  void match(const TableCode& table, std::span<const feel::Value> inputs, std::span<feel::Value> frame,
             bool first_only);
  bool matches(const TableCode& table, std::uint32_t rule, std::uint32_t input, const feel::Value& value,
               std::span<feel::Value> frame);
  feel::Value outputOf(const TableCode& table, std::uint32_t rule, std::span<feel::Value> frame);
  feel::Value outputOf(const TableCode& table, std::uint32_t rule, std::size_t output,
                       std::span<feel::Value> frame);
  feel::Value fallbackOf(const TableCode& table, std::span<feel::Value> frame);
  feel::Value resultOf(const TableCode& table, const CodePlace& at, std::size_t first_match,
                       std::span<feel::Value> frame);
  feel::Value aggregated(const TableCode& table, const CodePlace& at, const feel::List& outputs);
  feel::List inOutputOrder(const TableCode& table, std::size_t first_match, std::span<feel::Value> frame);
};

inline bool Run::isPlainly(const feel::Value& value, const ItemType* type) {
  if (!type || value.isNull()) return true;
  if (!type->is_plain) return false;
  using Form = feel::Type::Form;
  switch (type->type.form()) {
    case Form::any: return true;
    case Form::boolean: return value.is(feel::Kind::boolean);
    case Form::number: return value.is(feel::Kind::number);
    case Form::string: return value.is(feel::Kind::string);
    case Form::date: return value.is(feel::Kind::date);
    case Form::time: return value.is(feel::Kind::time);
    case Form::date_time: return value.is(feel::Kind::date_time);
    case Form::days_duration: return value.is(feel::Kind::days_duration);
    case Form::years_duration: return value.is(feel::Kind::years_duration);
    default: return false;
  }
}

}  // namespace detail
}  // namespace jinyue::dmn
