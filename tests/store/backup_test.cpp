// Backup and restore: a copy made while others work is whole as of one moment, and a store filled from it is
// the same to every reader and verifies, whichever adapter either of them is on.
#include <atomic>
#include <fstream>
#include <thread>

#include <gmock/gmock.h>
#include <sys/stat.h>

#include "ledger/proof.h"
#include "store/fresh_store.h"
#include "store/sample_rows.h"

namespace jinyue::store {
namespace backup_test {

using testing::HasSubstr;

/// From which adapter to which.
class Backup : public testing::TestWithParam<std::pair<Adapter, Adapter>> {
 protected:
  Backup() : from(GetParam().first), to(GetParam().second) {}
  void SetUp() override { store = openStore(from.address()); }
  std::string file() const { return from.path("backup.db"); }

  static void fill(Store& store) {
    std::vector<CaseId> ids;
    for (CaseId id = 1; id <= 600; ++id) ids.push_back(id);
    Batch batch = sampleBatch(ids);
    batch.cases[4].row.due.reset();
    batch.cases[5].row.closed = at(7);
    for (CaseId id = 1; id <= 50; ++id) {
      batch.put_tasks.push_back(sampleTask(id, 1));
      batch.put_timers.push_back({{id, 1}, at(id)});
      batch.put_subscriptions.push_back({{id, 2}, SubscriptionKind::message, "支付", "k"});
      batch.put_incidents.push_back({{id, 3}, at(id), "hotline", "unit-1", "210202", "n", "c", "m"});
      batch.put_outbox.push_back({{id, 4}, "service", at(id), 2, "{\"a\":\"\\u0001\"}"});
      batch.replies.push_back({"key-" + std::to_string(id), "a", -id, id, 1, at(id)});
      batch.personal.push_back({id, "digest", "\"王\""});
    }
    batch.put_tasks[7].due.reset();
    batch.put_tasks[8].yellow.reset();
    ASSERT_TRUE(store.commit(batch).done());
    store.addDefinition("hotline", "{\"source\":\"源\"}", at(1));
    store.reserveCaseIds(1000);
    ASSERT_EQ(store.claimTimers(at(10), at(1'000'000), 5).size(), 5u);
  }

  static void expectTheSame(Store& a, Store& b) {
    const auto head = a.head();
    ASSERT_TRUE(head);
    EXPECT_EQ(b.head(), head);
    EXPECT_EQ(a.keptHeads(0, 1000), b.keptHeads(0, 1000));
    for (std::uint64_t from = 0; from < head->size + 100; from += 100) {
      EXPECT_EQ(a.journal(from, 100), b.journal(from, 100));
    }
    for (int level = 0; level < 3; ++level) {
      for (std::int64_t index = 0; index < 4; ++index) EXPECT_EQ(a.tile(level, index), b.tile(level, index));
    }
    for (CaseId id = 1; id <= 600; ++id) {
      EXPECT_EQ(a.loadCases(std::vector{id}), b.loadCases(std::vector{id}));
      EXPECT_EQ(a.listTasks({.case_id = id}, {}).rows, b.listTasks({.case_id = id}, {}).rows);
      EXPECT_EQ(a.loadPersonal(id), b.loadPersonal(id));
      EXPECT_EQ(a.findReplies(std::vector{"key-" + std::to_string(id)}),
                b.findReplies(std::vector{"key-" + std::to_string(id)}));
    }
    EXPECT_EQ(a.listIncidents({.scope = everything()}, {1000, {}}).rows,
              b.listIncidents({.scope = everything()}, {1000, {}}).rows);
    EXPECT_EQ(a.findSubscriptions(SubscriptionKind::message, "支付", "k", before_all, 1000),
              b.findSubscriptions(SubscriptionKind::message, "支付", "k", before_all, 1000));
    EXPECT_EQ(a.nextDue(), b.nextDue());
    EXPECT_EQ(a.loadDefinition(1), b.loadDefinition(1));
    EXPECT_EQ(a.reserveCaseIds(1), b.reserveCaseIds(1));
    EXPECT_EQ(a.addDefinition("next", "", at(5)), b.addDefinition("next", "", at(5)));
    const auto timers_a = a.claimTimers(at(20), at(30), 100);
    EXPECT_EQ(timers_a.size(), 15u);  // the holds were copied too
    EXPECT_EQ(b.claimTimers(at(20), at(30), 100).size(), timers_a.size());
    EXPECT_EQ(a.claimOutbox(at(20), at(30), 100).size(), b.claimOutbox(at(20), at(30), 100).size());
  }

  static void expectToVerify(Store& store) {
    const auto head = store.head();
    ASSERT_TRUE(head);
    EXPECT_TRUE(testOptions().signer->verifier().verify(*head));
    ledger::LogTree tree(head->hash);
    for (std::uint64_t from = 0; from < head->size; from += 1000) {
      for (const auto& record : store.journal(from, 1000)) {
        ASSERT_EQ(record.sequence, tree.size());
        tree.appendLeaf(record.record);
      }
    }
    EXPECT_EQ(tree.size(), head->size);
    EXPECT_EQ(tree.root(), head->root);
    EXPECT_EQ(ledger::rootAt(head->hash, head->size,
                             [&](int level, std::int64_t index) { return store.tile(level, index); }),
              head->root);
  }

  Place from;
  Place to;
  std::unique_ptr<Store> store;
};
INSTANTIATE_TEST_SUITE_P(, Backup,
                         testing::Values(std::pair{Adapter::sqlite, Adapter::sqlite},
                                         std::pair{Adapter::sqlite, Adapter::postgres},
                                         std::pair{Adapter::postgres, Adapter::sqlite},
                                         std::pair{Adapter::postgres, Adapter::postgres}),
                         [](const auto& tested) {
                           return nameOf(tested.param.first) + "_to_" + nameOf(tested.param.second);
                         });

TEST_P(Backup, RestoredIsTheSameStore) {
  fill(*store);
  const auto made = store->backup(file());
  ASSERT_TRUE(made) << describe(made.error());
  struct stat status{};
  ASSERT_EQ(::stat(file().c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0600u);
  const auto restored = restore(file(), to.address(), testOptions());
  ASSERT_TRUE(restored) << describe(restored.error());
  const auto copy = openStore(to.address());
  expectToVerify(*copy);
  expectTheSame(*store, *copy);
  // The copy goes on as a store of its own.
  ASSERT_TRUE(copy->commit(sampleBatch({9001}, 1)).done());
  ASSERT_TRUE(copy->commit(sampleBatch({1}, 2)).done());
  expectToVerify(*copy);
}

TEST_P(Backup, MadeWhileAWriterRunsIsOfOneMoment) {
  std::atomic<bool> stop = false;
  std::atomic<CaseId> written = 0;
  std::thread writer([&] {
    // Every commit moves case 1 on and adds a case of its own: in any moment their numbers agree.
    for (CaseId round = 1; !stop; ++round) {
      Batch batch = sampleBatch({1}, round);
      const Batch other = sampleBatch({1000 + round});
      batch.journal.push_back(other.journal[0]);
      batch.cases.push_back(other.cases[0]);
      if (!store->commit(batch).done()) return;
      written = round;
    }
  });
  while (written < 50) std::this_thread::yield();
  const CaseId before = written;
  const auto made = store->backup(file());
  const CaseId after = written;
  const CaseId wanted = after + 5;
  while (written < wanted) std::this_thread::yield();  // the writer goes on
  stop = true;
  writer.join();
  ASSERT_TRUE(made) << describe(made.error());
  ASSERT_TRUE(restore(file(), to.address(), testOptions()));
  const auto copy = openStore(to.address());
  expectToVerify(*copy);
  const auto rows = copy->loadCases(std::vector<CaseId>{1});
  ASSERT_EQ(rows.size(), 1u);
  const CaseId rounds = rows[0].version;
  EXPECT_GE(rounds, before);
  EXPECT_LE(rounds, after + 1);
  EXPECT_EQ(copy->head()->size, static_cast<std::uint64_t>(2 * rounds));
  EXPECT_EQ(copy->records(1, 0, 100'000).size(), static_cast<std::size_t>(rounds));
  EXPECT_EQ(copy->listCases({.scope = everything()}, {1, {}}).rows.at(0).id, 1000 + rounds);
}

TEST_P(Backup, RefusesPathsStoresAndFilesThatWontDo) {
  fill(*store);
  std::ofstream(from.path("taken")) << "mine";
  EXPECT_EQ(store->backup(from.path("taken")).error().code, "store.backup-exists");
  ASSERT_TRUE(store->backup(file()));
  EXPECT_EQ(restore(from.path("none"), to.address(), testOptions()).error().code, "store.no-backup");
  EXPECT_EQ(restore(from.path("taken"), to.address(), testOptions()).error().code, "store.no-backup");
  EXPECT_THAT(describe(restore(file(), from.address(), testOptions()).error()), HasSubstr("not empty"));
  StoreOptions other = testOptions();
  other.hash = ledger::HashAlgorithm::sm3;
  EXPECT_EQ(restore(file(), to.address(), other).error().code, "store.hash");

  // A backup that somebody changed.
  const std::string forged = from.path("forged.db");
  std::filesystem::copy_file(file(), forged);
  const Place forger(Adapter::sqlite);
  std::filesystem::copy_file(file(), forger.path("store.db"));
  forger.runSql("UPDATE journal SET record = CAST('forged' AS BLOB) WHERE sequence = 599");
  EXPECT_EQ(restore(forger.path("store.db"), to.address(), testOptions()).error().code, "store.broken-log");
  forger.runSql("INSERT INTO jinyue_schema (version, applied_at) VALUES (99, 0)");
  EXPECT_EQ(restore(forger.path("store.db"), to.address(), testOptions()).error().code, "store.newer");

  // After all that the target is still empty.
  EXPECT_TRUE(restore(file(), to.address(), testOptions()));
}

}  // namespace backup_test
}  // namespace jinyue::store
