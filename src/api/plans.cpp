// /plans: how the measures of a plan stand. Every answer comes from the same ledger, as of a day.

#include <algorithm>
#include <map>
#include <set>

#include "api/endpoint.h"
#include "api/plan_rows.h"
#include "api/plan_views.h"
#include "planning/likeness.h"

namespace jinyue::api {
namespace {

using identity::Permission;
using planning::LedgerMeasure;
using planning::Standing;

struct DayQuery {
  std::optional<Date> as_of;
  static std::vector<About> about() {
    return {{"as_of", {"截至哪一天，默认今天", "as of this day; today without it"}}};
  }
};
BOOST_DESCRIBE_STRUCT(DayQuery, (), (as_of))

void putHead(MeasureHead& to, const LedgerMeasure& measure) {
  to.case_id = measure.case_id;
  to.id = measure.id;
  to.number = measure.number;
  to.title = measure.title;
}

int blockingGaps(const LedgerMeasure& measure) {
  if (measure.case_id == 0) return 0;  // not all of it is known
  return static_cast<int>(std::ranges::count_if(planning::gapsOf(measure), &planning::Gap::blocks));
}

class Plans {
 public:
  explicit Plans(const Rooms& rooms) : rooms_(rooms) {}

  Result<Answer<PlanList>> list(Call& call) const {
    PlanList plans;
    auto rows = planCases(rooms_.store, rooms_.engine.seal(), "plan", call.rows(), std::nullopt);
    std::ranges::reverse(rows);
    for (const PlanCase& row : rows) plans.items.push_back(lineOf(row));
    return plans;
  }

  Result<Answer<PlanOverview>> overview(Call& call, const std::string& plan, const DayQuery& query) const {
    const store::RowScope scope = call.rows();
    const Date day = query.as_of.value_or(dateOf(call.now));
    PlanOverview view;
    view.as_of = day;
    const auto own = planCases(rooms_.store, rooms_.engine.seal(), "plan", scope, plan);
    if (!own.empty()) view.plan = lineOf(own.back());
    const auto measures = known(call, plan, day);
    if (!measures) return std::unexpected(measures.error());
    std::map<std::string, std::size_t> sections;
    std::int64_t progress = 0;
    for (const LedgerMeasure& measure : *measures) count(measure, day, view, sections, progress);
    if (view.measures > 0) view.progress = static_cast<int>(progress / view.measures);
    for (SectionCount& each : view.sections) each.progress /= std::max(each.measures, 1);
    ledgers(plan, scope, day, view);
    return view;
  }

  Result<Answer<MeasureList>> measures(Call& call, const std::string& plan, const DayQuery& query) const {
    MeasureList list;
    list.as_of = query.as_of.value_or(dateOf(call.now));
    const auto all = known(call, plan, list.as_of);
    if (!all) return std::unexpected(all.error());
    for (const LedgerMeasure& measure : *all) {
      const Standing standing = standingOf(measure, list.as_of);
      MeasureLine line;
      putHead(line, measure);
      line.section = measure.section;
      line.subsection = measure.subsection;
      line.leads = measure.leads;
      line.assisting = measure.assisting;
      line.areas = measure.areas;
      line.previous = measure.previous;
      line.due = measure.due;
      line.issued = measure.issued;
      line.closed = measure.closed;
      line.stage = standing.stage;
      line.progress = standing.progress;
      line.light = standing.light;
      line.late = !standing.late.empty();
      line.parts = static_cast<int>(measure.parts.size());
      line.targets = static_cast<int>(measure.targets.size());
      line.gaps = blockingGaps(measure);
      list.items.push_back(std::move(line));
    }
    return list;
  }

  Result<Answer<Roadmap>> roadmap(Call& call, const std::string& plan, const DayQuery& query) const {
    Roadmap map;
    map.as_of = query.as_of.value_or(dateOf(call.now));
    const auto all = known(call, plan, map.as_of);
    if (!all) return std::unexpected(all.error());
    const auto widen = [&](const std::optional<Date>& day) {
      if (!day) return;
      map.from = map.from ? std::min(*map.from, *day) : *day;
      map.until = map.until ? std::max(*map.until, *day) : *day;
    };
    for (const LedgerMeasure& measure : *all) {
      const Standing standing = standingOf(measure, map.as_of);
      RoadBar bar;
      putHead(bar, measure);
      bar.section = measure.section;
      bar.leads = measure.leads;
      bar.from = measure.issued;
      bar.until = measure.due;
      bar.closed = measure.closed;
      bar.stage = standing.stage;
      bar.progress = standing.progress;
      bar.light = standing.light;
      for (const planning::RouteStep& step : measure.route) {
        bar.steps.push_back({step.step, step.until, step.until && *step.until < map.as_of});
        widen(step.until);
      }
      for (const planning::Part& part : measure.parts) {
        if (!part.opened || *part.opened > map.as_of) continue;
        const bool open =
            !(part.closed && *part.closed <= map.as_of) && !(part.carried && *part.carried <= map.as_of);
        bar.parts.push_back(
            {part.case_id, part.unit, part.area, part.task, part.opened, part.due, part.closed,
             planning::progressOf(part, map.as_of),
             open ? planning::lightOf(part.opened, part.due, map.as_of, rules()) : std::nullopt});
        widen(part.opened);
        widen(part.due);
      }
      widen(bar.from);
      widen(bar.until);
      map.items.push_back(std::move(bar));
    }
    return map;
  }

  Result<Answer<Timetable>> timetable(Call& call, const std::string& plan, const DayQuery& query) const {
    Timetable table;
    const Date day = table.as_of = query.as_of.value_or(dateOf(call.now));
    const auto all = known(call, plan, day);
    if (!all) return std::unexpected(all.error());
    for (const LedgerMeasure& measure : *all) {
      const bool closed = measure.closed && *measure.closed <= day;
      const auto add = [&](const std::optional<Date>& date, DateKind kind, std::string text, std::string unit,
                           bool done) {
        if (!date) return;
        TimetableLine line;
        putHead(line, measure);
        line.date = *date;
        line.kind = kind;
        line.text = std::move(text);
        line.unit = std::move(unit);
        line.done = done;
        line.overdue = !done && kind != DateKind::step && *date < day;
        table.items.push_back(std::move(line));
      };
      const std::string lead = measure.leads.empty() ? "" : measure.leads.front();
      for (const planning::RouteStep& step : measure.route)
        add(step.until, DateKind::step, step.step, lead, closed);
      for (const planning::Part& part : measure.parts)
        add(part.due, DateKind::part, part.task, part.unit, part.closed && *part.closed <= day);
      for (std::size_t i = 0; i < measure.targets.size(); ++i)
        add(measure.targets[i].until, DateKind::target, measure.targets[i].text, lead,
            planning::attainmentOf(measure, i, day).attained);
      add(measure.due, DateKind::measure, measure.title, lead, closed);
    }
    std::ranges::sort(table.items, {}, [](const TimetableLine& each) {
      return std::tie(each.date, each.id, each.kind, each.text, each.unit);
    });
    return table;
  }

  Result<Answer<Matrix>> matrix(Call& call, const std::string& plan, const DayQuery& query) const {
    Matrix matrix;
    matrix.as_of = query.as_of.value_or(dateOf(call.now));
    const auto all = known(call, plan, matrix.as_of);
    if (!all) return std::unexpected(all.error());
    std::map<std::string, UnitRow> rows;
    for (const LedgerMeasure& measure : *all) {
      const Standing standing = standingOf(measure, matrix.as_of);
      const auto add = [&](const std::string& unit, const char* duty, int UnitRow::* counter,
                           std::optional<calendar::Light> light) {
        UnitRow& row = rows[unit];
        row.unit = unit;
        ++(row.*counter);
        row.measures.push_back({measure.id, measure.number, measure.title, duty, light});
      };
      for (const std::string& unit : measure.leads) add(unit, "lead", &UnitRow::leads, standing.light);
      for (const std::string& unit : measure.assisting)
        add(unit, "assist", &UnitRow::assists, standing.light);
      for (const std::string& area : measure.areas) add(area, "area", &UnitRow::areas, standing.light);
      for (const planning::Part& part : measure.parts)
        add(part.unit, "part", &UnitRow::parts,
            planning::lightOf(part.opened, part.due, matrix.as_of, rules()));
      std::set<std::string> late;
      for (const planning::Lateness& each : standing.late) late.insert(each.unit);
      for (const std::string& unit : late) {
        rows[unit].unit = unit;
        ++rows[unit].late;
      }
    }
    for (auto& [unit, row] : rows) matrix.items.push_back(std::move(row));
    return matrix;
  }

  Result<Answer<LateList>> late(Call& call, const std::string& plan, const DayQuery& query) const {
    LateList list;
    list.as_of = query.as_of.value_or(dateOf(call.now));
    const auto all = known(call, plan, list.as_of);
    if (!all) return std::unexpected(all.error());
    for (const LedgerMeasure& measure : *all) {
      Standing standing = standingOf(measure, list.as_of);
      if (standing.late.empty()) continue;
      LateMeasure late;
      putHead(late, measure);
      late.leads = measure.leads;
      late.due = measure.due;
      late.progress = standing.progress;
      late.reasons = std::move(standing.late);
      list.items.push_back(std::move(late));
    }
    return list;
  }

  Result<Answer<TargetList>> targets(Call& call, const std::string& plan, const DayQuery& query) const {
    TargetList list;
    const Date day = list.as_of = query.as_of.value_or(dateOf(call.now));
    const auto all = known(call, plan, day);
    if (!all) return std::unexpected(all.error());
    for (const LedgerMeasure& measure : *all) {
      for (std::size_t i = 0; i < measure.targets.size(); ++i) {
        const planning::LedgerTarget& target = measure.targets[i];
        const planning::Attainment found = planning::attainmentOf(measure, i, day);
        TargetLine line;
        putHead(line, measure);
        line.target = static_cast<int>(i) + 1;
        line.text = target.text;
        line.comparator = target.comparator;
        line.planned = target.value.toString();
        line.unit = target.unit;
        line.until = target.until;
        if (found.value) line.value = found.value->toString();
        line.reported = found.on;
        line.attained = found.attained;
        line.percent = found.percent;
        line.overdue = target.until && *target.until < day && !found.attained;
        list.items.push_back(std::move(line));
      }
    }
    return list;
  }

  Result<Answer<GapList>> gaps(Call& call, const std::string& plan) const {
    const auto all = known(call, plan, dateOf(call.now));
    if (!all) return std::unexpected(all.error());
    GapList list;
    for (const LedgerMeasure& measure : *all) {
      if (measure.case_id == 0) continue;
      GapLine line;
      putHead(line, measure);
      line.gaps = planning::gapsOf(measure);
      line.blocks = std::ranges::any_of(line.gaps, &planning::Gap::blocks);
      (line.blocks ? list.incomplete : list.complete) += 1;
      if (!line.gaps.empty()) list.items.push_back(std::move(line));
    }
    return list;
  }

  Result<Answer<LikeList>> duplicates(Call& call, const std::string& plan) const {
    const store::RowScope scope = call.rows();
    std::vector<LikeText> texts;
    std::vector<std::string> titles;
    const auto add = [&](const PlanCase& row, const std::string& unit) {
      const std::string title = Variables(row.variables).text("title");
      texts.push_back({row.row.id, unit, title});
      titles.push_back(title);
    };
    constexpr std::size_t most = 3000;
    for (const PlanCase& row :
         planCases(rooms_.store, rooms_.engine.seal(), "member-measure", scope, std::nullopt)) {
      if (Variables(row.variables).text("plan") == plan && titles.size() < most)
        add(row, Variables(row.variables).text("unit"));
    }
    const std::size_t members = titles.size();
    for (const PlanCase& row : planCases(rooms_.store, rooms_.engine.seal(), "measure", scope, plan))
      add(row, row.row.unit);
    LikeList list;
    for (const planning::Alike& pair : planning::alikeAmong(titles)) {
      if (pair.one >= members) continue;  // both are of the plan itself
      list.items.push_back({pair.percent, texts[pair.one], texts[pair.other]});
    }
    return list;
  }

  Result<Answer<Board>> board(const Call& call, const std::string& name, const DayQuery& query) const {
    Board board;
    board.board = name;
    const Date day = board.as_of = query.as_of.value_or(dateOf(call.now));
    std::set<std::string> items;
    for (const PlanCase& row :
         planCases(rooms_.store, rooms_.engine.seal(), "project", store::everything(), std::nullopt)) {
      const Variables variables(row.variables);
      const auto announced = variables.date("announced_on");
      if (variables.text("board") != name || !announced || *announced > day) continue;
      board.projects.push_back(projectOf(variables, day));
      items.insert(board.projects.back().item);
      board.attained += board.projects.back().attained ? 1 : 0;
      board.accepted += board.projects.back().accepted ? 1 : 0;
    }
    if (board.projects.empty())
      return refuse(ProblemKind::not_found, "board.unknown", {"没有这块公示板", "there is no such board"},
                    name);
    board.items = static_cast<int>(items.size());
    return board;
  }

 private:
  static PlanLine lineOf(const PlanCase& row) {
    const Variables variables(row.variables);
    return {row.row.id,
            variables.text("plan"),
            variables.text("title"),
            variables.whole("first_year"),
            variables.whole("last_year"),
            variables.date("due"),
            variables.date("issued_on"),
            variables.date("closed_on"),
            variables.text("previous")};
  }

  planning::StandingRules rules() const {
    planning::StandingRules rules;
    rules.calendar = rooms_.calendar.get();
    if (const auto newest = rooms_.packs.newest(plan_pack)) {
      if (const auto definition = rooms_.definitions.find(newest->definition)) {
        if (const calendar::ClockRule* clock = (*definition)->model->clock("plan-measure"))
          rules.clock = *clock;
      }
    }
    return rules;
  }
  Standing standingOf(const LedgerMeasure& measure, Date day) const {
    return planning::standingOf(measure, day, rules());
  }

  /// What there was on the day; refuses a plan of which nothing is in reach.
  Result<std::vector<LedgerMeasure>> known(Call& call, const std::string& plan, Date day) const {
    const store::RowScope scope = call.rows();
    auto all = ledgerOf(rooms_.store, rooms_.engine.seal(), plan, scope);
    if (all.empty() && planCases(rooms_.store, rooms_.engine.seal(), "plan", scope, plan).empty())
      return refuse(ProblemKind::not_found, "plan.unknown", {"没有这个方案", "there is no such plan"}, plan);
    std::erase_if(all, [&](const LedgerMeasure& measure) { return !planning::isKnown(measure, day); });
    return all;
  }

  void count(const LedgerMeasure& measure, Date day, PlanOverview& view,
             std::map<std::string, std::size_t>& sections, std::int64_t& progress) const {
    const Standing standing = standingOf(measure, day);
    ++view.measures;
    switch (standing.stage) {
      case planning::Stage::draft: ++view.draft; break;
      case planning::Stage::issued: ++view.issued; break;
      case planning::Stage::in_progress: ++view.in_progress; break;
      case planning::Stage::closed: ++view.closed; break;
      case planning::Stage::carried_over: ++view.carried_over; break;
    }
    progress += standing.progress;
    view.late += standing.late.empty() ? 0 : 1;
    view.incomplete += blockingGaps(measure) > 0 ? 1 : 0;
    view.parts += static_cast<int>(measure.parts.size());
    for (const planning::Part& part : measure.parts)
      view.orders += static_cast<int>(
          std::ranges::count_if(part.orders, [&](const auto& order) { return order.on <= day; }));
    for (std::size_t i = 0; i < measure.targets.size(); ++i) {
      ++view.targets;
      view.targets_attained += planning::attainmentOf(measure, i, day).attained ? 1 : 0;
    }
    const auto [place, is_new] = sections.try_emplace(measure.section, view.sections.size());
    if (is_new) view.sections.push_back({measure.section, 0, 0, 0, 0});
    SectionCount& section = view.sections[place->second];
    ++section.measures;
    section.closed += standing.stage == planning::Stage::closed ? 1 : 0;
    section.late += standing.late.empty() ? 0 : 1;
    section.progress += standing.progress;  // a mean in the end
  }

  void ledgers(const std::string& plan, const store::RowScope& scope, Date day, PlanOverview& view) const {
    const auto each = [&](std::string_view process, const auto& add) {
      for (const PlanCase& row :
           planCases(rooms_.store, rooms_.engine.seal(), process, scope, std::nullopt)) {
        const Variables variables(row.variables);
        if (variables.text("plan") == plan && dateOf(row.row.opened) <= day) add(variables);
      }
    };
    const auto has = [&](const Variables& variables, std::string_view name) {
      const auto date = variables.date(name);
      return date && *date <= day;
    };
    each("problem", [&](const Variables& problem) {
      ++view.problems;
      view.problems_linked += has(problem, "linked_on") ? 1 : 0;
      view.problems_closed += has(problem, "closed_on") ? 1 : 0;
    });
    each("benchmark", [&](const Variables& benchmark) {
      ++view.benchmarks;
      view.benchmarks_adopted += benchmark.text("verdict") == "adopted" ? 1 : 0;
    });
    each("member-measure", [&](const Variables&) { ++view.members_measures; });
    each("innovation", [&](const Variables&) { ++view.brands; });
  }

  BoardProject projectOf(const Variables& variables, Date day) const {
    BoardProject project;
    project.item = variables.text("item");
    project.title = variables.text("title");
    project.unit = variables.text("unit");
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

  Rooms rooms_;
};

}  // namespace

void addPlans(Endpoints& endpoints, const Rooms& rooms) {
  const auto plans = std::make_shared<const Plans>(rooms);
  const auto reads = [](std::string path, std::string name, Text summary) {
    return Description{.path = "/plans" + std::move(path),
                       .name = std::move(name),
                       .tag = "plans",
                       .summary = std::move(summary),
                       .access = needs(Permission::case_read, Reach::rows)};
  };
  endpoints.add(reads("", "listPlans", {"行动方案", "action plans"}),
                [plans](Call& call, const In<>&) { return plans->list(call); });
  endpoints.add(
      reads("/{plan}", "readPlan",
            {"方案总览：阶段、灯、进度、台账", "a plan at a glance: stages, lights, progress, ledgers"}),
      [plans](Call& call, const In<PlanPath, DayQuery>& in) {
        return plans->overview(call, in.path.plan, in.query);
      });
  endpoints.add(reads("/{plan}/measures", "listMeasures", {"举措台账", "the measures of a plan"}),
                [plans](Call& call, const In<PlanPath, DayQuery>& in) {
                  return plans->measures(call, in.path.plan, in.query);
                });
  endpoints.add(
      reads("/{plan}/roadmap", "readRoadmap", {"路线图（甘特图数据）", "roadmap: data of a Gantt chart"}),
      [plans](Call& call, const In<PlanPath, DayQuery>& in) {
        return plans->roadmap(call, in.path.plan, in.query);
      });
  endpoints.add(reads("/{plan}/timetable", "readTimetable",
                      {"时间表：按日期排列", "timetable: everything that has a day, by day"}),
                [plans](Call& call, const In<PlanPath, DayQuery>& in) {
                  return plans->timetable(call, in.path.plan, in.query);
                });
  endpoints.add(reads("/{plan}/matrix", "readResponsibilities",
                      {"责任制：单位对举措", "responsibilities: units by measures"}),
                [plans](Call& call, const In<PlanPath, DayQuery>& in) {
                  return plans->matrix(call, in.path.plan, in.query);
                });
  endpoints.add(reads("/{plan}/late", "listLateMeasures", {"逾期及原因", "what is late, and why"}),
                [plans](Call& call, const In<PlanPath, DayQuery>& in) {
                  return plans->late(call, in.path.plan, in.query);
                });
  endpoints.add(
      reads("/{plan}/targets", "listTargets", {"量化目标完成情况", "how far each target is reached"}),
      [plans](Call& call, const In<PlanPath, DayQuery>& in) {
        return plans->targets(call, in.path.plan, in.query);
      });
  endpoints.add(reads("/{plan}/gaps", "listGaps", {"三清单缺项", "what the three lists lack"}),
                [plans](Call& call, const In<PlanPath>& in) { return plans->gaps(call, in.path.plan); });
  endpoints.add(
      reads("/{plan}/duplicates", "listLikeMeasures",
            {"相近的成员单位举措", "members' measures that are nearly the same as others"}),
      [plans](Call& call, const In<PlanPath>& in) { return plans->duplicates(call, in.path.plan); });
  endpoints.add({.path = "/open/boards/{plan}",
                 .name = "readBoard",
                 .tag = "open",
                 .summary = {"挂牌督办公示板", "a board of projects under public supervision"},
                 .access = anyone()},
                [plans](Call& call, const In<PlanPath, DayQuery>& in) {
                  return plans->board(call, in.path.plan, in.query);
                });
}

}  // namespace jinyue::api
