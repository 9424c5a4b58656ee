// Full text: rows of texts and their tokens in FTS5.
#include <algorithm>

#include "store/rows.h"
#include "store/sqlite/sqlite_store.h"
#include "store/text_match.h"

namespace jinyue::store::sqlite {
namespace {

/// Rows with the words but another status that one call passes over.
constexpr int most_passed = 5'000;

/// FTS5 writes out what it has gathered whenever a number is not above the last one, so all come in order.
std::vector<const TextRow*> inOrder(const std::vector<TextRow>& rows) {
  std::vector<const TextRow*> ordered;
  ordered.reserve(rows.size());
  for (const TextRow& row : rows) ordered.push_back(&row);
  std::ranges::sort(ordered, {}, &TextRow::id);
  return ordered;
}

}  // namespace

void SqliteStore::writeTexts(const Batch& batch) {
  if (!batch.drop_texts.empty()) {
    std::vector<std::int64_t> ids = batch.drop_texts;
    std::ranges::sort(ids);
    Query text = writer_.query(Sql::drop_text);
    Query tokens = writer_.query(Sql::delete_tokens);
    for (const std::int64_t id : ids) {
      text.bind(id).run();
      tokens.bind(id).run();
    }
  }
  if (batch.put_texts.empty()) return;
  Query put = writer_.query(Sql::put_text);
  Query old_tokens = writer_.query(Sql::tokens_of_text);
  Query take_out = writer_.query(Sql::delete_tokens);
  Query insert = writer_.query(Sql::insert_tokens);
  for (const TextRow* row : inOrder(batch.put_texts)) {
    put.bind(row->id, row->kind, row->process, row->area, row->unit, row->party, row->status, row->at,
             row->title, row->names, row->text)
        .run();
    const std::string tokens = indexedTokens(*row);
    old_tokens.bind(row->id);
    const bool is_there = old_tokens.step();
    const bool is_same = is_there && old_tokens.bytes(0) == tokens;
    old_tokens.reset();
    if (is_same) continue;
    if (is_there) take_out.bind(row->id).run();
    insert.bind(row->id, tokens).run();
  }
}

Page<TextRow> SqliteStore::searchTexts(const TextQuery& query, const PageRequest& page) {
  checkTextQuery(query);
  checkPage(page);
  const std::string match = matchOf(query, MatchDialect::fts5);
  if (match.empty()) return {};
  const auto [before, unused_1, unused_2] = readCursor(page.after, {INT64_MAX, 0, 0});
  const ReadPool::Lease reader(readers_);
  Query found = reader->query(Sql::search_texts);
  found.bind(match, before);
  Page<TextRow> hits;
  const auto only = onlyStatus(query);
  const bool looks = asksForStatus(query);
  int passed = 0;
  for (std::int64_t last = before; found.step(); last = found.integer(0)) {
    const bool is_full = hits.rows.size() == static_cast<std::size_t>(page.limit);
    if (is_full || passed == most_passed) {
      hits.next = writeCursor({last, 0, 0});
      break;
    }
    if (only && static_cast<CaseStatus>(found.integer(6)) != *only) {
      ++passed;
      continue;
    }
    TextRow row = readText(found);
    if (looks && !isInScope(query, row)) ++passed;
    else hits.rows.push_back(std::move(row));
  }
  return hits;
}

}  // namespace jinyue::store::sqlite
