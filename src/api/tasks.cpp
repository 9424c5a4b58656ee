// /tasks: worklists, one task with its form, and what is done with it.

#include <algorithm>
#include <map>

#include "api/case_views.h"
#include "api/endpoint.h"
#include "api/form_view.h"
#include "api/paging.h"
#include "api/resource.h"
#include "api/wishes.h"

namespace jinyue::api {
namespace {

using identity::Permission;

enum class Worklist { mine, meant_for_me, unit, role, others };
BOOST_DESCRIBE_ENUM(Worklist, mine, meant_for_me, unit, role, others)

struct TaskQuery : PageQuery {
  std::optional<Worklist> list;
  std::optional<std::string> unit;
  std::optional<std::string> role;
  std::optional<std::string> area;
  std::optional<std::string> process;
  static std::vector<About> about() {
    auto all = PageQuery::about();
    all.insert(all.end(),
               {{"list",
                 {"mine 我已领取的（默认），meant_for_me 指定给我的，unit 本单位待领取的，role "
                  "我的角色待领取的，限本单位和不限单位的（须给 role），others "
                  "权限范围内全部在办任务",
                  "mine: claimed by me (without it); meant_for_me; unit: unclaimed of my unit; "
                  "role: unclaimed of one of my "
                  "roles, for my unit or for any (give role); others: every open task in my scope"}},
                {"unit", {"others 用：任务单位", "with others: unit of the task"}},
                {"role", {"角色", "role of the task"}},
                {"area", {"others 用：区划代码", "with others: region or zone"}},
                {"process", {"others 用：流程", "with others: id of the process"}}});
    return all;
  }
};
BOOST_DESCRIBE_STRUCT(TaskQuery, (PageQuery), (list, unit, role, area, process))

struct TaskPath {
  std::int64_t case_id = 0;
  std::int32_t number = 0;
};
BOOST_DESCRIBE_STRUCT(TaskPath, (), (case_id, number))

struct TaskWhole : TaskView {
  std::optional<FormView> asks;
  bool mine = false;
  static std::vector<About> about() {
    auto all = TaskView::about();
    all.insert(all.end(), {{"asks", {"本环节的表单", "what is asked in this step"}},
                           {"mine", {"已由我领取", "claimed by the caller"}}});
    return all;
  }
};
BOOST_DESCRIBE_STRUCT(TaskWhole, (TaskView), (asks, mine))

struct Assignment {
  std::int64_t to = 0;
  std::optional<std::string> reason;
  static std::vector<About> about() {
    return {{"to", {"接收人的账号", "account that gets it"}, "17"},
            {"reason", {"改派的理由", "reason"}, {}, 1, 500}};
  }
};
BOOST_DESCRIBE_STRUCT(Assignment, (), (to, reason))

struct Answers {
  PlainObject answers;
  static std::vector<About> about() { return {{"answers", {"表单的答案", "answers to the form"}}}; }
};
BOOST_DESCRIBE_STRUCT(Answers, (), (answers))

struct OverdueQuery : PageQuery {
  std::optional<std::string> unit;
  std::optional<std::string> area;
  std::optional<std::string> process;
  static std::vector<About> about() {
    auto all = PageQuery::about();
    all.insert(all.end(), {{"unit",
                            {"任务单位，可用逗号列多个；空为不限单位的",
                             "units of the task, with commas between them; empty: those for any unit"}},
                           {"area", {"区划代码", "region or zone"}},
                           {"process", {"流程", "id of the process"}}});
    return all;
  }
};
BOOST_DESCRIBE_STRUCT(OverdueQuery, (PageQuery), (unit, area, process))

struct OverdueUnit {
  std::vector<std::string> units;
  Text name;
  std::int64_t count = 0;
  static std::vector<About> about() {
    return {{"units", {"名称相同的各编码", "the ids that have this name"}}};
  }
};
BOOST_DESCRIBE_STRUCT(OverdueUnit, (), (units, name, count))
struct OverdueUnits {
  Instant at;
  std::int64_t count = 0;
  bool whole = true;
  std::vector<OverdueUnit> items;
  static std::vector<About> about() {
    return {{"count", {"超期的在办任务", "open tasks whose time is over"}},
            {"whole", {"false：只数了期限最早的一部分", "false: only those that were due first are counted"}},
            {"items", {"最多的在前", "the most first"}}};
  }
};
BOOST_DESCRIBE_STRUCT(OverdueUnits, (), (at, count, whole, items))

constexpr std::size_t most_units = 100;  ///< each costs looks into indexes

class Tasks {
 public:
  explicit Tasks(const Rooms& rooms) : rooms_(rooms) {}

  Result<Answer<Listing<TaskView>>> list(Call& call, const TaskQuery& query) const {
    const auto page = pageOf(query);
    if (!page) return std::unexpected(page.error());
    auto filter = filterOf(call, query);
    if (!filter) return std::unexpected(std::move(filter).error());
    const auto found = rooms_.store.listTasks(*filter, *page);
    Listing<TaskView> listing;
    listing.items = viewsOf(rooms_, call, found.rows);
    if (!found.next.empty()) listing.next = found.next;
    return listing;
  }

  Result<Answer<Listing<TaskView>>> overdue(Call& call, const OverdueQuery& query) const {
    const auto page = pageOf(query);
    if (!page) return std::unexpected(page.error());
    store::RowScope scope = call.rows();
    if (query.unit) {
      std::vector<std::string> units = commaList(query.unit);
      std::ranges::sort(units);
      units.erase(std::ranges::unique(units).begin(), units.end());
      if (units.size() > most_units) {
        return refuse(ProblemKind::invalid, "request.query",
                      {"一次至多 100 个单位", "at most 100 units at a time"}, "unit");
      }
      scope = ofUnits(std::move(scope), units);
    }
    store::TaskFilter filter;
    filter.area = query.area;
    filter.process = query.process;
    filter.scope = std::move(scope);
    filter.overdue_by = call.now;
    const auto found = rooms_.store.listTasks(filter, *page);
    Listing<TaskView> listing;
    listing.items = viewsOf(rooms_, call, found.rows);
    if (!found.next.empty()) listing.next = found.next;
    return listing;
  }

  Result<Answer<OverdueUnits>> overdueUnits(Call& call) const {
    constexpr int pages = 10;
    store::TaskFilter filter;
    filter.scope = call.rows();
    filter.overdue_by = call.now;
    OverdueUnits units;
    units.at = call.now;
    std::map<std::string, std::int64_t> counts;  // by unit
    store::PageRequest page{.limit = 1000, .after = {}};
    for (int i = 0; i < pages; ++i) {
      const auto found = rooms_.store.listTasks(filter, page);
      for (const store::TaskRow& row : found.rows) ++counts[row.unit];
      units.count += static_cast<std::int64_t>(found.rows.size());
      page.after = found.next;
      if (found.next.empty()) break;
    }
    units.whole = page.after.empty();
    for (const auto& [unit, count] : counts) {
      const Text name = rooms_.names.unit(unit, call.now);
      const auto known = std::ranges::find(units.items, name, &OverdueUnit::name);
      OverdueUnit& of = known != units.items.end() ? *known : units.items.emplace_back();
      of.units.push_back(unit);
      of.name = name;
      of.count += count;
    }
    std::ranges::sort(units.items, {}, [](const OverdueUnit& each) {
      return std::pair(-each.count, std::string_view{each.units.front()});
    });
    return units;
  }

  Result<Answer<TaskWhole>> show(Call& call, const TaskPath& path) const {
    const store::ElementKey ids[] = {{path.case_id, path.number}};
    const auto tasks = rooms_.store.loadTasks(ids);
    const store::CaseId case_ids[] = {path.case_id};
    const auto rows = tasks.empty() ? std::vector<store::CaseRow>{} : rooms_.store.loadCases(case_ids);
    if (rows.empty()) return std::unexpected(unknownTask(path.case_id, path.number));
    const store::TaskRow& task = tasks.front();
    const store::CaseRow& row = rows.front();
    const identity::RowPlace place = placeOf(row, rooms_.packs);
    call.foundInReach();
    const bool works = mayWork(*call.caller, task, place.pack);
    if (!works && !call.caller->may(Permission::case_read, place))
      return std::unexpected(unknownTask(path.case_id, path.number));
    TaskWhole whole;
    static_cast<TaskView&>(whole) = std::move(viewsOf(rooms_, call, tasks).front());
    whole.mine = task.assignee == call.caller->actor();
    const auto definition = rooms_.definitions.find(row.definition);
    if (!definition) return std::unexpected(definition.error());
    const bpmn::Node* node = (*definition)->model->find(task.node);
    const packs::Form* form =
        node && !node->user.form.empty() ? rooms_.packs.of(row.definition)->form(node->user.form) : nullptr;
    if (works && form) whole.asks = formView(rooms_, call, *form);
    return whole;
  }

 private:
  /// Of a scope, what mayWork lets somebody claim by role: tasks of the caller's own unit, and those for
  /// every unit where the scope reaches the own one.
  static store::RowScope workableBy(const identity::Caller& caller, store::RowScope scope) {
    if (scope.all) scope = {false, {store::ScopeAlternative{}}};
    std::vector<std::string> units{""};
    if (!caller.unit.empty()) units.push_back(caller.unit);
    std::erase_if(scope.alternatives, [&](const store::ScopeAlternative& each) {
      return !each.units.empty() && std::ranges::find(each.units, caller.unit) == each.units.end();
    });
    for (store::ScopeAlternative& each : scope.alternatives) each.units = units;
    return scope;
  }

  static store::RowScope ofUnits(store::RowScope scope, const std::vector<std::string>& units) {
    if (scope.all) scope = {false, {store::ScopeAlternative{}}};
    for (store::ScopeAlternative& each : scope.alternatives) {
      std::vector<std::string> both = units;
      if (!each.units.empty())
        std::erase_if(both, [&](const std::string& unit) {
          return std::ranges::find(each.units, unit) == each.units.end();
        });
      each.units = std::move(both);
    }
    std::erase_if(scope.alternatives, [](const store::ScopeAlternative& each) { return each.units.empty(); });
    return scope;
  }

  /// What is his own needs no scope; everything else is narrowed by it in the query.
  Result<store::TaskFilter> filterOf(Call& call, const TaskQuery& query) const {
    store::TaskFilter filter;
    const identity::Caller& caller = *call.caller;
    const Worklist list = query.list.value_or(Worklist::mine);
    if (list == Worklist::mine || list == Worklist::meant_for_me) call.foundInReach();
    else filter.scope = call.rows();
    if (list == Worklist::unit || list == Worklist::role) filter.assignee = "";
    if (list == Worklist::role) filter.person = "";
    if (list != Worklist::others) {
      if (query.unit || query.area || query.process || (query.role && list != Worklist::role)) {
        return refuse(
            ProblemKind::invalid, "request.query",
            {"unit、area、process 只用于 list=others", "unit, area and process go with list=others"});
      }
    }
    switch (list) {
      case Worklist::mine: filter.assignee = caller.actor(); break;
      case Worklist::meant_for_me: filter.person = caller.actor(); break;
      case Worklist::unit: filter.unit = caller.unit; break;
      case Worklist::role: {
        const auto roles = caller.roles();
        if (!query.role || std::ranges::find(roles, *query.role) == roles.end()) {
          return refuse(ProblemKind::invalid, "request.query",
                        {"list=role 须给出本人的一个角色", "list=role needs one of your own roles"}, "role");
        }
        filter.role = query.role;
        filter.scope = workableBy(caller, std::move(*filter.scope));
        break;
      }
      case Worklist::others:
        filter.unit = query.unit;
        filter.role = query.role;
        filter.area = query.area;
        filter.process = query.process;
        break;
    }
    return filter;
  }

  Rooms rooms_;
};

}  // namespace

void addTasks(Endpoints& endpoints, const Rooms& rooms) {
  const auto tasks = std::make_shared<const Tasks>(rooms);
  const auto works = needs(Permission::task_work, Reach::thing);
  const auto post = [](std::string_view path, std::string name, Text summary, AccessRule access) {
    return Resource{"tasks", "/tasks/{case_id}/{number}", access}.post(path, std::move(name),
                                                                       std::move(summary));
  };
  endpoints.add({.path = "/tasks",
                 .name = "listTasks",
                 .tag = "tasks",
                 .summary = {"待办任务，按期限排序", "worklists, by due date"},
                 .access = needs(Permission::task_work, Reach::rows)},
                [tasks](Call& call, const In<None, TaskQuery>& in) { return tasks->list(call, in.query); });
  endpoints.add(
      {.path = "/overdue",
       .name = "listOverdueTasks",
       .tag = "tasks",
       .summary = {"超期的在办任务，按本环节或整件的期限，最早的在前",
                   "open tasks whose time or whose case's time is over, the longest first"},
       .access = needs(Permission::case_read, Reach::rows)},
      [tasks](Call& call, const In<None, OverdueQuery>& in) { return tasks->overdue(call, in.query); });
  endpoints.add({.path = "/overdue/units",
                 .name = "countOverdueTasks",
                 .tag = "tasks",
                 .summary = {"各单位超期的在办任务数", "how many open tasks of each unit are overdue"},
                 .access = needs(Permission::case_read, Reach::rows)},
                [tasks](Call& call, const In<>&) { return tasks->overdueUnits(call); });
  endpoints.add({.path = "/tasks/{case_id}/{number}",
                 .name = "readTask",
                 .tag = "tasks",
                 .summary = {"一个任务及其表单", "a task with its form"},
                 .access = works},
                [tasks](Call& call, const In<TaskPath>& in) { return tasks->show(call, in.path); });
  endpoints.add(post("/claim", "claimTask", {"领取", "claims a task"}, works),
                [rooms](Call& call, const In<TaskPath>& in, const Done<CaseStep>& done) {
                  carryOut(rooms, call, ClaimTask{{in.path.case_id, in.path.number}}, done);
                });
  endpoints.add(post("/release", "releaseTask", {"退回待领取", "gives a task back"}, works),
                [rooms](Call& call, const In<TaskPath>& in, const Done<CaseStep>& done) {
                  carryOut(rooms, call, ReleaseTask{{in.path.case_id, in.path.number}}, done);
                });
  endpoints.add(post("/assignment", "assignTask", {"指派给人员", "assigns a task to a person"},
                     needs(Permission::task_assign, Reach::thing)),
                [rooms](Call& call, const In<TaskPath, None, Assignment>& in, const Done<CaseStep>& done) {
                  carryOut(
                      rooms, call,
                      AssignTask{{in.path.case_id, in.path.number}, in.body.to, in.body.reason.value_or("")},
                      done);
                });
  endpoints.add(post("/completion", "completeTask",
                     {"完成环节，按表单检查答案", "completes a task; its form checks the answers"}, works),
                [rooms](Call& call, const In<TaskPath, None, Answers>& in, const Done<CaseStep>& done) {
                  carryOut(rooms, call, CompleteTask{{in.path.case_id, in.path.number}, in.body.answers},
                           done);
                });
}

}  // namespace jinyue::api
