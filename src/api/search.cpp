// /search: full text over cases, entries of registers and guides, narrowed by the caller's scope in the
// query.

#include "api/endpoint.h"
#include "api/paging.h"
#include "api/rooms.h"
#include "search/searcher.h"

namespace jinyue::api {
namespace {

using identity::Permission;

struct SearchQuery : PageQuery {
  std::string q;
  std::optional<store::TextKind> kind;
  std::optional<store::CaseStatus> status;
  std::optional<std::string> process;
  std::optional<std::string> area;
  std::optional<std::string> unit;
  std::optional<search::Order> order;
  static std::vector<About> about() {
    return {
        {"q",
         {"要找的词，空格分开，须全部出现；姓名可用拼音首字母",
          "words, all of which must be there; names also by pinyin initials"},
         R"("路灯")",
         1,
         200},
        {"kind",
         {"matter 办件，entry 登记条目，guide 指南",
          "matter: cases; entry: entries of registers; guide: guides"}},
        {"status", {"办件状态", "status of cases"}},
        {"process", {"流程、登记册或系统包", "process, register or pack"}},
        {"area", {"区划代码", "region or zone code"}},
        {"unit", {"单位", "unit"}},
        {"order", {"newest 新的在前（默认），relevance 最相关的在前", "newest (without it) or relevance"}},
        {"after", {"上一页给出的游标 next", "the cursor `next` of the page before"}},
        {"limit", {"每页条数，默认 50", "items of a page; 50 without it"}, "50", 1, 100}};
  }
};
BOOST_DESCRIBE_STRUCT(SearchQuery, (PageQuery), (q, kind, status, process, area, unit, order))

struct SuggestQuery {
  std::string q;
  std::optional<store::TextKind> kind;
  std::optional<std::string> process;
  std::optional<int> limit;
  static std::vector<About> about() {
    return {{"q",
             {"名称的开头、词或拼音首字母", "how a name begins, a word of it, or initials"},
             R"("xhmb")",
             1,
             100},
            {"limit", {"条数，默认 10", "how many; 10 without it"}, "10", 1, 50}};
  }
};
BOOST_DESCRIBE_STRUCT(SuggestQuery, (), (q, kind, process, limit))

struct HitView {
  std::int64_t id = 0;
  store::TextKind kind = store::TextKind::matter;
  std::string process;
  std::string area;
  std::string unit;
  store::CaseStatus status = store::CaseStatus::active;
  Instant at;
  search::Marked title;
  std::vector<search::Marked> names;
  search::Marked excerpt;
  static std::vector<About> about() {
    return {{"id", {"办件号或条目编号", "number of the case or the entry"}},
            {"title", {"标题及命中位置（UTF-8 字节）", "title and where the words are, in bytes of UTF-8"}}};
  }
};
BOOST_DESCRIBE_STRUCT(HitView, (), (id, kind, process, area, unit, status, at, title, names, excerpt))

struct SuggestionView {
  std::int64_t id = 0;
  store::TextKind kind = store::TextKind::entry;
  std::string process;
  search::Marked name;
};
BOOST_DESCRIBE_STRUCT(SuggestionView, (), (id, kind, process, name))
struct Suggestions {
  std::vector<SuggestionView> items;
};
BOOST_DESCRIBE_STRUCT(Suggestions, (), (items))

search::Scopes scopesOf(Call& call) {
  search::Scopes scopes;
  store::RowScope rows = call.rows();
  if (rows.all) return {store::TextScope{}};
  for (store::ScopeAlternative& each : rows.alternatives) {
    store::TextScope scope;
    scope.processes = std::move(each.processes);
    scope.areas = std::move(each.areas);
    scope.units = std::move(each.units);
    scope.statuses = std::move(each.statuses);
    if (each.party) scope.parties = {std::move(*each.party)};
    scopes.push_back(std::move(scope));
  }
  return scopes;
}

template <class T>
std::vector<T> listOf(const std::optional<T>& one) {
  return one ? std::vector<T>{*one} : std::vector<T>{};
}

/// Numbers of people are found by their keyed hashes, by those who may read personal data.
search::LookupFn lookupsOf(const Rooms& rooms, const Call& call) {
  if (!call.caller->may(Permission::personal_read)) return {};
  return [&vault = rooms.vault](std::string_view word) {
    std::vector<std::string> lookups;
    for (const auto field : {identity::FieldClass::phone, identity::FieldClass::id_number}) {
      const std::string normal = identity::normalised(field, word);
      if (normal.size() >= 7) lookups.push_back(vault.lookup(identity::wordOf(field), normal));
    }
    return lookups;
  };
}

}  // namespace

void addSearch(Endpoints& endpoints, const Rooms& rooms) {
  endpoints.add({.path = "/search",
                 .name = "search",
                 .tag = "search",
                 .summary = {"全文检索", "full text search"},
                 .access = needs(Permission::search_read, Reach::rows)},
                [rooms](Call& call, const In<None, SearchQuery>& in) -> Result<Answer<Listing<HitView>>> {
                  search::Request request;
                  request.text = in.query.q;
                  request.filter.kinds = listOf(in.query.kind);
                  request.filter.processes = listOf(in.query.process);
                  request.filter.areas = listOf(in.query.area);
                  request.filter.units = listOf(in.query.unit);
                  request.status = in.query.status;
                  request.order = in.query.order.value_or(search::Order::newest);
                  request.lookups = lookupsOf(rooms, call);
                  auto page = rooms.searcher.search(
                      scopesOf(call), request, {in.query.limit.value_or(50), in.query.after.value_or("")});
                  if (!page) return std::unexpected(std::move(page).error());
                  return listingOf(*page, [](const search::Hit& hit) {
                    return HitView{hit.id,     hit.kind, hit.process, hit.area,  hit.unit,
                                   hit.status, hit.at,   hit.title,   hit.names, hit.excerpt};
                  });
                });
  endpoints.add(
      {.path = "/search/suggestions",
       .name = "suggest",
       .tag = "search",
       .summary = {"名称联想，含拼音首字母", "names that begin so, also by pinyin initials"},
       .access = needs(Permission::search_read, Reach::rows)},
      [rooms](Call& call, const In<None, SuggestQuery>& in) -> Result<Answer<Suggestions>> {
        store::TextScope filter;
        filter.kinds = listOf(in.query.kind);
        filter.processes = listOf(in.query.process);
        auto found = rooms.searcher.suggest(scopesOf(call), in.query.q, filter, in.query.limit.value_or(10));
        if (!found) return std::unexpected(std::move(found).error());
        Suggestions suggestions;
        for (search::Suggestion& each : *found) {
          suggestions.items.push_back({each.id, each.kind, std::move(each.process), std::move(each.name)});
        }
        return suggestions;
      });
}

}  // namespace jinyue::api
