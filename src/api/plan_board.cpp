// /open/boards/{plan}: a board of projects under public supervision.

#include <set>

#include "api/plan_pages.h"

namespace jinyue::api {

Result<Answer<Board>> PlanPages::board(const Call& call, const std::string& name,
                                       const DayQuery& query) const {
  Board board;
  board.board = name;
  const Date day = board.as_of = query.as_of.value_or(dateOf(call.now));
  std::set<std::string> items;
  std::optional<Date> named;  // by the newest project that says so
  for (const PlanCase& row :
       planCases(rooms_.store, rooms_.engine.seal(), "project", store::everything(), std::nullopt)) {
    const Variables variables(row.variables);
    const auto announced = variables.date("announced_on");
    if (variables.text("board") != name || !announced || *announced > day) continue;
    board.projects.push_back(projectOf(variables, day));
    if (!named || *named <= *announced) {
      if (const Text title = boardTitleOf(variables); !title.zh.empty()) {
        board.title = title;
        named = announced;
      }
    }
    items.insert(board.projects.back().item);
    board.attained += board.projects.back().attained ? 1 : 0;
    board.accepted += board.projects.back().accepted ? 1 : 0;
  }
  if (board.projects.empty())
    return refuse(ProblemKind::not_found, "board.unknown", {"没有这块公示板", "there is no such board"},
                  name);
  if (board.title.zh.empty()) board.title = {name, name};
  board.items = static_cast<int>(items.size());
  return board;
}

BoardProject PlanPages::projectOf(const Variables& variables, Date day) const {
  BoardProject project;
  project.item = variables.text("item");
  project.title = variables.text("title");
  project.unit = variables.text("unit");
  project.unit_name = rooms_.names.unit(project.unit, rooms_.now());
  project.area = variables.text("area");
  planning::LedgerMeasure one;  // judged as a measure with one target is
  one.targets = {
      {{}, planning::Comparator::equal, variables.number("planned").value_or(feel::Number{}), "%", {}}};
  if (const auto word = fromJson<planning::Comparator>("\"" + variables.text("comparator") + "\""))
    one.targets[0].comparator = *word;
  project.comparator = one.targets[0].comparator;
  project.planned = one.targets[0].value.toString();
  project.measured_in = variables.text("measured_in");
  project.announced = variables.date("announced_on");
  project.due = variables.date("due");
  if (const auto accepted = variables.date("closed_on"); accepted && *accepted <= day)
    project.accepted = accepted;
  planning::Part part;
  for (const feel::Context* each : variables.groups("reports")) {
    const Variables said(*each);
    planning::Report report;
    report.on = said.date("on").value_or(Date{});
    if (const auto done = said.number("done")) report.values.push_back({1, *done});
    part.reports.push_back(std::move(report));
  }
  one.parts.push_back(std::move(part));
  const planning::Attainment found = planning::attainmentOf(one, 0, day);
  if (found.value) project.done = found.value->toString();
  project.reported = found.on;
  project.attained = found.attained;
  project.percent = found.percent;
  if (!project.accepted) project.light = planning::lightOf(project.announced, project.due, day, rules());
  return project;
}

}  // namespace jinyue::api
