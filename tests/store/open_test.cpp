// Opening: what is refused, and that a refusal changes nothing.
#include <fstream>
#include <thread>

#include <gmock/gmock.h>
#include <sys/stat.h>

#include "store/fresh_store.h"
#include "store/sample_rows.h"

namespace jinyue::store {
namespace {

using testing::HasSubstr;

class Open : public OnBothStores {
 protected:
  std::string refusal(const std::string& address, const StoreOptions& options = testOptions()) {
    const auto opened = open(address, options);
    return opened ? "" : describe(opened.error());
  }
};
JINYUE_ON_BOTH_STORES(Open);

TEST_P(Open, RefusesAStoreOfANewerProgram) {
  ASSERT_TRUE(store->commit(sampleBatch({1})).done());
  store.reset();
  place.runSql("INSERT INTO jinyue_schema (version, applied_at) VALUES (99, 0)");
  EXPECT_THAT(refusal(place.address()),
              HasSubstr("the store has schema version 99, this program knows only up to"));
  place.runSql("DELETE FROM jinyue_schema WHERE version = 99");
  EXPECT_EQ(openStore(place.address())->head()->size, 1u);
}

TEST_P(Open, RefusesAnotherHash) {
  StoreOptions options = testOptions();
  options.hash = ledger::HashAlgorithm::sm3;
  EXPECT_THAT(refusal(place.address(), options),
              HasSubstr("the log of this store is hashed with sha256, the configuration says sm3"));
  const Place other(GetParam());
  const auto in_sm3 = openStore(other.address(), options);
  ASSERT_TRUE(in_sm3->commit(sampleBatch({1, 2})).done());
  EXPECT_EQ(in_sm3->head()->hash, ledger::HashAlgorithm::sm3);
  EXPECT_THAT(refusal(other.address()), HasSubstr("sm3"));
}

TEST_P(Open, RefusesADatabaseOfSomebodyElse) {
  const Place other(GetParam());
  other.runSql("CREATE TABLE somebody (name text)");
  EXPECT_THAT(refusal(other.address()), HasSubstr("this database is not a store of Jinyue"));
  other.runSql("INSERT INTO somebody VALUES ('is still there')");
}

TEST_P(Open, RefusesALogThatWasChanged) {
  std::vector<CaseId> ids;
  for (CaseId id = 1; id <= 300; ++id) ids.push_back(id);
  ASSERT_TRUE(store->commit(sampleBatch(ids)).done());
  ASSERT_TRUE(store->commit(sampleBatch({301})).done());
  store.reset();
  // The last record is under no stored tile yet.
  place.runSql(GetParam() == Adapter::sqlite
                   ? "UPDATE journal SET record = CAST('forged' AS BLOB) WHERE sequence = 300"
                   : "UPDATE journal SET record = 'forged' WHERE sequence = 300");
  EXPECT_THAT(refusal(place.address()), HasSubstr("the log does not match its signed head"));
}

TEST_P(Open, NamesTheLogOnce) {
  EXPECT_TRUE(store->commit(sampleBatch({1})).done());
  const std::string name = store->head()->log;
  EXPECT_THAT(name, testing::StartsWith("log-"));
  StoreOptions options = testOptions();
  options.log = "city.example/log";
  store.reset();
  store = openStore(place.address(), options);
  ASSERT_TRUE(store->commit(sampleBatch({2})).done());
  EXPECT_EQ(store->head()->log, name);
  const Place other(GetParam());
  const auto named = openStore(other.address(), options);
  ASSERT_TRUE(named->commit(sampleBatch({2})).done());
  EXPECT_EQ(named->head()->log, "city.example/log");
}

TEST_P(Open, OfTwoNodesAtOnceMakesOneSchema) {
  const Place fresh(GetParam());
  std::vector<std::thread> nodes;
  for (CaseId id = 1; id <= 4; ++id) {
    nodes.emplace_back(
        [&fresh, id] { EXPECT_TRUE(openStore(fresh.address())->commit(sampleBatch({id})).done()); });
  }
  for (auto& node : nodes) node.join();
  EXPECT_EQ(openStore(fresh.address())->head()->size, 4u);
}

TEST(OpenSqlite, RefusesWhatIsNoDatabaseAndKeepsItsFilesPrivate) {
  const Place place(Adapter::sqlite);
  std::ofstream(place.path("text.db")) << std::string(5000, 'x');
  const auto opened = open("sqlite:" + place.path("text.db"), testOptions());
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, "store.foreign");
  EXPECT_EQ(std::filesystem::file_size(place.path("text.db")), 5000u);
  EXPECT_THROW((void)open("sqlite:" + place.path("no/folder/s.db"), testOptions()), StoreFault);

  const auto store = openStore(place.address());
  ASSERT_TRUE(store->commit(sampleBatch({1})).done());
  for (const char* name : {"store.db", "store.db-wal"}) {
    struct stat status{};
    ASSERT_EQ(::stat(place.path(name).c_str(), &status), 0) << name;
    EXPECT_EQ(status.st_mode & 0777, 0600u) << name;
  }
}

TEST(OpenAddress, IsOneOfTheTwoForms) {
  for (const char* address : {"", "sqlite:", "postgres:", "mysql:x", "/var/lib/jinyue.db"}) {
    const auto opened = open(address, testOptions());
    ASSERT_FALSE(opened) << address;
    EXPECT_EQ(opened.error().code, "store.address");
  }
  EXPECT_THROW((void)open("postgres:host=/nowhere dbname=none", testOptions()), StoreFault);
}

}  // namespace
}  // namespace jinyue::store
