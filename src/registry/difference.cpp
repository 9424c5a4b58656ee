#include "registry/difference.h"

#include <algorithm>

#include "registry/schema_node.h"

namespace jinyue::registry {

using feel::Kind;
using feel::Value;

namespace {

void compare(const Value& before, const Value& after, const std::string& pointer,
             std::vector<Difference>& out) {
  if (before == after) return;
  if (before.is(Kind::context) && after.is(Kind::context)) {
    for (const auto& [name, value] : after.context()) {
      const std::string at = pointer + "/" + pointerStep(name);
      if (const Value* old = before.context().find(name)) compare(*old, value, at, out);
      else out.push_back({at, {}, value});
    }
    for (const auto& [name, value] : before.context()) {
      if (after.context().find(name) == nullptr)
        out.push_back({pointer + "/" + pointerStep(name), value, {}});
    }
    return;
  }
  if (before.is(Kind::list) && after.is(Kind::list)) {
    const auto& old_items = before.list();
    const auto& items = after.list();
    for (std::size_t index = 0; index < std::max(old_items.size(), items.size()); ++index) {
      const std::string at = pointer + "/" + std::to_string(index);
      if (index >= old_items.size()) out.push_back({at, {}, items[index]});
      else if (index >= items.size()) out.push_back({at, old_items[index], {}});
      else compare(old_items[index], items[index], at, out);
    }
    return;
  }
  out.push_back({pointer, before, after});
}

}  // namespace

std::vector<Difference> differencesBetween(const Value& before, const Value& after) {
  std::vector<Difference> out;
  compare(before, after, "", out);
  return out;
}

}  // namespace jinyue::registry
