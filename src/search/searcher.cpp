#include "search/searcher.h"

#include <algorithm>
#include <set>

#include "base/text.h"
#include "store/check.h"

namespace jinyue::search {
namespace {

constexpr int most_hits = 100;
constexpr int most_candidates = 500;  ///< that are ranked
constexpr int most_rounds = 4;        ///< of asking the store on, for a page that did not fill

store::TextQuery storeQuery(const Scopes& scopes, const Query& query, const store::TextScope& filter,
                            std::optional<store::CaseStatus> status = {}) {
  store::TextQuery wanted;
  for (const Word& word : query) wanted.words.push_back(word.ways);
  wanted.scope = scopes;
  wanted.filter = filter;
  wanted.status = status;
  return wanted;
}

/// Rows that have all words, newest first, and where to go on.
store::Page<store::TextRow> rowsOf(store::Store& store, const store::TextQuery& wanted, const Query& query,
                                   const store::PageRequest& page) {
  store::Page<store::TextRow> hits{{}, page.after};
  for (int round = 0; round < most_rounds; ++round) {
    auto found = store.searchTexts(wanted, {page.limit, hits.next});
    hits.next = found.next;
    for (std::size_t index = 0; index < found.rows.size(); ++index) {
      store::TextRow& row = found.rows[index];
      if (!isHit(row, query)) continue;
      hits.rows.push_back(std::move(row));
      if (hits.rows.size() < static_cast<std::size_t>(page.limit)) continue;
      const bool is_last = index + 1 == found.rows.size();
      if (!is_last) hits.next = store::writeCursor({hits.rows.back().id, 0, 0});
      return hits;
    }
    if (hits.next.empty()) break;
  }
  return hits;
}

std::vector<std::string_view> namesOf(const store::TextRow& row) {
  std::vector<std::string_view> names;
  for (std::string_view rest = row.names; !rest.empty();) {
    const auto end = rest.find('\n');
    names.push_back(rest.substr(0, end));
    rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end + 1);
  }
  return names;
}

Hit hitOf(const store::TextRow& row, const Query& query) {
  Hit hit{row.id,      row.kind,
          row.process, row.area,
          row.unit,    row.status,
          row.at,      markedText(row.title, query),
          {},          excerptOf(row.text, query)};
  for (const auto name : namesOf(row)) hit.names.push_back(markedText(name, query, Where::name));
  return hit;
}

store::Page<Hit> hitsOf(const store::Page<store::TextRow>& rows, const Query& query) {
  store::Page<Hit> hits{{}, rows.next};
  for (const auto& row : rows.rows) hits.rows.push_back(hitOf(row, query));
  return hits;
}

/// The best of the newest. The cursor is the number of hits given and the newest id at the start, so that
/// what comes meanwhile moves nothing.
store::Page<store::TextRow> bestOf(store::Store& store, const store::TextQuery& wanted, const Query& query,
                                   const store::PageRequest& page) {
  const auto [given, newest, unused] = store::readCursor(page.after, {0, INT64_MAX, 0});
  auto rows = rowsOf(store, wanted, query, {most_candidates, store::writeCursor({newest, 0, 0})}).rows;
  if (rows.empty()) return {};
  const std::int64_t start = page.after.empty() ? rows.front().id + 1 : newest;
  std::vector<std::pair<int, std::int64_t>> order;
  for (std::size_t index = 0; index < rows.size(); ++index)
    order.emplace_back(-relevance(rows[index], query), static_cast<std::int64_t>(index));
  std::ranges::sort(order);
  store::Page<store::TextRow> best;
  const auto size = static_cast<std::int64_t>(order.size());
  const std::int64_t end = std::min(size, given + page.limit);
  for (std::int64_t at = std::max<std::int64_t>(given, 0); at < end; ++at) {
    best.rows.push_back(
        std::move(rows[static_cast<std::size_t>(order[static_cast<std::size_t>(at)].second)]));
  }
  if (end < size) best.next = store::writeCursor({end, start, 0});
  return best;
}

/// A name and how well it fits; larger is better.
struct Candidate {
  int fit = 0;
  Suggestion suggestion;
};

void addNames(const store::TextRow& row, const Query& query, std::vector<Candidate>& candidates) {
  for (const auto name : namesOf(row)) {
    store::TextRow alone;
    alone.names = name;
    const bool has_all = std::ranges::all_of(
        query, [&](const Word& word) { return !highlights(name, {word}, Where::name).empty(); });
    if (!has_all) continue;
    candidates.push_back(
        {relevance(alone, query), {row.id, row.kind, row.process, markedText(name, query, Where::name)}});
  }
}

std::unexpected<Problem> refuseCursor() {
  return refuse(ProblemKind::invalid, "search.cursor",
                {"这不是搜索结果给出的翻页标记", "This is not the cursor of a page of hits"});
}

}  // namespace

Result<store::Page<Hit>> Searcher::search(const Scopes& scopes, const Request& request,
                                          const store::PageRequest& page) const {
  store::checkLimit(page.limit, most_hits);
  if (!store::isCursor(page.after)) return refuseCursor();
  const auto query = parseQuery(request.text, request.lookups);
  if (!query) return std::unexpected(query.error());
  const auto wanted = storeQuery(scopes, *query, request.filter, request.status);
  const auto rows = request.order == Order::relevance ? bestOf(store_, wanted, *query, page)
                                                      : rowsOf(store_, wanted, *query, page);
  return hitsOf(rows, *query);
}

Result<std::vector<Suggestion>> Searcher::suggest(const Scopes& scopes, const std::string& text,
                                                  const store::TextScope& filter, int limit) const {
  store::checkLimit(limit, most_hits);
  const auto query = parseQuery(text);
  if (!query) return std::unexpected(query.error());
  const auto rows = rowsOf(store_, storeQuery(scopes, *query, filter), *query, {most_candidates, {}});
  std::vector<Candidate> candidates;
  for (const auto& row : rows.rows) addNames(row, *query, candidates);
  // Of names that fit alike, the shorter says more; of equal names, the newest row.
  std::ranges::sort(candidates, [](const Candidate& a, const Candidate& b) {
    if (a.fit != b.fit) return a.fit > b.fit;
    const auto length = [](const Candidate& one) { return one.suggestion.name.text.size(); };
    if (length(a) != length(b)) return length(a) < length(b);
    return a.suggestion.id > b.suggestion.id;
  });
  std::vector<Suggestion> suggestions;
  std::set<std::string_view> seen;
  for (const Candidate& candidate : candidates) {
    if (suggestions.size() == static_cast<std::size_t>(limit)) break;
    if (seen.insert(candidate.suggestion.name.text).second) suggestions.push_back(candidate.suggestion);
  }
  return suggestions;
}

}  // namespace jinyue::search
