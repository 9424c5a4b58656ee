#include "feel/compiler.h"

#include <algorithm>
#include <set>
#include <string_view>

#include <fmt/format.h>

namespace jinyue::feel {

bool mentionsTested(const Node& node) {
  if (node.kind == NodeKind::tested) return true;
  return std::ranges::any_of(node.children, [](const auto& child) { return mentionsTested(*child); });
}

std::optional<Type> resolveType(const TypeNode& node, const Environment& environment) {
  if (node.name.empty()) return Type::any();
  std::vector<Type> parts;
  for (const TypeNode& part : node.parts) {
    auto type = resolveType(part, environment);
    if (!type) return std::nullopt;
    parts.push_back(*std::move(type));
  }
  if (!parts.empty()) {
    if (node.name == "list") return Type::list(parts.front());
    if (node.name == "range") return Type::range(parts.front());
    if (node.name == "context") {
      std::vector<Type::Member> members;
      for (std::size_t i = 0; i < parts.size(); ++i) members.push_back({node.keys[i], parts[i]});
      return Type::context(std::move(members));
    }
    if (node.name == "function") {
      Type result = parts.back();
      parts.pop_back();
      return Type::function(std::move(parts), std::move(result));
    }
  }
  if (const auto found = environment.types.find(node.name); found != environment.types.end())
    return found->second;
  return Type::named(node.name);
}

namespace {

class Compiler {
 public:
  Compiler(const Environment& environment, bool open) : environment_(environment), open_(open) {
    for (const Variable& variable : environment.variables) {
      slot_of_.emplace(variable.name, result_.slots.size());
      result_.slots.push_back(variable.name);
    }
  }

  Compiled run(const Node& root) {
    result_.root = compile(root);
    result_.registers = top_.registers;
    result_.uses_tested = top_.uses_tested;
    return std::move(result_);
  }

 private:
  struct Binding {
    std::string name;  ///< empty: a filter, whose items' entries come first
    std::size_t index = 0;
    bool being_defined = false;  ///< a function that is just being made and may call itself
  };
  enum class Meaning : std::uint8_t { none, local, slot };
  struct Access {
    std::vector<std::size_t> items;
    Meaning meaning = Meaning::none;
    std::size_t index = 0;
    bool self = false;
    bool kept = false;  ///< a variable, in a function's register: it may be missing
  };
  struct Captured {
    Meaning meaning;
    std::size_t outer;
    std::size_t inner;
    bool self;
  };
  struct Scope {
    Scope* outer = nullptr;
    std::vector<Binding> bindings;
    std::vector<Captured> captures;
    std::size_t registers = 0;
    bool uses_tested = false;
  };

  std::size_t bind(const std::string& name) {
    scope_->bindings.push_back({name, scope_->registers, false});
    return scope_->registers++;
  }
  void unbindTo(std::size_t mark) { scope_->bindings.resize(mark); }

  static std::size_t capture(Scope& scope, Meaning meaning, std::size_t outer, bool self) {
    for (const Captured& captured : scope.captures) {
      if (captured.meaning == meaning && captured.outer == outer) return captured.inner;
    }
    scope.captures.push_back({meaning, outer, scope.registers, self});
    return scope.registers++;
  }

  Access find(const std::string& name, Scope& scope) {
    Access access;
    for (auto binding = scope.bindings.rbegin(); binding != scope.bindings.rend(); ++binding) {
      if (binding->name.empty()) {
        access.items.push_back(binding->index);
      } else if (binding->name == name) {
        access.meaning = Meaning::local;
        access.index = binding->index;
        access.self = binding->being_defined;
        return access;
      }
    }
    if (scope.outer == nullptr) {
      if (const auto found = slot_of_.find(name); found != slot_of_.end()) {
        access.meaning = Meaning::slot;
        access.index = found->second;
      }
      return access;
    }
    const Access outer = find(name, *scope.outer);
    for (const std::size_t item : outer.items)
      access.items.push_back(capture(scope, Meaning::local, item, false));
    if (outer.meaning != Meaning::none) {
      access.meaning = Meaning::local;
      access.index = capture(scope, outer.meaning, outer.index, outer.self);
      access.kept = outer.kept || outer.meaning == Meaning::slot;
    }
    return access;
  }

  void noteUse(const std::string& name, bool known) {
    if (std::ranges::find(result_.names, name) != result_.names.end()) return;
    result_.names.push_back(name);
    if (!known) result_.unknown.push_back(name);
    if (const auto slot = slot_of_.find(name); slot != slot_of_.end()) result_.used.push_back(slot->second);
  }

  bool isLocal(const std::string& name) {
    for (const Scope* scope = scope_; scope != nullptr; scope = scope->outer) {
      if (std::ranges::find(scope->bindings, name, &Binding::name) != scope->bindings.end()) return true;
    }
    return false;
  }

  bool isKnown(const std::string& name) const { return slot_of_.contains(name); }

  CodePtr compileName(const Node& node) {
    const std::string& name = node.text;
    if (!isLocal(name)) {
      if (!isKnown(name)) {
        if (const auto builtin = findBuiltin(name)) {
          CodePtr code = std::make_unique<LiteralCode>(
              node.place, Value(std::static_pointer_cast<const Function>(builtin)));
          // In a filter the item may have an entry of that name.
          const Access access = find(name, *scope_);
          return access.items.empty() ? std::move(code)
                                      : makeEntryOr(node.place, name, access.items, std::move(code));
        }
      }
      const bool in_environment = isKnown(name) && slot_of_.at(name) < environment_.variables.size();
      if (open_ && !isKnown(name)) {
        slot_of_.emplace(name, result_.slots.size());
        result_.slots.push_back(name);
      }
      noteUse(name, in_environment);
    }
    const Access access = find(name, *scope_);
    CodePtr code;
    switch (access.meaning) {
      case Meaning::local:
        code =
            access.kept ? makeKept(node.place, access.index, name) : makeRegister(node.place, access.index);
        break;
      case Meaning::slot: code = makeSlot(node.place, access.index, name); break;
      case Meaning::none: code = makeUnknown(node.place, name); break;
    }
    return access.items.empty() ? std::move(code)
                                : makeEntryOr(node.place, name, access.items, std::move(code));
  }

  CodePtr compile(const Node& node) {
    switch (node.kind) {
      case NodeKind::literal:
        if (!node.text.empty()) {
          return makeFailure(node.place, "feel.at-literal",
                             {fmt::format("“{}”不是日期、时间或时长", node.text),
                              fmt::format("\"{}\" is not a date, time or duration", node.text)});
        }
        return std::make_unique<LiteralCode>(node.place, node.value);
      case NodeKind::name: return compileName(node);
      case NodeKind::tested:
        for (Scope* scope = scope_; scope != nullptr; scope = scope->outer) scope->uses_tested = true;
        return makeTested(node.place);
      case NodeKind::list: {
        auto items = compileAll(node.children);
        const bool constant = areConstant(items);
        return folded(makeList(node.place, std::move(items)), constant);
      }
      case NodeKind::context: return compileContext(node);
      case NodeKind::range: {
        auto parts = compileAll(node.children);
        const bool constant = areConstant(parts);
        return folded(makeRange(node.place, node.start_included, node.end_included, std::move(parts[0]),
                                std::move(parts[1])),
                      constant);
      }
      case NodeKind::half_range: {
        CodePtr endpoint = compile(node.child(0));
        const bool constant = endpoint->constant() != nullptr;
        return folded(makeHalfRange(node.place, node.operation, std::move(endpoint)), constant);
      }
      case NodeKind::function: return compileFunction(node);
      case NodeKind::external: return compileExternal(node);
      case NodeKind::conditional: {
        auto parts = compileAll(node.children);
        return makeConditional(node.place, std::move(parts[0]), std::move(parts[1]), std::move(parts[2]));
      }
      case NodeKind::iteration:
      case NodeKind::some:
      case NodeKind::every: return compileIteration(node);
      case NodeKind::steps:
        return makeFailure(node.place, "feel.range", {"区间只能用在 for 里", "steps belong to an iteration"});
      case NodeKind::disjunction:
      case NodeKind::conjunction:
        return makeConnective(node.place, node.kind == NodeKind::conjunction, compileAll(node.children));
      case NodeKind::comparison: {
        auto parts = compileAll(node.children);
        const bool constant = areConstant(parts);
        return folded(makeComparison(node.place, node.operation, std::move(parts[0]), std::move(parts[1])),
                      constant);
      }
      case NodeKind::between: {
        auto parts = compileAll(node.children);
        return makeBetween(node.place, std::move(parts[0]), std::move(parts[1]), std::move(parts[2]));
      }
      case NodeKind::in: {
        CodePtr value = compile(node.child(0));
        return makeIn(node.place, std::move(value), compileTests(node, 1));
      }
      case NodeKind::arithmetic: {
        auto parts = compileAll(node.children);
        const bool constant = areConstant(parts);
        return folded(makeArithmetic(node.place, node.operation, std::move(parts[0]), std::move(parts[1])),
                      constant);
      }
      case NodeKind::negation: {
        CodePtr operand = compile(node.child(0));
        const bool constant = operand->constant() != nullptr;
        return folded(makeNegation(node.place, std::move(operand)), constant);
      }
      case NodeKind::instance_of: {
        auto type = resolveType(node.types.front(), environment_);
        if (!type) {
          return makeFailure(node.place, "feel.unknown-type",
                             {fmt::format("没有类型“{}”", print(node.types.front())),
                              fmt::format("there is no type \"{}\"", print(node.types.front()))});
        }
        return makeInstanceOf(node.place, compile(node.child(0)), *std::move(type));
      }
      case NodeKind::path: {
        CodePtr target = compile(node.child(0));
        const bool constant = target->constant() != nullptr;
        return folded(makePath(node.place, std::move(target), node.text), constant);
      }
      case NodeKind::filter: return compileFilter(node);
      case NodeKind::call: return compileCall(node);
      case NodeKind::tests: {
        auto tests = compileTests(node, 0);
        if (scope_ == &top_) noteConstantTests(node, tests);
        scope_->uses_tested = scope_->uses_tested || !tests.empty();
        return makeTests(node.place, std::move(tests), node.negated);
      }
    }
    return makeFailure(node.place, "feel.internal", {"内部错误", "internal error"});
  }

  std::vector<CodePtr> compileAll(std::span<const std::unique_ptr<Node>> nodes) {
    std::vector<CodePtr> codes;
    codes.reserve(nodes.size());
    for (const auto& node : nodes) codes.push_back(compile(*node));
    return codes;
  }

  static bool areConstant(std::span<const CodePtr> codes) {
    return std::ranges::all_of(codes, [](const CodePtr& code) { return code->constant() != nullptr; });
  }

  /// The value of a constant operation, when it has one without complaint.
  static CodePtr folded(CodePtr code, bool constant) {
    if (!constant) return code;
    const Facts no_facts{};
    Limits limits;
    limits.work = 10'000;
    limits.weight = 10'000;
    Session session(no_facts, limits);
    Frame frame{{}, nullptr, nullptr, session};
    Value value = code->eval(frame);
    if (!session.diagnostics().empty() || session.isExhausted() || value.isNull()) return code;
    return std::make_unique<LiteralCode>(code->place(), std::move(value));
  }

  std::vector<TestCode> compileTests(const Node& node, std::size_t first) {
    std::vector<TestCode> tests;
    for (std::size_t i = first; i < node.children.size(); ++i) {
      const Node& test = node.child(i);
      TestCode code;
      if (test.kind == NodeKind::half_range) {
        code.operation = test.operation;
        code.value = compile(test.child(0));
      } else {
        code.value = compile(test);
        code.uses_tested = mentionsTested(test);
        code.is_literal = test.kind == NodeKind::literal;
      }
      tests.push_back(std::move(code));
    }
    return tests;
  }

  void noteConstantTests(const Node& node, std::span<const TestCode> tests) {
    UnaryTests found;
    found.any = tests.empty();
    found.negated = node.negated;
    for (const TestCode& test : tests) {
      const Value* constant = test.value->constant();
      if (constant == nullptr || (constant->is(Kind::boolean) && !test.is_literal)) return;
      const Range* range = constant->asRange();
      if (range != nullptr &&
          (range->form == RangeForm::unequal ||
           (range->form == RangeForm::endpoints && (range->start.isNull() || range->end.isNull())))) {
        return;  // no interval
      }
      UnaryTests::Test& known = found.tests.emplace_back();
      known.value = *constant;
      known.unequal = test.operation == Operation::unequal;
      if (test.operation >= Operation::less)
        known.value = Range::comparison(formOf(test.operation), *constant);
    }
    result_.tests = std::move(found);
  }

  CodePtr compileContext(const Node& node) {
    std::set<std::string_view> seen;
    for (const std::string& name : node.names) {
      if (seen.insert(name).second) continue;
      return makeFailure(
          node.place, "feel.duplicate-entry",
          {fmt::format("上下文里“{}”出现了两次", name), fmt::format("the context has \"{}\" twice", name)});
    }
    const std::size_t mark = scope_->bindings.size();
    std::vector<std::size_t> registers;
    std::vector<CodePtr> values;
    for (std::size_t i = 0; i < node.children.size(); ++i) {
      const Node& child = node.child(i);
      const bool is_function = child.kind == NodeKind::function && !node.names[i].empty();
      const std::size_t target = scope_->registers++;
      const Binding binding{node.names[i], target, is_function};
      if (is_function) scope_->bindings.push_back(binding);
      values.push_back(compile(child));
      if (is_function) scope_->bindings.back().being_defined = false;
      else scope_->bindings.push_back(binding);
      registers.push_back(target);
      if (node.names[i].empty()) scope_->bindings.pop_back();  // it can't be named
    }
    unbindTo(mark);
    return makeContext(node.place, node.names, std::move(registers), std::move(values));
  }

  std::vector<Parameter> parametersOf(const Node& node) {
    std::vector<Parameter> parameters;
    for (std::size_t i = 0; i < node.names.size(); ++i) {
      parameters.push_back({node.names[i], resolveType(node.types[i], environment_).value_or(Type::any())});
    }
    return parameters;
  }

  CodePtr compileFunction(const Node& node) {
    auto code = std::make_shared<FunctionCode>();
    code->parameters = parametersOf(node);
    code->result = inferredResult(node, environment_);
    code->height = static_cast<std::int32_t>(node.height);
    Scope inner;
    inner.outer = scope_;
    Scope* outer = std::exchange(scope_, &inner);
    for (const std::string& name : node.names) bind(name);
    code->body = compile(node.child(0));
    code->registers = inner.registers;
    code->uses_tested = inner.uses_tested;
    scope_ = outer;
    std::vector<Capture> captures;
    for (const Captured& captured : inner.captures) {
      Capture& capture = captures.emplace_back();
      capture.target = captured.inner;
      capture.source = captured.outer;
      capture.from = captured.self                       ? Capture::From::self
                     : captured.meaning == Meaning::slot ? Capture::From::slot
                                                         : Capture::From::local;
    }
    return makeFunction(node.place, std::move(code), std::move(captures));
  }

  CodePtr compileExternal(const Node& node) {
    auto body = [](std::span<const Value>, Session& session) {
      session.note("feel.external",
                   {"不运行外部（Java、PMML）函数", "external functions (Java, PMML) are not run"});
      return Value();
    };
    std::shared_ptr<const Function> function =
        std::make_shared<const NativeFunction>("external", parametersOf(node), Type::any(), std::move(body));
    return std::make_unique<LiteralCode>(node.place, Value(std::move(function)));
  }

  CodePtr compileIteration(const Node& node) {
    const std::size_t mark = scope_->bindings.size();
    std::vector<Iterator> iterators;
    for (std::size_t i = 0; i < node.names.size(); ++i) {
      const Node& domain = node.child(i);
      Iterator iterator;
      if (domain.kind == NodeKind::steps) {
        iterator.domain = compile(domain.child(0));
        iterator.end = compile(domain.child(1));
      } else {
        iterator.domain = compile(domain);
      }
      iterator.target = bind(node.names[i]);
      iterators.push_back(std::move(iterator));
    }
    const Node& body = *node.children.back();
    if (node.kind != NodeKind::iteration) {
      CodePtr condition = compile(body);
      unbindTo(mark);
      return makeQuantified(node.place, node.kind == NodeKind::every, std::move(iterators),
                            std::move(condition));
    }
    const bool wants_partial =
        mentionsName(body, "partial") && std::ranges::find(node.names, "partial") == node.names.end();
    std::optional<std::size_t> partial;
    if (wants_partial) partial = bind("partial");
    CodePtr code = compile(body);
    unbindTo(mark);
    return makeFor(node.place, std::move(iterators), partial, std::move(code));
  }

  static bool mentionsName(const Node& node, std::string_view name) {
    if (node.kind == NodeKind::name && node.text == name) return true;
    return std::ranges::any_of(node.children, [&](const auto& child) { return mentionsName(*child, name); });
  }

  CodePtr compileFilter(const Node& node) {
    CodePtr list = compile(node.child(0));
    const std::size_t mark = scope_->bindings.size();
    const std::size_t item = bind("item");
    scope_->bindings.push_back({"", item, false});
    CodePtr condition = compile(node.child(1));
    unbindTo(mark);
    const bool constant = list->constant() != nullptr && condition->constant() != nullptr &&
                          condition->constant()->is(Kind::number);
    return folded(makeFilter(node.place, std::move(list), std::move(condition), item), constant);
  }

  CodePtr compileCall(const Node& node) {
    const Node& callee = node.child(0);
    std::shared_ptr<const Builtin> builtin;
    if (callee.kind == NodeKind::name && !isLocal(callee.text)) {
      builtin = findBuiltin(callee.text);
      if (builtin && !isKnown(callee.text)) {
        auto arguments = compileAll(std::span(node.children).subspan(1));
        const bool constant = builtin->isPure() && areConstant(arguments);
        return folded(makeBuiltinCall(node.place, std::move(builtin), node.names, std::move(arguments)),
                      constant);
      }
    }
    CodePtr function = compile(callee);
    return makeCall(node.place, std::move(function), std::move(builtin), node.names,
                    compileAll(std::span(node.children).subspan(1)));
  }

  const Environment& environment_;
  bool open_;
  std::map<std::string, std::size_t, std::less<>> slot_of_;
  Compiled result_;
  Scope top_;
  Scope* scope_ = &top_;
};

}  // namespace

Compiled compile(const Node& root, const Environment& environment, bool open) {
  return Compiler(environment, open).run(root);
}

}  // namespace jinyue::feel
