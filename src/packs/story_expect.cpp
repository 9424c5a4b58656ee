// What a story expects, against what the store says.
#include <algorithm>

#include <fmt/format.h>

#include "base/json_read.h"
#include "bpmn/span.h"
#include "calendar/explain.h"
#include "casework/record_body.h"
#include "feel/value_json.h"
#include "ledger/record.h"
#include "packs/checking.h"
#include "packs/story.h"

namespace jinyue::packs {
namespace {

std::string words(const feel::Value& value) { return toJson(registry::Schema::plain(value)); }

std::string join(const std::vector<std::string>& list) { return fmt::format("[{}]", fmt::join(list, ", ")); }

std::string lastDay(Instant due) { return formatDate(dateOf(due - Millis{1})); }

/// A date means the last day; anything else the first instant that is too late.
bool isDue(const std::string& wanted, std::optional<Instant> due) {
  if (!due) return wanted.empty() || wanted == "none";
  if (parseDate(wanted)) return lastDay(*due) == wanted;
  return bpmn::parseMoment(wanted) == due;
}
std::string dueWords(std::optional<Instant> due) {
  if (!due) return "none";
  return *due == startOf(dateOf(*due)) ? lastDay(*due) : formatInstant(*due);
}

std::string word(calendar::Light light) { return boost::describe::enum_to_string(light, ""); }

template <class T>
std::string orEmpty(const std::optional<T>& text) {
  return text ? *text : std::string{};
}

}  // namespace

void Story::differ(const std::string& pointer, Text what, std::string expected, std::string actual) {
  const std::string at = fmt::format("/story/{}{}", step_, pointer);
  result_.differences.push_back({told_.path, text_ == nullptr ? 0 : lineOf(*text_, at),
                                 static_cast<int>(step_) + 1, std::move(what), std::move(expected),
                                 std::move(actual)});
}

Result<Story::Snapshot> Story::look(store::CaseId id) {
  const store::CaseId ids[] = {id};
  auto rows = store_.loadCases(ids);
  if (rows.empty()) {
    return refuse(ProblemKind::not_found, "case.unknown", {"没有这个办件", "there is no such case"});
  }
  Snapshot found;
  found.row = std::move(rows.front());
  auto state = engine_->seal().open(found.row);
  if (!state) return std::unexpected(std::move(state.error()));
  found.state = std::move(*state);
  store::TaskFilter filter;
  filter.case_id = id;
  found.tasks = store_.listTasks(filter, {1000, {}}).rows;
  std::map<std::string, std::string, std::less<>> clear;
  for (const store::PersonalRow& row : store_.loadPersonal(id)) {
    auto value = engine_->seal().open(row);
    if (!value) return std::unexpected(std::move(value.error()));
    clear.emplace(row.digest, std::move(*value));
  }
  const casework::Reveal reveal = [&clear](std::string_view digest) -> std::optional<feel::Value> {
    const auto it = clear.find(digest);
    if (it == clear.end()) return std::nullopt;
    auto value = fromJson<feel::Value>(it->second);
    return value ? std::optional{std::move(*value)} : std::nullopt;
  };
  for (const store::StoredRecord& row : store_.records(id, 0, 1000)) {
    const auto record = ledger::decodeRecord(row.record);
    const auto definition =
        record ? definitions_->findByLabel(record->model) : std::unexpected(record.error());
    if (!definition) return std::unexpected(definition.error());
    auto events = casework::readRecordBody(record->body, *(*definition)->model, reveal);
    if (!events) return std::unexpected(std::move(events.error()));
    std::ranges::move(*events, std::back_inserter(found.events));
  }
  return found;
}

void Story::expect(const Expectation& wanted, const Snapshot& found) {
  const auto compare = [&](const char* pointer, const Text& what, const std::optional<std::string>& expected,
                           const std::string& actual) {
    if (expected && *expected != actual) differ(pointer, what, *expected, actual);
  };
  compare("/expect/status", {"办件状态", "status of the case"}, wanted.status,
          boost::describe::enum_to_string(found.row.status, ""));
  compare("/expect/title", {"标题", "title"}, wanted.title, found.row.title);
  compare("/expect/unit", {"主办单位", "lead unit"}, wanted.unit, found.row.unit);
  if (wanted.tasks) expectTasks(*wanted.tasks, found);
  expectVariables(wanted, found);
  expectHistory(wanted, found);
  for (const auto& [node, clock] : wanted.clocks) expectClock(node, clock, found);
}

void Story::expectTasks(const std::vector<ExpectedTask>& wanted, const Snapshot& found) {
  std::vector<std::string> expected;
  std::vector<std::string> actual;
  for (const ExpectedTask& task : wanted) expected.push_back(task.node);
  for (const store::TaskRow& task : found.tasks) actual.push_back(task.node);
  std::ranges::sort(expected);
  std::ranges::sort(actual);
  if (expected != actual) {
    return differ("/expect/tasks", {"待办任务", "open tasks"}, join(expected), join(actual));
  }
  std::vector<bool> taken(found.tasks.size());
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    std::size_t k = 0;
    while (taken[k] || found.tasks[k].node != wanted[i].node) ++k;
    taken[k] = true;
    const store::TaskRow& task = found.tasks[k];
    const auto compare = [&](const char* member, const Text& what, const std::optional<std::string>& expects,
                             const std::string& is, bool same) {
      if (!expects || same) return;
      differ(
          fmt::format("/expect/tasks/{}/{}", i, member),
          {fmt::format("任务 {} 的{}", task.node, what.zh), fmt::format("{} of task {}", what.en, task.node)},
          *expects, is);
    };
    compare("unit", {"单位", "unit"}, wanted[i].unit, task.unit, orEmpty(wanted[i].unit) == task.unit);
    compare("role", {"角色", "role"}, wanted[i].role, task.role, orEmpty(wanted[i].role) == task.role);
    compare("person", {"人员", "person"}, wanted[i].person, task.person,
            orEmpty(wanted[i].person) == task.person);
    compare("assignee", {"经办人", "assignee"}, wanted[i].assignee, task.assignee,
            orEmpty(wanted[i].assignee) == task.assignee);
    compare("due", {"期限", "due date"}, wanted[i].due, dueWords(task.due),
            isDue(orEmpty(wanted[i].due), task.due));
    calendar::Light light = calendar::Light::green;
    if (task.due && now() >= *task.due) light = calendar::Light::red;
    else if (task.yellow && now() >= *task.yellow) light = calendar::Light::yellow;
    compare("light", {"灯", "light"}, wanted[i].light, word(light), orEmpty(wanted[i].light) == word(light));
  }
}

void Story::expectVariables(const Expectation& wanted, const Snapshot& found) {
  for (const auto& [name, value] : wanted.variables) {
    const feel::Value* is = found.state.variables().find(name);
    const std::string actual = is == nullptr ? "null" : words(*is);
    if (words(value) == actual) continue;
    differ("/expect/variables/" + name, {"变量 " + name, "variable " + name}, words(value), actual);
  }
}

void Story::expectHistory(const Expectation& wanted, const Snapshot& found) {
  std::vector<std::string> messages;
  std::vector<std::string> notices;
  std::map<std::string, feel::Value> decisions;
  for (const bpmn::Event& event : found.events) {
    if (const auto* message = std::get_if<bpmn::MessageThrown>(&event)) messages.push_back(message->name);
    if (const auto* signal = std::get_if<bpmn::SignalThrown>(&event)) messages.push_back(signal->name);
    if (const auto* decision = std::get_if<bpmn::DecisionMade>(&event))
      decisions[decision->decision] = decision->value;
    const auto* job = std::get_if<bpmn::JobRequested>(&event);
    if (job == nullptr || job->topic != notice_service) continue;
    const feel::Value* notice = job->payload.find("notice");
    notices.emplace_back(notice == nullptr ? "" : notice->asString().value_or(""));
  }
  const auto compare = [&](const char* pointer, const Text& what,
                           const std::optional<std::vector<std::string>>& expected,
                           const std::vector<std::string>& actual) {
    if (expected && *expected != actual) differ(pointer, what, join(*expected), join(actual));
  };
  compare("/expect/messages", {"发出的消息", "messages thrown"}, wanted.messages, messages);
  compare("/expect/notices", {"发出的通知", "notices sent"}, wanted.notices, notices);
  std::vector<std::string> incidents;
  for (const bpmn::Incident& incident : found.state.incidents) incidents.push_back(incident.code);
  compare("/expect/incidents", {"异常", "incidents"}, wanted.incidents, incidents);
  for (const auto& [id, value] : wanted.decisions) {
    const auto is = decisions.find(id);
    const std::string actual = is == decisions.end() ? "没有作出 not made" : words(is->second);
    if (actual == words(value)) continue;
    differ("/expect/decisions/" + id, {"决策 " + id, "decision " + id}, words(value), actual);
  }
}

void Story::expectClock(const std::string& node, const ExpectedClock& wanted, const Snapshot& found) {
  const std::string pointer = "/expect/clocks/" + node;
  const Text what{"时限 " + node, "clock of " + node};
  const auto clock = std::ranges::find_if(found.state.clocks, [&](const bpmn::Clock& each) {
    if (node == "case") return each.element == bpmn::whole_case;
    const bpmn::Element* element = found.state.element(each.element);
    return element != nullptr && element->node == node;
  });
  const calendar::ClockRule* rule =
      clock == found.state.clocks.end() ? nullptr : definition_->model->clock(clock->rule);
  if (rule == nullptr || !calendar_) {
    return differ(pointer, what, "有 there is one",
                  rule != nullptr ? "包及其依赖没有 calendar.json / no calendar.json" : "没有 there is none");
  }
  const calendar::Deadline deadline = calendar::deadline(*rule, clock->run, *calendar_, now());
  const std::string light = word(calendar::light(deadline, now()));
  if (wanted.rule && *wanted.rule != clock->rule) differ(pointer + "/rule", what, *wanted.rule, clock->rule);
  if (wanted.due && !isDue(*wanted.due, deadline.due)) {
    differ(pointer + "/due", what, *wanted.due, dueWords(deadline.due));
  }
  if (wanted.light && *wanted.light != light) differ(pointer + "/light", what, *wanted.light, light);
  if (wanted.paused && *wanted.paused != clock->isPaused()) {
    differ(pointer + "/paused", what, *wanted.paused ? "true" : "false",
           clock->isPaused() ? "true" : "false");
  }
  if (wanted.why.empty()) return;
  const calendar::Explanation explanation = calendar::explain(*rule, clock->run, *calendar_, now());
  for (const auto& [date, kind] : wanted.why) {
    std::string actual = "不在其中 not among its days";
    for (const calendar::ExplainedDay& day : explanation.days) {
      if (formatDate(day.date) == date) actual = boost::describe::enum_to_string(day.kind, "");
    }
    if (actual == kind) continue;
    differ(fmt::format("{}/why/{}", pointer, date),
           {fmt::format("{} 的 {}", what.zh, date), fmt::format("{} of the {}", date, what.en)}, kind,
           actual);
  }
}

}  // namespace jinyue::packs
