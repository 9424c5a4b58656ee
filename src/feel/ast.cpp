#include "feel/ast.h"

#include <algorithm>

namespace jinyue::feel {

std::string_view symbolOf(Operation operation) {
  switch (operation) {
    case Operation::none: return "";
    case Operation::equal: return "=";
    case Operation::unequal: return "!=";
    case Operation::less: return "<";
    case Operation::less_equal: return "<=";
    case Operation::greater: return ">";
    case Operation::greater_equal: return ">=";
    case Operation::add: return "+";
    case Operation::subtract: return "-";
    case Operation::multiply: return "*";
    case Operation::divide: return "/";
    case Operation::power: return "**";
  }
  return "";
}

RangeForm formOf(Operation operation) {
  switch (operation) {
    case Operation::unequal: return RangeForm::unequal;
    case Operation::less: return RangeForm::less;
    case Operation::less_equal: return RangeForm::less_equal;
    case Operation::greater: return RangeForm::greater;
    case Operation::greater_equal: return RangeForm::greater_equal;
    default: return RangeForm::equal;
  }
}

void Node::add(std::unique_ptr<Node> child) {
  height = std::max(height, child->height + 1);
  children.push_back(std::move(child));
}

bool Node::operator==(const Node& other) const {
  return kind == other.kind && operation == other.operation && start_included == other.start_included &&
         end_included == other.end_included && negated == other.negated && text == other.text &&
         value == other.value && names == other.names && types == other.types &&
         std::ranges::equal(children, other.children, [](const auto& a, const auto& b) { return *a == *b; });
}

}  // namespace jinyue::feel
