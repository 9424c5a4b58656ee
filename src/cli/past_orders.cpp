#include "cli/past_orders.h"

#include <algorithm>

namespace jinyue::cli {

std::vector<hotline::PastOrder> pastOrders(store::Store& store, const casework::Seal& seal) {
  constexpr std::size_t most = 200'000;
  std::vector<hotline::PastOrder> orders;
  store::CaseFilter filter;
  filter.process = "hotline-order";
  filter.scope = store::everything();
  store::PageRequest page{500, {}};
  do {
    const auto found = store.listCases(filter, page);
    std::vector<store::CaseId> ids;
    for (const store::CaseRow& row : found.rows) ids.push_back(row.id);
    for (const store::CaseRow& row : store.loadCases(ids)) {
      const auto state = seal.open(row);
      if (!state) throw store::StoreFault(describe(state.error()));
      const auto text = [&](const char* name) {
        const feel::Value* value = state->variables().find(name);
        return std::string{value ? value->asString().value_or("") : ""};
      };
      const feel::Value* dispatched = state->variables().find("dispatched_at");
      if (text("category").empty() || !dispatched) continue;
      orders.push_back({row.title, text("category"), text("unit")});
    }
    page.after = found.next;
  } while (!page.after.empty() && orders.size() < most);
  std::ranges::reverse(orders);
  return orders;
}

}  // namespace jinyue::cli
