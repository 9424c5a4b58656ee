#include "plain_evaluator.h"

#include <algorithm>
#include <set>

#include "feel/builtins.h"
#include "feel/code.h"
#include "feel/compiler.h"

namespace jinyue::feel::testing {

namespace {

/// What is known at a place of the text, innermost first.
struct Scope {
  std::shared_ptr<const Scope> outer;
  std::string name;  ///< empty: a filter, whose item's entries can be named
  Value value;
};
using ScopePtr = std::shared_ptr<const Scope>;

ScopePtr within(ScopePtr outer, std::string name, Value value) {
  return std::make_shared<const Scope>(Scope{std::move(outer), std::move(name), std::move(value)});
}

struct Place {
  ScopePtr scope;
  std::optional<Value> tested;
};

class Walker {
 public:
  Walker(const PlainWorld& world, Session& session) : world_(world), session_(session) {}

  Value eval(const Node& node, const Place& at) {
    switch (node.kind) {
      case NodeKind::literal: return node.text.empty() ? node.value : fail(node, "feel.at-literal");
      case NodeKind::name: return name(node, at);
      case NodeKind::tested: return at.tested ? *at.tested : fail(node, "feel.unknown-name");
      case NodeKind::list: {
        List items;
        for (const auto& child : node.children) items.push_back(eval(*child, at));
        return items;
      }
      case NodeKind::context: return context(node, at);
      case NodeKind::range: return range(node, at);
      case NodeKind::half_range: {
        const Value end = eval(node.child(0), at);
        const bool is_order = node.operation >= Operation::less;
        if (is_order && !compare(end, end)) return fail(node, "feel.range");
        return Range::comparison(formOf(node.operation), end);
      }
      case NodeKind::function: return function(node, at, {});
      case NodeKind::external: return external(node);
      case NodeKind::conditional: {
        const Value condition = eval(node.child(0), at);
        if (!condition.asBool() && !condition.isNull()) fail(node, "feel.condition");
        return eval(node.child(condition.isTrue() ? 1 : 2), at);
      }
      case NodeKind::iteration: return iteration(node, at);
      case NodeKind::some: return quantified(node, at, true);
      case NodeKind::every: return quantified(node, at, false);
      case NodeKind::steps: return fail(node, "feel.range");
      case NodeKind::disjunction: return connected(node, at, true);
      case NodeKind::conjunction: return connected(node, at, false);
      case NodeKind::comparison: return comparison(node, at);
      case NodeKind::between: return between(node, at);
      case NodeKind::in: {
        const Value value = eval(node.child(0), at);
        const auto found = anyTest(node, 1, {at.scope, value});
        return found ? Value(*found) : fail(node, "feel.comparison");
      }
      case NodeKind::arithmetic: {
        const Value left = eval(node.child(0), at);
        const Value right = eval(node.child(1), at);
        if (auto result = arithmetic(node.operation, left, right)) return *result;
        return fail(node, left.isNull() || right.isNull() ? "feel.null-operand" : "feel.arithmetic");
      }
      case NodeKind::negation: {
        const Value value = eval(node.child(0), at);
        if (value.is(Kind::number)) return -value.number();
        if (const auto days = value.asDaysDuration()) return DaysDuration{-days->nanos};
        if (const auto years = value.asYearsDuration()) return YearsDuration{-years->months};
        return fail(node, "feel.arithmetic");
      }
      case NodeKind::instance_of: {
        const auto type = resolveType(node.types.front(), world_.environment);
        if (!type) return fail(node, "feel.unknown-type");
        return instanceOf(eval(node.child(0), at), *type);
      }
      case NodeKind::path: {
        const Value target = eval(node.child(0), at);
        if (const auto found = member(target, node.text)) return *found;
        return fail(node, target.isNull() ? "feel.null-path" : "feel.no-entry");
      }
      case NodeKind::filter: return filter(node, at);
      case NodeKind::call: return call(node, at);
      case NodeKind::tests: {
        if (node.children.empty()) return true;
        if (!at.tested) return fail(node, "feel.unknown-name");
        const auto found = anyTest(node, 0, at);
        return found ? Value(*found != node.negated) : Value();
      }
    }
    return {};
  }

 private:
  /// A function of the text, with what was known where it was made.
  class Closure final : public Function, public std::enable_shared_from_this<Closure> {
   public:
    Closure(const Node& node, const PlainWorld& world, Place at, std::string own_name)
        : node_(node), world_(world), at_(std::move(at)), own_name_(std::move(own_name)) {
      parameters_ = parametersOf(node, world);
    }
    std::string_view name() const override { return "function"; }
    std::span<const Parameter> parameters() const override { return parameters_; }
    Type result() const override { return inferredResult(node_, world_.environment); }
    Value call(std::span<const Value> arguments, Session& session) const override {
      const auto accepted = accept(arguments, session);
      if (!accepted) return {};
      Place inside = at_;
      if (!own_name_.empty()) inside.scope = within(inside.scope, own_name_, Value(shared_from_this()));
      for (std::size_t i = 0; i < parameters_.size(); ++i)
        inside.scope = within(inside.scope, parameters_[i].name, (*accepted)[i]);
      const Position caller = session.place;
      const Value result = Walker(world_, session).eval(node_.child(0), inside);
      session.place = caller;
      return result;
    }

   private:
    const Node& node_;
    const PlainWorld& world_;
    Place at_;
    std::string own_name_;
    std::vector<Parameter> parameters_;
  };

  static std::vector<Parameter> parametersOf(const Node& node, const PlainWorld& world) {
    std::vector<Parameter> parameters;
    for (std::size_t i = 0; i < node.names.size(); ++i)
      parameters.push_back({node.names[i], resolveType(node.types[i], world.environment).value_or(Type())});
    return parameters;
  }

  Value fail(const Node& node, const char* code) {
    session_.note({code, {}, node.place.line, node.place.column});
    return {};
  }

  bool isEnvironment(const std::string& name) const {
    const auto& variables = world_.environment.variables;
    return std::ranges::find(variables, name, &Variable::name) != variables.end();
  }

  Value name(const Node& node, const Place& at) {
    bool is_local = false;
    for (auto scope = at.scope; scope && !is_local; scope = scope->outer) {
      if (scope->name == node.text) return scope->value;
      const Context* item = scope->name.empty() ? scope->value.asContext() : nullptr;
      const Value* entry = item != nullptr ? item->find(node.text) : nullptr;
      if (entry != nullptr) return *entry;
    }
    const bool is_known = isEnvironment(node.text);
    if (!is_known) {
      if (const auto builtin = findBuiltin(node.text)) return Value(std::shared_ptr<const Function>(builtin));
    }
    const Value* found = is_known || world_.is_open ? world_.variables.find(node.text) : nullptr;
    return found != nullptr ? *found : fail(node, "feel.unknown-name");
  }

  Value context(const Node& node, const Place& at) {
    if (std::set(node.names.begin(), node.names.end()).size() != node.names.size())
      return fail(node, "feel.duplicate-entry");
    Context made;
    Place inside = at;
    for (std::size_t i = 0; i < node.names.size(); ++i) {
      const Node& child = node.child(i);
      const Value value =
          child.kind == NodeKind::function ? function(child, inside, node.names[i]) : eval(child, inside);
      made.set(node.names[i], value);
      if (!node.names[i].empty()) inside.scope = within(inside.scope, node.names[i], value);
    }
    return made;
  }

  Value range(const Node& node, const Place& at) {
    const Range made{eval(node.child(0), at), eval(node.child(1), at), node.start_included,
                     node.end_included};
    const auto isEnd = [](const Value& value) { return value.isNull() || compare(value, value); };
    const bool has_null = made.start.isNull() || made.end.isNull();
    if (!isEnd(made.start) || !isEnd(made.end) || (!has_null && !compare(made.start, made.end)))
      return fail(node, "feel.range");
    return made;
  }

  Value function(const Node& node, const Place& at, const std::string& own_name) {
    return Value(
        std::shared_ptr<const Function>(std::make_shared<const Closure>(node, world_, at, own_name)));
  }

  Value external(const Node& node) {
    auto body = [](std::span<const Value>, Session& session) {
      session.note("feel.external", {});
      return Value();
    };
    return Value(std::shared_ptr<const Function>(std::make_shared<const NativeFunction>(
        "external", parametersOf(node, world_), Type(), std::move(body))));
  }

  Value comparison(const Node& node, const Place& at) {
    const Value left = eval(node.child(0), at);
    const Value right = eval(node.child(1), at);
    const auto same = equal(left, right);
    const auto order = compare(left, right);
    std::optional<bool> result;
    switch (node.operation) {
      case Operation::equal: result = same; break;
      case Operation::unequal:
        if (same) result = !*same;
        break;
      case Operation::less:
        if (order) result = *order < 0;
        break;
      case Operation::less_equal:
        if (order) result = *order <= 0;
        break;
      case Operation::greater:
        if (order) result = *order > 0;
        break;
      default:
        if (order) result = *order >= 0;
    }
    return result ? Value(*result) : fail(node, "feel.comparison");
  }

  Value between(const Node& node, const Place& at) {
    const Value value = eval(node.child(0), at);
    const Value low = eval(node.child(1), at);
    const Value high = eval(node.child(2), at);
    const auto above = compare(value, low);
    const auto below = compare(value, high);
    if (!above || !below) fail(node, "feel.comparison");
    if ((above && *above < 0) || (below && *below > 0)) return false;
    return above && below ? Value(true) : Value();
  }

  Value connected(const Node& node, const Place& at, bool deciding) {
    bool is_unknown = false;
    for (const auto& child : node.children) {
      const auto truth = eval(*child, at).asBool();
      if (truth == deciding) return deciding;
      if (!truth) is_unknown = true;
    }
    return is_unknown ? Value() : Value(!deciding);
  }

  /// Whether the tested value satisfies one of the tests; empty when that can't be told.
  std::optional<bool> anyTest(const Node& node, std::size_t first, const Place& at) {
    bool is_unknown = false;
    for (std::size_t i = first; i < node.children.size(); ++i) {
      const auto truth = test(node.child(i), at);
      if (truth == true) return true;
      if (!truth) is_unknown = true;
    }
    return is_unknown ? std::nullopt : std::optional{false};
  }

  std::optional<bool> test(const Node& node, const Place& at) {
    const Value& tested = *at.tested;
    if (node.kind == NodeKind::half_range) {
      const Value end = eval(node.child(0), at);
      return isIn(tested, Range::comparison(formOf(node.operation), end));
    }
    const Value value = eval(node, at);
    if (mentionsTested(node)) {
      if (value.isNull()) return std::nullopt;
      if (value.is(Kind::boolean)) return value.asBool();
    } else if (value.is(Kind::boolean) && !tested.is(Kind::boolean) && node.kind != NodeKind::literal) {
      return value.asBool();
    }
    return isIn(tested, value);
  }

  std::optional<List> domain(const Node& node, const Place& at) {
    const auto whole = [](const Value& value) -> std::optional<std::int64_t> {
      if (const auto date = value.asDate()) return toDays(*date);
      return value.asInt64();
    };
    const auto stepsFrom = [&](Kind kind, std::int64_t from, std::int64_t to) {
      List items;
      for (std::int64_t i = from;; i += from <= to ? 1 : -1) {
        items.push_back(kind == Kind::number ? Value(i) : Value(*fromDays(i)));
        if (i == to) return items;
      }
    };
    if (node.kind == NodeKind::steps) {
      const Value first = eval(node.child(0), at);
      const Value last = eval(node.child(1), at);
      if (whole(first) && whole(last) && first.kind() == last.kind())
        return stepsFrom(first.kind(), *whole(first), *whole(last));
      fail(node.child(0), "feel.iteration");
      return std::nullopt;
    }
    const Value value = eval(node, at);
    if (value.is(Kind::list)) return value.list();
    if (const Range* range = value.asRange()) {
      const auto low = whole(range->start);
      const auto high = whole(range->end);
      if (low && high && range->start.kind() == range->end.kind()) {
        const auto from = *low + (range->start_included ? 0 : 1);
        const auto to = *high - (range->end_included ? 0 : 1);
        return from > to ? List{} : stepsFrom(range->start.kind(), from, to);
      }
    } else if (!value.isNull()) {
      return List{value};
    }
    fail(node, "feel.iteration");
    return std::nullopt;
  }

  /// Every combination of the iterators, the last one fastest, until visit() says enough. False when a domain
  /// is none.
  template <class Visit>
  bool forEach(const Node& node, std::size_t iterator, const Place& at, const Visit& visit, bool& enough) {
    if (iterator == node.names.size()) {
      enough = visit(at);
      return true;
    }
    const auto items = domain(node.child(iterator), at);
    if (!items) return false;
    for (const Value& item : *items) {
      const Place inside{within(at.scope, node.names[iterator], item), at.tested};
      if (!forEach(node, iterator + 1, inside, visit, enough)) return false;
      if (enough) break;
    }
    return true;
  }

  Value iteration(const Node& node, const Place& at) {
    List results;
    bool enough = false;
    const bool hides_partial = std::ranges::find(node.names, "partial") != node.names.end();
    const bool done = forEach(
        node, 0, at,
        [&](Place inside) {
          if (!hides_partial) inside.scope = within(inside.scope, "partial", Value(results));
          results.push_back(eval(*node.children.back(), inside));
          return false;
        },
        enough);
    return done ? Value(results) : Value();
  }

  Value quantified(const Node& node, const Place& at, bool deciding) {
    bool is_unknown = false;
    bool is_decided = false;
    const bool done = forEach(
        node, 0, at,
        [&](const Place& inside) {
          const auto truth = eval(*node.children.back(), inside).asBool();
          if (!truth) is_unknown = true;
          if (truth == deciding) is_decided = true;
          return truth == deciding;
        },
        is_decided);
    if (!done) return {};
    if (is_decided) return deciding;
    return is_unknown ? Value() : Value(!deciding);
  }

  Value filter(const Node& node, const Place& at) {
    const Value list = eval(node.child(0), at);
    const List items = list.isNull() ? List{} : list.is(Kind::list) ? list.list() : List{list};
    const auto conditionFor = [&](const Value& item) {
      return eval(node.child(1), {within(within(at.scope, "item", item), "", item), at.tested});
    };
    const auto itemAt = [&](const Value& index) {
      const auto wanted = index.asInt64().value_or(0);
      const auto size = static_cast<std::int64_t>(items.size());
      const auto place = wanted > 0 ? wanted - 1 : size + wanted;
      if (wanted == 0 || place < 0 || place >= size) return fail(node, "feel.index");
      return items[static_cast<std::size_t>(place)];
    };
    if (items.empty()) {
      Value index;
      {
        const Session::Silence silence(session_);
        index = conditionFor({});
      }
      return index.is(Kind::number) ? itemAt(index) : Value(List{});
    }
    List kept;
    for (std::size_t i = 0; i < items.size(); ++i) {
      const Value result = conditionFor(items[i]);
      if (i == 0 && result.is(Kind::number)) return itemAt(result);
      if (result.isTrue()) kept.push_back(items[i]);
      else if (!result.isFalse() && !result.isNull()) fail(node, "feel.filter");
    }
    return kept;
  }

  Value call(const Node& node, const Place& at) {
    const Node& callee = node.child(0);
    std::shared_ptr<const Builtin> builtin;
    bool is_local = false;
    if (callee.kind == NodeKind::name) {
      for (auto scope = at.scope; scope; scope = scope->outer)
        is_local = is_local || scope->name == callee.text;
      if (!is_local) builtin = findBuiltin(callee.text);
    }
    Value function;
    if (!builtin || isEnvironment(callee.text)) function = eval(callee, at);
    const Function* body = function.asFunction();
    if (body == nullptr) body = builtin.get();
    if (body == nullptr) return fail(node, "feel.no-function");
    List arguments;
    for (std::size_t i = 1; i < node.children.size(); ++i) arguments.push_back(eval(node.child(i), at));
    session_.place = node.place;
    return node.names.empty() ? body->call(arguments, session_)
                              : body->callNamed(node.names, arguments, session_);
  }

  const PlainWorld& world_;
  Session& session_;
};

}  // namespace

Value evaluatePlainly(const Node& root, const PlainWorld& world, const Value* tested, Session& session) {
  Place at;
  if (tested != nullptr) at.tested = *tested;
  return Walker(world, session).eval(root, at);
}

}  // namespace jinyue::feel::testing
