#include "casework/projection.h"

#include <algorithm>

#include "base/json_write.h"
#include "search/tokens.h"

namespace jinyue::casework {
namespace {

using bpmn::ElementNumber;
using store::ElementKey;

/// Sorts one kind of event to what it touches; most kinds touch no row.
struct Toucher {
  Touched& touched;
  store::CaseId id;
  Instant now;
  Throws throws;

  void operator()(const bpmn::TaskOpened& event) { touched.tasks.insert(event.number); }
  void operator()(const bpmn::TaskAssigned& event) { touched.tasks.insert(event.number); }
  void operator()(const bpmn::TaskExcluded& event) { touched.tasks.insert(event.number); }
  void operator()(const bpmn::TaskClosed& event) { touched.tasks.insert(event.number); }
  void operator()(const bpmn::ClockPaused& event) { touched.tasks.insert(event.element); }
  void operator()(const bpmn::ClockResumed& event) { touched.tasks.insert(event.element); }
  void operator()(const bpmn::ClockExtended& event) { touched.tasks.insert(event.element); }
  void operator()(const bpmn::TimerSet& event) { touched.timers.insert(event.number); }
  void operator()(const bpmn::TimerMoved& event) { touched.timers.insert(event.number); }
  void operator()(const bpmn::TimerFired& event) { touched.timers.insert(event.number); }
  void operator()(const bpmn::TimerCleared& event) { touched.timers.insert(event.number); }
  void operator()(const bpmn::WaitOpened& event) { touched.waits.insert(event.number); }
  void operator()(const bpmn::WaitMet& event) { touched.waits.insert(event.number); }
  void operator()(const bpmn::WaitClosed& event) { touched.waits.insert(event.number); }
  void operator()(const bpmn::IncidentRaised& event) { touched.incidents[event.number] = now; }
  void operator()(const bpmn::IncidentClosed& event) { touched.incidents.try_emplace(event.number, now); }
  void operator()(const bpmn::JobRequested& event) {
    touched.outbox[event.number] = store::OutboxRow{
        {id, event.number}, event.topic, now, 0, toJson(JobBody{event.node, event.retries, event.payload})};
  }
  void operator()(const bpmn::JobFailed& event) {
    if (!event.retry) touched.outbox[event.number] = std::nullopt;
  }
  void operator()(const bpmn::Migrated&) { touched.migrated = true; }
  void operator()(const bpmn::AreaChanged&) { touched.area = true; }
  void operator()(const bpmn::UnitChanged&) { touched.unit = true; }
  void operator()(const bpmn::JobClosed& event) { touched.outbox[event.number] = std::nullopt; }
  void operator()(const bpmn::MessageThrown& event) {
    throws.thrown.push_back({false, event.name, event.key, event.variables});
  }
  void operator()(const bpmn::SignalThrown& event) {
    throws.thrown.push_back({true, event.name, {}, event.variables});
  }
  template <class Other>
  void operator()(const Other&) {}
};

/// The clock of an element, else that of the nearest sub-process around it. The clock of the case is in its
/// own row.
const bpmn::Clock* clockFor(const bpmn::State& state, ElementNumber number) {
  while (number > bpmn::whole_case) {
    if (const bpmn::Clock* clock = state.clock(number)) return clock;
    const bpmn::Element* element = state.element(number);
    if (element == nullptr) return nullptr;
    number = element->scope;
  }
  return nullptr;
}

/// Of the case, else of the sub-process that must be done first.
std::optional<Instant> dueOf(const bpmn::State& state) {
  if (const bpmn::Clock* clock = state.clock(bpmn::whole_case)) return clock->dates.due;
  std::optional<Instant> due;
  for (const bpmn::Clock& clock : state.clocks) {
    const bpmn::Element* element = state.element(clock.element);
    if (element == nullptr || element->task) continue;
    if (!due || clock.dates.due < *due) due = clock.dates.due;
  }
  return due;
}

store::TaskRow taskRow(const LoadedCase& loaded, const bpmn::Element& element) {
  store::TaskRow row;
  row.id = {loaded.row.id, element.number};
  row.process = loaded.row.process;
  row.node = element.node;
  if (const bpmn::Node* node = loaded.definition->model->find(element.node)) row.name = node->name;
  row.title = loaded.row.title;
  row.unit = element.task->unit;
  row.role = element.task->role;
  row.person = element.task->person;
  row.assignee = element.task->assignee;
  row.excluded = element.task->excluded;
  row.area = loaded.row.area;
  row.created = element.task->opened.value_or(loaded.updated);  // states did not always keep it
  if (const bpmn::Clock* clock = clockFor(loaded.state, element.number)) {
    if (clock->element == element.number) row.created = clock->run.started;
    row.due = clock->dates.due;
    row.yellow = clock->dates.yellow;
  }
  return row;
}

store::CaseStatus statusOf(const bpmn::State& state) {
  switch (state.status) {
    case bpmn::CaseStatus::completed: return store::CaseStatus::completed;
    case bpmn::CaseStatus::cancelled: return store::CaseStatus::cancelled;
    default: return store::CaseStatus::active;
  }
}

/// One row a case; closed ones stay to be found.
store::TextRow textRow(const store::CaseRow& row, const std::string& search) {
  store::TextRow text;
  text.id = row.id;
  text.process = row.process;
  text.area = row.area;
  text.unit = row.unit;
  text.party = row.party;
  text.status = row.status;
  text.at = row.opened;
  text.title = row.title;
  text.text = std::to_string(row.id);
  for (const std::string* each : {&row.key, &search}) {
    if (!each->empty()) (text.text += '\n') += *each;
  }
  text.tokens = search::tokensOf(text);
  return text;
}

}  // namespace

void touch(std::span<const bpmn::Event> events, store::CaseId id, std::int64_t position, Instant now,
           Touched& touched) {
  Toucher toucher{touched, id, now, {}};
  for (const bpmn::Event& event : events) std::visit(toucher, event);
  if (toucher.throws.thrown.empty()) return;
  // What a record throws is one row; its number can't meet an element's, which are positive.
  const auto number = static_cast<ElementNumber>(-position);
  touched.outbox[number] =
      store::OutboxRow{{id, number}, std::string{throw_topic}, now, 0, toJson(toucher.throws)};
}

void project(LoadedCase& loaded, const Touched& touched, store::Batch& batch) {
  const bpmn::State& state = loaded.state;
  store::CaseRow& row = loaded.row;
  row.process = state.process;
  row.title = state.title;
  row.key = state.key;
  row.unit = state.unit;
  row.area = state.area;
  row.party = state.party;
  row.due = dueOf(state);
  row.status = statusOf(state);

  if (touched.search) batch.put_texts.push_back(textRow(row, *touched.search));
  std::set<ElementNumber> tasks = touched.tasks;
  for (const bpmn::Element& element : state.elements) {  // those that go by a clock that was moved
    const bpmn::Clock* clock = element.task ? clockFor(state, element.number) : nullptr;
    if (clock && touched.tasks.contains(clock->element)) tasks.insert(element.number);
  }
  if (touched.migrated) {
    for (const bpmn::Element& element : state.elements) {
      if (element.task) tasks.insert(element.number);
    }
  }
  for (const ElementNumber number : tasks) {
    if (number == bpmn::whole_case) continue;  // the clock of the case itself
    const bpmn::Element* element = state.element(number);
    if (element && element->task) batch.put_tasks.push_back(taskRow(loaded, *element));
    else batch.drop_tasks.push_back({row.id, number});
  }
  for (const ElementNumber number : touched.timers) {
    const bpmn::Timer* timer = state.timer(number);
    if (timer && timer->due) batch.put_timers.push_back({{row.id, number}, *timer->due});
    else batch.drop_timers.push_back({row.id, number});
  }
  for (const ElementNumber number : touched.waits) {
    const bpmn::Wait* wait = state.wait(number);
    if (!wait) {
      batch.drop_subscriptions.push_back({row.id, number});
      continue;
    }
    const auto kind = wait->kind == bpmn::WaitKind::message ? store::SubscriptionKind::message
                                                            : store::SubscriptionKind::signal;
    batch.put_subscriptions.push_back({{row.id, number}, kind, wait->name, wait->key});
  }
  for (const auto& [number, at] : touched.incidents) {
    const bpmn::Incident* incident = state.incident(number);
    if (!incident) {
      batch.drop_incidents.push_back({row.id, number});
      continue;
    }
    const bpmn::Element* element = state.element(incident->element);
    batch.put_incidents.push_back({{row.id, number},
                                   at,
                                   row.process,
                                   row.unit,
                                   row.area,
                                   element ? element->node : std::string{},
                                   incident->code,
                                   incident->message.zh});
  }
  if (touched.area) {  // of the rows that this unit of work does not touch
    for (const char* update : {"UPDATE tasks SET area = $1 WHERE case_id = $2",
                               "UPDATE incidents SET area = $1 WHERE case_id = $2"}) {
      batch.statements.push_back(store::statement(update, row.area, row.id));
    }
  }
  if (touched.unit) {
    batch.statements.push_back(
        store::statement("UPDATE incidents SET unit = $1 WHERE case_id = $2", row.unit, row.id));
  }
  for (const auto& [number, outbox] : touched.outbox) {
    if (outbox) batch.put_outbox.push_back(*outbox);
    else batch.drop_outbox.push_back({row.id, number});
  }
}

}  // namespace jinyue::casework
