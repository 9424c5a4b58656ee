// Ways out of a node, and gateways where ways come together.
#include <algorithm>
#include <set>

#include "bpmn/run.h"

namespace jinyue::bpmn {

Outcome<std::vector<Index>> Run::chooseFlows(ElementNumber scope, const Node& node) const {
  const bool choosy = std::ranges::any_of(
      node.outgoing, [&](Index out) { return out == node.default_flow || model_->flow(out).condition; });
  if (!choosy) return node.outgoing;
  std::vector<Index> chosen;
  for (const Index out : node.outgoing) {
    if (out == node.default_flow) continue;
    const Flow& flow = model_->flow(out);
    if (flow.condition) {
      const auto holds = condition(*flow.condition, scope, {});
      if (!holds) return std::unexpected(holds.error());
      if (!*holds) continue;
    }
    chosen.push_back(out);
    if (node.kind == NodeKind::exclusive_gateway) return chosen;
  }
  if (chosen.empty() && node.default_flow != no_index) chosen.push_back(node.default_flow);
  if (chosen.empty()) {
    return std::unexpected(
        Failure{"flow.none",
                {"没有一条出路的条件成立，也没有默认连线：" + node.id,
                 "no way out has a condition that holds, and none is the default: " + node.id}});
  }
  return chosen;
}

/// Sends tokens on; when no way can be chosen the token waits here as an incident.
void Run::leaveOrPark(ElementNumber scope, const Node& node, bool note) {
  auto flows = chooseFlows(scope, node);
  if (!flows) return park(scope, node.index, Phase::leaving, std::move(flows.error()));
  sendOn(scope, node, *flows, note);
}

void Run::sendOn(ElementNumber scope, const Node& node, const std::vector<Index>& flows, bool note) {
  const bool chose = flows.size() < node.outgoing.size() ||
                     (node.outgoing.size() > 1 && node.kind == NodeKind::inclusive_gateway);
  if (note || chose) {
    Passed passed{scope, node.id, {}};
    if (chose) {
      for (const Index flow : flows) passed.flows.push_back(model_->flow(flow).id);
    }
    emit(std::move(passed));
  }
  for (const Index flow : flows) put(scope, model_->flow(flow).target, flow);
}

/// A token has come to a gateway where ways come together; it waits for the others.
void Run::arrive(const Token& token) {
  const Node& node = model_->node(token.node);
  emit(ElementEntered{next(), token.scope, node.id, model_->flow(token.flow).id, 0, {}, {}});
  if (node.kind == NodeKind::parallel_gateway) joinParallel(token.scope, node);
}

std::vector<ElementNumber> Run::tokensAt(ElementNumber scope, const Node& node) const {
  std::vector<ElementNumber> tokens;
  std::vector<std::string_view> flows;
  for (const Element& each : state_.elements) {
    if (each.scope != scope || each.flow.empty() || each.node != node.id) continue;
    if (std::ranges::find(flows, each.flow) != flows.end()) continue;
    flows.push_back(each.flow);
    tokens.push_back(each.number);
  }
  return tokens;
}

bool Run::joinParallel(ElementNumber scope, const Node& node) {
  if (tokensAt(scope, node).size() < node.incoming.size()) return false;
  joinNow(scope, node);
  return true;
}

/// One token from each way that has one goes into one that goes on.
void Run::joinNow(ElementNumber scope, const Node& node) {
  std::vector<ElementNumber> tokens = tokensAt(scope, node);
  for (const ElementNumber token : tokens) closeIncidents(token);
  emit(Joined{scope, node.id, std::move(tokens)});
  leaveOrPark(scope, node, true);
}

namespace {

struct Place {
  ElementNumber scope;
  Index node;
  auto operator<=>(const Place&) const = default;
};

}  // namespace

/// Whether some other token in the scope can still come to a way on which none waits, and not to one on which
/// one waits (for a parallel gateway the second part doesn't count).
bool Run::canReachMissing(ElementNumber scope, const Node& node) const {
  std::vector<bool> full(node.incoming.size());
  for (const ElementNumber token : tokensAt(scope, node)) {
    for (std::size_t way = 0; way < node.incoming.size(); ++way) {
      if (model_->flow(node.incoming[way]).id == at(token).flow) full[way] = true;
    }
  }
  return std::ranges::any_of(state_.elements, [&](const Element& each) {
    if (each.scope != scope || each.node == node.id) return false;
    const auto reached = node.reach.find(nodeOf(each).index);
    if (reached == node.reach.end()) return false;
    bool to_missing = false;
    bool to_full = false;
    for (std::size_t way = 0; way < full.size(); ++way) {
      if (reached->second[way]) (full[way] ? to_full : to_missing) = true;
    }
    return to_missing && (node.kind == NodeKind::parallel_gateway || !to_full);
  });
}

/// Lets the inclusive joins go on for which no other token can come any more (BPMN 2.0.2, section 13.4.3).
bool Run::joinInclusive() {
  for (const Element& each : state_.elements) {
    if (each.flow.empty()) continue;
    const Node& node = nodeOf(each);
    if (node.kind != NodeKind::inclusive_gateway || canReachMissing(each.scope, node)) continue;
    joinNow(each.scope, node);
    return true;
  }
  return false;
}

/// A join that waits for what can't come any more is an incident, not a case that is stuck for ever.
bool Run::raiseStuckJoins() {
  std::set<Place> seen;
  for (const Element& each : state_.elements) {
    if (each.flow.empty()) continue;
    const Node& node = nodeOf(each);
    if (!seen.insert({each.scope, node.index}).second) continue;
    const auto tokens = tokensAt(each.scope, node);
    if (std::ranges::any_of(tokens, [&](ElementNumber token) { return incidentOn(token) != nullptr; }))
      continue;
    const bool only_joins = std::ranges::all_of(state_.elements, [&](const Element& other) {
      return other.scope != each.scope || (!other.flow.empty() && incidentOn(other.number) == nullptr);
    });
    if (canReachMissing(each.scope, node) && !only_joins) continue;
    raise(each.number, Phase::joining,
          {"join.stuck",
           {"汇合网关等待的令牌不会再来：" + node.id,
            "the join waits for a token that can't come any more: " + node.id}});
    return true;
  }
  return false;
}

}  // namespace jinyue::bpmn
