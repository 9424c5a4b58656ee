#include "api/case_views.h"

#include <algorithm>

namespace jinyue::api {
namespace {

feel::Value maskedValue(identity::FieldClass field, const feel::Value& value) {
  if (value.isNull()) return value;
  if (const auto text = value.asString()) return feel::Value(identity::masked(field, *text));
  return feel::Value(identity::masked(identity::FieldClass::other, "*"));
}

}  // namespace

std::vector<About> CaseLine::about() {
  return {{"id", {"办件号", "number of the case"}, "42"},
          {"version", {"版本：最后一条记录的序号", "position of its last record"}},
          {"pack", {"所属系统包", "pack that it belongs to"}},
          {"title", {"标题", "title"}, R"("青泥洼桥街道路灯不亮（示例）")"},
          {"key", {"业务编号", "business key"}},
          {"unit", {"主办单位", "lead unit"}},
          {"unit_name", {"单位名称", "its name"}},
          {"area", {"区划代码", "region or zone code"}, R"("210202")"},
          {"area_name", {"区划名称", "its name"}},
          {"due", {"期限：此刻起算超期", "deadline: the first instant that is too late"}},
          {"overdue", {"已超期（办结的按办结时间）", "overdue, or was when it closed"}}};
}

std::vector<About> TaskView::about() {
  return {{"number", {"任务在办件内的编号", "number of the task in its case"}, "3"},
          {"node", {"环节的标识", "id of the step in the model"}},
          {"name", {"环节名称", "name of the step"}},
          {"title", {"办件标题", "title of the case"}},
          {"unit", {"候选单位，空为不限", "unit that may take it; empty: any"}},
          {"role", {"候选角色，空为不限", "role that may take it; empty: any"}},
          {"person", {"指定人员", "person it is meant for"}},
          {"person_name", {"指定人员的姓名", "name of that person"}},
          {"assignee", {"已领取的人员", "who claimed it"}, R"("account:17")"},
          {"assignee_name", {"已领取人员的姓名", "name of who claimed it"}},
          {"due", {"期限：环节自己的，没有则为整件的", "deadline: its own, else the case's"}},
          {"due_of_case",
           {"期限和灯是整件的，环节自己没有时限",
            "deadline and light are the case's: it has no clock of its own"}}};
}

std::vector<About> CaseAttachment::about() {
  return {{"id", {"附件编号", "id of the attachment"}},
          {"field", {"表单字段", "field of the form"}},
          {"name", {"文件名；个人信息不显示", "file name; not shown when it is personal"}},
          {"size", {"字节数", "bytes"}},
          {"digest", {"内容摘要", "digest of the content"}},
          {"personal", {"个人信息：查看须说明目的", "personal: reading it takes a purpose"}},
          {"erased", {"内容已依法删除", "its content was erased"}},
          {"by", {"上传人", "who brought it"}, R"("account:17")"},
          {"position", {"所在记录的序号", "position of the record that carries it"}},
          {"node", {"提交时的环节，空为申请时", "step that it came with; empty: the start"}}};
}

std::vector<About> ClockView::about() {
  return {
      {"element", {"时限所属：0 为整件，其他为环节编号", "whose clock: 0 the case, else the step's number"}},
      {"source", {"依据", "law or document that it rests on"}},
      {"due", {"承诺期限", "deadline as promised"}},
      {"statutory", {"法定期限", "deadline by law"}},
      {"provisional", {"涉及尚未公布放假安排的年份", "rests on a year whose holidays are not announced"}}};
}

std::vector<About> CaseView::about() {
  auto all = CaseLine::about();
  all.insert(all.end(),
             {{"model", {"运行的版本", "definition and version that it runs on"}, R"("demonstration@3")"},
              {"variables", {"数据，个人信息已掩码", "data; personal values are masked"}},
              {"masked", {"被掩码的数据名", "names of the values that are masked"}},
              {"attachments", {"附件", "attachments"}},
              {"incidents", {"待处理异常的编号", "numbers of open incidents"}}});
  return all;
}

CaseLine lineOf(const Rooms& rooms, const store::CaseRow& row, Instant now) {
  CaseLine line;
  line.id = row.id;
  line.version = row.version;
  line.pack = rooms.packs.nameOf(row.definition);
  line.process = row.process;
  const auto pack = rooms.packs.of(row.definition);
  const auto named = pack->texts.find(row.process);
  line.process_name = named != pack->texts.end() ? named->second : Text{row.process, row.process};
  line.status = row.status;
  line.title = row.title;
  line.key = row.key;
  line.unit = row.unit;
  line.unit_name = rooms.names.unit(row.unit, now);
  line.area = row.area;
  line.area_name = rooms.names.area(row.area, now);
  line.opened = row.opened;
  line.closed = row.closed;
  line.due = row.due;
  line.overdue = row.due && row.closed.value_or(now) >= *row.due;
  return line;
}

IncidentView viewOf(const store::IncidentRow& row) {
  return {row.id.case_id, row.id.number, row.at, row.process, row.node, row.code, row.message};
}

identity::RowPlace placeOf(const store::CaseRow& row, DeployedPacks& packs) {
  return {row.unit, row.area, packs.nameOf(row.definition), row.party, row.status};
}

bpmn::State stateOf(const store::CaseRow& row, const casework::Seal& seal) {
  auto state = seal.open(row);
  if (!state)
    throw store::StoreFault(fmt::format("case {} can't be read: {}", row.id, describe(state.error())));
  return std::move(*state);
}

Problem unknownCase(std::int64_t id) {
  return {ProblemKind::not_found,
          "case.unknown",
          {"没有这个办件", "there is no such case"},
          std::to_string(id),
          {},
          {}};
}

bool mayWork(const identity::Caller& caller, const store::TaskRow& task, const std::string& pack) {
  if (!task.assignee.empty() || !task.person.empty()) {
    const std::string& person = task.assignee.empty() ? task.person : task.assignee;
    return person == caller.actor() && caller.may(identity::Permission::task_work);
  }
  if (!task.unit.empty() && task.unit != caller.unit) return false;
  const auto roles = caller.roles();
  if (!task.role.empty() && std::ranges::find(roles, task.role) == roles.end()) return false;
  // A task for every unit is in reach of who works in a unit of his own.
  const std::string& unit = task.unit.empty() ? caller.unit : task.unit;
  return caller.may(identity::Permission::task_work, {unit, task.area, pack, {}, store::CaseStatus::active});
}

Result<store::CaseRow> findCaseToChange(Call& call, const Rooms& rooms, std::int64_t id) {
  const store::CaseId ids[] = {id};
  auto rows = rooms.store.loadCases(ids);
  if (rows.empty() || !call.may(placeOf(rows.front(), rooms.packs))) return std::unexpected(unknownCase(id));
  return std::move(rows.front());
}

Result<store::CaseRow> findCase(Call& call, const Rooms& rooms, std::int64_t id) {
  const store::CaseId ids[] = {id};
  auto rows = rooms.store.loadCases(ids);
  if (rows.empty()) return std::unexpected(unknownCase(id));
  if (call.may(placeOf(rows.front(), rooms.packs))) return std::move(rows.front());
  store::TaskFilter filter;
  filter.case_id = id;
  const std::string pack = rooms.packs.nameOf(rows.front().definition);
  for (const store::TaskRow& task : rooms.store.listTasks(filter, {200, {}}).rows) {
    if (mayWork(*call.caller, task, pack)) return std::move(rows.front());
  }
  return std::unexpected(unknownCase(id));
}

feel::Context maskedVariables(const feel::Context& variables, const bpmn::Model& model,
                              const packs::Pack& pack, std::vector<std::string>& masked) {
  feel::Context shown;
  for (const auto& [name, value] : variables) {
    std::string_view personal_class = model.isPersonal(name) ? "other" : "";
    for (const packs::Form& form : pack.forms) {
      const packs::FormField* field = form.field(name);
      if (field && !field->personal.empty()) personal_class = field->personal;
    }
    if (personal_class.empty()) {
      shown.set(name, value);
    } else {
      shown.set(name, maskedValue(identity::fieldClassOf(personal_class), value));
      masked.push_back(name);
    }
  }
  return shown;
}

}  // namespace jinyue::api
