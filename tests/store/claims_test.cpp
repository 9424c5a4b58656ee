// Claims, reservations and what is forgotten or erased: two stores over one database stand for two nodes.
#include <algorithm>
#include <atomic>
#include <map>
#include <mutex>
#include <set>
#include <thread>

#include <gmock/gmock.h>

#include "store/fresh_store.h"
#include "store/sample_rows.h"

namespace jinyue::store {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class Claims : public OnBothStores {
 protected:
  void addTimers(CaseId first, CaseId last, std::int64_t due) {
    Batch batch;
    for (CaseId id = first; id <= last; ++id) {
      batch.journal.push_back(sampleRecord(id, 1));
      batch.cases.push_back({sampleCase(id), 0});
      batch.put_timers.push_back({{id, 1}, at(due)});
      batch.put_outbox.push_back({{id, 2}, "service", at(due), 0, "{}"});
    }
    ASSERT_TRUE(store->commit(batch).done());
  }
  static std::vector<CaseId> casesOf(const auto& rows) {
    std::vector<CaseId> ids;
    for (const auto& row : rows) ids.push_back(row.id.case_id);
    std::ranges::sort(ids);
    return ids;
  }
};
JINYUE_ON_BOTH_STORES(Claims);

TEST_P(Claims, GiveWhatIsDueOnceUntilTheHoldEnds) {
  addTimers(1, 2, 10);
  addTimers(3, 3, 20);
  EXPECT_THAT(store->claimTimers(at(9), at(50), 10), IsEmpty());
  EXPECT_THAT(casesOf(store->claimTimers(at(10), at(50), 10)), ElementsAre(1, 2));
  EXPECT_THAT(store->claimTimers(at(10), at(50), 10), IsEmpty());
  const auto third = store->claimTimers(at(20), at(60), 10);
  ASSERT_EQ(third.size(), 1u);
  EXPECT_EQ(third[0], (TimerRow{{3, 1}, at(20)}));
  EXPECT_THAT(store->claimTimers(at(49), at(99), 10), IsEmpty());
  const auto again = store->claimTimers(at(50), at(99), 10);
  EXPECT_THAT(casesOf(again), ElementsAre(1, 2));
  EXPECT_EQ(again[0].due, at(10));  // the due date stays
  // The batch that fires a timer drops it.
  Batch batch = sampleBatch({1, 2, 3}, 2);
  batch.drop_timers = {{1, 1}, {2, 1}, {3, 1}};
  ASSERT_TRUE(store->commit(batch).done());
  EXPECT_THAT(store->claimTimers(at(1000), at(2000), 10), IsEmpty());
}

TEST_P(Claims, TakeTheEarliestFirstUpToTheLimit) {
  addTimers(1, 5, 30);
  addTimers(6, 8, 20);
  addTimers(9, 9, 10);
  EXPECT_THAT(casesOf(store->claimTimers(at(100), at(200), 1)), ElementsAre(9));
  EXPECT_THAT(casesOf(store->claimTimers(at(100), at(200), 3)), ElementsAre(6, 7, 8));
  EXPECT_THAT(casesOf(store->claimOutbox(at(100), at(200), 4)), ElementsAre(6, 7, 8, 9));
}

TEST_P(Claims, APutGivesTheHoldUp) {
  addTimers(1, 1, 10);
  ASSERT_EQ(store->claimTimers(at(10), at(500), 10).size(), 1u);
  ASSERT_EQ(store->claimOutbox(at(10), at(500), 10).size(), 1u);
  Batch batch = sampleBatch({1}, 2);
  batch.put_timers = {{{1, 1}, at(12)}};
  batch.put_outbox = {{{1, 2}, "service", at(13), 1, "{}"}};
  ASSERT_TRUE(store->commit(batch).done());
  EXPECT_EQ(store->nextDue(), at(12));
  EXPECT_EQ(store->claimTimers(at(12), at(500), 10).size(), 1u);
  EXPECT_EQ(store->claimOutbox(at(13), at(500), 10).size(), 1u);
}

TEST_P(Claims, ARetryPutsAnOutboxRowOff) {
  addTimers(1, 1, 10);
  ASSERT_EQ(store->claimOutbox(at(10), at(500), 10).size(), 1u);
  store->retryOutbox({1, 2}, 3, at(40));
  store->retryOutbox({1, 77}, 3, at(40));  // a row that is gone
  EXPECT_THAT(store->claimOutbox(at(39), at(500), 10), IsEmpty());
  EXPECT_THAT(store->claimOutbox(at(40), at(500), 10),
              ElementsAre(OutboxRow{{1, 2}, "service", at(40), 3, "{}"}));
}

TEST_P(Claims, SayWhenTheNextRowCanBeHadAtAll) {
  EXPECT_EQ(store->nextDue(), std::nullopt);
  addTimers(1, 1, 10);
  EXPECT_EQ(store->nextDue(), at(10));
  ASSERT_EQ(store->claimTimers(at(10), at(60), 10).size(), 1u);
  EXPECT_EQ(store->nextDue(), at(10));  // the outbox row
  ASSERT_EQ(store->claimOutbox(at(10), at(70), 10).size(), 1u);
  EXPECT_EQ(store->nextDue(), at(60));  // the hold of the timer ends
}

TEST_P(Claims, OfTwoNodesAtOnceNeverGetTheSameRow) {
  constexpr int rows = 600;
  for (CaseId id = 1; id <= rows; id += 200) addTimers(id, id + 199, 10);
  std::mutex mutex;
  std::map<CaseId, int> timers;
  std::map<CaseId, int> outbox;
  const auto work = [&] {
    const auto mine = openStore(place.address());
    while (true) {
      const auto claimed_timers = mine->claimTimers(at(10), at(1000), 7);
      const auto claimed_outbox = mine->claimOutbox(at(10), at(1000), 7);
      if (claimed_timers.empty() && claimed_outbox.empty()) return;
      const std::lock_guard lock(mutex);
      for (const auto& row : claimed_timers) ++timers[row.id.case_id];
      for (const auto& row : claimed_outbox) ++outbox[row.id.case_id];
    }
  };
  std::thread one(work);
  std::thread two(work);
  // Commits go on meanwhile.
  for (CaseId id = 10'001; id <= 10'030; ++id) EXPECT_TRUE(store->commit(sampleBatch({id})).done());
  one.join();
  two.join();
  for (const auto* claimed : {&timers, &outbox}) {
    EXPECT_EQ(claimed->size(), static_cast<std::size_t>(rows));
    for (const auto& [id, times] : *claimed) EXPECT_EQ(times, 1) << id;
  }
}

TEST_P(Claims, ReserveCaseIdsForOneNodeAlone) {
  const CaseId first = store->reserveCaseIds(5);
  EXPECT_GE(first, 1);
  EXPECT_EQ(store->reserveCaseIds(1), first + 5);
  reopen();
  const auto other = openStore(place.address());
  std::mutex mutex;
  std::set<CaseId> ids;
  std::atomic<int> count = 0;
  const auto work = [&](Store& mine) {
    for (int round = 0; round < 50; ++round) {
      const CaseId begin = mine.reserveCaseIds(3);
      const std::lock_guard lock(mutex);
      for (CaseId id = begin; id < begin + 3; ++id, ++count) ids.insert(id);
    }
  };
  std::thread one([&] { work(*store); });
  std::thread two([&] { work(*other); });
  one.join();
  two.join();
  EXPECT_EQ(count, 300);
  EXPECT_EQ(ids.size(), 300u);
  EXPECT_GT(*ids.begin(), first + 5);
  EXPECT_THROW(store->reserveCaseIds(0), std::invalid_argument);
}

TEST_P(Claims, ErasedPersonalDataIsGoneAndTheLogStillVerifies) {
  Batch batch = sampleBatch({1, 2});
  const std::string secret = "王小明-13800000000";
  batch.personal = {{1, "a", secret}, {1, "b", secret}, {2, "a", "other"}};
  ASSERT_TRUE(store->commit(batch).done());
  const auto head = store->head();
  EXPECT_EQ(store->erasePersonal(1, 7, "other"), std::nullopt);  // it is at another version
  EXPECT_THAT(store->loadPersonal(1), testing::SizeIs(2));
  EXPECT_EQ(store->erasePersonal(1, 1, "new state"), 2);
  EXPECT_EQ(store->erasePersonal(1, 1, "newer state"), 0);
  EXPECT_EQ(store->loadCases(std::vector<CaseId>{1}).at(0).state, "newer state");
  EXPECT_THAT(store->loadPersonal(1), IsEmpty());
  EXPECT_THAT(store->loadPersonal(2), testing::SizeIs(1));
  EXPECT_EQ(store->head(), head);
  reopen();  // which checks the log
  // The same value may come again.
  Batch again = sampleBatch({1}, 2);
  again.personal = {{1, "a", secret}, {1, "a", secret}};
  ASSERT_TRUE(store->commit(again).done());
  EXPECT_THAT(store->loadPersonal(1), ElementsAre(PersonalRow{1, "a", secret}));
}

TEST_P(Claims, ForgetOldKeysOldestFirst) {
  Batch batch = sampleBatch({1});
  for (int number = 0; number < 10; ++number) {
    batch.replies.push_back({"key-" + std::to_string(number), "a", 1, 1, 1, at(number)});
  }
  ASSERT_TRUE(store->commit(batch).done());
  EXPECT_EQ(store->forgetReplies(at(5), 3), 3);
  EXPECT_EQ(store->forgetReplies(at(5), 100), 2);
  EXPECT_EQ(store->forgetReplies(at(5), 100), 0);
  std::vector<std::string> keys;
  for (const auto& row : batch.replies) keys.push_back(row.key);
  EXPECT_EQ(store->findReplies(keys),
            (std::vector<ReplyRow>{batch.replies.begin() + 5, batch.replies.end()}));
}

}  // namespace
}  // namespace jinyue::store
