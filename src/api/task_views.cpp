// Tasks and attachments as lists and pages show them: everything that they refer to is looked up at once.
#include <algorithm>
#include <map>
#include <set>

#include "api/case_views.h"

namespace jinyue::api {
namespace {

calendar::Light lightOf(const std::optional<Instant>& due, const std::optional<Instant>& yellow,
                        Instant now) {
  if (due && now >= *due) return calendar::Light::red;
  if (yellow && now >= *yellow) return calendar::Light::yellow;
  return calendar::Light::green;
}

/// The deadline of a case's own clock, and its light.
struct CaseDue {
  Instant due;
  calendar::Light light = calendar::Light::green;
};

/// Of the cases of those tasks that have no deadline of their own.
std::map<store::CaseId, CaseDue> dueOfCases(const Rooms& rooms, std::span<const store::TaskRow> rows,
                                            Instant now) {
  std::set<store::CaseId> without;
  for (const store::TaskRow& row : rows) {
    if (!row.due) without.insert(row.id.case_id);
  }
  std::map<store::CaseId, CaseDue> found;
  if (without.empty()) return found;
  const std::vector<store::CaseId> ids(without.begin(), without.end());
  for (const store::CaseRow& row : rooms.store.loadCases(ids)) {
    if (!row.due) continue;
    std::optional<Instant> yellow;
    if (now < *row.due) {  // only then does its state say more
      const bpmn::State state = stateOf(row, rooms.engine.seal());
      if (const bpmn::Clock* clock = state.clock(bpmn::whole_case)) yellow = clock->dates.yellow;
    }
    found.emplace(row.id, CaseDue{*row.due, lightOf(row.due, yellow, now)});
  }
  return found;
}

TaskView plainView(const store::TaskRow& row, Instant now) {
  TaskView view;
  view.case_id = row.id.case_id;
  view.number = row.id.number;
  view.process = row.process;
  view.node = row.node;
  view.name = {row.name, row.name};
  view.title = row.title;
  view.unit = row.unit;
  view.role = row.role;
  view.person = row.person;
  view.assignee = row.assignee;
  view.area = row.area;
  view.created = row.created;
  view.due = row.due;
  view.due_of_case = row.due_of_case;
  view.light = lightOf(row.due, row.yellow, now);
  return view;
}

/// What the newest version that has the step calls it in English.
std::string englishName(std::span<const DeployedPacks::Version> packs, const store::TaskRow& row) {
  const std::string key = row.process + '.' + row.node;
  for (const DeployedPacks::Version& each : packs) {
    const auto found = each.pack->texts.find(key);
    if (found != each.pack->texts.end()) return found->second.en;
  }
  return row.name;
}

/// The title of a field in whichever form of the pack has it.
Text fieldTitle(const packs::Pack& pack, const std::string& name) {
  for (const packs::Form& form : pack.forms) {
    if (const packs::FormField* field = form.field(name)) return field->title;
  }
  return {name, name};
}

Text nodeName(const packs::Pack& pack, const std::string& process, const std::string& node) {
  if (node.empty()) return {};
  const auto found = pack.texts.find(process + '.' + node);
  return found == pack.texts.end() ? Text{node, node} : found->second;
}

}  // namespace

std::vector<TaskView> viewsOf(const Rooms& rooms, const Call& call, std::span<const store::TaskRow> rows) {
  std::set<std::string> actors;
  for (const store::TaskRow& row : rows) {
    actors.insert(row.person);
    actors.insert(row.assignee);
  }
  const ActorNames names = actorNames(rooms.accounts, *call.caller, actors);
  const auto due = dueOfCases(rooms, rows, call.now);
  const auto book = rooms.roles();
  const auto packs = rooms.packs.all();
  std::vector<TaskView> views;
  views.reserve(rows.size());
  for (const store::TaskRow& row : rows) {
    TaskView view = plainView(row, call.now);
    view.name.en = englishName(packs, row);
    view.unit_name = rooms.names.unit(row.unit, call.now);
    view.role_title = roleTitle(*book, row.role);
    view.person_name = nameIn(names, row.person);
    view.assignee_name = nameIn(names, row.assignee);
    if (const auto of_case = due.find(row.id.case_id); !row.due && of_case != due.end()) {
      view.due = of_case->second.due;
      view.light = of_case->second.light;
      view.due_of_case = true;
    }
    views.push_back(std::move(view));
  }
  return views;
}

std::vector<CaseAttachment> attachmentsOf(const Rooms& rooms, const Call& call, const store::CaseRow& row) {
  const auto found = rooms.attachments.ofCase(row.id);
  if (found.empty()) return {};
  std::set<std::string> actors;
  for (const evidence::Attachment& each : found) actors.insert(each.owner.actor);
  const ActorNames names = actorNames(rooms.accounts, *call.caller, actors);
  const auto pack = rooms.packs.of(row.definition);
  std::vector<CaseAttachment> views;
  for (const evidence::Attachment& each : found) {
    CaseAttachment view;
    view.id = each.id;
    view.field = each.field;
    view.field_title = fieldTitle(*pack, each.field);
    view.personal = !each.personal.empty();
    if (!view.personal || each.owner.actor == call.caller->actor()) view.name = each.name;
    view.media_type = each.media_type;
    view.size = each.size;
    view.digest = each.digest();
    view.erased = each.erased.has_value();
    view.by = each.owner.actor;
    view.by_name = nameIn(names, each.owner.actor);
    view.at = each.bound.value_or(each.uploaded);
    view.position = each.position;
    view.node = each.node;
    view.node_name = nodeName(*pack, row.process, each.node);
    views.push_back(std::move(view));
  }
  return views;
}

}  // namespace jinyue::api
