// Full text. GIN gives all rows that have a token before the first can be read, so the newest rows are walked
// one by one first; a word that many have fills its page there. What is rarer is asked of the index for ever
// larger groups of buckets (text_match.h), from the newest on, so that each step reads few rows again.
#include <algorithm>

#include "store/postgres/postgres_store.h"
#include "store/rows.h"
#include "store/text_match.h"

namespace jinyue::store::postgres {
namespace {

constexpr std::int64_t largest_group = 64;
/// Rows read at a time when some of them may be of a status that no scope lets through.
constexpr std::int64_t looked_at_once = 500;

class TextSearch {
 public:
  TextSearch(Connection& connection, const TextQuery& query, const PageRequest& page)
      : connection_(connection),
        query_(query),
        wanted_(static_cast<std::size_t>(page.limit) + 1),
        before_(readCursor(page.after, {INT64_MAX, 0, 0})[0]),
        looks_(asksForStatus(query)) {}

  std::vector<TextRow> run() {
    read(Sql::walk_texts, {});
    if (isFull()) return std::move(rows_);
    const Rows newest = connection_.run(Sql::newest_text, Params::of(before_));
    std::int64_t bucket = newest.empty() ? -1 : newest[0].integer(0) >> bucket_bits;
    for (std::int64_t size = 1; size <= largest_group && bucket >= 0 && !isFull(); size *= 4) {
      const Buckets group{std::max<std::int64_t>(0, bucket - size + 1), bucket};
      read(Sql::find_texts, group);
      bucket = group.first - 1;
    }
    if (bucket >= 0 && !isFull()) read(Sql::find_texts, {});
    return std::move(rows_);
  }

 private:
  bool isFull() const { return rows_.size() >= wanted_; }

  void read(Sql id, std::optional<Buckets> buckets) {
    const std::string match = matchOf(query_, MatchDialect::tsquery, buckets);
    for (bool more = true; more && !isFull();) {
      const auto limit = looks_ ? looked_at_once : static_cast<std::int64_t>(wanted_ - rows_.size());
      const Rows found = connection_.run(id, Params::of(match, before_, onlyStatus(query_), limit));
      more = looks_ && id == Sql::find_texts && static_cast<std::int64_t>(found.size()) == limit;
      for (auto& row : found.all(readText<Row>)) {
        if (isFull()) break;
        before_ = row.id;
        if (!looks_ || isInScope(query_, row)) rows_.push_back(std::move(row));
      }
    }
  }

  Connection& connection_;
  const TextQuery& query_;
  std::size_t wanted_;
  std::int64_t before_;  ///< id of the last row found
  bool looks_;
  std::vector<TextRow> rows_;
};

}  // namespace

Page<TextRow> PostgresStore::searchTexts(const TextQuery& query, const PageRequest& page) {
  checkTextQuery(query);
  checkPage(page);
  if (matchOf(query, MatchDialect::tsquery).empty()) return {};
  auto rows =
      searchers_.use([&](Connection& connection) { return TextSearch(connection, query, page).run(); });
  return makePage(std::move(rows), page.limit, [](const TextRow& row) { return cursorOf(row); });
}

}  // namespace jinyue::store::postgres
