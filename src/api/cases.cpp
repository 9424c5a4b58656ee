// /cases: lists of cases, one case with its records and clocks, and starting one.

#include "api/bodies.h"
#include "api/case_start.h"
#include "api/case_views.h"
#include "api/endpoint.h"
#include "api/paging.h"
#include "base/json_read.h"
#include "calendar/explain.h"
#include "ledger/record.h"

namespace jinyue::api {
namespace {

using identity::Permission;

struct CaseQuery : PageQuery {
  std::optional<store::CaseStatus> status;
  std::optional<std::string> process;
  std::optional<std::string> unit;
  std::optional<std::string> area;
  std::optional<std::string> key;
  static std::vector<About> about() {
    auto all = PageQuery::about();
    all.insert(all.end(), {{"status", {"状态", "status"}},
                           {"process", {"流程标识", "id of the process"}},
                           {"unit", {"主办单位", "lead unit"}},
                           {"area", {"区划代码", "region or zone code"}},
                           {"key", {"业务编号", "business key"}}});
    return all;
  }
};
BOOST_DESCRIBE_STRUCT(CaseQuery, (PageQuery), (status, process, unit, area, key))

struct RecordQuery {
  std::optional<std::int64_t> after;
  std::optional<int> limit;
  static std::vector<About> about() {
    return {{"after", {"从此序号之后开始", "begins after this position"}, "0", 0},
            {"limit", {"条数，默认 100", "how many; 100 without it"}, "100", 1, 500}};
  }
};
BOOST_DESCRIBE_STRUCT(RecordQuery, (), (after, limit))

struct RecordView {
  std::int64_t position = 0;
  std::uint64_t sequence = 0;
  std::string kind;
  std::string actor;
  std::string actor_name;
  Instant at;
  std::string model;
  PlainValue body;
  static std::vector<About> about() {
    return {{"position", {"在办件内的序号", "position in the case"}},
            {"sequence", {"在存证日志中的序号，见 /log/proofs", "leaf of the log, see /log/proofs"}},
            {"kind", {"操作", "what was asked"}, R"("complete")"},
            {"actor_name", {"操作人的姓名", "name of the actor"}},
            {"body", {"发生的事件；个人信息为摘要", "what happened; personal values as digests"}}};
  }
};
BOOST_DESCRIBE_STRUCT(RecordView, (), (position, sequence, kind, actor, actor_name, at, model, body))

using NamedTexts = std::map<std::string, Text, std::less<>>;

struct Records {
  std::vector<RecordView> items;
  ActorNames names;
  NamedTexts roles;
  NamedTexts units;
  std::optional<std::int64_t> next;
  static std::vector<About> about() {
    return {{"names", {"记录中人员的姓名", "names of the accounts that the records name"}},
            {"roles", {"记录中角色的名称", "titles of their roles"}},
            {"units", {"记录中单位的名称", "names of their units"}}};
  }
};
BOOST_DESCRIBE_STRUCT(Records, (), (items, names, roles, units, next))

/// Accounts, roles and units that a body names.
struct Mentioned {
  std::set<std::string> actors;
  std::set<std::string> roles;
  std::set<std::string> units;

  void look(const feel::Value& value, std::string_view member = {}) {
    if (const auto text = value.asString()) {
      if (accountIn(*text)) actors.emplace(*text);
      else if (member == "role") roles.emplace(*text);
      else if (member == "unit") units.emplace(*text);
    } else if (const feel::List* list = value.asList()) {
      for (const feel::Value& item : *list) look(item, member);
    } else if (const feel::Context* context = value.asContext()) {
      for (const auto& [key, item] : *context) look(item, key);
    }
  }
};

class Cases {
 public:
  explicit Cases(const Rooms& rooms) : rooms_(rooms) {}

  Result<Answer<Listing<CaseLine>>> list(Call& call, const CaseQuery& query) const {
    const auto page = pageOf(query);
    if (!page) return std::unexpected(page.error());
    store::CaseFilter filter;
    filter.status = query.status;
    filter.process = query.process;
    filter.unit = query.unit;
    filter.area = query.area;
    filter.key = query.key;
    filter.scope = call.rows();
    return listingOf(rooms_.store.listCases(filter, *page),
                     [&](const store::CaseRow& row) { return lineOf(rooms_, row, call.now); });
  }

  Result<Answer<CaseView>> show(Call& call, std::int64_t id) const {
    const auto row = findCase(call, rooms_, id);
    if (!row) return std::unexpected(row.error());
    const auto definition = rooms_.definitions.find(row->definition);
    if (!definition) return std::unexpected(definition.error());
    const bpmn::State state = stateOf(*row, rooms_.engine.seal());
    CaseView view;
    static_cast<CaseLine&>(view) = lineOf(rooms_, *row, call.now);
    view.model = (*definition)->label;
    view.variables.members = maskedVariables(state.variables(), *(*definition)->model,
                                             *rooms_.packs.of(row->definition), view.masked);
    store::TaskFilter filter;
    filter.case_id = id;
    view.tasks = viewsOf(rooms_, call, rooms_.store.listTasks(filter, {200, {}}).rows);
    view.attachments = attachmentsOf(rooms_, call, *row);
    for (const bpmn::Clock& clock : state.clocks) {
      if (auto shown = clockView(clock, **definition, call.now)) view.clocks.push_back(std::move(*shown));
    }
    for (const bpmn::Incident& incident : state.incidents) view.incidents.push_back(incident.number);
    return Answer<CaseView>(std::move(view), row->version);
  }

  Result<Answer<Records>> records(Call& call, std::int64_t id, const RecordQuery& query) const {
    const auto row = findCase(call, rooms_, id);
    if (!row) return std::unexpected(row.error());
    const int limit = query.limit.value_or(100);
    Records records;
    Mentioned mentioned;
    for (const store::StoredRecord& stored : rooms_.store.records(id, query.after.value_or(0), limit)) {
      auto record = ledger::decodeRecord(stored.record);
      if (!record) throw store::StoreFault(describe(record.error()));
      auto body = fromJson<feel::Value>(record->body);
      if (!body) throw store::StoreFault(describe(body.error()));
      mentioned.look(*body);
      mentioned.actors.insert(record->actor);
      records.items.push_back({record->position,
                               stored.sequence,
                               std::move(record->kind),
                               std::move(record->actor),
                               {},
                               record->at,
                               std::move(record->model),
                               {std::move(*body)}});
    }
    records.names = actorNames(rooms_.accounts, *call.caller, mentioned.actors);
    for (RecordView& item : records.items) item.actor_name = nameIn(records.names, item.actor);
    const auto book = rooms_.roles();
    for (const std::string& role : mentioned.roles) records.roles[role] = roleTitle(*book, role);
    for (const std::string& unit : mentioned.units) records.units[unit] = rooms_.names.unit(unit, call.now);
    if (records.items.size() == static_cast<std::size_t>(limit)) records.next = records.items.back().position;
    return records;
  }

  Result<Answer<calendar::Explanation>> explain(Call& call, const ClockPath& path) const {
    const auto row = findCase(call, rooms_, path.id);
    if (!row) return std::unexpected(row.error());
    const auto definition = rooms_.definitions.find(row->definition);
    if (!definition) return std::unexpected(definition.error());
    const bpmn::State state = stateOf(*row, rooms_.engine.seal());
    const bpmn::Clock* clock = state.clock(path.element);
    const calendar::ClockRule* rule = clock ? (*definition)->model->clock(clock->rule) : nullptr;
    if (!rule || !rooms_.calendar) {
      return refuse(ProblemKind::not_found, "clock.unknown", {"没有这个时限", "there is no such clock"},
                    std::to_string(path.element));
    }
    return calendar::explain(*rule, clock->run, *rooms_.calendar, call.now);
  }

 private:
  std::optional<ClockView> clockView(const bpmn::Clock& clock, const casework::Definition& definition,
                                     Instant now) const {
    const calendar::ClockRule* rule = definition.model->clock(clock.rule);
    if (!rule || !rooms_.calendar) return std::nullopt;
    const calendar::Deadline deadline = calendar::deadline(*rule, clock.run, *rooms_.calendar, now);
    ClockView view;
    view.element = clock.element;
    view.rule = clock.rule;
    view.name = rule->name;
    view.source = rule->source;
    view.started = clock.run.started;
    view.stopped = clock.run.stopped;
    view.due = deadline.due;
    view.statutory = deadline.statutory;
    view.paused = deadline.paused;
    view.provisional = deadline.provisional;
    view.light = calendar::light(deadline, now);
    return view;
  }

  Rooms rooms_;
};

}  // namespace

void addCases(Endpoints& endpoints, const Rooms& rooms) {
  const auto cases = std::make_shared<const Cases>(rooms);
  const auto reads = needs(Permission::case_read, Reach::thing);
  endpoints.add({.path = "/cases",
                 .name = "listCases",
                 .tag = "cases",
                 .summary = {"办件列表，新的在前", "cases, newest first"},
                 .access = needs(Permission::case_read, Reach::rows)},
                [cases](Call& call, const In<None, CaseQuery>& in) { return cases->list(call, in.query); });
  endpoints.add({.path = "/cases/{id}",
                 .name = "readCase",
                 .tag = "cases",
                 .summary = {"一个办件：数据、环节、时限", "a case: data, open steps, clocks"},
                 .access = reads},
                [cases](Call& call, const In<CasePath>& in) { return cases->show(call, in.path.id); });
  endpoints.add({.path = "/cases/{id}/records",
                 .name = "readRecords",
                 .tag = "cases",
                 .summary = {"办理记录", "the records of a case"},
                 .access = reads},
                [cases](Call& call, const In<CasePath, RecordQuery>& in) {
                  return cases->records(call, in.path.id, in.query);
                });
  endpoints.add({.path = "/cases/{id}/clocks/{element}",
                 .name = "explainClock",
                 .tag = "cases",
                 .summary = {"为什么是这一天到期：逐日说明", "why it is due on that day, day by day"},
                 .access = reads},
                [cases](Call& call, const In<ClockPath>& in) { return cases->explain(call, in.path); });
  endpoints.add(
      {.method = http::Method::post,
       .path = "/cases",
       .name = "startCase",
       .tag = "cases",
       .summary = {"提出申请或登记办件", "starts a case"},
       .access = needs(Permission::case_start, Reach::thing),
       .detail = {"按事项的表单检查，一次列出全部错误", "checked by the item's form; every error is listed"},
       .status = 201,
       .example = R"({"pack":"demonstration","item":"hotline","answers":{"title":"路灯不亮"}})"},
      [rooms](Call& call, const In<None, None, StartCase>& in, const Done<CaseStep>& done) {
        startCase(rooms, call, in.body, done);
      });
}

}  // namespace jinyue::api
