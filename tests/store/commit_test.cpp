// What a commit promises: all of a batch or nothing of it, cases that moved on and keys used before are said,
// and the log's last record is covered by a signed head.
#include <thread>

#include <gmock/gmock.h>

#include "ledger/proof.h"
#include "store/fresh_store.h"
#include "store/sample_rows.h"

namespace jinyue::store {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

class Commit : public OnBothStores {
 protected:
  CaseRow load(CaseId id) {
    auto rows = store->loadCases(std::vector{id});
    return rows.empty() ? CaseRow{} : rows.front();
  }
  ledger::Hash storedRoot(std::uint64_t size) {
    return ledger::rootAt(ledger::HashAlgorithm::sha256, size,
                          [this](int level, std::int64_t index) { return store->tile(level, index); });
  }
};
JINYUE_ON_BOTH_STORES(Commit);

TEST_P(Commit, WritesEveryKindOfRow) {
  Batch batch = sampleBatch({1, 2});
  batch.cases[1].row.due.reset();
  batch.cases[1].row.unit.clear();
  batch.cases[1].row.key.clear();
  batch.put_tasks = {sampleTask(1, 1), sampleTask(1, 2)};
  batch.put_tasks[1].due.reset();
  batch.put_tasks[1].yellow.reset();
  batch.put_tasks[1].excluded.clear();
  batch.put_timers = {{{1, 3}, at(10)}};
  batch.put_subscriptions = {{{1, 4}, SubscriptionKind::message, "支付完成", "订单\"1\""},
                             {{2, 1}, SubscriptionKind::signal, "storm", ""}};
  batch.put_incidents = {
      {{2, 2}, at(11), "hotline", "单位", "210202", "call", "http.500", "no answer\nfrom there"}};
  batch.put_outbox = {{{2, 3}, "service", at(12), 0, R"({"a":"€"})"}};
  batch.replies = {{"key-a", "officer:1", -5, 1, 1, at(13)}};
  batch.personal = {{1, "digest-b", R"({"name":"王"})"}, {1, "digest-a", "1"}, {2, "digest-a", "2"}};
  const CommitOutcome outcome = store->commit(batch);
  EXPECT_TRUE(outcome.done());
  EXPECT_EQ(outcome.log_size, 2u);

  EXPECT_THAT(store->loadCases(std::vector<CaseId>{2, 99, 1}),
              ElementsAre(batch.cases[1].row, batch.cases[0].row));
  EXPECT_THAT(store->loadTasks(std::vector<ElementKey>{{1, 2}, {1, 9}, {1, 1}}),
              ElementsAre(batch.put_tasks[1], batch.put_tasks[0]));
  EXPECT_THAT(store->claimTimers(at(10), at(20), 10), ElementsAre(batch.put_timers[0]));
  EXPECT_THAT(store->findSubscriptions(SubscriptionKind::message, "支付完成", "订单\"1\"", before_all, 10),
              ElementsAre(batch.put_subscriptions[0]));
  EXPECT_THAT(store->findSubscriptions(SubscriptionKind::signal, "storm", "", before_all, 10),
              ElementsAre(batch.put_subscriptions[1]));
  EXPECT_THAT(store->listIncidents({.scope = everything()}, {}).rows, ElementsAre(batch.put_incidents[0]));
  EXPECT_THAT(store->claimOutbox(at(12), at(20), 10), ElementsAre(batch.put_outbox[0]));
  EXPECT_THAT(store->findReplies(std::vector<std::string>{"key-a", "key-b"}), ElementsAre(batch.replies[0]));
  EXPECT_THAT(store->loadPersonal(1), ElementsAre(batch.personal[1], batch.personal[0]));
  EXPECT_THAT(store->records(1, 0, 10), ElementsAre(StoredRecord{0, 1, 1, batch.journal[0].record}));
  EXPECT_THAT(store->journal(0, 10), ElementsAre(StoredRecord{0, 1, 1, batch.journal[0].record},
                                                 StoredRecord{1, 2, 1, batch.journal[1].record}));
}

TEST_P(Commit, ReplacesAndDropsRowsByKey) {
  Batch first = sampleBatch({1});
  first.put_tasks = {sampleTask(1, 1), sampleTask(1, 2)};
  first.put_timers = {{{1, 1}, at(10)}, {{1, 2}, at(20)}};
  first.put_subscriptions = {{{1, 1}, SubscriptionKind::message, "a", "k"},
                             {{1, 2}, SubscriptionKind::message, "b", "k"}};
  first.put_incidents = {{{1, 1}, at(1), "hotline", "", "", "n", "c", "m"},
                         {{1, 2}, at(2), "hotline", "", "", "n", "c", "m"}};
  first.put_outbox = {{{1, 1}, "t", at(1), 0, "1"}, {{1, 2}, "t", at(2), 0, "2"}};
  ASSERT_TRUE(store->commit(first).done());

  Batch second = sampleBatch({1}, 2);
  // Drops come before puts: number 1 is replaced by what is put.
  second.drop_tasks = second.drop_timers = second.drop_subscriptions = second.drop_incidents =
      second.drop_outbox = {{1, 1}, {77, 1}};
  TaskRow claimed = sampleTask(1, 2);
  claimed.assignee = "officer:9";
  second.put_tasks = {claimed};
  second.put_timers = {{{1, 2}, at(5)}};
  second.put_subscriptions = {{{1, 2}, SubscriptionKind::signal, "c", ""}};
  second.put_incidents = {{{1, 2}, at(3), "hotline", "u", "a", "n2", "c2", "m2"}};
  second.put_outbox = {{{1, 2}, "t2", at(4), 3, "3"}};
  ASSERT_TRUE(store->commit(second).done());

  EXPECT_THAT(store->loadTasks(std::vector<ElementKey>{{1, 1}, {1, 2}}), ElementsAre(claimed));
  EXPECT_THAT(store->claimTimers(at(1000), at(2000), 10), ElementsAre(second.put_timers[0]));
  EXPECT_THAT(store->findSubscriptions(SubscriptionKind::message, "a", "k", before_all, 10), IsEmpty());
  EXPECT_THAT(store->findSubscriptions(SubscriptionKind::message, "b", "k", before_all, 10), IsEmpty());
  EXPECT_THAT(store->findSubscriptions(SubscriptionKind::signal, "c", "", before_all, 10),
              ElementsAre(second.put_subscriptions[0]));
  EXPECT_THAT(store->listIncidents({.scope = everything()}, {}).rows, ElementsAre(second.put_incidents[0]));
  EXPECT_THAT(store->claimOutbox(at(1000), at(2000), 10), ElementsAre(second.put_outbox[0]));
}

TEST_P(Commit, ChangesEveryColumnOfACase) {
  ASSERT_TRUE(store->commit(sampleBatch({1, 2})).done());
  Batch batch = sampleBatch({1, 2}, 2);
  CaseRow& row = batch.cases[0].row;
  row.definition = 8;
  row.process = "licence";
  row.status = CaseStatus::completed;
  row.title = "another";
  row.key = "another key";
  row.unit = "unit-2";
  row.opened = at(77);
  row.closed = at(78);
  row.due.reset();
  row.state = std::string(100'000, '\xff');
  ASSERT_TRUE(store->commit(batch).done());
  EXPECT_EQ(load(1), row);
  EXPECT_EQ(load(2), batch.cases[1].row);
  EXPECT_THAT(store->listCases({.process = "licence", .scope = everything()}, {}).rows, testing::SizeIs(1));
  EXPECT_THAT(store->listCases({.process = "hotline", .scope = everything()}, {}).rows, testing::SizeIs(1));
}

TEST_P(Commit, SaysWhichCasesMovedOnAndWritesNothing) {
  ASSERT_TRUE(store->commit(sampleBatch({1, 2, 3})).done());
  ASSERT_TRUE(store->commit(sampleBatch({2}, 2)).done());

  Batch batch = sampleBatch({1, 2, 3, 4}, 2);  // 2 is at version 2 by now, 4 does not exist
  batch.journal.push_back(sampleRecord(5, 1));
  batch.cases.push_back({sampleCase(5), 0});
  batch.put_tasks = {sampleTask(1, 1)};
  batch.replies = {{"key", "a", 1, 1, 2, at(1)}};
  const CommitOutcome outcome = store->commit(batch);
  EXPECT_FALSE(outcome.done());
  EXPECT_THAT(outcome.conflicts, UnorderedElementsAre(2, 4));
  EXPECT_THAT(outcome.repeated_keys, IsEmpty());
  EXPECT_EQ(outcome.log_size, 4u);

  EXPECT_EQ(load(1), sampleCase(1));
  EXPECT_EQ(load(5), CaseRow{});
  EXPECT_THAT(store->loadTasks(std::vector<ElementKey>{{1, 1}}), IsEmpty());
  EXPECT_THAT(store->findReplies(std::vector<std::string>{"key"}), IsEmpty());
  EXPECT_EQ(store->head()->size, 4u);
  EXPECT_THAT(store->journal(0, 100), testing::SizeIs(4));
  // A new case whose id is taken is a conflict too.
  EXPECT_THAT(store->commit(sampleBatch({3, 6})).conflicts, ElementsAre(3));
  // And the next commit goes on as if nothing had been.
  ASSERT_TRUE(store->commit(sampleBatch({1}, 2)).done());
  EXPECT_EQ(store->head()->root, storedRoot(5));
}

TEST_P(Commit, SaysWhichKeysWereUsedAndWritesNothing) {
  Batch first = sampleBatch({1});
  first.replies = {{"key-1", "officer:1", 11, 1, 1, at(1)}, {"key-1", "officer:2", 12, 1, 1, at(1)}};
  ASSERT_TRUE(store->commit(first).done());

  Batch second = sampleBatch({2, 3});
  second.replies = {{"key-1", "officer:1", 13, 2, 1, at(2)},
                    {"key-1", "officer:3", 14, 2, 1, at(2)},
                    {"key-2", "officer:1", 15, 3, 1, at(2)},
                    {"key-2", "officer:1", 16, 3, 1, at(2)}};
  const CommitOutcome outcome = store->commit(second);
  EXPECT_THAT(outcome.repeated_keys, ElementsAre("key-1", "key-2"));
  EXPECT_EQ(load(2), CaseRow{});
  EXPECT_EQ(store->head()->size, 1u);

  second.replies.erase(second.replies.begin());
  second.replies.pop_back();
  ASSERT_TRUE(store->commit(second).done());
  reopen();
  EXPECT_THAT(store->findReplies(std::vector<std::string>{"key-1"}),
              UnorderedElementsAre(first.replies[0], first.replies[1], second.replies[0]));
}

TEST_P(Commit, IsWholeOrNotAtAllWhenAStatementFails) {
  ASSERT_TRUE(store->commit(sampleBatch({1})).done());
  const auto head = store->head();
  // A trigger makes the database refuse one row of each table in turn.
  for (const std::string table : {"journal", "cases", "tasks", "timers", "subscriptions", "incidents",
                                  "outbox", "replies", "personal", "tiles", "heads"}) {
    SCOPED_TRACE(table);
    place.runSql(GetParam() == Adapter::sqlite
                     ? "CREATE TRIGGER broken BEFORE INSERT ON " + table +
                           " BEGIN SELECT RAISE(ABORT, 'broken'); END"
                     : "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS "
                       "$$ BEGIN RAISE EXCEPTION 'broken'; END $$;"
                       "CREATE TRIGGER broken BEFORE INSERT ON " +
                           table + " FOR EACH ROW EXECUTE FUNCTION refuse()");
    std::vector<CaseId> ids;
    for (CaseId id = 100; id < 400; ++id) ids.push_back(id);  // enough for a full tile
    Batch batch = sampleBatch(ids);
    batch.journal.push_back(sampleRecord(1, 2));
    batch.cases.push_back({sampleCase(1, 2), 1});
    batch.put_tasks = {sampleTask(1, 1)};
    batch.put_timers = {{{1, 1}, at(10)}};
    batch.put_subscriptions = {{{1, 1}, SubscriptionKind::message, "a", "k"}};
    batch.put_incidents = {{{1, 1}, at(1), "hotline", "", "", "n", "c", "m"}};
    batch.put_outbox = {{{1, 1}, "t", at(1), 0, "1"}};
    batch.replies = {{"key", "a", 1, 1, 2, at(1)}};
    batch.personal = {{1, "d", "v"}};
    bool failed = false;
    try {
      StoreOptions options = testOptions();
      options.keep_head_every = std::chrono::seconds{0};  // so that `heads` is written too
      openStore(place.address(), options)->commit(batch);
    } catch (const StoreFault& fault) {
      failed = true;
      EXPECT_FALSE(fault.unknown);
      EXPECT_THAT(fault.what(), testing::HasSubstr("broken"));
    }
    EXPECT_TRUE(failed);
    // The store that is still open meets the same fault, and goes on after it.
    if (table != "heads") EXPECT_THROW(store->commit(batch), StoreFault);
    place.runSql(GetParam() == Adapter::sqlite ? "DROP TRIGGER broken" : "DROP FUNCTION refuse() CASCADE");

    EXPECT_EQ(store->head(), head);
    EXPECT_THAT(store->journal(0, 10), testing::SizeIs(1));
    EXPECT_EQ(load(1), sampleCase(1));
    EXPECT_EQ(load(100), CaseRow{});
    EXPECT_THAT(store->listTasks({.case_id = 1}, {}).rows, IsEmpty());
    EXPECT_EQ(store->nextDue(), std::nullopt);
    EXPECT_THAT(store->findSubscriptions(SubscriptionKind::message, "a", "k", before_all, 10), IsEmpty());
    EXPECT_THAT(store->listIncidents({.scope = everything()}, {}).rows, IsEmpty());
    EXPECT_THAT(store->findReplies(std::vector<std::string>{"key"}), IsEmpty());
    EXPECT_THAT(store->loadPersonal(1), IsEmpty());
  }
  ASSERT_TRUE(store->commit(sampleBatch({1}, 2)).done());
  EXPECT_EQ(store->head()->root, storedRoot(2));
}

TEST_P(Commit, RefusesWhatBreaksTheTermsOfThePort) {
  const auto refused = [&](auto change) {
    Batch batch = sampleBatch({1, 2});
    batch.put_tasks = {sampleTask(1, 1)};
    batch.replies = {{"key", "a", 1, 1, 1, at(1)}};
    change(batch);
    EXPECT_THROW(store->commit(batch), std::invalid_argument);
    EXPECT_EQ(store->head(), std::nullopt);
  };
  refused([](Batch& batch) { batch.cases.push_back(batch.cases[0]); });
  refused([](Batch& batch) { batch.journal.push_back(sampleRecord(0, 1)); });
  refused([](Batch& batch) {
    batch.journal.push_back(sampleRecord(3, 4));
    batch.journal.push_back(sampleRecord(3, 6));
  });
  refused([](Batch& batch) { batch.journal[1].position = 2; });
  refused([](Batch& batch) { batch.journal.push_back(sampleRecord(1, 2)); });
  refused([](Batch& batch) { batch.cases[0].row.version = 2; });
  refused([](Batch& batch) { batch.put_tasks.push_back(batch.put_tasks[0]); });
  refused([](Batch& batch) { batch.cases[0].row.title = std::string("a\0b", 3); });
  refused([](Batch& batch) { batch.put_tasks[0].name = "\xff"; });
  refused([](Batch& batch) { batch.put_tasks[0].excluded = {"\xc0\x80"}; });
  refused([](Batch& batch) { batch.replies[0].key.clear(); });
  refused([](Batch& batch) { batch.replies[0].key = std::string(65, 'k'); });
}

TEST_P(Commit, KeepsLargeAndStrangeContents) {
  Batch batch = sampleBatch({1});
  std::string every_byte;
  for (int round = 0; round < 20'000; ++round) every_byte += static_cast<char>(round * 7);
  batch.journal[0].record = std::string(3'000'000, 'x') + every_byte;
  batch.cases[0].row.state = every_byte + std::string(2'000'000, '\0');
  batch.cases[0].row.title = "🏙️ 近悦远来 \u00a0 e\u0301 '\"\\ {NULL} \n\t";
  batch.cases[0].row.unit = "NULL";
  batch.cases[0].row.key = "{\"a\",NULL}";
  batch.put_tasks = {sampleTask(1, 1)};
  batch.put_tasks[0].name = std::string(100'000, 'n');
  batch.put_tasks[0].excluded = {"", "a\"b\\c", "\u2028"};
  batch.personal = {{1, "d", std::string(200'000, 'v')}};
  ASSERT_TRUE(store->commit(batch).done());
  reopen();
  EXPECT_EQ(load(1), batch.cases[0].row);
  EXPECT_EQ(store->records(1, 0, 1).at(0).record, batch.journal[0].record);
  EXPECT_THAT(store->listTasks({.case_id = 1}, {}).rows, ElementsAre(batch.put_tasks[0]));
  EXPECT_THAT(store->loadPersonal(1), ElementsAre(batch.personal[0]));
  EXPECT_THAT(store->listCases({.unit = "NULL", .scope = everything()}, {}).rows, testing::SizeIs(1));
}

TEST_P(Commit, CoversTheLastRecordWithASignedHead) {
  const ledger::Verifier verifier = testOptions().signer->verifier();
  EXPECT_EQ(store->head(), std::nullopt);
  std::vector<std::string> records;
  std::optional<ledger::Head> last;
  CaseId id = 0;
  for (const int count : {1, 2, 252, 1, 1, 300, 1, 700}) {
    std::vector<CaseId> ids;
    for (int made = 0; made < count; ++made) ids.push_back(++id);
    const auto outcome = store->commit(sampleBatch(ids));
    const auto head = store->head();
    ASSERT_TRUE(head);
    EXPECT_EQ(head->size, static_cast<std::uint64_t>(id));
    EXPECT_EQ(outcome.log_size, head->size);
    EXPECT_TRUE(verifier.verify(*head));
    EXPECT_EQ(head->root, storedRoot(head->size));
    if (last) {
      EXPECT_EQ(head->log, last->log);
      EXPECT_TRUE(ledger::verifyConsistency(
          head->hash, last->size, last->root, head->size, head->root,
          ledger::consistencyProof(head->hash, last->size, head->size, [this](int level, std::int64_t index) {
            return store->tile(level, index);
          })));
    }
    last = head;
    if (count == 300) reopen();
  }
  // The same root from nothing but the records.
  ledger::LogTree tree(ledger::HashAlgorithm::sha256);
  for (std::uint64_t from = 0; from < last->size; from += 500) {
    for (const auto& record : store->journal(from, 500)) {
      EXPECT_EQ(record.sequence, tree.size());
      tree.appendLeaf(record.record);
    }
  }
  EXPECT_EQ(tree.root(), last->root);
  // A commit without records signs nothing anew.
  Batch quiet;
  quiet.cases = {{sampleCase(1, 1), 1}};
  quiet.cases[0].row.title = "renamed";
  EXPECT_EQ(store->commit(quiet).log_size, last->size);
  EXPECT_EQ(store->head(), last);
  EXPECT_EQ(load(1).title, "renamed");
  EXPECT_TRUE(store->commit({}).done());
}

TEST_P(Commit, KeepsOneHeadInEachSpanOfTime) {
  StoreOptions options = testOptions();
  Instant now = at(0);
  options.now = [&now] { return now; };
  options.keep_head_every = std::chrono::seconds{60};
  store.reset();
  store = openStore(place.address(), options);
  std::vector<std::uint64_t> kept;
  for (CaseId id = 1; id <= 10; ++id) {
    store->commit(sampleBatch({id}));
    now += std::chrono::seconds{25};
    if (id == 5) store = openStore(place.address(), options);
  }
  for (const auto& head : store->keptHeads(0, 100)) {
    EXPECT_TRUE(options.signer->verifier().verify(head));
    EXPECT_EQ(head.root, storedRoot(head.size));
    kept.push_back(head.size);
  }
  EXPECT_THAT(kept, ElementsAre(1, 4, 7, 10));
  EXPECT_THAT(store->keptHeads(5, 1), ElementsAre(testing::Field(&ledger::Head::size, 7)));
}

TEST_P(Commit, FromTwoStoresInTurnMakesOneLog) {
  const auto other = openStore(place.address());
  for (CaseId id = 1; id <= 40; ++id) {
    ASSERT_TRUE(
        (id % 3 == 0 ? *other : *store).commit(sampleBatch({id, 1000 + id, 2000 + id, 3000 + id})).done());
  }
  for (CaseId id = 1; id <= 120; ++id) {
    ASSERT_TRUE((id % 2 == 0 ? *other : *store).commit(sampleBatch({5000 + id, 6000 + id})).done());
  }
  EXPECT_EQ(store->head()->size, 400u);
  EXPECT_EQ(store->head(), other->head());
  EXPECT_EQ(store->head()->root, storedRoot(400));
}

TEST_P(Commit, FromTwoStoresAtOnceLosesAndDoublesNothing) {
  constexpr int cases = 8;
  constexpr int rounds = 60;
  std::vector<CaseId> ids;
  for (CaseId id = 1; id <= cases; ++id) ids.push_back(id);
  ASSERT_TRUE(store->commit(sampleBatch(ids)).done());
  // Each thread moves every case on by one record a round, and tries again whenever the other was faster.
  std::atomic<int> conflicts = 0;
  const auto work = [&](int which) {
    const auto mine = openStore(place.address());
    for (int round = 0; round < rounds; ++round) {
      std::vector<CaseId> wanted = ids;
      while (!wanted.empty()) {
        Batch batch;
        for (const CaseRow& row : mine->loadCases(wanted)) {
          batch.journal.push_back(sampleRecord(row.id, row.version + 1));
          batch.journal.back().record += std::to_string(which);
          batch.cases.push_back({sampleCase(row.id, row.version + 1), row.version});
        }
        if (mine->commit(batch).done()) wanted.clear();
        else ++conflicts;
      }
    }
  };
  std::thread one(work, 1);
  std::thread two(work, 2);
  one.join();
  two.join();
  EXPECT_EQ(store->head()->size, static_cast<std::uint64_t>(cases * (1 + 2 * rounds)));
  EXPECT_EQ(store->head()->root, storedRoot(store->head()->size));
  for (const CaseId id : ids) {
    EXPECT_EQ(load(id).version, 1 + 2 * rounds);
    const auto records = store->records(id, 0, 1000);
    ASSERT_EQ(records.size(), static_cast<std::size_t>(1 + 2 * rounds));
    for (std::size_t index = 0; index < records.size(); ++index) {
      EXPECT_EQ(records[index].position, static_cast<std::int64_t>(index + 1));
    }
  }
}

}  // namespace
}  // namespace jinyue::store
