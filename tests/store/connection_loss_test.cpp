// PostgreSQL connections that break: reads and commits go on with a new connection; a commit that broke after
// it was asked for says that its outcome is unknown.
#include <gmock/gmock.h>

#include "store/fresh_store.h"
#include "store/postgres/connection.h"
#include "store/sample_rows.h"

namespace jinyue::store {
namespace {

class ConnectionLoss : public testing::Test {
 protected:
  ConnectionLoss() : place(Adapter::postgres), store(openStore(place.address())) {}

  /// Ends every connection of this place's stores.
  void killConnections() {
    place.runSql(
        "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
        " AND application_name = '" +
        place.schema() + "'");
  }

  Place place;
  std::unique_ptr<Store> store;
};

TEST_F(ConnectionLoss, IsMendedByTheNextCall) {
  ASSERT_TRUE(store->commit(sampleBatch({1})).done());
  Batch batch = sampleBatch({2});
  batch.put_timers = {{{2, 1}, at(1)}};
  killConnections();
  ASSERT_TRUE(store->commit(batch).done());
  killConnections();
  EXPECT_EQ(store->loadCases(std::vector<CaseId>{1, 2}).size(), 2u);
  killConnections();
  EXPECT_EQ(store->claimTimers(at(1), at(2), 10).size(), 1u);
  killConnections();
  EXPECT_EQ(store->reserveCaseIds(1), 1);
  EXPECT_EQ(store->head()->size, 2u);
}

TEST_F(ConnectionLoss, InTheMiddleOfACommitLeavesNothing) {
  ASSERT_TRUE(store->commit(sampleBatch({1})).done());
  // The server ends the connection while it writes the batch's last table, each time it is tried.
  place.runSql(
      "CREATE FUNCTION die() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
      " PERFORM pg_terminate_backend(pg_backend_pid()); PERFORM pg_sleep(5); RETURN NEW; END $$;"
      "CREATE TRIGGER die BEFORE INSERT ON journal FOR EACH ROW EXECUTE FUNCTION die()");
  try {
    store->commit(sampleBatch({2}));
    ADD_FAILURE() << "the commit went through";
  } catch (const StoreFault& fault) {
    EXPECT_FALSE(fault.unknown) << fault.what();
  }
  place.runSql("DROP FUNCTION die() CASCADE");
  EXPECT_EQ(store->head()->size, 1u);
  ASSERT_TRUE(store->commit(sampleBatch({2})).done());
  EXPECT_EQ(store->head()->size, 2u);
}

TEST_F(ConnectionLoss, AfterCommitWasAskedForIsAnUnknownOutcome) {
  ASSERT_TRUE(store->commit(sampleBatch({1})).done());
  // A deferred trigger runs inside COMMIT.
  place.runSql(
      "CREATE FUNCTION die() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
      " PERFORM pg_terminate_backend(pg_backend_pid()); PERFORM pg_sleep(5); RETURN NULL; END $$;"
      "CREATE CONSTRAINT TRIGGER die AFTER INSERT ON journal DEFERRABLE INITIALLY DEFERRED"
      " FOR EACH ROW EXECUTE FUNCTION die()");
  try {
    store->commit(sampleBatch({2}));
    ADD_FAILURE() << "the commit went through";
  } catch (const StoreFault& fault) {
    EXPECT_TRUE(fault.unknown) << fault.what();
  }
  place.runSql("DROP FUNCTION die() CASCADE");
  ASSERT_TRUE(store->commit(sampleBatch({2})).done());
}

TEST_F(ConnectionLoss, OfANodeThatHoldsTheLogFreesIt) {
  ASSERT_TRUE(store->commit(sampleBatch({1})).done());
  // Another node has locked the head and dies without a word.
  auto node = std::make_unique<postgres::Connection>(place.address().substr(9), postgres::Purpose::commits);
  node->runText("BEGIN; SELECT FROM log_head WHERE id = 1 FOR UPDATE");
  node.reset();
  ASSERT_TRUE(store->commit(sampleBatch({2})).done());
}

}  // namespace
}  // namespace jinyue::store
