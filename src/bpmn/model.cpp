#include "bpmn/model.h"

#include <algorithm>

namespace jinyue::bpmn {

const Node* Model::find(std::string_view id) const {
  const auto found = node_by_id_.find(id);
  return found == node_by_id_.end() ? nullptr : &node(found->second);
}

const Flow* Model::findFlow(std::string_view id) const {
  const auto found = flow_by_id_.find(id);
  return found == flow_by_id_.end() ? nullptr : &flow(found->second);
}

const Node* Model::process(std::string_view id) const {
  const Node* found = find(id);
  return found != nullptr && found->kind == NodeKind::process ? found : nullptr;
}

const calendar::ClockRule* Model::clock(std::string_view id) const {
  const auto found = clocks_.find(id);
  return found == clocks_.end() ? nullptr : &found->second;
}

bool Model::isPersonal(std::string_view variable) const {
  return std::ranges::binary_search(personal_, variable, std::less<>{});
}

}  // namespace jinyue::bpmn
