// The graph as a whole: references, and the rules that make every token go somewhere.
#include <algorithm>
#include <set>

#include "bpmn/builder.h"

namespace jinyue::bpmn {
namespace {

bool isGateway(NodeKind kind) {
  return kind == NodeKind::exclusive_gateway || kind == NodeKind::parallel_gateway ||
         kind == NodeKind::inclusive_gateway || kind == NodeKind::event_gateway;
}

bool isEvent(NodeKind kind) {
  return kind == NodeKind::start_event || kind == NodeKind::end_event || kind == NodeKind::catch_event ||
         kind == NodeKind::throw_event || kind == NodeKind::boundary_event;
}

bool hasTrigger(const Node& node, Trigger trigger) { return node.event && node.event->trigger == trigger; }

/// Whether an instance of the activity lasts, so that something can happen to it meanwhile.
bool lasts(const Node& node) {
  switch (node.kind) {
    case NodeKind::user_task:
    case NodeKind::service_task:
    case NodeKind::receive_task:
    case NodeKind::sub_process:
    case NodeKind::call_activity: return true;
    case NodeKind::send_task: return !node.topic.text.empty();
    default: return false;
  }
}

bool isNestedScope(const Node& node) {
  return node.kind == NodeKind::sub_process || node.kind == NodeKind::call_activity;
}

}  // namespace

void ModelBuilder::resolveFlows() {
  for (std::size_t i = 0; i < model_->flows_.size(); ++i) {
    Flow& each = model_->flows_[i];
    const Origin& origin = flow_origins_[i];
    file_ = origin.file;
    const auto end = [&](const char* name) {
      const Node* found = model_->find(localName(attribute(origin.xml, name)));
      if (found == nullptr || found->kind == NodeKind::process) {
        refuseAt(origin.xml, "reference.unknown",
                 {"连线的端点不存在：" + std::string{attribute(origin.xml, name)},
                  "the flow leads from or to nothing: " + std::string{attribute(origin.xml, name)}});
        return no_index;
      }
      return found->index;
    };
    each.source = end("sourceRef");
    each.target = end("targetRef");
    if (each.source == no_index || each.target == no_index) continue;
    if (node(each.source).parent != node(each.target).parent) {
      refuseAt(origin.xml, "flow.crosses-scope",
               {"连线跨越流程或子流程的边界", "the flow crosses the border of a process or sub-process"});
    }
    node(each.source).outgoing.push_back(static_cast<Index>(i));
    node(each.target).incoming.push_back(static_cast<Index>(i));
  }
}

/// A throwing link becomes a flow to the catching one.
void ModelBuilder::resolveLinks() {
  for (std::size_t i = 0; i < model_->nodes_.size(); ++i) {
    const auto index = static_cast<Index>(i);
    const Node& source = node(index);
    if (source.kind != NodeKind::throw_event || !hasTrigger(source, Trigger::link)) continue;
    std::vector<Index> targets;
    for (const Node& other : model_->nodes_) {
      if (other.kind == NodeKind::catch_event && hasTrigger(other, Trigger::link) &&
          other.parent == source.parent && other.event->name == source.event->name) {
        targets.push_back(other.index);
      }
    }
    if (targets.size() != 1) {
      refuseNode(
          source, "link.target",
          {"链接应有且只有一个同名的目标", "a link needs exactly one target of the same name in its scope"});
      continue;
    }
    const auto flow_index = static_cast<Index>(model_->flows_.size());
    Flow& added = model_->flows_.emplace_back();
    flow_origins_.push_back(origins_[i]);
    added.id = source.id + ".link";
    added.source = index;
    added.target = targets.front();
    added.line = source.line;
    model_->flow_by_id_.emplace(added.id, flow_index);
    node(index).outgoing.push_back(flow_index);
    node(targets.front()).incoming.push_back(flow_index);
  }
}

void ModelBuilder::resolveReferences() {
  for (std::size_t i = 0; i < model_->nodes_.size(); ++i) {
    Node& each = model_->nodes_[i];
    const pugi::xml_node xml = xmlOf(each);
    if (const std::string_view id = attribute(xml, "default");
        !id.empty() && each.kind != NodeKind::process) {
      const Flow* found = model_->findFlow(id);
      if (found == nullptr || found->source != each.index) {
        refuseNode(each, "flow.default",
                   {"默认连线不从此处出发", "the default flow does not leave from here"});
      } else {
        each.default_flow = static_cast<Index>(found - model_->flows_.data());
      }
    }
    if (each.kind == NodeKind::boundary_event) {
      const Node* host = model_->find(localName(attribute(xml, "attachedToRef")));
      if (host == nullptr || host->parent != each.parent || host->kind == NodeKind::event_sub_process ||
          isGateway(host->kind) || isEvent(host->kind)) {
        refuseNode(each, "boundary.host",
                   {"边界事件没有附着在活动上", "the boundary event is attached to no activity"});
      } else {
        each.attached_to = host->index;
        node(host->index).boundary.push_back(each.index);
      }
    }
    if (each.kind == NodeKind::call_activity) {
      const std::string_view id = localName(attribute(xml, "calledElement"));
      const Node* called = model_->process(id);
      if (id.empty()) {
        refuseNode(each, "call.no-process", {"调用活动没有指明流程", "the call activity names no process"});
      } else if (called == nullptr) {
        refuseNode(each, "call.unknown-process",
                   {"没有流程：" + std::string{id},
                    "there is no process " + std::string{id} + " in this deployment"});
      } else {
        each.called = called->index;
        const bool startable = std::ranges::any_of(
            called->starts, [&](Index start) { return hasTrigger(node(start), Trigger::none); });
        if (!startable) {
          refuseNode(each, "call.no-start",
                     {"被调用的流程没有普通开始事件", "the called process has no plain start event"});
        }
      }
    }
    for (const std::string& id : each.user.not_who_did) {
      const Node* done = model_->find(id);
      if (done == nullptr || done->kind != NodeKind::user_task) {
        refuseNode(each, "duty.unknown-node",
                   {"jy:notWhoDid 中没有这个用户任务：" + id, "jy:notWhoDid names no user task: " + id});
      }
    }
  }
}

void ModelBuilder::checkNode(const Node& each) {
  if (each.kind == NodeKind::process || each.kind == NodeKind::sub_process ||
      each.kind == NodeKind::event_sub_process) {
    checkScope(each);
  }
  if (each.kind == NodeKind::process || refused_.contains(each.index)) return;
  const bool link = hasTrigger(each, Trigger::link);
  switch (each.kind) {
    case NodeKind::event_sub_process:
      if (!each.incoming.empty() || !each.outgoing.empty()) {
        refuseNode(each, "flow.not-here", {"事件子流程不能有连线", "an event sub-process has no flows"});
      }
      return;
    case NodeKind::start_event:
      if (!each.incoming.empty()) {
        refuseNode(each, "flow.not-here", {"开始事件不能有进入的连线", "no flow leads to a start event"});
      }
      if (each.outgoing.empty()) {
        refuseNode(each, "node.no-outgoing", {"没有流出的连线", "no flow leads on from here"});
      }
      break;
    case NodeKind::boundary_event:
      if (!each.incoming.empty()) {
        refuseNode(each, "flow.not-here", {"边界事件不能有进入的连线", "no flow leads to a boundary event"});
      }
      if (each.outgoing.empty()) {
        refuseNode(each, "node.no-outgoing", {"没有流出的连线", "no flow leads on from here"});
      }
      checkBoundary(each);
      break;
    case NodeKind::end_event:
      if (!each.outgoing.empty()) {
        refuseNode(each, "flow.not-here", {"结束事件不能有流出的连线", "no flow leaves an end event"});
      }
      [[fallthrough]];
    default:
      if (each.incoming.empty()) {
        refuseNode(
            each, "node.no-incoming",
            {"没有连线通向此处，不执行隐含的开始", "no flow leads here: implicit starts are not executed"});
      }
      if (each.outgoing.empty() && (isGateway(each.kind) || each.kind == NodeKind::catch_event)) {
        refuseNode(each, "node.no-outgoing", {"没有流出的连线", "no flow leads on from here"});
      }
      if (link && each.kind == NodeKind::throw_event && each.outgoing.size() > 1) {
        refuseNode(each, "flow.not-here", {"链接抛出事件不能有流出的连线", "no flow leaves a throwing link"});
      }
      if (link && each.kind == NodeKind::catch_event &&
          std::ranges::any_of(each.incoming, [&](Index in) { return !flow(in).id.ends_with(".link"); })) {
        refuseNode(each, "flow.not-here",
                   {"链接捕获事件不能有进入的连线", "no flow leads to a catching link"});
      }
  }
  checkFlowsOut(each);
  if (each.event && each.event->timer && each.event->timer->kind == TimerKind::clock) checkClockOf(each);
}

/// A timer that follows a clock needs one: of the activity it is attached to, or of a scope around it.
void ModelBuilder::checkClockOf(const Node& each) {
  if (each.attached_to != no_index) {
    const Node& host = node(each.attached_to);
    if (host.clock && host.loop) {
      refuseNode(
          each, "timer.clock-many",
          {"多实例活动每个实例各有时限，边界事件无从跟随",
           "each instance of a multi-instance has a clock of its own: a boundary event can't follow them"});
    }
    if (host.clock) return;
  }
  for (Index at = each.parent; at != no_index; at = node(at).parent) {
    if (node(at).clock) return;
  }
  const bool called =
      std::ranges::any_of(model_->nodes_, [&](const Node& other) { return other.called == each.process; });
  if (!called) {
    refuseNode(each, "timer.no-clock",
               {"计时器要跟随的时限不存在", "there is no clock that the timer could follow"},
               {"在活动、子流程或流程上设置 jy:clock",
                "set jy:clock on the activity, a sub-process or the process"});
  }
}

void ModelBuilder::checkFlowsOut(const Node& each) {
  const bool chooses = each.kind == NodeKind::exclusive_gateway || each.kind == NodeKind::inclusive_gateway;
  const bool may_choose = chooses || (!isGateway(each.kind) && !isEvent(each.kind));
  for (const Index out : each.outgoing) {
    const Origin& origin = flow_origins_[static_cast<std::size_t>(out)];
    file_ = origin.file;
    const bool conditional = static_cast<bool>(childOf(origin.xml, "conditionExpression"));
    if (conditional && !may_choose) {
      refuseAt(origin.xml, "flow.condition-not-here",
               {"此处流出的连线不能有条件", "a flow that leaves here can't have a condition"});
    } else if (conditional && out == each.default_flow) {
      refuseAt(origin.xml, "flow.condition-not-here",
               {"默认连线不能有条件", "the default flow can't have a condition"});
    } else if (!conditional && chooses && each.outgoing.size() > 1 && out != each.default_flow) {
      refuseAt(origin.xml, "flow.no-condition",
               {"网关有多条出路，这条连线没有条件",
                "the gateway has several ways out and this flow has no condition"},
               {"给出条件，或设为默认连线", "give it a condition or make it the default flow"});
    }
  }
  if (each.kind != NodeKind::event_gateway) return;
  if (each.outgoing.size() < 2) {
    refuseNode(each, "gateway.one-way",
               {"事件网关至少要有两条出路", "an event-based gateway has at least two ways out"});
  }
  for (const Index out : each.outgoing) {
    const Index at = flow(out).target;
    if (at == no_index) continue;
    const Node& target = node(at);
    const bool event = target.kind == NodeKind::catch_event && target.event &&
                       target.event->trigger != Trigger::none && target.event->trigger != Trigger::link;
    const bool receive = target.kind == NodeKind::receive_task && target.boundary.empty() && !target.loop;
    if ((!event && !receive) || target.incoming.size() != 1) {
      refuseNode(target, "gateway.target",
                 {"事件网关之后只能是仅由它通向的捕获事件或接收任务",
                  "only catching events and plain receive tasks that nothing else leads to may follow an "
                  "event-based gateway"});
    }
  }
}

void ModelBuilder::checkScope(const Node& scope) {
  int plain = 0;
  std::set<std::string_view> messages;
  for (const Index index : scope.starts) {
    const Node& start = node(index);
    if (refused_.contains(index)) continue;
    if (!start.event || start.event->trigger == Trigger::none) {
      ++plain;
      if (scope.kind == NodeKind::event_sub_process && start.event) {
        refuseNode(start, "event.no-trigger",
                   {"事件子流程的开始事件没有触发条件",
                    "the start event of an event sub-process waits for nothing"});
      }
    } else if (start.event->trigger == Trigger::message && !start.event->name.empty() &&
               !messages.insert(start.event->name).second) {
      refuseNode(start, "start.several",
                 {"两个开始事件等待同一消息", "two start events wait for the same message"});
    }
  }
  if (scope.starts.empty()) {
    refuseNode(scope, "start.none", {"没有开始事件", "there is no start event"});
  }
  const bool only_one = scope.kind != NodeKind::process;
  if (plain > 1 || (only_one && scope.starts.size() > 1)) {
    refuseNode(scope, "start.several",
               {"只能有一个开始事件", "there can be only one start event of this kind"});
  }
}

void ModelBuilder::checkBoundary(const Node& each) {
  if (each.attached_to == no_index || !each.event || refused_.contains(each.attached_to)) return;
  const Node& host = node(each.attached_to);
  const Trigger trigger = each.event->trigger;
  bool possible = lasts(host);
  if (trigger == Trigger::error) {
    possible = isNestedScope(host) || !host.topic.text.empty() || host.kind == NodeKind::service_task;
  }
  if (trigger == Trigger::escalation) possible = isNestedScope(host);
  if (!possible) {
    refuseNode(each, "boundary.never",
               {"此活动上不会发生这种事件", "nothing of this kind can happen to that activity"});
  }
}

/// For gateways where ways come together: from where a token can still reach which of their incoming flows
/// without passing the gateway (BPMN 2.0.2, section 13.4.3).
void ModelBuilder::findReach() {
  for (std::size_t i = 0; i < model_->nodes_.size(); ++i) {
    const NodeKind kind = model_->nodes_[i].kind;
    const bool joins = kind == NodeKind::inclusive_gateway || kind == NodeKind::parallel_gateway;
    if (!joins || model_->nodes_[i].incoming.size() < 2) continue;
    const auto gateway = static_cast<Index>(i);
    const std::vector<Index> incoming = node(gateway).incoming;
    for (std::size_t way = 0; way < incoming.size(); ++way) {
      std::vector<Index> open{flow(incoming[way]).source};
      std::set<Index> seen;
      while (!open.empty()) {
        const Index at = open.back();
        open.pop_back();
        if (at == gateway || at == no_index || !seen.insert(at).second) continue;
        auto& reached = node(gateway).reach[at];
        reached.resize(incoming.size());
        reached[way] = true;
        for (const Index in : node(at).incoming) open.push_back(flow(in).source);
        if (node(at).attached_to != no_index) open.push_back(node(at).attached_to);
      }
    }
  }
}

/// A variable that is made out of personal data is personal too.
void ModelBuilder::findPersonal() {
  std::set<std::string, std::less<>> personal(personal_.begin(), personal_.end());
  if (personal.empty()) return;
  const auto uses = [&](const feel::Expression& expression) {
    return std::ranges::any_of(expression.names(),
                               [&](const std::string& name) { return personal.contains(name); });
  };
  for (std::size_t before = 0; before != personal.size();) {
    before = personal.size();
    for (const Node& each : model_->nodes_) {
      for (const auto* mappings : {&each.inputs, &each.outputs}) {
        for (const Mapping& mapping : *mappings) {
          if (uses(mapping.expression)) personal.insert(mapping.name);
        }
      }
      if (each.script && uses(*each.script) && !each.result.empty()) personal.insert(each.result);
      if (!each.loop) continue;
      if (each.loop->collection && uses(*each.loop->collection) && !each.loop->element_variable.empty()) {
        personal.insert(each.loop->element_variable);
      }
      if (each.loop->output_element && uses(*each.loop->output_element))
        personal.insert(each.loop->output_collection);
    }
  }
  for (const Node& each : model_->nodes_) {
    if ((each.title && uses(*each.title)) || (each.unit && uses(*each.unit))) {
      refuseNode(each, "personal.in-title",
                 {"标题或主办单位使用了个人信息", "the title or the lead unit is made out of personal data"},
                 {"标题以明文写入不可更改的记录", "it goes into the unchangeable record in the clear"});
    }
    if ((each.area && uses(*each.area)) || (each.party && uses(*each.party))) {
      refuseNode(each, "personal.in-row",
                 {"所属地区或当事人使用了个人信息", "the area or the party is made out of personal data"},
                 {"它们以明文写入不可更改的记录；个人须用查找键",
                  "they go into the unchangeable record in the clear; a person is named by a lookup hash"});
    }
    if (each.search && uses(*each.search)) {
      refuseNode(each, "personal.in-search",
                 {"检索文本使用了个人信息", "the search text is made out of personal data"},
                 {"检索索引以明文保存它", "the search index keeps it in the clear"});
    }
    if (each.event && each.event->key && uses(*each.event->key)) {
      refuseNode(each, "personal.in-key",
                 {"消息关联键使用了个人信息", "the key of the message is made out of personal data"},
                 {"关联键以明文写入不可更改的记录", "it goes into the unchangeable record in the clear"});
    }
  }
  model_->personal_.assign(personal.begin(), personal.end());
}

}  // namespace jinyue::bpmn
