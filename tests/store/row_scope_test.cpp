// Lists with a scope: over random rows, filters and scopes they give what a filter over all rows gives, page
// by page, in the same order, each row once.
#include <algorithm>
#include <random>

#include <gmock/gmock.h>

#include "store/fresh_store.h"
#include "store/sample_rows.h"

namespace jinyue::store {
namespace row_scope_test {

class RowScopes : public OnBothStores {
 protected:
  std::mt19937 random{7};
  std::vector<CaseRow> cases;
  std::vector<TaskRow> tasks;
  std::vector<IncidentRow> incidents;

  std::size_t number(std::size_t below) { return random() % below; }
  const std::string& pick(const std::vector<std::string>& words) { return words[number(words.size())]; }
  const std::vector<std::string> units{"", "unit-1", "unit-2", "unit-3", "unit"};
  const std::vector<std::string> areas{"", "210202", "210203", "2102"};
  const std::vector<std::string> processes{"hotline", "licence", "hot%", "hot_ine"};
  const std::vector<std::string> parties{"", "firm:1", "firm:2"};

  void SetUp() override {
    OnBothStores::SetUp();
    Batch batch;
    for (CaseId id = 1; id <= 150; ++id) {
      CaseRow row = sampleCase(id);
      row.process = pick(processes);
      row.unit = pick(units);
      row.area = pick(areas);
      row.party = pick(parties);
      row.key = pick({"", "A", "B"});
      row.status = static_cast<CaseStatus>(number(3));
      row.due = number(3) == 0 ? std::nullopt : std::optional{at(static_cast<std::int64_t>(number(6)))};
      batch.journal.push_back(sampleRecord(id, 1));
      batch.cases.push_back({row, 0});
      row.state.clear();
      cases.push_back(row);
      for (ElementNumber task_number = 1; task_number <= 2; ++task_number) {
        TaskRow task = sampleTask(id, task_number);
        task.process = row.process;
        task.area = row.area;
        task.unit = pick(units);
        task.role = pick({"", "handler"});
        task.person = pick({"", "", "officer:1"});
        task.assignee = pick({"", "officer:1", "officer:2"});
        task.due = number(4) == 0 ? std::nullopt : std::optional{at(static_cast<std::int64_t>(number(6)))};
        tasks.push_back(task);
      }
      if (number(2) == 0)
        incidents.push_back({{id, 9},
                             at(static_cast<std::int64_t>(number(9))),
                             row.process,
                             row.unit,
                             row.area,
                             "n",
                             "c",
                             "m"});
    }
    batch.put_tasks = tasks;
    batch.put_incidents = incidents;
    ASSERT_TRUE(store->commit(batch).done());
    std::ranges::reverse(cases);
    std::ranges::sort(tasks, [](const TaskRow& a, const TaskRow& b) {
      if (a.due != b.due) return a.due && (!b.due || *a.due < *b.due);
      return a.id < b.id;
    });
    std::ranges::sort(incidents, [](const IncidentRow& a, const IncidentRow& b) {
      return a.at != b.at ? a.at > b.at : a.id > b.id;
    });
  }

  std::vector<std::string> some(const std::vector<std::string>& words) {
    std::vector<std::string> chosen;
    for (std::size_t count = number(3); count > 0; --count) chosen.push_back(pick(words));
    return chosen;
  }
  std::optional<std::string> maybe(const std::vector<std::string>& words) {
    return number(3) == 0 ? std::optional{pick(words)} : std::nullopt;
  }
  RowScope scope() {
    if (number(8) == 0) return everything();
    RowScope made;
    for (std::size_t count = number(4); count > 0; --count) {
      ScopeAlternative& each = made.alternatives.emplace_back();
      each.units = some(units);
      each.areas = some(areas);
      each.processes = some(processes);
      if (number(4) == 0) each.party = pick(parties);
      for (std::size_t statuses = number(6) > 2 ? 0 : number(3); statuses > 0; --statuses)
        each.statuses.push_back(static_cast<CaseStatus>(number(3)));
    }
    return made;
  }

  template <class Row, class List>
  std::vector<Row> walk(List list) {
    std::vector<Row> rows;
    PageRequest request{static_cast<int>(1 + number(40)), {}};
    do {
      Page<Row> page = list(request);
      EXPECT_TRUE(page.next.empty() || page.rows.size() == static_cast<std::size_t>(request.limit));
      rows.insert(rows.end(), page.rows.begin(), page.rows.end());
      request.after = page.next;
    } while (!request.after.empty());
    return rows;
  }
};
JINYUE_ON_BOTH_STORES(RowScopes);

bool has(const std::vector<std::string>& words, const std::string& word) {
  return words.empty() || std::ranges::find(words, word) != words.end();
}
bool is(const std::optional<std::string>& wanted, const std::string& word) {
  return !wanted || *wanted == word;
}

template <class Row>
bool mayShow(const RowScope& scope, const Row& row) {
  return scope.all || std::ranges::any_of(scope.alternatives, [&](const ScopeAlternative& each) {
           bool party = !each.party;  // tasks and incidents have none
           auto status = CaseStatus::active;
           if constexpr (requires { row.party; }) {
             party = is(each.party, row.party);
             status = row.status;
           }
           const bool state =
               each.statuses.empty() || std::ranges::find(each.statuses, status) != each.statuses.end();
           return party && state && has(each.units, row.unit) && has(each.areas, row.area) &&
                  has(each.processes, row.process);
         });
}

TEST_P(RowScopes, OfCasesShowWhatAFilterOverAllRowsShows) {
  std::size_t shown = 0;
  for (int round = 0; round < 150; ++round) {
    CaseFilter filter{.process = maybe(processes), .unit = maybe(units), .area = maybe(areas)};
    filter.key = number(5) == 0 ? std::optional<std::string>{pick({"A", "B", ""})} : std::nullopt;
    filter.party = number(5) == 0 ? std::optional{pick(parties)} : std::nullopt;
    if (number(2) == 0) filter.status = static_cast<CaseStatus>(number(3));
    filter.scope = scope();
    std::vector<CaseRow> expected;
    for (const CaseRow& row : cases) {
      if (is(filter.process, row.process) && is(filter.unit, row.unit) && is(filter.area, row.area) &&
          is(filter.key, row.key) && is(filter.party, row.party) &&
          (!filter.status || *filter.status == row.status) && mayShow(filter.scope, row))
        expected.push_back(row);
    }
    shown += expected.size();
    EXPECT_EQ(walk<CaseRow>([&](const PageRequest& page) { return store->listCases(filter, page); }),
              expected);
  }
  EXPECT_GT(shown, 300u);
}

TEST_P(RowScopes, OfTasksShowWhatAFilterOverAllRowsShows) {
  std::size_t shown = 0;
  for (int round = 0; round < 150; ++round) {
    TaskFilter filter{.unit = maybe(units), .area = maybe(areas), .process = maybe(processes)};
    if (number(4) == 0) filter.assignee = pick({"", "officer:1", "officer:2"});
    if (number(5) == 0) filter.role = pick({"", "handler"});
    if (number(6) == 0) filter.person = pick({"", "officer:1"});
    if (number(8) == 0) filter.case_id = static_cast<CaseId>(1 + number(150));
    filter.scope = scope();
    std::vector<TaskRow> expected;
    for (const TaskRow& row : tasks) {
      if (is(filter.process, row.process) && is(filter.unit, row.unit) && is(filter.area, row.area) &&
          is(filter.assignee, row.assignee) && is(filter.role, row.role) && is(filter.person, row.person) &&
          (!filter.case_id || *filter.case_id == row.id.case_id) && mayShow(*filter.scope, row))
        expected.push_back(row);
    }
    if (filter.case_id) std::ranges::sort(expected, {}, &TaskRow::id);
    shown += expected.size();
    EXPECT_EQ(walk<TaskRow>([&](const PageRequest& page) { return store->listTasks(filter, page); }),
              expected);
  }
  EXPECT_GT(shown, 300u);
}

TEST_P(RowScopes, OfWhatIsOverdueCountTheDeadlineOfTheCaseToo) {
  std::size_t shown = 0;
  std::size_t by_case = 0;
  for (int round = 0; round < 150; ++round) {
    const Instant now = at(static_cast<std::int64_t>(number(7)));
    TaskFilter filter{.unit = maybe(units), .area = maybe(areas), .process = maybe(processes)};
    filter.scope = scope();
    filter.overdue_by = now;
    std::vector<TaskRow> expected;
    for (TaskRow row : tasks) {
      const CaseRow& of = *std::ranges::find(cases, row.id.case_id, &CaseRow::id);
      if (!row.due && of.status == CaseStatus::active && of.due) {
        row.due = of.due;
        row.due_of_case = true;
      }
      if (row.due && *row.due <= now && is(filter.process, row.process) && is(filter.unit, row.unit) &&
          is(filter.area, row.area) && mayShow(*filter.scope, row)) {
        by_case += row.due_of_case ? 1U : 0U;
        expected.push_back(row);
      }
    }
    std::ranges::sort(expected, {}, [](const TaskRow& row) { return std::pair(row.due, row.id); });
    shown += expected.size();
    EXPECT_EQ(walk<TaskRow>([&](const PageRequest& page) { return store->listTasks(filter, page); }),
              expected);
  }
  EXPECT_GT(shown, 300u);
  EXPECT_GT(by_case, 30u);
}

TEST_P(RowScopes, OfIncidentsShowWhatAFilterOverAllRowsShows) {
  std::size_t shown = 0;
  for (int round = 0; round < 100; ++round) {
    const IncidentFilter filter{maybe(processes), maybe(units), maybe(areas), scope()};
    std::vector<IncidentRow> expected;
    for (const IncidentRow& row : incidents) {
      if (is(filter.process, row.process) && is(filter.unit, row.unit) && is(filter.area, row.area) &&
          mayShow(filter.scope, row))
        expected.push_back(row);
    }
    shown += expected.size();
    EXPECT_EQ(walk<IncidentRow>([&](const PageRequest& page) { return store->listIncidents(filter, page); }),
              expected);
  }
  EXPECT_GT(shown, 100u);
}

TEST_P(RowScopes, WithoutOneAListIsEmpty) {
  EXPECT_TRUE(store->listCases({}, {}).rows.empty());
  EXPECT_TRUE(store->listIncidents({}, {}).rows.empty());
  EXPECT_TRUE(store->listTasks({.unit = "unit-1", .scope = RowScope{}}, {}).rows.empty());
  EXPECT_FALSE(store->listTasks({.unit = "unit-1"}, {}).rows.empty());  // somebody's own worklist
}

/// Many entries cost a look each, and no more rows than the page.
TEST_P(RowScopes, OfManyUnitsFindTheirRows) {
  RowScope wide;
  wide.alternatives.emplace_back();
  for (int unit = 0; unit < 600; ++unit) wide.alternatives[0].units.push_back("unit-" + std::to_string(unit));
  std::vector<CaseId> expected;
  for (const CaseRow& row : cases) {
    if (row.unit.starts_with("unit-")) expected.push_back(row.id);
  }
  std::vector<CaseId> listed;
  for (const CaseRow& row :
       walk<CaseRow>([&](const PageRequest& page) { return store->listCases({.scope = wide}, page); })) {
    listed.push_back(row.id);
  }
  EXPECT_EQ(listed, expected);
}

}  // namespace row_scope_test
}  // namespace jinyue::store
