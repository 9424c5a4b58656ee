// A running case moves to another version of its model: everything that waits must have a place there. What
// is hung on the elements (timers, messages, event sub-processes) is kept, armed or cleared as the new
// version says.
#include <algorithm>

#include "base/text.h"
#include "bpmn/refusals.h"
#include "bpmn/run.h"

namespace jinyue::bpmn {
namespace {

const std::string& mapped(const Migrate& command, const std::string& id) {
  const auto found = command.nodes.find(id);
  return found == command.nodes.end() ? id : found->second;
}

/// A problem of one element: `where` names it by number and node.
Problem homeless(const Element& element, std::string code, Text title) {
  return {ProblemKind::conflict,
          std::move(code),
          std::move(title),
          std::to_string(element.number) + ":" + element.node,
          {},
          {}};
}

bool sameEvent(const Node& a, const Node& b) {
  return a.event && b.event && a.event->trigger == b.event->trigger && a.event->name == b.event->name;
}

bool isHung(const Node& node) {
  return node.event && (node.event->trigger == Trigger::timer || node.event->trigger == Trigger::message ||
                        node.event->trigger == Trigger::signal);
}

}  // namespace

Result<void> Run::run(const Migrate& command) {
  if (!facts_.target) {
    return refuse(ProblemKind::not_found, "migrate.no-target", {"没有目标版本", "there is no target version"},
                  "/definition");
  }
  if (trimmed(command.reason).empty()) return reasonMissing();
  const Model& target = *facts_.target;
  const Model& old = *model_;
  std::vector<Problem> problems = findHomeless(command, target);
  if (problems.empty()) {
    const std::vector<Element> before = state_.elements;
    emit(Migrated{command.definition, mapped(command, state_.process), command.nodes, command.reason});
    model_ = &target;
    for (const Element& element : before) {
      if (state_.element(element.number) != nullptr) rehang(element, old, command, problems);
    }
  }
  if (!problems.empty()) {
    return std::unexpected(Problem{ProblemKind::conflict,
                                   "migrate.homeless",
                                   {"案件不能迁移到此版本", "the case can't move to this version"},
                                   {},
                                   {"为每一项指定去处", "say where each of these is to go"},
                                   std::move(problems)});
  }
  // Separation of duties may be new, and a join may have fewer ways in.
  std::vector<TaskExcluded> excluded;
  std::vector<std::pair<ElementNumber, Index>> joins;
  for (const Element& each : state_.elements) {
    const Node& node = nodeOf(each);
    if (each.task) {
      for (const std::string& person : excludedFrom(node)) {
        const auto& known = each.task->excluded;
        if (std::ranges::find(known, person) == known.end()) excluded.push_back({each.number, person});
      }
    }
    if (!each.flow.empty() && node.kind == NodeKind::parallel_gateway)
      joins.emplace_back(each.scope, node.index);
  }
  for (TaskExcluded& each : excluded) {
    const ElementNumber number = each.number;
    const bool taken = at(number).task->assignee == each.person;
    emit(std::move(each));
    if (taken) emit(TaskAssigned{number, {}, {}});
  }
  for (const auto& [scope, node] : joins) {
    if (isAlive(scope) && !tokensAt(scope, model_->node(node)).empty())
      joinParallel(scope, model_->node(node));
  }
  return {};
}

/// Everything that has no place in the target.
std::vector<Problem> Run::findHomeless(const Migrate& command, const Model& target) const {
  std::vector<Problem> problems;
  for (const auto& [from, to] : command.nodes) {
    const bool known = model_->find(from) != nullptr || model_->findFlow(from) != nullptr;
    const bool exists = target.find(to) != nullptr || target.findFlow(to) != nullptr;
    if (known && exists) continue;
    problems.push_back({ProblemKind::invalid,
                        "migrate.unknown-id",
                        {"映射中的元素不存在：" + (known ? to : from),
                         "the mapping names what isn't there: " + (known ? to : from)},
                        "/nodes/" + from,
                        {},
                        {}});
  }
  for (const Element& element : state_.elements) {
    const Node& now = nodeOf(element);
    const Node* then = target.find(mapped(command, element.node));
    if (then == nullptr) {
      problems.push_back(
          homeless(element, "migrate.no-node", {"目标版本没有此元素", "the target has no such node"}));
      continue;
    }
    if (then->kind != now.kind || then->topic.text.empty() != now.topic.text.empty()) {
      problems.push_back(homeless(element, "migrate.other-kind",
                                  {"目标版本中的元素类型不同", "the node is of another kind in the target"}));
      continue;
    }
    if (then->loop.has_value() != now.loop.has_value()) {
      problems.push_back(homeless(element, "migrate.loop",
                                  {"只有一个版本是多实例", "it is a multi-instance in one version only"}));
    }
    if (const Element* scope = state_.element(element.scope); scope != nullptr && !isInstance(element)) {
      const Node* around = target.find(mapped(command, scope->node));
      if (around != nullptr && around->kind == NodeKind::call_activity) around = &target.node(around->called);
      if (around != nullptr && then->parent != around->index) {
        problems.push_back(homeless(
            element, "migrate.other-scope",
            {"目标版本中的元素在另一个子流程里", "the node lies in another sub-process in the target"}));
      }
    }
    if (!element.flow.empty()) {
      const Flow* flow = target.findFlow(mapped(command, element.flow));
      if (flow == nullptr || flow->target != then->index) {
        problems.push_back(homeless(element, "migrate.no-flow",
                                    {"目标版本没有令牌所经的连线：" + element.flow,
                                     "the target has no such flow into the join: " + element.flow}));
      }
    }
    if (const Clock* clock = state_.clock(element.number);
        clock != nullptr && target.clock(clock->rule) == nullptr) {
      problems.push_back(
          homeless(element, "migrate.no-clock",
                   {"目标版本没有时限规则：" + clock->rule, "the target has no clock rule " + clock->rule}));
    }
  }
  return problems;
}

/// The events of a model that hang on an element while it lives.
std::vector<Index> Run::eventsOn(const Model& model, const Element& element) const {
  std::vector<Index> events;
  const Node* node = model.find(element.node);
  const Incident* incident = incidentOn(element.number);
  const bool parked = incident != nullptr && incident->phase != Phase::job &&
                      incident->phase != Phase::describing && !element.loop;
  if (node == nullptr || !element.flow.empty() || parked) return events;
  if (!isInstance(element)) events = node->boundary;
  if (element.loop) return events;
  switch (node->kind) {
    case NodeKind::catch_event:
    case NodeKind::receive_task: events.push_back(node->index); break;
    case NodeKind::event_gateway:
      for (const Index out : node->outgoing) events.push_back(model.flow(out).target);
      break;
    default: break;
  }
  if (node->isScope() && !element.interrupted) {
    const Node& inside = node->kind == NodeKind::call_activity ? model.node(node->called) : *node;
    for (const Index esp : inside.event_sub_processes) {
      for (const Index start : model.node(esp).starts) events.push_back(start);
    }
  }
  return events;
}

/// Keeps what hangs on the element in both versions, clears what is gone, arms what is new. `before` is the
/// element with the ids of the old version.
void Run::rehang(const Element& before, const Model& old, const Migrate& command,
                 std::vector<Problem>& problems) {
  const Element element = at(before.number);
  const std::vector<Index> wanted = eventsOn(*model_, element);
  const std::vector<Index> had = eventsOn(old, before);
  /// The event of the old version that goes on as this one.
  const auto predecessor = [&](const Node& event) -> const Node* {
    for (const Index index : had) {
      const Node& candidate = old.node(index);
      if (mapped(command, candidate.id) == event.id && sameEvent(candidate, event)) return &candidate;
    }
    return nullptr;
  };
  const auto stays = [&](const std::string& node) {
    return std::ranges::any_of(wanted, [&](Index index) {
      return model_->node(index).id == node && predecessor(model_->node(index)) != nullptr;
    });
  };
  for (std::size_t i = state_.timers.size(); i-- > 0;) {
    const Timer& timer = state_.timers[i];
    if (timer.element == element.number && !stays(timer.node)) emit(TimerCleared{timer.number});
  }
  for (std::size_t i = state_.waits.size(); i-- > 0;) {
    const Wait& wait = state_.waits[i];
    if (wait.element == element.number && !stays(wait.node)) emit(WaitClosed{wait.number});
  }
  std::vector<Arm> arms;
  for (const Index index : wanted) {
    const Node& event = model_->node(index);
    // One that was there and is gone has fired: it does not come back.
    if (!isHung(event) || predecessor(event) != nullptr) continue;
    const bool boundary = event.kind == NodeKind::boundary_event;
    const feel::Context own = element.variables;
    const feel::Context* seen = &own;
    const Clock* clock = state_.clock(element.number);
    std::optional<ClockStart> running;
    if (clock != nullptr && !clock->isPaused())
      running = ClockStart{clock->rule, clock->run.started, clock->dates};
    View view(boundary ? element.scope : element.number, boundary ? Locals{&seen, 1} : Locals{},
              running ? &*running : nullptr);
    view.clocks = element.number;
    auto planned = planArm(event, view);
    if (planned) {
      arms.push_back(std::move(*planned));
    } else {
      problems.push_back(homeless(before, planned.error().code, planned.error().message));
    }
  }
  arm(element.number, std::move(arms));
}

}  // namespace jinyue::bpmn
