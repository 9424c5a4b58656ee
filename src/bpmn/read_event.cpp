// Events: what they wait for and what they throw.
#include <algorithm>

#include "base/text.h"
#include "bpmn/builder.h"
#include "bpmn/span.h"

namespace jinyue::bpmn {

void ModelBuilder::readEvent(pugi::xml_node xml, Index index) {
  Node& of = node(index);
  const bool throws = of.kind == NodeKind::end_event || of.kind == NodeKind::throw_event;
  readMappings(xml, of);
  of.interrupting =
      boolOf(xml, of.kind == NodeKind::boundary_event ? "cancelActivity" : "isInterrupting", true) == true;
  EventSpec spec;
  event_refused_ = false;
  int triggers = 0;
  for (const pugi::xml_node child : xml.children()) {
    if (!isBpmn(child)) continue;
    const std::string_view name = localName(child.name());
    if (name == "eventDefinitionRef") {
      refuseAt(child, "event.shared-definition",
               {"不执行共享的事件定义", "shared event definitions are not executed"},
               {"把定义写在事件里", "put the definition into the event"});
      event_refused_ = true;
      ++triggers;
    } else if (name.ends_with("EventDefinition")) {
      ++triggers;
      checkPart(child);
      spec = readEventDefinition(child, throws);
    }
  }
  if (triggers > 1) {
    refuseAt(xml, "event.several-triggers",
             {"不执行多重事件", "events with several triggers are not executed"});
  }
  const bool must_wait = of.kind == NodeKind::catch_event || of.kind == NodeKind::boundary_event;
  if (triggers == 0 && must_wait) {
    refuseAt(xml, "event.no-trigger", {"事件没有触发条件", "the event waits for nothing"});
  }
  of.event = std::move(spec);
  readClockAction(xml, of, triggers > 0);
  if (event_refused_) refused_.insert(index);
  else if (triggers == 1) checkTrigger(xml, of);
}

/// jy:clock of a throwing event: pause, resume or extend the nearest clock around it.
void ModelBuilder::readClockAction(pugi::xml_node xml, Node& of, bool has_trigger) {
  if (of.kind != NodeKind::throw_event) return;  // elsewhere these attributes are refused by name
  const char* word = ourAttribute(xml, "clock");
  const bool has_amount = ourAttribute(xml, "amount") != nullptr;
  const bool has_reason = ourAttribute(xml, "reason") != nullptr;
  if (word == nullptr && !has_amount && !has_reason) return;
  ClockAction action;
  const bool known =
      word != nullptr && boost::describe::enum_from_string(std::string{trimmed(word)}.c_str(), action.deed);
  const bool extends = known && action.deed == ClockDeed::extend;
  const bool resumes = known && action.deed == ClockDeed::resume;
  if (!known || has_trigger || has_amount != extends || has_reason == resumes) {
    refuseAt(xml, "clock.action", {"时限动作写法不对", "this is no action on a clock"},
             {"没有触发条件的抛出事件：jy:clock=\"pause\" 加 jy:reason，jy:clock=\"resume\"，或 "
              "jy:clock=\"extend\" 加 jy:amount 和 jy:reason",
              "a throwing event without a trigger has jy:clock=\"pause\" and jy:reason, jy:clock=\"resume\", "
              "or jy:clock=\"extend\", jy:amount and jy:reason"});
    return;
  }
  action.amount = ourExpression(xml, "amount");
  action.reason = ourExpression(xml, "reason");
  of.clock_action = std::move(action);
}

EventSpec ModelBuilder::readEventDefinition(pugi::xml_node xml, bool throws) {
  const std::string_view name = localName(xml.name());
  EventSpec spec;
  const auto look = [&](const auto& definitions, const char* reference, const char* code, Text missing) {
    const std::string_view id = localName(attribute(xml, reference));
    if (id.empty()) {
      if (throws || std::string_view{code} == "event.no-signal") refuseAt(xml, code, std::move(missing));
      return;
    }
    const auto found = definitions.find(id);
    if (found == definitions.end()) {
      refuseAt(xml, "reference.unknown",
               {"引用不存在：" + std::string{id}, "there is nothing with the id " + std::string{id}});
    } else if (found->second.name.empty()) {
      refuseAt(xml, code, std::move(missing));
    } else {
      spec.name = found->second.name;
    }
  };
  if (name == "messageEventDefinition") {
    spec = readMessage(xml, attribute(xml, "messageRef"));
    if (!attribute(xml, "operationRef").empty() || childOf(xml, "operationRef")) {
      refuseAt(xml, "service.operation",
               {"不执行 BPMN 服务接口", "BPMN service operations are not executed"});
    }
  } else if (name == "signalEventDefinition") {
    spec.trigger = Trigger::signal;
    look(roots_.signals, "signalRef", "event.no-signal", {"信号没有名称", "the signal has no name"});
  } else if (name == "errorEventDefinition") {
    spec.trigger = Trigger::error;
    look(roots_.errors, "errorRef", "event.no-code", {"错误没有 errorCode", "the error has no errorCode"});
  } else if (name == "escalationEventDefinition") {
    spec.trigger = Trigger::escalation;
    look(roots_.escalations, "escalationRef", "event.no-code",
         {"升级没有 escalationCode", "the escalation has no escalationCode"});
  } else if (name == "timerEventDefinition") {
    spec.trigger = Trigger::timer;
    spec.timer = readTimer(xml);
  } else if (name == "terminateEventDefinition") {
    spec.trigger = Trigger::terminate;
  } else if (name == "linkEventDefinition") {
    spec.trigger = Trigger::link;
    spec.name = attribute(xml, "name");
    if (spec.name.empty()) refuseAt(xml, "link.no-name", {"链接没有名称", "the link has no name"});
  } else {
    refuseAt(xml, "event.not-executed",
             {"不执行此类事件：" + std::string{name},
              "events of this kind are not executed: " + std::string{name}});
    event_refused_ = true;
  }
  return spec;
}

EventSpec ModelBuilder::readMessage(pugi::xml_node owner, std::string_view reference) {
  EventSpec spec;
  spec.trigger = Trigger::message;
  const std::string_view id = localName(reference);
  if (id.empty()) {
    refuseAt(owner, "event.no-message", {"没有指明消息", "it names no message (messageRef)"});
    return spec;
  }
  const auto found = roots_.messages.find(id);
  if (found == roots_.messages.end()) {
    refuseAt(owner, "reference.unknown",
             {"引用不存在：" + std::string{id}, "there is nothing with the id " + std::string{id}});
    return spec;
  }
  spec.name = found->second.name;
  if (spec.name.empty()) refuseAt(owner, "event.no-message", {"消息没有名称", "the message has no name"});
  if (ourAttribute(owner, "key") != nullptr) spec.key = ourExpression(owner, "key");
  else spec.key = ourExpression(found->second.xml, "key");
  return spec;
}

std::optional<TimerSpec> ModelBuilder::readTimer(pugi::xml_node xml) {
  TimerSpec timer;
  int given = 0;
  if (const char* clock = ourAttribute(xml, "clock")) {
    ++given;
    timer.kind = TimerKind::clock;
    const std::string_view point = trimmed(clock);
    if (point == "due") timer.point = ClockPoint::due;
    else if (point == "yellow") timer.point = ClockPoint::yellow;
    else
      refuseAt(xml, "timer.clock", {"jy:clock 应为 due 或 yellow", "jy:clock of a timer is due or yellow"});
  }
  for (const pugi::xml_node child : xml.children()) {
    if (!isBpmn(child)) continue;
    const std::string_view name = localName(child.name());
    const bool duration = name == "timeDuration";
    const bool date = name == "timeDate";
    const bool cycle = name == "timeCycle";
    if (!duration && !date && !cycle) continue;
    ++given;
    checkPart(child);
    timer.kind = duration ? TimerKind::duration : date ? TimerKind::date : TimerKind::cycle;
    const std::string text = textOf(child);
    if (text.empty()) {
      refuseAt(child, "timer.empty", {"计时器没有时间", "the timer says no time"});
      continue;
    }
    timer.value.text = text;
    if (text.starts_with('=')) {
      timer.value.expression = expression(child, text);
      continue;
    }
    const auto span = parseSpan(text);
    const bool good = duration ? span && span->isPositive()
                      : date   ? parseMoment(text).has_value()
                               : parseCycle(text).has_value();
    if (!good) {
      refuseAt(child, "timer.malformed", {"时间格式错误：" + text, "this is no time of ISO 8601: " + text},
               {"如 P3D、R3/PT1H、2026-01-01T09:00:00+08:00；表达式以 = 开头",
                "such as P3D, R3/PT1H, 2026-01-01T09:00:00+08:00; an expression begins with ="});
    }
  }
  if (given == 0) refuseAt(xml, "timer.empty", {"计时器没有时间", "the timer says no time"});
  if (given > 1) refuseAt(xml, "timer.several", {"计时器只能有一个时间", "a timer has one time only"});
  return timer;
}

/// Which triggers an event of this kind may have.
void ModelBuilder::checkTrigger(pugi::xml_node xml, const Node& of) {
  const Trigger trigger = of.event->trigger;
  const auto oneOf = [&](std::initializer_list<Trigger> triggers) {
    return std::ranges::find(triggers, trigger) != triggers.end();
  };
  using enum Trigger;
  bool allowed = true;
  switch (of.kind) {
    case NodeKind::start_event: {
      const NodeKind around = node(of.parent).kind;
      if (around == NodeKind::process) allowed = oneOf({none, timer, message});
      else if (around == NodeKind::event_sub_process)
        allowed = oneOf({timer, message, signal, error, escalation});
      else allowed = trigger == none;
      if (around == NodeKind::process && trigger == timer && of.event->timer &&
          of.event->timer->kind == TimerKind::clock) {
        refuseAt(xml, "timer.clock",
                 {"流程开始时还没有时限", "no clock runs before the process has started"});
      }
      break;
    }
    case NodeKind::boundary_event: allowed = oneOf({timer, message, signal, error, escalation}); break;
    case NodeKind::catch_event: allowed = oneOf({timer, message, signal, link}); break;
    case NodeKind::throw_event: allowed = oneOf({none, message, signal, escalation, link}); break;
    default: allowed = oneOf({none, message, signal, error, escalation, terminate}); break;
  }
  if (!allowed) {
    refuseAt(xml, "event.not-here", {"此处不执行这种事件", "an event of this kind is not executed here"});
  }
  if (trigger == error && !of.interrupting) {
    refuseAt(xml, "event.error-interrupts", {"错误事件必须中断", "an error event always interrupts"});
  }
}

}  // namespace jinyue::bpmn
