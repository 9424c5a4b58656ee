// Lists: what each filter finds, in which order, and that walking page by page sees each row once, also among
// equal due dates and while rows come and go.
#include <algorithm>
#include <random>
#include <set>

#include <gmock/gmock.h>

#include "store/fresh_store.h"
#include "store/sample_rows.h"

namespace jinyue::store {
namespace lists_test {

using testing::ElementsAre;
using testing::IsEmpty;

class Lists : public OnBothStores {
 protected:
  /// All pages of a list; each but the last is full.
  template <class Row, class List>
  std::vector<Row> walk(List list, int limit, int max_pages = 1000) {
    std::vector<Row> rows;
    PageRequest request{limit, {}};
    for (int pages = 0; pages < max_pages; ++pages) {
      Page<Row> page = list(request);
      EXPECT_TRUE(isCursor(page.next));
      rows.insert(rows.end(), page.rows.begin(), page.rows.end());
      if (page.next.empty()) return rows;
      EXPECT_EQ(page.rows.size(), static_cast<std::size_t>(limit));
      request.after = page.next;
    }
    return rows;
  }
  std::vector<ElementKey> walkTasks(const TaskFilter& filter, int limit = 7) {
    return keysOf(
        walk<TaskRow>([&](const PageRequest& page) { return store->listTasks(filter, page); }, limit));
  }
  std::vector<CaseId> walkCases(const CaseFilter& filter, int limit = 7) {
    std::vector<CaseId> ids;
    for (const auto& row :
         walk<CaseRow>([&](const PageRequest& page) { return store->listCases(filter, page); }, limit)) {
      ids.push_back(row.id);
    }
    return ids;
  }
  template <class Row>
  static std::vector<ElementKey> keysOf(const std::vector<Row>& rows) {
    std::vector<ElementKey> keys;
    for (const auto& row : rows) keys.push_back(row.id);
    return keys;
  }
};
JINYUE_ON_BOTH_STORES(Lists);

/// The order of task lists, said once more.
bool comesBefore(const TaskRow& a, const TaskRow& b) {
  if (a.due != b.due) return a.due && (!b.due || *a.due < *b.due);
  return a.id < b.id;
}

TEST_P(Lists, OfTasksFindWhatTheFilterSaysInOrder) {
  std::mt19937 random(1);
  const auto pick = [&](std::vector<std::string> words) { return words[random() % words.size()]; };
  Batch batch;
  std::vector<TaskRow> all;
  for (CaseId id = 1; id <= 60; ++id) {
    batch.journal.push_back(sampleRecord(id, 1));
    batch.cases.push_back({sampleCase(id), 0});
    for (ElementNumber number = 1; number <= 5; ++number) {
      TaskRow row = sampleTask(id, number);
      row.unit = pick({"", "unit-1", "unit-2"});
      row.role = pick({"", "handler", "manager"});
      row.person = pick({"", "", "officer:1", "officer:2"});
      row.assignee = pick({"", "", "officer:1", "officer:3"});
      row.due = random() % 5 == 0 ? std::nullopt : std::optional{at(static_cast<std::int64_t>(random() % 6))};
      all.push_back(row);
    }
  }
  std::ranges::shuffle(all, random);
  batch.put_tasks = all;
  ASSERT_TRUE(store->commit(batch).done());
  std::ranges::sort(all, comesBefore);

  const auto expected = [&](const TaskFilter& filter) {
    const bool unclaimed = !filter.assignee && !filter.case_id;
    std::vector<ElementKey> keys;
    for (const auto& row : all) {
      if (unclaimed && !row.assignee.empty()) continue;
      if (filter.case_id && row.id.case_id != *filter.case_id) continue;
      if (filter.assignee && row.assignee != *filter.assignee) continue;
      if (filter.person && row.person != *filter.person) continue;
      if (filter.unit && row.unit != *filter.unit) continue;
      if (filter.role && row.role != *filter.role) continue;
      keys.push_back(row.id);
    }
    if (filter.case_id) std::ranges::sort(keys);
    return keys;
  };
  for (const TaskFilter& filter :
       {TaskFilter{.assignee = "officer:1"}, TaskFilter{.assignee = "officer:1", .unit = "unit-1"},
        TaskFilter{.assignee = "officer:3", .unit = "unit-2", .role = "handler"},
        TaskFilter{.assignee = "officer:1", .person = "officer:1"}, TaskFilter{.person = "officer:1"},
        TaskFilter{.unit = "unit-2", .person = "officer:2"},
        TaskFilter{.role = "manager", .person = "officer:2"}, TaskFilter{.unit = "unit-1"},
        TaskFilter{.unit = "unit-1", .role = "handler"}, TaskFilter{.unit = "unit-2", .role = ""},
        TaskFilter{.unit = ""}, TaskFilter{.unit = "", .role = "manager"}, TaskFilter{.role = "handler"},
        TaskFilter{.case_id = 7}, TaskFilter{.role = "handler", .case_id = 8},
        TaskFilter{.assignee = "officer:1", .case_id = 9}}) {
    SCOPED_TRACE(::testing::PrintToString(
        std::vector{filter.assignee.value_or("-"), filter.person.value_or("-"), filter.unit.value_or("-"),
                    filter.role.value_or("-"), std::to_string(filter.case_id.value_or(0))}));
    EXPECT_EQ(walkTasks(filter), expected(filter));
    EXPECT_EQ(walkTasks(filter, 1000), expected(filter));
  }
  EXPECT_FALSE(expected({.unit = "unit-1", .role = "handler"}).empty());
  EXPECT_THAT(walkTasks({.assignee = "officer:99"}), IsEmpty());
  EXPECT_THAT(walkTasks({.case_id = 99}), IsEmpty());
  EXPECT_THAT(walkTasks({.unit = "unit"}), IsEmpty());  // no part of a word
  EXPECT_THROW(store->listTasks({}, {}), std::invalid_argument);
}

TEST_P(Lists, OfTasksAreSteadyWhileRowsComeAndGo) {
  const auto add = [&](CaseId first, CaseId last) {
    Batch batch;
    for (CaseId id = first; id <= last; ++id) {
      batch.journal.push_back(sampleRecord(id, 1));
      batch.cases.push_back({sampleCase(id), 0});
      batch.put_tasks.push_back(sampleTask(id, 1));  // all with the same due date
    }
    ASSERT_TRUE(store->commit(batch).done());
  };
  add(100, 199);
  std::vector<ElementKey> seen;
  PageRequest request{10, {}};
  CaseId below = 100;
  do {
    const auto page = store->listTasks({.unit = "unit-1"}, request);
    for (const auto& row : page.rows) seen.push_back(row.id);
    request.after = page.next;
    // New rows before the cursor, one of the rows already seen goes, one not yet seen is claimed.
    --below;
    add(below, below);
    Batch batch = sampleBatch({seen.back().case_id}, 2);
    batch.drop_tasks = {seen.back()};
    if (seen.back().case_id + 5 < 200) {
      TaskRow claimed = sampleTask(seen.back().case_id + 5, 1);
      claimed.assignee = "officer:1";
      batch.put_tasks = {claimed};
    }
    ASSERT_TRUE(store->commit(batch).done());
  } while (!request.after.empty());
  EXPECT_TRUE(std::ranges::is_sorted(seen));
  EXPECT_EQ(std::set(seen.begin(), seen.end()).size(), seen.size());
  EXPECT_GE(seen.size(), 89u);  // of the first hundred all but those claimed
  EXPECT_EQ(seen.front().case_id, 100);
}

TEST_P(Lists, OfCasesFindWhatTheFilterSaysNewestFirst) {
  std::mt19937 random(2);
  const auto pick = [&](std::vector<std::string> words) { return words[random() % words.size()]; };
  Batch batch;
  std::vector<CaseRow> all;
  for (CaseId id = 1; id <= 200; ++id) {
    CaseRow row = sampleCase(id);
    row.process = pick({"hotline", "licence"});
    row.unit = pick({"", "unit-1", "unit-2"});
    row.key = pick({"", "A", "B", "C"});
    row.definition = static_cast<std::int64_t>(random() % 2);
    row.status = static_cast<CaseStatus>(random() % 3);
    all.push_back(row);
    batch.journal.push_back(sampleRecord(id, 1));
    batch.cases.push_back({row, 0});
  }
  ASSERT_TRUE(store->commit(batch).done());
  std::ranges::reverse(all);
  const auto expected = [&](const CaseFilter& filter) {
    std::vector<CaseId> ids;
    for (const auto& row : all) {
      if (filter.process && row.process != *filter.process) continue;
      if (filter.unit && row.unit != *filter.unit) continue;
      if (filter.key && row.key != *filter.key) continue;
      if (filter.status && row.status != *filter.status) continue;
      ids.push_back(row.id);
    }
    return ids;
  };
  for (CaseFilter filter :
       {CaseFilter{}, CaseFilter{.process = "hotline"}, CaseFilter{.unit = "unit-1"}, CaseFilter{.unit = ""},
        CaseFilter{.key = "B"}, CaseFilter{.process = "licence", .unit = "unit-2", .key = "A"}}) {
    filter.scope = everything();
    EXPECT_EQ(walkCases(filter), expected(filter));
    EXPECT_FALSE(expected(filter).empty());
    for (const auto status : {CaseStatus::active, CaseStatus::completed, CaseStatus::cancelled}) {
      filter.status = status;
      EXPECT_EQ(walkCases(filter), expected(filter));
    }
  }
  const auto page = store->listCases({.process = "licence", .scope = everything()}, {1, {}});
  CaseRow without_state = *std::ranges::find(all, page.rows.at(0).id, &CaseRow::id);
  without_state.state.clear();
  EXPECT_EQ(page.rows.at(0), without_state);

  std::vector<CaseId> running;
  for (const auto& row : all) {
    if (row.definition == 1 && row.status == CaseStatus::active) running.insert(running.begin(), row.id);
  }
  std::vector<CaseId> listed;
  for (const auto& row : walk<CaseRow>(
           [&](const PageRequest& request) { return store->listCasesOfDefinition(1, request); }, 7)) {
    listed.push_back(row.id);
  }
  EXPECT_EQ(listed, running);
}

TEST_P(Lists, OfIncidentsAreNewestFirst) {
  Batch batch = sampleBatch({1, 2, 3});
  for (CaseId id = 1; id <= 3; ++id) {
    for (ElementNumber number = 1; number <= 4; ++number) {
      batch.put_incidents.push_back(
          {{id, number}, at(number / 2), id == 2 ? "licence" : "hotline", "", "", "n", "c", "m"});
    }
  }
  ASSERT_TRUE(store->commit(batch).done());
  auto all = batch.put_incidents;
  std::ranges::sort(all, [](const IncidentRow& a, const IncidentRow& b) {
    return a.at != b.at ? a.at > b.at : a.id > b.id;
  });
  const auto walkIncidents = [&](std::optional<std::string> process) {
    return walk<IncidentRow>(
        [&](const PageRequest& page) {
          return store->listIncidents({.process = process, .scope = everything()}, page);
        },
        3);
  };
  EXPECT_EQ(walkIncidents(std::nullopt), all);
  std::erase_if(all, [](const IncidentRow& row) { return row.process != "licence"; });
  EXPECT_EQ(walkIncidents("licence"), all);
  EXPECT_THAT(walkIncidents("none"), IsEmpty());
}

TEST_P(Lists, OfSubscriptionsMatchNameAndKeyWhole) {
  Batch batch = sampleBatch({1, 2});
  batch.put_subscriptions = {
      {{2, 2}, SubscriptionKind::message, "paid", "k"},  {{2, 1}, SubscriptionKind::message, "paid", "k"},
      {{1, 9}, SubscriptionKind::message, "paid", "k"},  {{1, 1}, SubscriptionKind::message, "paid", "K"},
      {{1, 2}, SubscriptionKind::message, "paid ", "k"}, {{1, 3}, SubscriptionKind::signal, "paid", "k"}};
  ASSERT_TRUE(store->commit(batch).done());
  const auto find = [&](int limit) {
    return keysOf(store->findSubscriptions(SubscriptionKind::message, "paid", "k", before_all, limit));
  };
  EXPECT_THAT(find(10), ElementsAre(ElementKey{1, 9}, ElementKey{2, 1}, ElementKey{2, 2}));
  EXPECT_THAT(find(2), ElementsAre(ElementKey{1, 9}, ElementKey{2, 1}));
}

TEST_P(Lists, OfRecordsGoOnWhereTheyEnded) {
  for (std::int64_t version = 1; version <= 5; ++version)
    ASSERT_TRUE(store->commit(sampleBatch({1, 2}, version)).done());
  const auto positions = [&](std::int64_t after, int limit) {
    std::vector<std::int64_t> found;
    for (const auto& record : store->records(2, after, limit)) {
      EXPECT_EQ(record.case_id, 2);
      EXPECT_EQ(record.sequence, static_cast<std::uint64_t>(2 * record.position - 1));
      found.push_back(record.position);
    }
    return found;
  };
  EXPECT_THAT(positions(0, 2), ElementsAre(1, 2));
  EXPECT_THAT(positions(2, 10), ElementsAre(3, 4, 5));
  EXPECT_THAT(positions(5, 10), IsEmpty());
  EXPECT_THAT(store->records(3, 0, 10), IsEmpty());
  EXPECT_THAT(store->journal(8, 10), testing::SizeIs(2));
  EXPECT_THAT(store->journal(10, 10), IsEmpty());
}

TEST_P(Lists, RefuseLimitsAndCursorsThatNoPageGave) {
  EXPECT_THROW(store->listCases({.scope = everything()}, {0, {}}), std::invalid_argument);
  EXPECT_THROW(store->listCases({.scope = everything()}, {1001, {}}), std::invalid_argument);
  for (const std::string cursor :
       {"x", "1", "1.2", "1.2.3.4", "1.2.", "99999999999999999999.1.1", " 1.2.3"}) {
    EXPECT_FALSE(isCursor(cursor)) << cursor;
    EXPECT_THROW(store->listCases({.scope = everything()}, {10, cursor}), std::invalid_argument) << cursor;
    EXPECT_THROW(store->listTasks({.unit = "u"}, {10, cursor}), std::invalid_argument) << cursor;
    EXPECT_THROW(store->listIncidents({.scope = everything()}, {10, cursor}), std::invalid_argument)
        << cursor;
  }
  EXPECT_TRUE(isCursor(""));
}

TEST_P(Lists, OfDefinitionsCountVersionsOfAName) {
  const auto one = store->addDefinition("hotline", R"({"a":"版"})", at(1));
  const auto other = store->addDefinition("licence", "{}", at(2));
  const auto two = store->addDefinition("hotline", std::string(3'000'000, 's'), at(3));
  EXPECT_EQ(one.version, 1);
  EXPECT_EQ(other.version, 1);
  EXPECT_EQ(two.version, 2);
  EXPECT_EQ(std::set({one.id, two.id, other.id}).size(), 3u);
  reopen();
  EXPECT_EQ(store->loadDefinition(one.id), one);
  EXPECT_EQ(store->latestDefinition("hotline"), two);
  EXPECT_EQ(store->loadDefinition(999), std::nullopt);
  EXPECT_EQ(store->latestDefinition("none"), std::nullopt);
  auto listed = store->listDefinitions();
  ASSERT_EQ(listed.size(), 3u);
  EXPECT_EQ(listed[2].id, two.id);
  EXPECT_EQ(listed[2].source, "");
  EXPECT_EQ(listed[0].name, "hotline");
  EXPECT_EQ(listed[0].at, at(1));
}

}  // namespace lists_test
}  // namespace jinyue::store
