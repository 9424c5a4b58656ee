// Cases and tasks as the interface shows them.
#pragma once

#include "api/plain_value.h"
#include "api/rooms.h"
#include "bpmn/state.h"
#include "calendar/clock.h"
#include "store/store.h"

namespace jinyue::api {

/// A case in a list.
struct CaseLine {
  std::int64_t id = 0;
  std::int64_t version = 0;
  std::string pack;
  std::string process;
  Text process_name;
  store::CaseStatus status = store::CaseStatus::active;
  std::string title;
  std::string key;
  std::string unit;
  Text unit_name;
  std::string area;
  Text area_name;
  Instant opened;
  std::optional<Instant> closed;
  std::optional<Instant> due;
  bool overdue = false;
  static std::vector<About> about();
};
BOOST_DESCRIBE_STRUCT(CaseLine, (),
                      (id, version, pack, process, process_name, status, title, key, unit, unit_name, area,
                       area_name, opened, closed, due, overdue))

struct TaskView {
  std::int64_t case_id = 0;
  std::int32_t number = 0;
  std::string process;
  std::string node;
  Text name;
  std::string title;
  std::string unit;
  Text unit_name;
  std::string role;
  Text role_title;
  std::string person;
  std::string person_name;
  std::string assignee;
  std::string assignee_name;
  std::string area;
  Instant created;
  std::optional<Instant> due;
  bool due_of_case = false;
  calendar::Light light = calendar::Light::green;
  static std::vector<About> about();
};
BOOST_DESCRIBE_STRUCT(TaskView, (),
                      (case_id, number, process, node, name, title, unit, unit_name, role, role_title, person,
                       person_name, assignee, assignee_name, area, created, due, due_of_case, light))

struct ClockView {
  std::int32_t element = 0;
  std::string rule;
  Text name;
  std::string source;
  Instant started;
  std::optional<Instant> stopped;
  Instant due;
  std::optional<Instant> statutory;
  bool paused = false;
  bool provisional = false;
  calendar::Light light = calendar::Light::green;
  static std::vector<About> about();
};
BOOST_DESCRIBE_STRUCT(ClockView, (),
                      (element, rule, name, source, started, stopped, due, statutory, paused, provisional,
                       light))

struct IncidentView {
  std::int64_t case_id = 0;
  std::int32_t number = 0;
  Instant at;
  std::string process;
  std::string node;
  std::string code;
  std::string message;
};
BOOST_DESCRIBE_STRUCT(IncidentView, (), (case_id, number, at, process, node, code, message))

/// An attachment of a case.
struct CaseAttachment {
  std::string id;
  std::string field;
  Text field_title;
  std::string name;
  std::string media_type;
  std::int64_t size = 0;
  std::string digest;
  bool personal = false;
  bool erased = false;
  std::string by;
  std::string by_name;
  Instant at;
  std::int64_t position = 0;
  std::string node;
  Text node_name;
  static std::vector<About> about();
};
BOOST_DESCRIBE_STRUCT(CaseAttachment, (),
                      (id, field, field_title, name, media_type, size, digest, personal, erased, by, by_name,
                       at, position, node, node_name))

/// A case as a whole. Personal values are masked.
struct CaseView : CaseLine {
  std::string model;
  PlainObject variables;
  std::vector<std::string> masked;
  std::vector<TaskView> tasks;
  std::vector<ClockView> clocks;
  std::vector<CaseAttachment> attachments;
  std::vector<std::int32_t> incidents;
  static std::vector<About> about();
};
BOOST_DESCRIBE_STRUCT(CaseView, (CaseLine), (model, variables, masked, tasks, clocks, attachments, incidents))

CaseLine lineOf(const Rooms& rooms, const store::CaseRow& row, Instant now);
/// In the order of the rows, with names, and with the case's deadline and light where a task has no clock of
/// its own. A fixed number of queries.
std::vector<TaskView> viewsOf(const Rooms& rooms, const Call& call, std::span<const store::TaskRow> rows);
IncidentView viewOf(const store::IncidentRow& row);
/// In the order of their records.
std::vector<CaseAttachment> attachmentsOf(const Rooms& rooms, const Call& call, const store::CaseRow& row);
/// Where a case is, for questions of scope.
identity::RowPlace placeOf(const store::CaseRow& row, DeployedPacks& packs);

/// The state of a case that was loaded. Throws store::StoreFault when it can't be opened.
bpmn::State stateOf(const store::CaseRow& row, const casework::Seal& seal);

/// A case that the caller may see by the endpoint's permission, or because he works or may work on one of its
/// open tasks; else "case.unknown", whether there is none or none for him.
Result<store::CaseRow> findCase(Call& call, const Rooms& rooms, std::int64_t id);
/// The same for commands on the case itself: only the permission counts.
Result<store::CaseRow> findCaseToChange(Call& call, const Rooms& rooms, std::int64_t id);
Problem unknownCase(std::int64_t id);

/// Whether the caller could take this task or has it: his unit, role or person fits and task.work reaches it.
bool mayWork(const identity::Caller& caller, const store::TaskRow& task, const std::string& pack);

/// Variables of the case with personal values masked; the names of those masked are added to `masked`.
feel::Context maskedVariables(const feel::Context& variables, const bpmn::Model& model,
                              const packs::Pack& pack, std::vector<std::string>& masked);

}  // namespace jinyue::api
