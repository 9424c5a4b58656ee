#include "bpmn/run.h"

#include <algorithm>
#include <unordered_map>

namespace jinyue::bpmn {

Result<Step> step(const Model& model, const State& state, const Command& command, const Actor& actor,
                  const Facts& facts) {
  Run run(model, state, actor, facts);
  if (auto done = run.execute(command); !done) return std::unexpected(std::move(done.error()));
  return std::move(run).finish();
}

void Run::emit(Event event) {
  bpmn::apply(state_, event);
  events_.push_back(std::move(event));
}

const Node& Run::nodeOf(const Element& element) const {
  const Node* found = model_->find(element.node);
  // A state is only ever run on the model that made it, or on one it was migrated to.
  if (found == nullptr) throw std::logic_error("bpmn: the model has no node " + element.node);
  return *found;
}

const Node& Run::insideOf(const Element& scope) const {
  const Node& node = nodeOf(scope);
  return node.kind == NodeKind::call_activity ? model_->node(node.called) : node;
}

bool Run::isInstance(const Element& element) const { return element.item > 0; }

ElementNumber Run::bodyOf(const Element& element) const {
  return isInstance(element) ? element.scope : element.number;
}

void Run::put(ElementNumber scope, Index node, Index flow) { tokens_.push_back({scope, node, flow, 0, {}}); }

bool Run::isAlive(ElementNumber scope) const {
  return state_.status == CaseStatus::active && state_.element(scope) != nullptr;
}

const Incident* Run::incidentOn(ElementNumber element) const {
  const auto found = std::ranges::find(state_.incidents, element, &Incident::element);
  return found == state_.incidents.end() ? nullptr : &*found;
}

/// Moves every token until each waits, and ends what is done.
void Run::settle() {
  while (state_.status == CaseStatus::active) {
    if (!tokens_.empty()) {
      const Token token = std::move(tokens_.front());
      tokens_.pop_front();
      if (isAlive(token.scope)) enter(token);
    } else if (!completeEmptyScopes() && !joinInclusive() && !raiseStuckJoins()) {
      return;
    }
  }
  tokens_.clear();
}

void Run::enter(const Token& token) {
  const Node& node = model_->node(token.node);
  const bool joins = (node.kind == NodeKind::parallel_gateway || node.kind == NodeKind::inclusive_gateway) &&
                     node.incoming.size() > 1 && token.flow != no_index;
  if (++entered_ > max_elements_per_step) {
    Failure endless{
        "loop.endless",
        {"一步之内经过的元素过多，可能是死循环", "too many elements in one step: probably an endless loop"}};
    if (!joins) {
      return park(token.scope, token.node, Phase::entering, std::move(endless), localsOf(token), token.item);
    }
    emit(ElementEntered{next(), token.scope, node.id, model_->flow(token.flow).id, 0, {}, {}});
    return raise(state_.last, Phase::joining, std::move(endless));
  }
  if (token.item > 0) return startInstance(token.scope, node, token.item, localsOf(token));
  switch (node.kind) {
    case NodeKind::parallel_gateway:
    case NodeKind::inclusive_gateway:
      if (joins) return arrive(token);
      [[fallthrough]];
    case NodeKind::exclusive_gateway: return leaveOrPark(token.scope, node, true);
    case NodeKind::start_event: return leaveOrPark(token.scope, node, false);
    case NodeKind::end_event:
    case NodeKind::throw_event: return throwEvent(token, node);
    default: return startActivity(token.scope, node);
  }
}

/// Scopes in which nothing is left end, the innermost first.
bool Run::completeEmptyScopes() {
  std::unordered_map<ElementNumber, int> inside;
  for (const Element& each : state_.elements) ++inside[each.scope];
  std::vector<ElementNumber> empty;
  for (auto each = state_.elements.rbegin(); each != state_.elements.rend(); ++each) {
    if (inside.contains(each->number) || each->loop || !nodeOf(*each).isScope()) continue;
    if (each->number == whole_case || incidentOn(each->number) == nullptr) empty.push_back(each->number);
  }
  for (const ElementNumber number : empty) {
    if (state_.status != CaseStatus::active) break;
    if (state_.element(number) == nullptr) continue;
    if (number == whole_case) completeCase({});
    else completeScope(number);
  }
  return !empty.empty();
}

void Run::completeScope(ElementNumber number) {
  const Element scope = at(number);
  const Node& node = nodeOf(scope);
  disarm(number);
  close(scope, false);
  if (node.kind == NodeKind::event_sub_process) return;
  finishActivity(scope.scope, node, scope.item, {}, scope.variables);
}

void Run::completeCase(std::string terminated_by) {
  describePlace();
  disarm(whole_case);
  closeIncidents(whole_case);
  tokens_.clear();
  emit(CaseCompleted{facts_.feel.now, std::move(terminated_by)});
}

/// The element stays where it failed until somebody looks after it.
void Run::park(ElementNumber scope, Index node, Phase phase, Failure failure, feel::Context variables,
               std::int32_t item) {
  const ElementNumber number = next();
  ElementEntered entered;
  entered.number = number;
  entered.scope = scope;
  entered.node = model_->node(node).id;
  entered.item = item;
  entered.variables = std::move(variables);
  emit(std::move(entered));
  raise(number, phase, std::move(failure));
}

void Run::raise(ElementNumber element, Phase phase, Failure failure) {
  emit(IncidentRaised{next(), element, at(element).node, phase, std::move(failure.code),
                      std::move(failure.message)});
}

}  // namespace jinyue::bpmn
