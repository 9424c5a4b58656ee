// Activities: what must be known before they start, how they start, and how they end.
#include <algorithm>

#include "bpmn/run.h"

namespace jinyue::bpmn {
namespace {

/// An instance that ends in the moment in which it starts.
bool isInstant(const Node& node) {
  return node.kind == NodeKind::rule_task || node.kind == NodeKind::script_task ||
         (node.kind == NodeKind::send_task && node.topic.text.empty());
}

}  // namespace

void Run::startActivity(ElementNumber scope, const Node& node) {
  if (node.kind == NodeKind::event_gateway || node.kind == NodeKind::catch_event) {
    if (node.event && node.event->trigger == Trigger::link) return leaveOrPark(scope, node, true);
    auto arms = [&]() -> Outcome<std::vector<Arm>> {
      if (node.kind == NodeKind::catch_event) return planArms(std::array{node.index}, View(scope, {}));
      std::vector<Index> targets;
      for (const Index out : node.outgoing) targets.push_back(model_->flow(out).target);
      return planArms(targets, View(scope, {}));
    }();
    if (!arms) return park(scope, node.index, Phase::entering, std::move(arms.error()));
    const ElementNumber number = next();
    ElementEntered entered;
    entered.number = number;
    entered.scope = scope;
    entered.node = node.id;
    emit(std::move(entered));
    return arm(number, std::move(*arms));
  }
  if (!node.loop) return startInstance(scope, node, 0, {});
  if (auto started = startLoop(scope, node); !started) {
    park(scope, node.index, Phase::entering, std::move(started.error()));
  }
}

/// One instance; `locals` are what a multi-instance gives to it.
void Run::startInstance(ElementNumber scope, const Node& node, std::int32_t item, feel::Context locals) {
  Opening opening;
  opening.scope = scope;
  opening.node = node.index;
  opening.item = item;
  if (auto started = tryStart(std::move(opening), locals); !started) {
    park(scope, node.index, Phase::entering, std::move(started.error()), std::move(locals), item);
  }
}

Outcome<void> Run::tryStart(Opening opening, const feel::Context& locals) {
  const Node& node = model_->node(opening.node);
  const feel::Context* given = &locals;
  auto inputs = map(node.inputs, opening.scope, Locals{&given, 1});
  if (!inputs) return std::unexpected(std::move(inputs.error()));
  opening.variables = locals;
  for (const auto& [name, value] : *inputs) opening.variables.set(name, value);
  const feel::Context own = opening.variables;
  const feel::Context* seen = &own;
  if (node.kind == NodeKind::rule_task) return decide(opening);
  if (node.kind == NodeKind::script_task) return runScript(opening, own);
  if (isInstant(node)) {
    beginThrow(opening.scope);
    if (auto thrown = throwMessage(opening.scope, node, Locals{&seen, 1}); !thrown) return thrown;
    if (!thrower_ended_) finishActivity(opening.scope, node, opening.item, {}, own);
    return {};
  }
  const auto& rule =
      node.kind == NodeKind::call_activity && !node.clock ? model_->node(node.called).clock : node.clock;
  auto clock = planClock(rule, opening.scope, Locals{&seen, 1});
  if (!clock) return std::unexpected(std::move(clock.error()));
  opening.clock = std::move(*clock);
  if (opening.item == 0) {  // the events on a multi-instance hang on its body
    auto arms = planArms(node.boundary,
                         View(opening.scope, Locals{&seen, 1}, opening.clock ? &*opening.clock : nullptr));
    if (!arms) return std::unexpected(std::move(arms.error()));
    opening.arms = std::move(*arms);
  }
  switch (node.kind) {
    case NodeKind::user_task: return openTask(std::move(opening), own);
    case NodeKind::receive_task: return openReceive(std::move(opening), own);
    case NodeKind::sub_process:
    case NodeKind::call_activity: return openScope(std::move(opening), own);
    default: return openJob(std::move(opening), own);
  }
}

Outcome<void> Run::openTask(Opening opening, const feel::Context& locals) {
  const Node& node = model_->node(opening.node);
  const feel::Context* seen = &locals;
  TaskOpened event;
  struct Wanted {
    const std::optional<feel::Expression>* expression;
    std::string* target;
  };
  for (const Wanted& wanted : {Wanted{&node.user.unit, &event.unit}, Wanted{&node.user.role, &event.role},
                               Wanted{&node.user.person, &event.person}}) {
    auto text = shortText(*wanted.expression, opening.scope, Locals{&seen, 1});
    if (!text) return std::unexpected(std::move(text.error()));
    *wanted.target = std::move(*text);
  }
  event.number = next();
  event.scope = opening.scope;
  event.node = node.id;
  event.item = opening.item;
  event.excluded = excludedFrom(node);
  event.variables = std::move(opening.variables);
  event.clock = std::move(opening.clock);
  if (!event.clock) event.at = facts_.feel.now;
  const ElementNumber number = event.number;
  emit(std::move(event));
  arm(number, std::move(opening.arms));
  return {};
}

Outcome<void> Run::openJob(Opening opening, const feel::Context& locals) {
  const Node& node = model_->node(opening.node);
  const feel::Context* seen = &locals;
  auto topic = text(node.topic, opening.scope, Locals{&seen, 1});
  if (!topic) return std::unexpected(std::move(topic.error()));
  const ElementNumber number = next();
  emit(JobRequested{number, opening.scope, node.id, opening.item, std::move(*topic), node.retries,
                    std::move(opening.variables)});
  arm(number, std::move(opening.arms));
  return {};
}

Outcome<void> Run::openReceive(Opening opening, const feel::Context& locals) {
  const Node& node = model_->node(opening.node);
  const feel::Context* seen = &locals;
  auto own = planArm(node, View(opening.scope, Locals{&seen, 1}));
  if (!own) return std::unexpected(std::move(own.error()));
  opening.arms.insert(opening.arms.begin(), std::move(*own));
  const ElementNumber number = next();
  emit(ElementEntered{number, opening.scope, node.id, {}, opening.item, std::move(opening.variables), {}});
  if (opening.clock) emit(ClockStarted{number, std::move(*opening.clock)});
  arm(number, std::move(opening.arms));
  return {};
}

Outcome<void> Run::openScope(Opening opening, const feel::Context& locals) {
  const Node& node = model_->node(opening.node);
  const Node& inside = node.kind == NodeKind::call_activity ? model_->node(node.called) : node;
  int nesting = 0;
  for (const Element* around = state_.element(opening.scope); around != nullptr;
       around = state_.element(around->scope)) {
    ++nesting;
  }
  if (nesting > max_scope_nesting) {
    return std::unexpected(Failure{"scope.too-deep", {"调用层数过多", "the calls are nested too deeply"}});
  }
  // The scope doesn't exist yet, so its event sub-processes see its variables as locals; a called process,
  // only them.
  const feel::Context* seen = &locals;
  View view(node.kind == NodeKind::call_activity ? ElementNumber{-1} : opening.scope, Locals{&seen, 1},
            opening.clock ? &*opening.clock : nullptr);
  view.clocks = opening.scope;
  auto starts = planArms(startsOfEventSubProcesses(inside), view);
  if (!starts) return std::unexpected(std::move(starts.error()));
  const ElementNumber number = next();
  emit(ElementEntered{number, opening.scope, node.id, {}, opening.item, std::move(opening.variables), {}});
  if (opening.clock) emit(ClockStarted{number, std::move(*opening.clock)});
  arm(number, std::move(opening.arms));
  arm(number, std::move(*starts));
  for (const Index start : inside.starts) {
    const Node& event = model_->node(start);
    if (!event.event || event.event->trigger == Trigger::none) put(number, start);
  }
  return {};
}

Outcome<void> Run::decide(const Opening& opening) {
  const Node& node = model_->node(opening.node);
  if (!facts_.decide) {
    return std::unexpected(
        Failure{"decision.unavailable", {"没有决策服务", "there is nothing that decides"}});
  }
  auto outcome = facts_.decide(node.decision, opening.variables);
  if (!outcome) {
    return std::unexpected(
        Failure{"decision.failed",
                {outcome.error().title.zh + " " + outcome.error().detail.zh, describe(outcome.error())}});
  }
  if (outcome->value.isNull() && !outcome->diagnostics.empty()) {
    const feel::Diagnostic& first = outcome->diagnostics.front();
    return std::unexpected(
        Failure{"decision.failed",
                {"决策 " + node.decision + " 没有结果：" + first.message.zh,
                 "the decision " + node.decision + " gives nothing: " + first.message.en}});
  }
  if (!feel::isData(outcome->value) || outcome->value.depth() > max_value_depth ||
      outcome->value.weight() > max_value_weight) {
    return std::unexpected(Failure{"decision.not-data",
                                   {"决策 " + node.decision + " 的结果过大或不是数据",
                                    "the result of " + node.decision + " is too large or no data"}});
  }
  feel::Context given;
  if (!node.result.empty()) given.set(node.result, outcome->value);
  emit(DecisionMade{opening.scope, node.id, node.decision, std::move(outcome->model), opening.variables,
                    std::move(outcome->rules), std::move(outcome->value)});
  finishActivity(opening.scope, node, opening.item, given, opening.variables);
  return {};
}

Outcome<void> Run::runScript(const Opening& opening, const feel::Context& locals) {
  const Node& node = model_->node(opening.node);
  const feel::Context* seen = &locals;
  auto result = value(*node.script, opening.scope, Locals{&seen, 1});
  if (!result) return std::unexpected(std::move(result.error()));
  feel::Context given;
  if (!node.result.empty()) given.set(node.result, std::move(*result));
  emit(Passed{opening.scope, node.id, {}});
  finishActivity(opening.scope, node, opening.item, given, locals);
  return {};
}

std::vector<std::string> Run::excludedFrom(const Node& node) const {
  std::vector<std::string> excluded;
  if (node.user.not_who_did.empty()) return excluded;
  for (const Done& done : state_.done) {
    if (std::ranges::find(node.user.not_who_did, done.node) == node.user.not_who_did.end()) continue;
    if (std::ranges::find(excluded, done.person) == excluded.end()) excluded.push_back(done.person);
  }
  return excluded;
}

void Run::excludeFromOpenTasks(const std::string& done_node, const std::string& person) {
  std::vector<ElementNumber> barred;
  for (const Element& each : state_.elements) {
    if (!each.task || std::ranges::find(each.task->excluded, person) != each.task->excluded.end()) continue;
    const auto& not_who_did = nodeOf(each).user.not_who_did;
    if (std::ranges::find(not_who_did, done_node) != not_who_did.end()) barred.push_back(each.number);
  }
  for (const ElementNumber number : barred) {
    emit(TaskExcluded{number, person});
    if (at(number).task->assignee == person) emit(TaskAssigned{number, {}, {}});
  }
}

/// A task, job or wait has done its work: `closing` is the event that ends it.
void Run::finishElement(ElementNumber number, const feel::Context& given, Event closing) {
  const Element element = at(number);
  disarm(number);
  closeIncidents(number);
  emit(std::move(closing));
  finishActivity(element.scope, nodeOf(element), element.item, given, element.variables);
}

/// What it gives goes out, and the token goes on. `given` came from outside; `locals` were its own variables.
void Run::finishActivity(ElementNumber scope, const Node& node, std::int32_t item, const feel::Context& given,
                         const feel::Context& locals) {
  const std::array<const feel::Context*, 2> seen{&given, &locals};
  auto outputs = map(node.outputs, scope, seen);
  const LoopSpec* loop = item > 0 && node.loop ? &*node.loop : nullptr;
  feel::Value result;
  if (outputs && loop != nullptr && loop->output_element) {
    const std::array<const feel::Context*, 3> all{&*outputs, &given, &locals};
    auto evaluated = value(*loop->output_element, scope, all);
    if (evaluated) result = std::move(*evaluated);
    else outputs = std::unexpected(std::move(evaluated.error()));
  }
  if (!outputs) {
    feel::Context kept = locals;
    for (const auto& [name, value] : given) kept.set(name, value);
    return park(scope, node.index, Phase::completing, std::move(outputs.error()), std::move(kept), item);
  }
  // A multi-instance that collects keeps everything else to itself.
  if (!node.outputs.empty()) setVariables(scope, *outputs);
  else if (loop == nullptr || !loop->output_element) setVariables(scope, given);
  if (loop != nullptr) finishItem(scope, node, item, std::move(result));
  else leaveOrPark(scope, node, node.kind == NodeKind::catch_event || node.kind == NodeKind::boundary_event);
}

}  // namespace jinyue::bpmn
