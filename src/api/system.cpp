// /system: how the server is; /counters: how long one's lists are.

#include "api/case_views.h"
#include "api/endpoint.h"
#include "api/guides.h"
#include "api/open_boards.h"
#include "api/openapi.h"
#include "api/progress.h"

namespace jinyue::api {
namespace {

using identity::Permission;

struct EngineView {
  std::uint64_t commands = 0;
  std::uint64_t refused = 0;
  std::uint64_t units = 0;
  std::uint64_t conflicts = 0;
  static std::vector<About> about() {
    return {{"commands", {"已办理的命令", "commands acknowledged"}},
            {"refused", {"被规则拒绝的命令", "commands that a rule refused"}},
            {"units", {"提交批次", "commits"}},
            {"conflicts", {"因他人先改而重做的批次", "commits done again because another node was faster"}}};
  }
};
BOOST_DESCRIBE_STRUCT(EngineView, (), (commands, refused, units, conflicts))

struct SystemView {
  std::string version;
  Instant now;
  Instant started;
  EngineView engine;
  std::uint64_t log_size = 0;
  std::size_t event_streams = 0;
  std::int64_t dead_notices = 0;
  static std::vector<About> about() {
    return {{"log_size", {"日志记录数", "records in the log"}},
            {"event_streams", {"实时更新连接数", "open event streams"}},
            {"dead_notices",
             {"无法送达的通知（最多数到 1000）", "notices that could not be sent; counted up to 1,000"}}};
  }
};
BOOST_DESCRIBE_STRUCT(SystemView, (), (version, now, started, engine, log_size, event_streams, dead_notices))

/// Counted up to a bound: a list that long is "many".
struct Counters {
  std::int64_t mine = 0;
  std::int64_t mine_overdue = 0;
  std::int64_t unit = 0;
  std::int64_t incidents = 0;
  std::int64_t bound = 0;
  static std::vector<About> about() {
    return {{"mine", {"我已领取的任务", "tasks claimed by oneself"}},
            {"mine_overdue", {"其中超期的", "of them overdue"}},
            {"unit", {"本单位待领取的", "unclaimed tasks of the unit"}},
            {"incidents", {"权限范围内的待处理异常", "open incidents in reach"}},
            {"bound", {"最多数到此数", "counted up to this"}}};
  }
};
BOOST_DESCRIBE_STRUCT(Counters, (), (mine, mine_overdue, unit, incidents, bound))

constexpr int counted_to = 500;

Counters countersOf(const Rooms& rooms, Call& call) {
  const identity::Caller& caller = *call.caller;
  Counters counters;
  counters.bound = counted_to;
  store::TaskFilter mine;
  mine.assignee = caller.actor();
  for (const store::TaskRow& task : rooms.store.listTasks(mine, {counted_to, {}}).rows) {
    ++counters.mine;
    counters.mine_overdue += task.due && call.now >= *task.due ? 1 : 0;
  }
  if (!caller.unit.empty() && caller.may(Permission::task_work)) {
    store::TaskFilter unit;
    unit.unit = caller.unit;
    unit.assignee = "";
    unit.scope = call.rowsFor(Permission::task_work);
    counters.unit = static_cast<std::int64_t>(rooms.store.listTasks(unit, {counted_to, {}}).rows.size());
  }
  if (caller.may(Permission::incident_repair)) {
    store::IncidentFilter incidents;
    incidents.scope = call.rowsFor(Permission::incident_repair);
    counters.incidents =
        static_cast<std::int64_t>(rooms.store.listIncidents(incidents, {counted_to, {}}).rows.size());
  }
  return counters;
}

}  // namespace

void addSystem(Endpoints& endpoints, const Rooms& rooms) {
  const Instant started = rooms.now();
  endpoints.add({.path = "/system",
                 .name = "readSystem",
                 .tag = "system",
                 .summary = {"系统运行情况", "how the server is"},
                 .access = needs(Permission::system_read, Reach::nothing)},
                [rooms, started](Call& call, const In<>&) -> Result<Answer<SystemView>> {
                  const casework::EngineFigures figures = rooms.engine.figures();
                  const auto head = rooms.store.head();
                  return SystemView{rooms.version,
                                    call.now,
                                    started,
                                    {figures.commands, figures.refused, figures.units, figures.conflicts},
                                    head ? head->size : 0,
                                    rooms.events->size().readers,
                                    rooms.notices.count(notify::State::dead, 1000)};
                });
  endpoints.add(
      {.path = "/counters",
       .name = "readCounters",
       .tag = "tasks",
       .summary = {"我的各列表有多少", "how long one's lists are"},
       .access = signedIn()},
      [rooms](Call& call, const In<>&) -> Result<Answer<Counters>> { return countersOf(rooms, call); });
}

void addEverything(Endpoints& endpoints, const Rooms& rooms) {
  addSession(endpoints, rooms);
  addOwn(endpoints, rooms);
  addCases(endpoints, rooms);
  addCaseCommands(endpoints, rooms);
  addTasks(endpoints, rooms);
  addColleagues(endpoints, rooms);
  addComments(endpoints, rooms);
  addAttachments(endpoints, rooms);
  addBulk(endpoints, rooms);
  addIncidents(endpoints, rooms);
  addMessages(endpoints, rooms);
  addHotlineDesk(endpoints, rooms);
  addHotlineAdvice(endpoints, rooms);
  addHotlineIntake(endpoints, rooms);
  addHotlineTopics(endpoints, rooms);
  addFigures(endpoints, rooms);
  addReports(endpoints, rooms);
  addSurveys(endpoints, rooms);
  addEvaluations(endpoints, rooms);
  addPacks(endpoints, rooms);
  addDecisions(endpoints, rooms);
  addRegisters(endpoints, rooms);
  addProposals(endpoints, rooms);
  addSearch(endpoints, rooms);
  addNotices(endpoints, rooms);
  addEvents(endpoints, rooms);
  addAccounts(endpoints, rooms);
  addGrants(endpoints, rooms);
  addAudit(endpoints, rooms);
  addSystem(endpoints, rooms);
  addPlans(endpoints, rooms);
  addPlanChanges(endpoints, rooms);
  addBoards(endpoints, rooms);
  addGuides(endpoints, rooms);
  addProgress(endpoints, rooms);
  addLog(endpoints, rooms);
  const auto document = std::make_shared<std::string>();
  endpoints.add({.path = "/openapi.json",
                 .name = "readOpenApi",
                 .tag = "open",
                 .summary = {"本接口的 OpenAPI 3.1 文档", "the OpenAPI 3.1 document of this interface"},
                 .access = anyone(),
                 .gives = {"application/json"}},
                [document](Call&, const In<>&) -> Result<Answer<Download>> {
                  return Download{"application/json", {}, *document};
                });
  *document = openApiDocument(endpoints, rooms.version);
}

}  // namespace jinyue::api
