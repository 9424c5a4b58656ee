// Statements of rooms: what is portable gives the same on both stores; a batch with a guard that does not
// hold changes nothing.
#include <gmock/gmock.h>

#include "store/fresh_store.h"
#include "store/room_table.h"
#include "store/sample_rows.h"

namespace jinyue::store {
namespace {

/// A table as a room would describe it, made beside those that the schema has.
RoomTable things() {
  return {"things",
          {{"id", ColumnKind::integer},
           {"name", ColumnKind::text},
           {"note", ColumnKind::text, true},
           {"size", ColumnKind::integer, true},
           {"photo", ColumnKind::bytes, true}},
          "id",
          {{"name, id"}, {"size", true, "size IS NOT NULL"}}};
}

class Statements : public OnBothStores {
 protected:
  void SetUp() override {
    OnBothStores::SetUp();
    const std::vector<RoomTable> tables{things()};
    place.runSql(ddlOf(tables, GetParam() == Adapter::sqlite ? Dialect::sqlite : Dialect::postgres));
  }
  CommitOutcome write(std::vector<Statement> statements) {
    Batch batch;
    batch.statements = std::move(statements);
    return store->commit(batch);
  }
  std::vector<SqlRow> all() {
    return store->query({"SELECT id, name, note, size, photo FROM things ORDER BY id"});
  }
};
JINYUE_ON_BOTH_STORES(Statements);

constexpr std::string_view insert =
    "INSERT INTO things (id, name, note, size, photo) VALUES ($1, $2, $3, $4, $5)";
using NoNumber = std::optional<std::int64_t>;
using NoText = std::optional<std::string>;

TEST_P(Statements, GiveBackWhatWasWritten) {
  const std::string photo("\0\xff\x01", 3);
  ASSERT_TRUE(write({statement(insert, 1, "近悦", NoText{}, NoNumber{}, Blob{photo}),
                     statement(insert, 2, "", "远来 'quoted'", INT64_MIN, SqlValue{})})
                  .done());
  EXPECT_THAT(all(), testing::ElementsAre(SqlRow{{1, "近悦", {}, {}, Blob{photo}}},
                                          SqlRow{{2, "", "远来 'quoted'", INT64_MIN, {}}}));
}

TEST_P(Statements, PlaceholdersMayStandInAnyOrderAndTwice) {
  write({statement(insert, 1, "a", "x", 5, SqlValue{}), statement(insert, 2, "b", "y", 6, SqlValue{})});
  const auto rows = store->query(
      statement("SELECT name FROM things WHERE note = $2 AND size > $1 AND size >= $1 LIMIT $3", 4, "y", 10));
  EXPECT_THAT(rows, testing::ElementsAre(SqlRow{{"b"}}));
}

TEST_P(Statements, KnowThePortableForms) {
  write({statement(insert, 1, "a", NoText{}, NoNumber{}, SqlValue{})});
  constexpr std::string_view put =
      "INSERT INTO things (id, name) VALUES ($1, $2) ON CONFLICT (id) DO UPDATE SET name = excluded.name";
  EXPECT_TRUE(write({guarded(1, put, 1, "z"), guarded(1, put, 2, "y")}).done());
  EXPECT_TRUE(
      write({guarded(0, "INSERT INTO things (id, name) VALUES ($1, $2) ON CONFLICT (id) DO NOTHING", 1, "q")})
          .done());
  EXPECT_TRUE(store->query({"SELECT id FROM things WHERE id IN (1, 2) AND name = 'q'"}).empty());
  const auto counted = store->query(
      {"SELECT count(*), CAST(sum(id) AS bigint), CASE WHEN count(*) > 1 THEN 1 ELSE 0 END FROM things"});
  EXPECT_THAT(counted, testing::ElementsAre(SqlRow{{2, 3, 1}}));
}

TEST_P(Statements, AGuardThatDoesNotHoldUndoesTheWholeBatch) {
  Batch batch = sampleBatch({1});
  batch.statements = {guarded(1, insert, 1, "a", NoText{}, NoNumber{}, SqlValue{}),
                      guarded(1, "UPDATE things SET name = $1 WHERE id = $2", "b", 7)};
  const auto outcome = store->commit(batch);
  EXPECT_TRUE(outcome.unexpected);
  EXPECT_FALSE(outcome.done());
  EXPECT_TRUE(all().empty());
  EXPECT_TRUE(store->loadCases(std::vector<CaseId>{1}).empty());
  EXPECT_EQ(outcome.log_size, 0u);
  batch.statements[1].values[1] = 1;
  EXPECT_TRUE(store->commit(batch).done());
  EXPECT_EQ(all().size(), 1u);
}

TEST_P(Statements, RecordsOfOtherThingsThanCasesAreInTheLog) {
  const CaseId id = store->reserveCaseIds(1);
  for (const std::int64_t position : {1, 2}) {
    Batch batch;
    batch.journal = {sampleRecord(id, position)};
    batch.statements = {guarded(1,
                                position == 1 ? "INSERT INTO things (id, name, size) VALUES ($1, '', $2)"
                                              : "UPDATE things SET size = $2 WHERE id = $1 AND size = $2 - 1",
                                id, position)};
    ASSERT_TRUE(store->commit(batch).done());
    // Somebody who was not as fast.
    EXPECT_TRUE(position == 1 || store->commit(batch).unexpected);
  }
  EXPECT_EQ(store->records(id, 0, 10).size(), 2u);
  Batch batch;
  batch.journal = {sampleRecord(id, 4), sampleRecord(id, 6)};
  EXPECT_THROW(store->commit(batch), std::invalid_argument);
}

TEST_P(Statements, RefuseWhatPostgresCouldNotKeepAndTooManyTexts) {
  EXPECT_THROW(write({statement(insert, 1, std::string_view("a\0b", 3), NoText{}, NoNumber{}, SqlValue{})}),
               std::invalid_argument);
  EXPECT_THROW(store->query(statement("SELECT id FROM things WHERE id = $1")), std::exception);
  const auto ask = [this] {
    for (std::size_t each = 0; each <= most_statements * 8; ++each)
      store->query({"SELECT id FROM things WHERE id = " + std::to_string(each)});
  };
  EXPECT_THROW(ask(), std::logic_error);
}

TEST_P(Statements, ShowTheirPlan) {
  const auto plan = store->explain({"SELECT name FROM things WHERE name = $1 ORDER BY id LIMIT 5"});
  EXPECT_THAT(plan, testing::Contains(testing::HasSubstr("things_by_name_id")));
}

}  // namespace
}  // namespace jinyue::store
