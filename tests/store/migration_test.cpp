// Stores of every earlier version open in this program: each version is built from its steps, filled with the
// rows that a store of that version had (versions/N.sql), opened, read and written to.
//
// Whoever adds a step: the rows of the version before it are already there. Make those of the new version
// with
//   test_store --gtest_also_run_disabled_tests --gtest_filter='*WriteTheRowsOfThisVersion*'
// and add the digest of the new step below.
#include <fstream>
#include <sstream>

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "base/text.h"
#include "ledger/proof.h"
#include "store/fresh_store.h"
#include "store/postgres/schema.h"
#include "store/room_table.h"
#include "store/sample_rows.h"
#include "store/sqlite/copy.h"
#include "store/sqlite/schema.h"
#include "store/sqlite/settings.h"

namespace jinyue::store {
namespace {

std::span<const char* const> stepsOf(Adapter adapter) {
  return adapter == Adapter::sqlite ? sqlite::schemaSteps() : postgres::schemaSteps();
}

std::string rowsFile(int version) {
  return fmt::format("{}/tests/store/versions/{}.sql", JINYUE_SOURCE_DIR, version);
}

/// The rows as SQL of one adapter: bytes('…') is how the files write a blob.
std::string rowsOf(int version, Adapter adapter) {
  std::ifstream in(rowsFile(version));
  if (!in) {
    throw std::runtime_error(rowsFile(version) + " is missing: the rows of a store of that version");
  }
  std::stringstream text;
  text << in.rdbuf();
  const std::string rows = text.str();
  const std::string_view before = adapter == Adapter::sqlite ? "X'" : "'\\x";
  std::string sql;
  std::string_view rest = rows;
  for (auto found = rest.find("bytes('"); found != rest.npos; found = rest.find("bytes('")) {
    const auto end = rest.find("')", found);
    sql += rest.substr(0, found);
    sql += before;
    sql += rest.substr(found + 7, end - found - 7);
    sql += "'";
    rest.remove_prefix(end + 2);
  }
  sql += rest;
  return sql;
}

void build(const Place& place, int version) {
  const Instant now = at(0);
  if (place.adapter() == Adapter::sqlite) {
    sqlite::Connection connection(place.address().substr(7), sqlite::OpenMode::create);
    sqlite::prepareWriter(connection);
    ASSERT_TRUE(sqlite::migrate(connection, now, version));
  } else {
    postgres::Connection connection(place.address().substr(9), postgres::Purpose::commits);
    ASSERT_TRUE(postgres::migrate(connection, now, version));
  }
  place.runSql(rowsOf(version, place.adapter()));
}

/// What a store of any version holds in these tests.
Batch oldBatch() {
  std::vector<CaseId> ids;
  for (CaseId id = 1; id <= 260; ++id) ids.push_back(id);  // more than a tile
  Batch batch = sampleBatch(ids);
  for (auto& write : batch.cases) write.row.state = "s" + std::to_string(write.row.id);
  batch.cases[1].row.due.reset();
  batch.put_tasks = {sampleTask(1, 1), sampleTask(2, 1)};
  batch.put_tasks[1].due.reset();
  batch.put_timers = {{{1, 2}, at(10)}};
  batch.put_subscriptions = {{{1, 3}, SubscriptionKind::message, "paid", "k"}};
  batch.put_incidents = {{{1, 4}, at(11), "hotline", "unit-1", "", "call", "code", "it's \\ \"so\""}};
  batch.put_outbox = {{{1, 5}, "service", at(12), 1, "{}"}};
  batch.replies = {{"key", "officer:1", -1, 1, 1, at(13)}};
  batch.personal = {{1, "digest", "\"王\""}};
  return batch;
}

/// A row of a room's table with something in every column, as SQL of SQLite.
std::string sampleRowOf(const RoomTable& table) {
  std::string columns;
  std::string values;
  int number = 0;
  for (const RoomColumn& column : table.columns) {
    const char* between = number == 0 ? "" : ", ";
    columns += between + std::string{column.name};
    values += between;
    ++number;
    if (column.kind == ColumnKind::integer) values += std::to_string(number);
    else if (column.kind == ColumnKind::bytes) values += "X'00ff'";
    else values += fmt::format("'{} \"它''s\" \\'", column.name);
  }
  return fmt::format("INSERT INTO {} ({}) VALUES ({});", table.name, columns, values);
}

class Migration : public testing::TestWithParam<Adapter> {};
JINYUE_ON_BOTH_STORES(Migration);

TEST_P(Migration, OpensStoresOfEveryEarlierVersion) {
  const Batch old = oldBatch();
  for (int version = 1; version <= static_cast<int>(stepsOf(GetParam()).size()); ++version) {
    SCOPED_TRACE(version);
    const Place place(GetParam());
    build(place, version);
    const auto store = openStore(place.address());  // which checks the log
    ASSERT_TRUE(store->head());
    EXPECT_EQ(store->head()->size, 260u);
    EXPECT_EQ(store->journal(0, 1000).size(), 260u);
    for (const auto& write : old.cases) {
      EXPECT_EQ(store->loadCases(std::vector{write.row.id}), std::vector{write.row});
    }
    EXPECT_EQ(store->listCases({.process = "hotline", .scope = everything()}, {1000, {}}).rows.size(), 260u);
    EXPECT_EQ(store->listTasks({.unit = "unit-1"}, {}).rows, old.put_tasks);
    EXPECT_EQ(store->nextDue(), at(10));
    EXPECT_EQ(store->findSubscriptions(SubscriptionKind::message, "paid", "k", before_all, 9),
              old.put_subscriptions);
    EXPECT_EQ(store->listIncidents({.scope = everything()}, {}).rows, old.put_incidents);
    EXPECT_EQ(store->findReplies(std::vector<std::string>{"key"}), old.replies);
    EXPECT_EQ(store->loadPersonal(1), old.personal);
    EXPECT_EQ(store->latestDefinition("hotline")->source, "{\"v\":2}");
    EXPECT_EQ(store->keptHeads(0, 10).size(), 1u);
    EXPECT_EQ(store->claimTimers(at(100), at(200), 9), old.put_timers);
    EXPECT_EQ(store->claimOutbox(at(100), at(200), 9), old.put_outbox);
    EXPECT_EQ(store->reserveCaseIds(1), 261);
    const std::size_t since_2 = version >= 2 ? 1 : 0;  // rows of rooms and of search
    EXPECT_EQ(store->query({"SELECT id FROM accounts WHERE login LIKE '%\"它''s\" %'"}).size(), since_2);
    const std::size_t since_3 = version >= 3 ? 1 : 0;  // rows of insight
    EXPECT_EQ(store->query({"SELECT case_id FROM facts WHERE source LIKE '%\"它''s\" %'"}).size(), since_3);
    const std::size_t since_4 = version >= 4 ? 1 : 0;  // rows of evidence
    EXPECT_EQ(store->query({"SELECT id FROM attachments WHERE field LIKE '%\"它''s\" %'"}).size(), since_4);
    EXPECT_EQ(store->query({"SELECT firm FROM mandates WHERE basis LIKE '%\"它''s\" %'"}).size(), since_2);
    TextQuery lamps;
    lamps.words.push_back(TextWord{TextWay{TextTerm{"路灯"}}});
    lamps.scope.emplace_back();
    EXPECT_EQ(store->searchTexts(lamps, {}).rows.size(), since_2);

    Batch next = sampleBatch({1}, 2);
    next.drop_tasks = {{1, 1}};
    next.put_tasks = {sampleTask(1, 9)};
    ASSERT_TRUE(store->commit(next).done());
    EXPECT_EQ(store->head()->root,
              ledger::rootAt(ledger::HashAlgorithm::sha256, 261,
                             [&](int level, std::int64_t index) { return store->tile(level, index); }));
    // And what such a store leaves in a backup can be restored.
    ASSERT_TRUE(store->backup(place.path("backup.db")));
    const Place target(GetParam());
    ASSERT_TRUE(restore(place.path("backup.db"), target.address(), testOptions()));
    EXPECT_EQ(openStore(target.address())->head(), store->head());
  }
}

TEST(MigrationOfBackups, RestoresThoseOfEveryEarlierVersion) {
  for (int version = 1; version <= static_cast<int>(sqlite::schemaSteps().size()); ++version) {
    SCOPED_TRACE(version);
    const Place old(Adapter::sqlite);
    build(old, version);
    const Place target(Adapter::sqlite);
    const auto restored = restore(old.path("store.db"), target.address(), testOptions());
    ASSERT_TRUE(restored) << describe(restored.error());
    EXPECT_EQ(openStore(target.address())->head()->size, 260u);
  }
}

/// Steps that stores out there already have are never changed.
TEST(MigrationSteps, AreAsTheyWereWhenTheyWereMade) {
  const std::vector<std::string> sqlite_steps{
      "064cbc27ee7472914c87d1da1822da1b1977a5b0d3e62bff4a5ef8777ab5529d",
      "f4bd636521b051644f4789360d18adae2b5f9cd3f565559299e92ca071e58cf8",
      "33354aa87d5ec89d482ec86670dba2772525316639b862781c2e3067c5b6b242",
      "3eac25fd255d478addbdb8d869a09caa75e983b2fd9afc8477408f3f2a583672",
      "9a0d430bd1d5f98ffa9a4092325bbab218c7f96e7705ddffbd8eeabd1c127232"};
  const std::vector<std::string> postgres_steps{
      "5a47583666792300deea862c8da9c1f4618d11f9357a17644388749ffb50f7d4",
      "bbc46c669dae21598b52e9c63eefea1469e9e25a9649af33da851e3f3a9daaf5",
      "d0d3323ee9d0ef7605074f4b44cee0f41d0b8f9f6f1299cf1bd3196022bd9a6c",
      "8efd82d46380d4aaf4d297fe5a197949e4ca1b89c1abc3196d02a01412466696",
      "9a0d430bd1d5f98ffa9a4092325bbab218c7f96e7705ddffbd8eeabd1c127232"};
  for (const auto adapter : {Adapter::sqlite, Adapter::postgres}) {
    const auto steps = stepsOf(adapter);
    std::vector<std::string> digests;
    for (const char* step : steps) {
      digests.push_back(ledger::toHex(ledger::Hasher(ledger::HashAlgorithm::sha256).plain(step)));
    }
    EXPECT_EQ(digests, adapter == Adapter::sqlite ? sqlite_steps : postgres_steps)
        << "a step that stores already have was changed, or a new one has no digest here (" << nameOf(adapter)
        << ")";
  }
}

/// Not a test: makes versions/N.sql.
TEST(MigrationRows, DISABLED_WriteTheRowsOfThisVersion) {
  const Place place(Adapter::sqlite);
  {
    StoreOptions options = testOptions();
    options.now = [] { return at(100); };
    options.log = "city.example/log";
    const auto store = openStore(place.address(), options);
    store->reserveCaseIds(260);
    Batch batch = oldBatch();
    batch.put_texts.push_back({.id = 1, .title = "路灯", .tokens = "灯 路灯"});
    ASSERT_TRUE(store->commit(batch).done());
    for (const RoomTable& table : roomTables()) {
      if (std::string_view{table.name} != "texts") place.runSql(sampleRowOf(table));
    }
    store->addDefinition("hotline", "{\"v\":1}", at(1));
    store->addDefinition("hotline", "{\"v\":2}", at(2));
  }
  const auto quoted = [](std::string_view text) {
    std::string out = "'";
    for (const char character : text) out += character == '\'' ? "''" : std::string(1, character);
    return out + "'";
  };
  sqlite::Connection connection(place.address().substr(7), sqlite::OpenMode::read_only);
  std::ofstream out(rowsFile(static_cast<int>(sqlite::schemaSteps().size())));
  const auto read = sqlite::tableReader(connection);
  for (const Table& table : tables()) {
    out << "DELETE FROM " << table.name << ";\n";
    read(table, [&](RowOfValues row) {
      std::string values;
      for (std::size_t index = 0; index < row.size(); ++index) {
        if (index > 0) values += ", ";
        if (const auto* number = std::get_if<std::int64_t>(&row[index])) values += std::to_string(*number);
        else if (const auto* bytes = std::get_if<std::string_view>(&row[index])) {
          values += table.columns[index].kind == ColumnKind::bytes ? "bytes('" + jinyue::toHex(*bytes) + "')"
                                                                   : quoted(*bytes);
        } else {
          values += "NULL";
        }
      }
      out << "INSERT INTO " << table.name << " (" << columnList(table) << ") VALUES (" << values << ");\n";
    });
  }
}

}  // namespace
}  // namespace jinyue::store
