// No statement of either adapter scans a table or sorts without bound: the plan of every one of them is
// looked at, so a new one can't be forgotten.
#include <regex>
#include <set>

#include <gmock/gmock.h>

#include "store/fresh_store.h"
#include "store/postgres/postgres_store.h"
#include "store/sample_rows.h"
#include "store/sqlite/sqlite_store.h"

namespace jinyue::store {
namespace {

/// These give every row by their meaning.
const std::set<std::string_view> whole_tables{"definitions"};

void fill(Store& store) {
  for (CaseId first = 1; first <= 3000; first += 500) {
    std::vector<CaseId> ids;
    for (CaseId id = first; id < first + 500; ++id) ids.push_back(id);
    Batch batch = sampleBatch(ids);
    for (std::size_t index = 0; index < ids.size(); ++index) {
      const CaseId id = ids[index];
      CaseRow& row = batch.cases[index].row;
      row.process = "process-" + std::to_string(id % 3);
      row.unit = "unit-" + std::to_string(id % 5);
      row.status = static_cast<CaseStatus>(id % 10 == 0 ? 0 : 1);
      row.definition = id % 4;
      TaskRow task = sampleTask(id, 1);
      task.unit = "unit-" + std::to_string(id % 5);
      task.role = "role-" + std::to_string(id % 3);
      task.person = id % 7 == 0 ? "officer:7" : "";
      task.assignee = id % 3 == 0 ? "officer:3" : "";
      batch.put_tasks.push_back(task);
      batch.put_timers.push_back({{id, 1}, at(id)});
      batch.put_subscriptions.push_back({{id, 1}, SubscriptionKind::message, "m", std::to_string(id % 50)});
      batch.put_incidents.push_back({{id, 1}, at(id), row.process, "n", "c", "m"});
      batch.put_outbox.push_back({{id, 2}, "t", at(id), 0, "{}"});
      batch.replies.push_back({"key-" + std::to_string(id), "a", 1, id, 1, at(id)});
      batch.personal.push_back({id, "d", "v"});
      TextRow text;
      text.id = id;
      text.unit = row.unit;
      text.title = row.title;
      text.tokens = "案件 " + std::to_string(id);
      batch.put_texts.push_back(text);
    }
    ASSERT_TRUE(store.commit(batch).done());
  }
  for (int number = 0; number < 100; ++number)
    store.addDefinition("d" + std::to_string(number % 10), "{}", at(1));
}

TEST(Plans, OfSqliteSearchAndNeverScan) {
  const Place place(Adapter::sqlite);
  const auto store = openStore(place.address());
  fill(*store);
  auto& adapter = dynamic_cast<sqlite::SqliteStore&>(*store);
  int looked_at = 0;
  for (const auto& statement : sqlite::statements()) {
    SCOPED_TRACE(std::string{statement.name} + ": " + statement.text);
    EXPECT_EQ(&statement - sqlite::statements().data(), static_cast<std::ptrdiff_t>(statement.id));
    for (const std::string& line : adapter.explain(statement.id)) {
      SCOPED_TRACE(line);
      ++looked_at;
      EXPECT_THAT(line, testing::Not(testing::HasSubstr("TEMP B-TREE")));
      // So says SQLite of a virtual table, too, and then how: by a match (M) or by the row's number (=).
      const bool by_index = std::regex_match(line, std::regex("SCAN .* VIRTUAL TABLE INDEX [0-9]+:(M1.*|=)"));
      if (!whole_tables.contains(statement.name) && !by_index)
        EXPECT_THAT(line, testing::Not(testing::StartsWith("SCAN")));
    }
  }
  EXPECT_GT(looked_at, 40);
}

TEST(Plans, OfPostgresUseAnIndexAndSortNothingButPages) {
  const std::set<std::string_view> sorts_pages{"cases_by_process", "cases_by_unit"};
  const Place place(Adapter::postgres);
  const auto store = openStore(place.address());
  fill(*store);
  place.runSql("ANALYZE");
  auto& adapter = dynamic_cast<postgres::PostgresStore&>(*store);
  int looked_at = 0;
  for (const auto& statement : postgres::statements()) {
    SCOPED_TRACE(std::string{statement.name} + ": " + statement.text);
    EXPECT_EQ(&statement - postgres::statements().data(), static_cast<std::ptrdiff_t>(statement.id));
    const std::string_view text = statement.text;
    if (text == "BEGIN" || text == "COMMIT" || text == "ROLLBACK") continue;
    const auto plan = adapter.explain(statement.id);
    ++looked_at;
    if (sorts_pages.contains(statement.name)) {
      // The page itself and one of each status: what is sorted is bounded by the page's limit.
      EXPECT_EQ(std::ranges::count_if(plan, [](const std::string& line) { return line.contains("Limit"); }),
                4);
    }
    if (statement.id == postgres::Sql::find_texts)
      EXPECT_THAT(plan, testing::Contains(testing::HasSubstr("Bitmap Index Scan on text_index_by_tokens")));
    for (const std::string& line : plan) {
      SCOPED_TRACE(testing::PrintToString(plan));
      EXPECT_THAT(line, testing::Not(testing::HasSubstr("Seq Scan")));
      if (!sorts_pages.contains(statement.name) && statement.id != postgres::Sql::find_texts) {
        EXPECT_THAT(line, testing::Not(testing::ContainsRegex("(^|[^a-z])Sort( |$)")));
      }
      // The rows that GIN gives, of some buckets: see postgres_texts.cpp.
      if (statement.id == postgres::Sql::find_texts) continue;
      EXPECT_THAT(line, testing::Not(testing::HasSubstr("Bitmap")));
    }
  }
  EXPECT_GT(looked_at, 50);
}

/// The test can fail: the same look at a statement without an index.
TEST(Plans, AreSeenWhenTheyScan) {
  const Place lite(Adapter::sqlite);
  const auto lite_store = openStore(lite.address());
  // A statement that was prepared before keeps its plan: this store is opened after the index is gone.
  lite.runSql("DROP INDEX tasks_by_unit");
  const auto lite_without = openStore(lite.address());
  const auto lite_plan =
      dynamic_cast<sqlite::SqliteStore&>(*lite_without).explain(sqlite::Sql::tasks_by_unit);
  EXPECT_THAT(lite_plan, testing::Contains(testing::StartsWith("SCAN")));

  const Place post(Adapter::postgres);
  const auto post_store = openStore(post.address());
  post.runSql("DROP INDEX tasks_by_unit");
  const auto post_plan =
      dynamic_cast<postgres::PostgresStore&>(*post_store).explain(postgres::Sql::tasks_by_unit);
  EXPECT_THAT(post_plan, testing::Contains(testing::ContainsRegex("Seq Scan|Sort")));
}

}  // namespace
}  // namespace jinyue::store
