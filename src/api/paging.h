// Pages of lists: the two parameters that every list takes.
#pragma once

#include "api/parameters.h"
#include "store/store.h"

namespace jinyue::api {

/// Lists derive their query from it.
struct PageQuery {
  std::optional<std::string> after;
  std::optional<int> limit;
  static std::vector<About> about() {
    return {{"after", {"上一页给出的游标 next", "the cursor `next` of the page before"}},
            {"limit", {"每页条数，默认 50", "items of a page; 50 without it"}, "50", 1, 200}};
  }
};
BOOST_DESCRIBE_STRUCT(PageQuery, (), (after, limit))

/// Refuses what can't be a cursor of ours.
inline Result<store::PageRequest> pageOf(const PageQuery& query) {
  store::PageRequest page{query.limit.value_or(50), query.after.value_or("")};
  if (store::isCursor(page.after)) return page;
  return refuse(ProblemKind::invalid, "request.cursor", {"翻页游标无效", "this is no cursor of a page"},
                "after", {"请从第一页开始", "begin with the first page"});
}

/// A page of rows as a page of what is shown of them.
template <class Row, class Show>
auto listingOf(const store::Page<Row>& page, Show show) {
  Listing<decltype(show(page.rows.front()))> listing;
  listing.items.reserve(page.rows.size());
  for (const Row& row : page.rows) listing.items.push_back(show(row));
  if (!page.next.empty()) listing.next = page.next;
  return listing;
}

}  // namespace jinyue::api
