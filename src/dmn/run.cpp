#include "dmn/run.h"

#include <algorithm>

#include <fmt/format.h>

#include "dmn/xml.h"

namespace jinyue::dmn {

using feel::Kind;
using feel::Type;
using feel::Value;

namespace {

/// What boxed expressions and calls count as nested operations: their stack frames are larger than FEEL's.
constexpr std::int32_t boxed_levels = 3;
constexpr std::int32_t call_levels = 10;

/// A run for a function that is called where no evaluation of its model is going on.
class Visit {
 public:
  Visit(const detail::Body& body, feel::Session& session) : session_(session), outer_(session.host) {
    run_.start(body, session);
    session.host = &run_;
  }
  Visit(const Visit&) = delete;
  Visit& operator=(const Visit&) = delete;
  ~Visit() { session_.host = outer_; }
  detail::Run& run() { return run_; }

 private:
  detail::Run run_;
  feel::Session& session_;
  void* outer_;
};

template <class Call>
Value inRun(const detail::Body& body, feel::Session& session, Call&& call) {
  auto* run = static_cast<detail::Run*>(session.host);
  if (run && run->body == &body) return call(*run);
  Visit visit(body, session);
  return call(visit.run());
}

}  // namespace

Value makeCallable(const std::shared_ptr<detail::Body>& body, std::uint32_t index, const std::string& name,
                   std::vector<feel::Parameter> parameters, Type result) {
  std::weak_ptr<const detail::Body> weak = body;
  auto function = std::make_shared<feel::NativeFunction>(
      name, std::move(parameters), std::move(result),
      [weak = std::move(weak), index](std::span<const Value> arguments, feel::Session& session) -> Value {
        const auto model = weak.lock();
        if (!model) return {};
        return inRun(*model, session,
                     [&](detail::Run& run) { return run.call(model->callables[index], arguments); });
      });
  return Value(std::shared_ptr<const feel::Function>(std::move(function)));
}

FrameStack::Taken FrameStack::take(std::size_t count) {
  const auto before = current_;
  while (current_ < pieces_.size() && pieces_[current_].size - pieces_[current_].used < count) ++current_;
  if (current_ == pieces_.size()) {
    const auto size = std::max(count, piece_size);
    pieces_.push_back({std::make_unique<Value[]>(size), size, 0});
  }
  auto& piece = pieces_[current_];
  const Taken taken{{piece.slots.get() + piece.used, count}, before, current_, piece.used};
  piece.used += count;
  return taken;
}

void FrameStack::giveBack(const Taken& taken) {
  for (auto& slot : taken.slots) slot = Value{};
  pieces_[taken.piece].used = taken.used_before;
  current_ = taken.piece_before;
}

void NodeValues::reset(std::size_t count) {
  states.assign(count, State::unknown);
  if (values.size() != count) values.assign(count, Value{});
  open.clear();
}

namespace detail {

void Run::start(const Body& model, feel::Session& with) {
  body = &model;
  session = &with;
  nodes = &own_nodes;
  own_nodes.reset(model.nodes.size());
  decisions.clear();
  traces.clear();
  trace_inputs.clear();
  trace_matches.clear();
  missing.clear();
  diagnostic_places.clear();
  candidates.clear();
  place = nullptr;
}

void Run::finish(Outcome& outcome) {
  outcome.diagnostics.clear();
  if (session->diagnostics().empty()) {
    session = nullptr;
    return;
  }
  markDiagnostics(nullptr);
  auto found = session->takeDiagnostics();
  for (std::size_t i = 0; i < found.size(); ++i) {
    auto& diagnostic = found[i];
    Diagnostic out{std::move(diagnostic.code), std::move(diagnostic.message), {}};
    if (const auto* at = diagnostic_places[i]) {
      auto where = at->at;
      where.line += diagnostic.line - 1;
      out.where = describePlace(*at->file, where, diagnostic.column);
    }
    outcome.diagnostics.push_back(std::move(out));
  }
  session = nullptr;
}

void Run::markDiagnostics(const CodePlace* at) {
  if (diagnostic_places.size() < session->diagnostics().size())
    diagnostic_places.resize(session->diagnostics().size(), at);
}

void Run::note(const CodePlace& at, std::string code, Text message) {
  markDiagnostics(place);
  session->note({std::move(code), std::move(message), 1, 0});
  markDiagnostics(&at);
}

Value Run::bounded(Value value, const CodePlace& at) {
  markDiagnostics(place);
  session->place = {1, 0};
  value = session->bounded(std::move(value));
  markDiagnostics(&at);
  return value;
}

Value Run::coercedSlowly(Value value, const ItemType& type, const CodePlace& at) {
  auto converted = feel::converted(value, type.type);
  if (!converted) {
    note(at, "dmn.type",
         {fmt::format("值的类型不是 {}", type.type.toString()),
          fmt::format("the value is not a {}", type.type.toString())});
    return {};
  }
  markDiagnostics(place);
  const bool is_allowed = type.admits(*converted, *session);
  markDiagnostics(&at);
  if (!is_allowed) {
    note(at, "dmn.not-allowed",
         {fmt::format("值不在类型“{}”允许的范围内", type.name),
          fmt::format("the value is not among those that the type \"{}\" allows", type.name)});
    return {};
  }
  return *std::move(converted);
}

const Value& Run::nodeValue(std::uint32_t target) {
  using State = NodeValues::State;
  auto& open = nodes->open;
  const auto bottom = open.size();
  open.push_back(target);
  while (open.size() > bottom) {
    const auto node = open.back();
    auto& state = nodes->states[node];
    if (state == State::done) {
      open.pop_back();
      continue;
    }
    if (state == State::unknown) {
      state = State::open;
      for (const auto required : body->nodes[node].requires_nodes) {
        if (nodes->states[required] == State::unknown) open.push_back(required);
      }
      if (open.back() != node) continue;
    }
    computeNode(node);
    nodes->states[node] = State::done;
    open.pop_back();
  }
  return nodes->values[target];
}

void Run::computeNode(std::uint32_t node) {
  const auto& code = body->nodes[node];
  auto& value = nodes->values[node];
  if (node < body->inputs.size()) {
    missing.push_back(node);
    value = Value::missing();
    return;
  }
  if (!code.code) {
    note(code.place, "dmn.no-logic",
         {"决策没有逻辑，也没有给出它的值", "the decision has no logic, and its value was not given"});
    value = Value{};
  } else {
    const Frame frame(stack, code.frame.size);
    fillFrame(code.frame, frame.slots);
    value = coerced(evaluate(*code.code, frame.slots), code.type, code.place);
  }
  decisions.push_back({node - static_cast<std::uint32_t>(body->inputs.size()), nodes->values[node]});
}

void Run::fillFrame(const FrameLayout& layout, std::span<Value> frame) {
  for (const auto& from : layout.nodes) frame[from.slot] = nodes->values[from.node];
  for (const auto& from : layout.functions) frame[from.slot] = body->callables[from.function].value;
  for (const auto& from : layout.imports) {
    feel::Context context;
    for (const auto& [name, node] : from.nodes) context.set(name, nodes->values[node]);
    for (const auto& [name, function] : from.functions) context.set(name, body->callables[function].value);
    frame[from.slot] = Value(std::move(context));
  }
}

Value Run::call(const CallableCode& callable, std::span<const Value> arguments) {
  const feel::Session::Level level(*session, call_levels);
  if (level.tooDeep() || !session->spend(10)) return {};
  if (!callable.function) return callService(body->service_codes[callable.service], arguments);
  // The requirements come first in the frame, the parameters follow.
  const Frame requirements(stack, callable.function->captured);
  fillFrame(callable.frame, requirements.slots);
  return call(*callable.function, requirements.slots, arguments, callable.place);
}

Value Run::call(const FunctionCode& function, std::span<const Value> captured,
                std::span<const Value> arguments, const CodePlace& at) {
  if (!function.body) {
    if (function.kind == source::FunctionKind::feel) return {};
    note(at, "dmn.external-function", {"不执行 Java 或 PMML 函数", "Java and PMML functions are not run"});
    return {};
  }
  const Frame frame(stack, function.frame_size);
  std::ranges::copy(captured, frame.slots.begin());
  for (std::size_t i = 0; i < arguments.size() && i < function.parameters.size(); ++i) {
    frame.slots[function.captured + i] = coerced(arguments[i], function.types[i], at);
  }
  return coerced(evaluate(*function.body, frame.slots), function.result, at);
}

Value Run::callService(const ServiceCode& service, std::span<const Value> arguments) {
  NodeValues inner;
  inner.reset(body->nodes.size());
  for (std::size_t i = 0; i < arguments.size() && i < service.parameters.size(); ++i) {
    const auto node = service.parameters[i];
    inner.values[node] = coerced(arguments[i], body->nodes[node].type, service.place);
    inner.states[node] = NodeValues::State::done;
  }
  auto* outer = std::exchange(nodes, &inner);
  auto result = serviceResult(service);
  nodes = outer;
  return result;
}

Value Run::serviceResult(const ServiceCode& service) {
  if (service.outputs.size() == 1)
    return coerced(nodeValue(service.outputs.front()), service.result, service.place);
  feel::Context context;
  for (const auto node : service.outputs)
    context.set(body->decisions[node - body->inputs.size()].name, nodeValue(node));
  return coerced(Value(std::move(context)), service.result, service.place);
}

Value Run::evaluate(const FeelCode& code, std::span<Value> frame) {
  if (code.constant) return *code.constant;
  if (code.slot < frame.size()) return frame[code.slot];
  if (!code.expression) {
    if (code.problem) note(code.place, code.problem->code, code.problem->title);
    return {};
  }
  markDiagnostics(place);
  const auto* outer = std::exchange(place, &code.place);
  auto value = code.expression->evaluate(frame, *session);
  markDiagnostics(&code.place);
  place = outer;
  return value;
}

bool Run::holds(const FeelCode& tests, const Value& tested, std::span<Value> frame) {
  if (!tests.expression) {
    if (tests.problem) note(tests.place, tests.problem->code, tests.problem->title);
    return false;
  }
  markDiagnostics(place);
  const auto* outer = std::exchange(place, &tests.place);
  const bool result = tests.expression->evaluateTests(tested, frame, *session).isTrue();
  markDiagnostics(&tests.place);
  place = outer;
  return result;
}

Value Run::evaluate(const Code& code, std::span<Value> frame) {
  if (const auto* literal = std::get_if<FeelCode>(&code.body)) return evaluate(*literal, frame);
  const feel::Session::Level level(*session, boxed_levels);
  if (level.tooDeep() || !session->spend(1)) return {};
  return std::visit(
      [&]<class T>(const T& body_code) -> Value {
        if constexpr (std::same_as<T, FeelCode>) {
          return evaluate(body_code, frame);
        } else if constexpr (std::same_as<T, std::unique_ptr<TableCode>>) {
          return evaluate(*body_code, code.place, frame);
        } else if constexpr (std::same_as<T, ListCode>) {
          feel::List list;
          list.reserve(body_code.items.size());
          for (const auto& item : body_code.items) list.push_back(evaluate(*item, frame));
          return bounded(Value(std::move(list)), code.place);
        } else {
          return evaluate(body_code, code.place, frame);
        }
      },
      code.body);
}

Value Run::evaluate(const ContextCode& code, const CodePlace& at, std::span<Value> frame) {
  feel::Context context;
  for (const auto& entry : code.entries) {
    auto value = evaluate(*entry.value, frame);
    if (entry.name.empty()) return value;
    value = coerced(std::move(value), entry.type, entry.value->place);
    frame[entry.slot] = value;
    context.set(entry.name, std::move(value));
  }
  return bounded(Value(std::move(context)), at);
}

Value Run::evaluate(const RelationCode& code, const CodePlace& at, std::span<Value> frame) {
  feel::List rows;
  for (const auto& row : code.rows) {
    feel::Context context;
    for (std::size_t i = 0; i < row.size() && i < code.columns.size(); ++i) {
      context.set(code.columns[i], coerced(evaluate(*row[i], frame), code.types[i], at));
    }
    rows.emplace_back(std::move(context));
  }
  return bounded(Value(std::move(rows)), at);
}

Value Run::evaluate(const InvocationCode& code, const CodePlace& at, std::span<Value> frame) {
  const auto function = evaluate(*code.function, frame);
  const auto* target = function.asFunction();
  if (!target) {
    note(at, "dmn.no-function", {"被调用的不是函数", "what is invoked is not a function"});
    return {};
  }
  std::vector<Value> arguments;
  for (const auto& value : code.values) arguments.push_back(evaluate(*value, frame));
  markDiagnostics(place);
  session->place = {1, 0};
  auto result = target->callNamed(code.names, arguments, *session);
  markDiagnostics(&at);
  return result;
}

Value Run::evaluate(const std::shared_ptr<const FunctionCode>& code, const CodePlace& at,
                    std::span<Value> frame) {
  std::vector<Value> captured(frame.begin(), frame.begin() + code->captured);
  auto function = std::make_shared<feel::NativeFunction>(
      code->name, code->parameters, TypeTable::feelType(code->result),
      [code, captured = std::move(captured), weak = body->self, &at](std::span<const Value> arguments,
                                                                     feel::Session& in) -> Value {
        const auto model = weak.lock();
        if (!model) return {};
        return inRun(*model, in, [&](Run& run) {
          const feel::Session::Level level(in, call_levels);
          if (level.tooDeep() || !in.spend(10)) return Value{};
          return run.call(*code, captured, arguments, at);
        });
      });
  return Value(std::shared_ptr<const feel::Function>(std::move(function)));
}

Value Run::evaluate(const ConditionalCode& code, const CodePlace& at, std::span<Value> frame) {
  const auto condition = evaluate(*code.condition, frame);
  if (!condition.is(Kind::boolean) && !condition.isNull()) {
    note(at, "dmn.type", {"条件不是布尔值", "the condition is not a boolean"});
  }
  return evaluate(condition.isTrue() ? *code.then : *code.otherwise, frame);
}

Value Run::evaluate(const FilterCode& code, const CodePlace& at, std::span<Value> frame) {
  auto in = evaluate(*code.in, frame);
  if (code.filter) {
    frame[code.list] = std::move(in);
    return evaluate(*code.filter, frame);
  }
  const auto* list = in.asList();
  const feel::List single{in};
  if (!list) list = &single;
  feel::List out;
  for (const auto& item : *list) {
    if (!session->spend(1)) return {};
    frame[code.item] = item;
    const auto match = evaluate(*code.match, frame);
    if (match.isTrue()) out.push_back(item);
    else if (!match.is(Kind::boolean) && !match.isNull())
      note(at, "dmn.type", {"过滤条件不是布尔值", "the filter's test is not a boolean"});
  }
  return bounded(Value(std::move(out)), at);
}

Value Run::evaluate(const IteratorCode& code, const CodePlace& at, std::span<Value> frame) {
  const auto in = evaluate(*code.in, frame);
  const auto* list = in.asList();
  Value items;
  if (in.asRange() && code.items) {
    items = code.items->evaluate(std::span(&in, 1), *session);
    list = items.asList();
  }
  if (!list) {
    note(at, "dmn.type", {"循环的对象不是列表", "what is iterated over is not a list"});
    return {};
  }
  if (code.kind == source::Iterator::Kind::forEach) {
    feel::List out;
    for (const auto& item : *list) {
      if (!session->spend(1)) return {};
      frame[code.variable] = item;
      if (code.uses_partial) frame[code.partial] = Value(out);
      out.push_back(evaluate(*code.body, frame));
    }
    return bounded(Value(std::move(out)), at);
  }
  // Three-valued: one decisive answer decides, else a null makes the whole null.
  const bool decisive = code.kind == source::Iterator::Kind::some;
  bool all_boolean = true;
  for (const auto& item : *list) {
    if (!session->spend(1)) return {};
    frame[code.variable] = item;
    const auto answer = evaluate(*code.body, frame).asBool();
    if (answer == decisive) return decisive;
    all_boolean = all_boolean && answer.has_value();
  }
  if (all_boolean) return !decisive;
  note(at, "dmn.type", {"条件不是布尔值", "the condition is not a boolean"});
  return {};
}

}  // namespace detail
}  // namespace jinyue::dmn
