// Multi-instance activities: a body with one element inside for each instance.
#include "bpmn/run.h"

namespace jinyue::bpmn {

Outcome<void> Run::startLoop(ElementNumber scope, const Node& node) {
  const LoopSpec& spec = *node.loop;
  feel::List items;
  std::int64_t total = 0;
  if (spec.collection) {
    const auto collection = value(*spec.collection, scope, {});
    if (!collection) return std::unexpected(collection.error());
    const feel::List* list = collection->asList();
    if (list == nullptr) {
      return std::unexpected(
          Failure{"loop.no-list",
                  {"多实例的集合不是列表：" + spec.collection->text(),
                   "the collection of the multi-instance is no list: " + spec.collection->text()}});
    }
    items = *list;
    total = static_cast<std::int64_t>(items.size());
  } else {
    const auto cardinality = value(*spec.cardinality, scope, {});
    if (!cardinality) return std::unexpected(cardinality.error());
    const auto count = cardinality->asInt64();
    if (!count || *count < 0) {
      return std::unexpected(
          Failure{"loop.no-count",
                  {"多实例的数量不是整数：" + spec.cardinality->text(),
                   "the cardinality of the multi-instance is no whole number: " + spec.cardinality->text()}});
    }
    total = *count;
  }
  if (total > max_loop_instances) {
    return std::unexpected(Failure{"loop.too-many",
                                   {"多实例数量超过 " + std::to_string(max_loop_instances),
                                    "more than " + std::to_string(max_loop_instances) + " instances"}});
  }
  auto arms = planArms(node.boundary, View(scope, {}));
  if (!arms) return std::unexpected(std::move(arms.error()));
  const ElementNumber body = next();
  LoopStart start{static_cast<std::int32_t>(total), spec.sequential, {}};
  if (spec.sequential) start.items = items;
  emit(ElementEntered{body, scope, node.id, {}, 0, {}, std::move(start)});
  arm(body, std::move(*arms));
  if (total == 0) {
    finishLoop(body);
    return {};
  }
  const std::int32_t begun = spec.sequential ? 1 : static_cast<std::int32_t>(total);
  for (std::int32_t item = 1; item <= begun; ++item) {
    const auto at = static_cast<std::size_t>(item - 1);
    tokens_.push_back({body, node.index, no_index, item, at < items.size() ? items[at] : feel::Value{}});
  }
  return {};
}

/// What a multi-instance gives to one instance.
feel::Context Run::localsOf(const Token& token) const {
  feel::Context locals;
  if (token.item == 0) return locals;
  locals.set("loopCounter", token.item);
  const LoopSpec& loop = *model_->node(token.node).loop;
  if (!loop.element_variable.empty()) locals.set(loop.element_variable, token.value);
  return locals;
}

/// Whether the completion condition of a multi-instance holds now.
Outcome<bool> Run::isLoopEnough(ElementNumber body, const Node& node) const {
  if (!node.loop->completion) return false;
  const Loop& loop = *at(body).loop;
  std::int64_t active = 0;
  for (const Element& each : state_.elements) active += each.scope == body ? 1 : 0;
  for (const Token& each : tokens_) active += each.scope == body ? 1 : 0;
  const feel::Context counters{{"numberOfInstances", loop.total},
                               {"numberOfActiveInstances", active},
                               {"numberOfCompletedInstances", loop.done},
                               {"numberOfTerminatedInstances", 0}};
  const feel::Context* seen = &counters;
  return condition(*node.loop->completion, body, Locals{&seen, 1});
}

void Run::finishItem(ElementNumber body, const Node& node, std::int32_t item, feel::Value result) {
  emit(LoopItemDone{body, node.id, item - 1, std::move(result)});
  if (at(body).loop->done >= at(body).loop->total) return finishLoop(body);
  auto enough = isLoopEnough(body, node);
  if (enough && *enough) {
    cancelInside(body);
    return finishLoop(body);
  }
  // A condition that fails stops nothing: the other instances go on while somebody looks.
  if (!enough && incidentOn(body) == nullptr) raise(body, Phase::completing, std::move(enough.error()));
  const Loop& loop = *at(body).loop;
  if (!loop.sequential) return;
  const auto next_item = static_cast<std::size_t>(loop.done);
  tokens_.push_back({body, node.index, no_index, loop.done + 1,
                     next_item < loop.items.size() ? loop.items[next_item] : feel::Value{}});
}

void Run::finishLoop(ElementNumber body) {
  const Element element = at(body);
  const Node& node = nodeOf(element);
  disarm(body);
  closeIncidents(body);
  emit(ElementLeft{body, false});
  if (!node.loop->output_collection.empty()) {
    feel::Context collected;
    collected.set(node.loop->output_collection, feel::Value(element.loop->results));
    setVariables(element.scope, collected);
  }
  leaveOrPark(element.scope, node, false);
}

}  // namespace jinyue::bpmn
