// No statement of either adapter scans a table or sorts without bound: the plan of every one of them is
// looked at, so a new one can't be forgotten.
#include <regex>
#include <set>

#include <gmock/gmock.h>

#include "store/fresh_store.h"
#include "store/postgres/postgres_store.h"
#include "store/sample_rows.h"
#include "store/sql_store.h"
#include "store/sqlite/sqlite_store.h"

namespace jinyue::store {
namespace plans_test {

/// These give every row by their meaning; the last one goes through what it has found itself.
const std::set<std::string_view> whole_tables{"definitions", "processes_of_tasks"};

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
      row.area = "area-" + std::to_string(id % 6);
      row.party = "firm:" + std::to_string(id % 500);
      TaskRow task = sampleTask(id, 1);
      task.unit = "unit-" + std::to_string(id % 5);
      task.role = "role-" + std::to_string(id % 3);
      task.person = id % 7 == 0 ? "officer:7" : "";
      task.assignee = id % 3 == 0 ? "officer:3" : "";
      task.process = row.process;
      task.area = row.area;
      batch.put_tasks.push_back(task);
      batch.put_timers.push_back({{id, 1}, at(id)});
      batch.put_subscriptions.push_back({{id, 1}, SubscriptionKind::message, "m", std::to_string(id % 50)});
      batch.put_incidents.push_back({{id, 1}, at(id), row.process, row.unit, row.area, "n", "c", "m"});
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
  for (const NamedRead& named : SqlStore::reads()) {
    SCOPED_TRACE(std::string{named.name} + ": " + std::string{named.sql});
    for (const std::string& line : store->explain({std::string{named.sql}})) {
      SCOPED_TRACE(line);
      ++looked_at;
      EXPECT_THAT(line, testing::Not(testing::HasSubstr("TEMP B-TREE")));
      if (!whole_tables.contains(named.name)) EXPECT_THAT(line, testing::Not(testing::StartsWith("SCAN")));
      EXPECT_THAT(line, testing::Not(testing::StartsWith("SCAN tasks")));
    }
  }
  EXPECT_GT(looked_at, 60);
}

TEST(Plans, OfPostgresUseAnIndexAndSortNothing) {
  const Place place(Adapter::postgres);
  const auto store = openStore(place.address());
  fill(*store);
  place.runSql("ANALYZE");
  auto& adapter = dynamic_cast<postgres::PostgresStore&>(*store);
  int looked_at = 0;
  const auto look = [&](const std::vector<std::string>& plan) {
    ++looked_at;
    for (const std::string& line : plan) {
      SCOPED_TRACE(testing::PrintToString(plan));
      EXPECT_THAT(line, testing::Not(testing::HasSubstr("Seq Scan")));
      EXPECT_THAT(line, testing::Not(testing::ContainsRegex("(^|[^a-z])Sort( |$)")));
      EXPECT_THAT(line, testing::Not(testing::HasSubstr("Bitmap")));
    }
  };
  for (const auto& statement : postgres::statements()) {
    SCOPED_TRACE(std::string{statement.name} + ": " + statement.text);
    EXPECT_EQ(&statement - postgres::statements().data(), static_cast<std::ptrdiff_t>(statement.id));
    const std::string_view text = statement.text;
    if (text.starts_with("BEGIN") || text == "COMMIT" || text == "ROLLBACK") continue;
    const auto plan = adapter.explain(statement.id);
    // The rows that GIN gives, of some buckets: see postgres_texts.cpp.
    if (statement.id == postgres::Sql::find_texts)
      EXPECT_THAT(plan, testing::Contains(testing::HasSubstr("Bitmap Index Scan on text_index_by_tokens")));
    else look(plan);
  }
  for (const NamedRead& named : SqlStore::reads()) {
    SCOPED_TRACE(std::string{named.name} + ": " + std::string{named.sql});
    auto plan = store->explain({std::string{named.sql}});
    // The tasks of one case at a time are put in their order; cases come in theirs.
    if (named.name == "tasks_by_due_of_case") {
      EXPECT_THAT(plan, testing::Contains(testing::HasSubstr("Presorted Key: c.due, t.case_id")));
      std::erase_if(plan, [](const std::string& line) {
        return line.find("Incremental Sort") != line.npos || line.find("Sort Key:") != line.npos;
      });
    }
    look(plan);
  }
  EXPECT_GT(looked_at, 60);
}

/// The test can fail: the same look at a statement without an index.
TEST(Plans, AreSeenWhenTheyScan) {
  const auto reads = taskReads();
  const auto by_unit = std::ranges::find(reads, "tasks_by_unit", &NamedRead::name)->sql;
  const Place lite(Adapter::sqlite);
  const auto lite_store = openStore(lite.address());
  lite.runSql("DROP INDEX tasks_by_unit");
  // A statement that was prepared before keeps its plan: this store is opened after the index is gone.
  const auto lite_plan = openStore(lite.address())->explain({std::string{by_unit}});
  EXPECT_THAT(lite_plan, testing::Contains(
                             testing::AnyOf(testing::StartsWith("SCAN"), testing::HasSubstr("TEMP B-TREE"))));

  const Place post(Adapter::postgres);
  const auto post_store = openStore(post.address());
  post.runSql("DROP INDEX tasks_by_unit");
  EXPECT_THAT(post_store->explain({std::string{by_unit}}),
              testing::Contains(testing::ContainsRegex("Seq Scan|Sort")));
}

}  // namespace plans_test
}  // namespace jinyue::store
