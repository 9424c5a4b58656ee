#include "casework/deploy.h"

#include "bpmn/span.h"

namespace jinyue::casework {
namespace {

/// The timer's text: as written, or as its expression says.
std::string timerText(const bpmn::TextOrExpression& value, const feel::Facts& facts) {
  if (!value.expression) return value.text;
  const feel::Value result = value.expression->evaluate(feel::Context{}, facts).value;
  return std::string{result.asString().value_or("")};
}

/// Adds the rows that arm (or, for the version before, disarm) the start events of a definition.
template <class Visit>
void forEachStart(const Definition& definition, Visit&& visit) {
  for (const bpmn::Index process : definition.model->processes()) {
    for (const bpmn::Index index : definition.model->node(process).starts) {
      const bpmn::Node& start = definition.model->node(index);
      if (start.event) visit(start, startKey(definition, index));
    }
  }
}

void dropStarts(const Definition& definition, store::Batch& rows) {
  forEachStart(definition, [&](const bpmn::Node& start, const ElementKey& key) {
    if (start.event->trigger == bpmn::Trigger::timer) rows.drop_timers.push_back(key);
    else rows.drop_subscriptions.push_back(key);
  });
}

}  // namespace

std::optional<Instant> nextStart(const Definition& definition, const bpmn::Node& start, Instant after,
                                 const feel::Facts& facts) {
  const bpmn::TimerSpec& timer = *start.event->timer;
  const std::string text = timerText(timer.value, facts);
  const auto ifLater = [after](std::optional<Instant> due) {
    return due && *due > after ? due : std::nullopt;
  };
  if (timer.kind == bpmn::TimerKind::date) return ifLater(bpmn::parseMoment(text));
  if (timer.kind == bpmn::TimerKind::duration) {
    const auto span = bpmn::parseSpan(text);
    return span ? ifLater(bpmn::addSpan(definition.deployed, *span)) : std::nullopt;
  }
  const auto cycle = bpmn::parseCycle(text);
  if (!cycle || !cycle->every.isPositive()) return std::nullopt;
  const Instant first = cycle->start.value_or(bpmn::addSpan(definition.deployed, cycle->every));
  // Counted from the first time, so that a cycle keeps its day and hour whenever it is deployed. A month has
  // at most 31 days, so as many turns have surely gone by.
  const auto turn = [&](std::int64_t count) {
    return bpmn::addSpan(first, {cycle->every.months * count, cycle->every.time * count});
  };
  const Millis longest = std::chrono::days{31} * cycle->every.months + cycle->every.time;
  std::int64_t count = after < first ? 0 : (after - first) / longest;
  while (turn(count) <= after) ++count;
  if (cycle->repetitions < 0 || count < cycle->repetitions) return turn(count);
  return std::nullopt;
}

Result<void> disarm(Engine& engine, const Definition& definition) {
  store::Batch rows;
  dropStarts(definition, rows);
  return engine.writeRows(std::move(rows));
}

Result<std::shared_ptr<const Definition>> deploy(Definitions& definitions, Engine& engine,
                                                 const Deployment& deployment, Instant now) {
  std::shared_ptr<const Definition> before;
  if (auto found = definitions.latest(deployment.name)) before = std::move(*found);
  auto added = definitions.add(deployment, now);
  if (!added) return added;
  const Definition& definition = **added;

  store::Batch rows;
  if (before) dropStarts(*before, rows);
  const feel::Facts facts = definitions.facts(definition, now).feel;
  forEachStart(definition, [&](const bpmn::Node& start, const ElementKey& key) {
    switch (start.event->trigger) {
      case bpmn::Trigger::timer:
        if (const auto due = nextStart(definition, start, now, facts)) rows.put_timers.push_back({key, *due});
        break;
      case bpmn::Trigger::message:
        rows.put_subscriptions.push_back({key, store::SubscriptionKind::message, start.event->name, {}});
        break;
      case bpmn::Trigger::signal:
        rows.put_subscriptions.push_back({key, store::SubscriptionKind::signal, start.event->name, {}});
        break;
      default: break;
    }
  });
  if (auto armed = engine.writeRows(std::move(rows)); !armed) return std::unexpected(armed.error());
  return added;
}

}  // namespace jinyue::casework
