#include "packs/process_names.h"

#include <fmt/format.h>

namespace jinyue::packs {
namespace {

using bpmn::NodeKind;

bool throws(const bpmn::Node& node) {
  return node.kind == NodeKind::throw_event || node.kind == NodeKind::end_event ||
         node.kind == NodeKind::send_task;
}

void addFields(const Form& form, Names& names) {
  for (const FormField& field : form.fields()) addName(names, field.name, field.type);
}

}  // namespace

void addName(Names& names, const std::string& name, const feel::Type& type) {
  if (name.empty()) return;
  const auto [it, added] = names.emplace(name, type);
  if (!added && !(it->second == type)) it->second = feel::Type::any();
}

ProcessNames::ProcessNames(const Checking& checking) : checking_(checking), model_(*checking.model) {
  for (const bpmn::Index process : model_.processes()) addStarts(model_.node(process));
  for (const bpmn::Node& node : model_.nodes()) {
    Names& names = names_[node.process];
    if (node.kind == NodeKind::process) continue;
    if (node.kind == NodeKind::call_activity && node.called != bpmn::no_index) {
      for (const bpmn::Mapping& input : node.inputs) addName(names_[node.called], input.name, {});
    }
    if (!node.user.form.empty()) {
      if (const Form* form = checking_.pack.form(node.user.form)) forms_.push_back({form, node.process});
    }
    if (node.loop) addName(names, node.loop->output_collection, feel::Type::list());
    if (node.outputs.empty()) {
      for (const auto& [name, type] : broughtBy(node)) addName(names, name, type);
    } else {
      for (const bpmn::Mapping& output : node.outputs) addName(names, output.name, {});
    }
  }
}

void ProcessNames::addStarts(const bpmn::Node& process) {
  Names& names = names_[process.index];
  addName(names, process.number, feel::Type::string());
  for (const Item& item : checking_.pack.manifest.items) {
    if (item.process != process.id || !item.form) continue;
    if (const Form* form = checking_.pack.form(*item.form)) {
      addFields(*form, names);
      forms_.push_back({form, process.index});
    }
  }
}

void ProcessNames::addMessage(const std::string& name, Names& names) const {
  for (const OutsideMessage& message : checking_.pack.manifest.messages) {
    if (message.name != name || message.way != Way::comes) continue;
    for (const std::string& variable : message.brings) addName(names, variable, {});
  }
  for (const bpmn::Node& node : model_.nodes()) {
    if (!throws(node) || !node.event || node.event->name != name) continue;
    for (const bpmn::Mapping& input : node.inputs) addName(names, input.name, {});
  }
}

const Names& ProcessNames::of(bpmn::Index process) const {
  static const Names none;
  const auto found = names_.find(process);
  return found == names_.end() ? none : found->second;
}

Names ProcessNames::localsOf(const bpmn::Node& node) const {
  Names names;
  for (bpmn::Index index = node.index; index != bpmn::no_index; index = model_.node(index).parent) {
    const bpmn::Node& each = model_.node(index);
    for (const bpmn::Mapping& input : each.inputs) addName(names, input.name, {});
    if (!each.loop) continue;
    addName(names, each.loop->element_variable, {});
    for (const char* name : {"loopCounter", "numberOfInstances", "numberOfActiveInstances",
                             "numberOfCompletedInstances", "numberOfTerminatedInstances"}) {
      addName(names, name, feel::Type::number());
    }
  }
  return names;
}

Names ProcessNames::broughtBy(const bpmn::Node& node) const {
  Names names;
  if (!node.user.form.empty()) {
    if (const Form* form = checking_.pack.form(node.user.form)) addFields(*form, names);
  }
  for (const OutsideService& service : checking_.pack.manifest.services) {
    const bool called = node.topic.expression ? contains(constantTexts(*node.topic.expression), service.type)
                                              : node.topic.text == service.type;
    if (!called) continue;
    for (const std::string& variable : service.gives) addName(names, variable, {});
  }
  addName(names, node.result, {});
  const bool waits = node.event && !throws(node);
  if (waits &&
      (node.event->trigger == bpmn::Trigger::message || node.event->trigger == bpmn::Trigger::signal)) {
    addMessage(node.event->name, names);
  }
  if (node.kind == NodeKind::receive_task && node.event) addMessage(node.event->name, names);
  return names;
}

std::vector<UsedExpression> expressionsOf(const bpmn::Model& model, const ProcessNames& names) {
  std::vector<UsedExpression> found;
  for (const bpmn::Node& node : model.nodes()) {
    const auto note = [&](const std::optional<feel::Expression>& expression, Text what, Names extra = {},
                          bool outside = false) {
      if (!expression) return;
      found.push_back(
          {&node, &*expression, std::move(what), {node.file, node.line, node.id}, std::move(extra), outside});
    };
    note(node.title, {"标题", "title"});
    note(node.unit, {"主办单位", "unit"});
    note(node.area, {"区域", "area"});
    note(node.party, {"当事人", "party"});
    note(node.search, {"检索文字", "search text"});
    Names seen;  // mappings see the ones before them
    for (const bpmn::Mapping& input : node.inputs) {
      found.push_back({&node,
                       &input.expression,
                       {"输入 " + input.name, "input " + input.name},
                       {node.file, node.line, node.id},
                       seen,
                       true});
      addName(seen, input.name, {});
    }
    seen = names.broughtBy(node);
    for (const bpmn::Mapping& output : node.outputs) {
      found.push_back({&node,
                       &output.expression,
                       {"输出 " + output.name, "output " + output.name},
                       {node.file, node.line, node.id},
                       seen,
                       false});
      addName(seen, output.name, {});
    }
    if (node.clock) note(node.clock->expression, {"时限", "clock"});
    if (node.clock_action) {
      note(node.clock_action->amount, {"延期", "extension"});
      note(node.clock_action->reason, {"理由", "reason"});
    }
    note(node.user.unit, {"单位", "unit"});
    note(node.user.role, {"角色", "role"});
    note(node.user.person, {"人员", "person"});
    note(node.topic.expression, {"服务", "service"});
    note(node.script, {"脚本", "script"});
    if (node.event) {
      note(node.event->key, {"消息键", "key of the message"});
      if (node.event->timer) note(node.event->timer->value.expression, {"定时", "timer"});
    }
    if (node.loop) {
      note(node.loop->cardinality, {"次数", "number of instances"}, {}, true);
      note(node.loop->collection, {"集合", "collection"}, {}, true);
      note(node.loop->output_element, {"输出元素", "output element"}, names.broughtBy(node));
      note(node.loop->completion, {"完成条件", "completion condition"}, names.broughtBy(node));
    }
    for (const bpmn::Index index : node.outgoing) {
      const bpmn::Flow& flow = model.flow(index);
      if (!flow.condition) continue;
      found.push_back({&node,
                       &*flow.condition,
                       {"连线条件", "condition of the flow"},
                       {node.file, flow.line, flow.id},
                       {},
                       true});
    }
  }
  return found;
}

}  // namespace jinyue::packs
