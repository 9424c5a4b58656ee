#include <array>

#include <fmt/format.h>

#include "store/columns.h"
#include "store/lists.h"
#include "store/rows.h"

namespace jinyue::store {
namespace {

/// What every entry is narrowed by, from this placeholder on.
std::string narrowing(std::size_t first, std::string_view table = {}) {
  std::string sql;
  for (const std::string_view column : {"unit", "area", "process", "role", "person", "assignee"}) {
    sql += " AND ";
    sql += fits(std::string{table} + std::string{column}, first++);
  }
  return sql;
}

/// $1 to $3 and $4 to $6: due date, case and number that the page lies between, $7 its limit, $8 the entry's
/// text.
std::string taskListSql(std::string_view entry) {
  return fmt::format(
      "SELECT {} FROM tasks WHERE {} AND (due, case_id, number) > ($1, $2, $3) AND (due, case_id, number) < "
      "($4, $5, $6){} ORDER BY due, case_id, number LIMIT $7",
      task_columns, entry, narrowing(9));
}

/// $1 and $2: the numbers that the page lies between, $3 its limit, $4 the case.
std::string caseSql() {
  return fmt::format(
      "SELECT {} FROM tasks WHERE case_id = $4 AND number > $1 AND number < $2{}"
      " ORDER BY number LIMIT $3",
      task_columns, narrowing(5));
}

/// As taskListSql, of tasks without a due date of their own, with that of their case and a mark in its place.
/// One condition more on the first key is what the index is entered by.
std::string dueOfCaseSql() {
  return fmt::format(
      "SELECT t.case_id, t.number, t.process, t.node, t.name, t.title, t.unit, t.role, t.person, t.assignee, "
      "t.excluded, t.created, c.due, t.yellow, t.area, 1 FROM cases c JOIN tasks t ON t.case_id = c.id WHERE "
      "c.status = 0 AND c.due IS NOT NULL AND c.due >= $1 AND c.due <= $4 AND (c.due, t.case_id, t.number) > "
      "($1, $2, $3) AND (c.due, t.case_id, t.number) < ($4, $5, $6) AND t.due = {} AND $8 = ''{} ORDER BY "
      "c.due, c.id, t.number LIMIT $7",
      no_due, narrowing(9, "t."));
}

enum class TaskWay : std::size_t {
  of_case,
  assignee,
  person,
  unclaimed_of_unit,
  claimed_of_unit,
  unclaimed_of_role,
  area,
  process,
  due_of_case
};
constexpr std::size_t task_ways = 9;

const std::array<std::string, task_ways>& taskSqls() {
  static const std::array<std::string, task_ways> all{
      caseSql(),
      taskListSql("assignee = $8 AND assignee <> ''"),
      taskListSql("person = $8 AND person <> '' AND assignee = ''"),
      taskListSql("unit = $8 AND assignee = ''"),
      taskListSql("unit = $8 AND assignee <> ''"),
      taskListSql("role = $8 AND role <> '' AND assignee = ''"),
      taskListSql("area = $8 AND area <> ''"),
      taskListSql("process = $8"),
      dueOfCaseSql()};
  return all;
}

Texts oneOrAny(const std::optional<std::string>& text) { return text ? Texts{*text} : Texts{}; }

/// What an entry is narrowed by.
struct Narrowing {
  Texts units, areas, processes, roles, persons, assignees;

  void add(std::vector<ListEntry>& entries, TaskWay by, SqlValue entry) const {
    entries.push_back({taskSqls()[static_cast<std::size_t>(by)],
                       {std::move(entry), textSet(units), textSet(areas), textSet(processes), textSet(roles),
                        textSet(persons), textSet(assignees)}});
  }
};

void addOwn(std::vector<ListEntry>& entries, const TaskFilter& filter) {
  const Narrowing narrowing{oneOrAny(filter.unit), oneOrAny(filter.area),   oneOrAny(filter.process),
                            oneOrAny(filter.role), oneOrAny(filter.person), oneOrAny(filter.assignee)};
  if (filter.case_id) narrowing.add(entries, TaskWay::of_case, *filter.case_id);
  else if (filter.assignee) narrowing.add(entries, TaskWay::assignee, *filter.assignee);
  else if (filter.person) narrowing.add(entries, TaskWay::person, *filter.person);
  else if (filter.unit) narrowing.add(entries, TaskWay::unclaimed_of_unit, *filter.unit);
  else if (filter.role) narrowing.add(entries, TaskWay::unclaimed_of_role, *filter.role);
  else throw std::invalid_argument("store: a task list needs an entry");
}

void addScoped(std::vector<ListEntry>& entries, const TaskFilter& filter, const ScopeAlternative& alternative,
               const std::function<Texts()>& all_processes) {
  if (alternative.party || !ofRunningCases(alternative)) return;  // tasks have no party
  auto units = both(filter.unit, alternative.units);
  auto areas = both(filter.area, alternative.areas);
  auto processes = both(filter.process, alternative.processes);
  if (!units || !areas || !processes) return;
  const Narrowing narrowing{std::move(*units),     std::move(*areas),       std::move(*processes),
                            oneOrAny(filter.role), oneOrAny(filter.person), oneOrAny(filter.assignee)};
  if (filter.overdue_by && !filter.case_id) narrowing.add(entries, TaskWay::due_of_case, std::string{});
  if (filter.case_id) {
    narrowing.add(entries, TaskWay::of_case, *filter.case_id);
  } else if (isEntry(narrowing.assignees)) {
    narrowing.add(entries, TaskWay::assignee, *filter.assignee);
  } else if (!narrowing.units.empty()) {
    for (const std::string& unit : narrowing.units) {
      narrowing.add(entries, TaskWay::unclaimed_of_unit, unit);
      narrowing.add(entries, TaskWay::claimed_of_unit, unit);
    }
  } else if (isEntry(narrowing.areas)) {
    for (const std::string& area : narrowing.areas) narrowing.add(entries, TaskWay::area, area);
  } else {
    for (const std::string& process : narrowing.processes.empty() ? all_processes() : narrowing.processes)
      narrowing.add(entries, TaskWay::process, process);
  }
}

Cursor placeInList(const TaskRow& row) { return cursorOf(row); }
TaskRow readListed(const SqlRow& row) {
  TaskRow task = readTask(row);
  task.due_of_case = row.values.size() > 15;
  return task;
}
Cursor placeInCase(const TaskRow& row) { return {row.id.number, 0, 0}; }

}  // namespace

std::vector<ListEntry> taskEntries(const TaskFilter& filter, const std::function<Texts()>& processes) {
  std::vector<ListEntry> entries;
  if (!filter.scope) {
    addOwn(entries, filter);
    return entries;
  }
  for (const ScopeAlternative& alternative : alternativesOf(*filter.scope))
    addScoped(entries, filter, alternative, processes);
  return entries;
}

const ListOrder<TaskRow>& taskOrder(const TaskFilter& filter) {
  static const ListOrder<TaskRow> by_due{3, false, placeInList, readListed};
  static const ListOrder<TaskRow> by_number{1, false, placeInCase, readTask<SqlRow>};
  return filter.case_id ? by_number : by_due;
}

std::optional<Cursor> taskEnd(const TaskFilter& filter) {
  if (!filter.overdue_by || filter.case_id) return std::nullopt;
  return Cursor{millisOf(*filter.overdue_by) + 1, INT64_MIN, INT64_MIN};
}

std::vector<NamedRead> taskReads() {
  constexpr std::array names{"tasks_of_case", "tasks_by_assignee",     "tasks_by_person",
                             "tasks_by_unit", "tasks_claimed_by_unit", "tasks_by_role",
                             "tasks_by_area", "tasks_by_process",      "tasks_by_due_of_case"};
  std::vector<NamedRead> reads;
  for (std::size_t way = 0; way < task_ways; ++way) reads.push_back({names.at(way), taskSqls().at(way)});
  return reads;
}

}  // namespace jinyue::store
