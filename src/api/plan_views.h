// Plans as the interface shows them: all from the same ledger, as of a day.
#pragma once

#include "api/schema.h"
#include "planning/standing.h"

namespace jinyue::api {

struct PlanPath {
  std::string plan;
};
BOOST_DESCRIBE_STRUCT(PlanPath, (), (plan))

struct PlanLine {
  std::int64_t case_id = 0;
  std::string id;
  std::string title;
  int first_year = 0;
  int last_year = 0;
  std::optional<Date> due;
  std::optional<Date> issued;
  std::optional<Date> closed;
  std::string previous;
};
BOOST_DESCRIBE_STRUCT(PlanLine, (),
                      (case_id, id, title, first_year, last_year, due, issued, closed, previous))
struct PlanList {
  std::vector<PlanLine> items;
};
BOOST_DESCRIBE_STRUCT(PlanList, (), (items))

/// What every page about a measure says of it.
struct MeasureHead {
  std::int64_t case_id = 0;
  std::string id;
  std::string number;
  std::string title;
  static std::vector<About> about() {
    return {{"case_id", {"办件号；0 表示本人只能看到其任务", "its case; 0: only its parts are in reach"}},
            {"id", {"举措编号", "id of the measure"}, R"("dalian-2025/13")"},
            {"number", {"方案中的条号", "its number in the plan"}, R"("13")"}};
  }
};
BOOST_DESCRIBE_STRUCT(MeasureHead, (), (case_id, id, number, title))

struct MeasureLine : MeasureHead {
  std::string section;
  std::string subsection;
  std::vector<std::string> leads;
  std::vector<std::string> assisting;
  std::vector<std::string> areas;
  std::string previous;
  std::optional<Date> due;
  std::optional<Date> issued;
  std::optional<Date> closed;
  planning::Stage stage = planning::Stage::draft;
  int progress = 0;
  std::optional<calendar::Light> light;
  bool late = false;
  int parts = 0;
  int targets = 0;
  int gaps = 0;
  static std::vector<About> about() {
    auto all = MeasureHead::about();
    all.insert(
        all.end(),
        {{"progress",
          {"进度（%）：各承办任务已核查进度的平均", "per cent: the mean of its parts' checked progress"}},
         {"previous", {"上一个方案中的同名举措", "the measure of the same name in the plan before"}},
         {"gaps", {"三清单缺项数", "how many of the three lists are missing"}}});
    return all;
  }
};
BOOST_DESCRIBE_STRUCT(MeasureLine, (MeasureHead),
                      (section, subsection, leads, assisting, areas, previous, due, issued, closed, stage,
                       progress, light, late, parts, targets, gaps))
struct MeasureList {
  Date as_of;
  std::vector<MeasureLine> items;
};
BOOST_DESCRIBE_STRUCT(MeasureList, (), (as_of, items))

struct SectionCount {
  std::string title;
  int measures = 0;
  int closed = 0;
  int late = 0;
  int progress = 0;
};
BOOST_DESCRIBE_STRUCT(SectionCount, (), (title, measures, closed, late, progress))

struct PlanOverview {
  Date as_of;
  std::optional<PlanLine> plan;  ///< absent: the plan's own case is out of reach
  int measures = 0;
  int draft = 0;
  int issued = 0;
  int in_progress = 0;
  int closed = 0;
  int carried_over = 0;
  int late = 0;
  int incomplete = 0;
  int progress = 0;
  int parts = 0;
  int orders = 0;
  int targets = 0;
  int targets_attained = 0;
  int problems = 0;
  int problems_linked = 0;
  int problems_closed = 0;
  int benchmarks = 0;
  int benchmarks_adopted = 0;
  int members_measures = 0;
  int brands = 0;
  std::vector<SectionCount> sections;
  static std::vector<About> about() {
    return {{"incomplete", {"三清单不全的举措", "measures that lack one of the three lists"}},
            {"orders", {"已发督办单", "supervision orders sent"}},
            {"problems_linked",
             {"已有举措的问题；覆盖率为它除以 problems",
              "problems with a measure; coverage is this over `problems`"}}};
  }
};
BOOST_DESCRIBE_STRUCT(PlanOverview, (),
                      (as_of, plan, measures, draft, issued, in_progress, closed, carried_over, late,
                       incomplete, progress, parts, orders, targets, targets_attained, problems,
                       problems_linked, problems_closed, benchmarks, benchmarks_adopted, members_measures,
                       brands, sections))

struct RoadStep {
  std::string step;
  std::optional<Date> until;
  bool passed = false;
};
BOOST_DESCRIBE_STRUCT(RoadStep, (), (step, until, passed))
struct RoadPart {
  std::int64_t case_id = 0;
  std::string unit;
  std::string area;
  std::string task;
  std::optional<Date> from;
  std::optional<Date> until;
  std::optional<Date> closed;
  int progress = 0;
  std::optional<calendar::Light> light;
};
BOOST_DESCRIBE_STRUCT(RoadPart, (), (case_id, unit, area, task, from, until, closed, progress, light))
struct RoadBar : MeasureHead {
  std::string section;
  std::vector<std::string> leads;
  std::optional<Date> from;
  std::optional<Date> until;
  std::optional<Date> closed;
  planning::Stage stage = planning::Stage::draft;
  int progress = 0;
  std::optional<calendar::Light> light;
  std::vector<RoadStep> steps;
  std::vector<RoadPart> parts;
};
BOOST_DESCRIBE_STRUCT(RoadBar, (MeasureHead),
                      (section, leads, from, until, closed, stage, progress, light, steps, parts))
struct Roadmap {
  Date as_of;
  std::optional<Date> from;
  std::optional<Date> until;
  std::vector<RoadBar> items;
};
BOOST_DESCRIBE_STRUCT(Roadmap, (), (as_of, from, until, items))

enum class DateKind { step, part, target, measure };
BOOST_DESCRIBE_ENUM(DateKind, step, part, target, measure)
struct TimetableLine : MeasureHead {
  Date date;
  DateKind kind = DateKind::measure;
  std::string text;
  std::string unit;
  bool done = false;
  bool overdue = false;
};
BOOST_DESCRIBE_STRUCT(TimetableLine, (MeasureHead), (date, kind, text, unit, done, overdue))
struct Timetable {
  Date as_of;
  std::vector<TimetableLine> items;
};
BOOST_DESCRIBE_STRUCT(Timetable, (), (as_of, items))

struct Responsibility {
  std::string measure;
  std::string number;
  std::string title;
  std::string duty;
  std::optional<calendar::Light> light;
  static std::vector<About> about() {
    return {{"measure", {"举措编号", "id of the measure"}},
            {"duty",
             {"lead 牵头，assist 配合，area 责任地区，part 承办", "lead, assist, area or part"},
             R"("lead")"}};
  }
};
BOOST_DESCRIBE_STRUCT(Responsibility, (), (measure, number, title, duty, light))
struct UnitRow {
  std::string unit;
  int leads = 0;
  int assists = 0;
  int areas = 0;
  int parts = 0;
  int late = 0;
  std::vector<Responsibility> measures;
};
BOOST_DESCRIBE_STRUCT(UnitRow, (), (unit, leads, assists, areas, parts, late, measures))
struct Matrix {
  Date as_of;
  std::vector<UnitRow> items;
};
BOOST_DESCRIBE_STRUCT(Matrix, (), (as_of, items))

/// A supervision order, and what the leading group resolved when it was escalated.
struct OrderLine {
  std::int64_t case_id = 0;
  std::string measure_id;
  std::string measure_title;
  std::string unit;
  std::string area;
  std::string reason;
  int cycle = 0;
  int times = 0;
  std::optional<Date> ordered;
  std::optional<Date> escalated;
  std::string resolution;
  std::string resolution_number;
  std::string assigned_unit;
  std::optional<Date> resolve_by;
  std::optional<Date> resolved;
  std::string carried_out;
  std::optional<Date> closed;
  static std::vector<About> about() {
    return {
        {"reason",
         {"past-deadline 过了完成日，late-report 未按期报告",
          "past-deadline or late-report: what the order is about"}},
        {"times", {"这项任务第几次被督办", "how many orders this part has had"}},
        {"escalated", {"报领导小组的日期", "when it went to the leading group"}},
        {"resolution", {"领导小组决议；没有则未决议", "what the leading group resolved; empty: nothing yet"}},
        {"carried_out", {"落实情况", "how it was carried out"}}};
  }
};
BOOST_DESCRIBE_STRUCT(OrderLine, (),
                      (case_id, measure_id, measure_title, unit, area, reason, cycle, times, ordered,
                       escalated, resolution, resolution_number, assigned_unit, resolve_by, resolved,
                       carried_out, closed))
struct OrderList {
  Date as_of;
  int open = 0;
  int escalated = 0;
  int resolved = 0;
  std::vector<OrderLine> items;
};
BOOST_DESCRIBE_STRUCT(OrderList, (), (as_of, open, escalated, resolved, items))

struct LateMeasure : MeasureHead {
  std::vector<std::string> leads;
  std::optional<Date> due;
  int progress = 0;
  std::vector<planning::Lateness> reasons;
};
BOOST_DESCRIBE_STRUCT(LateMeasure, (MeasureHead), (leads, due, progress, reasons))
struct LateList {
  Date as_of;
  std::vector<LateMeasure> items;
};
BOOST_DESCRIBE_STRUCT(LateList, (), (as_of, items))

struct TargetLine : MeasureHead {
  int target = 0;
  std::string text;
  planning::Comparator comparator = planning::Comparator::equal;
  std::string planned;
  std::string unit;
  std::optional<Date> until;
  std::optional<std::string> value;
  std::optional<Date> reported;
  bool attained = false;
  std::optional<int> percent;
  bool overdue = false;
  static std::vector<About> about() {
    auto all = MeasureHead::about();
    all.insert(
        all.end(),
        {{"target", {"第几个目标", "which of the measure's targets, from 1"}},
         {"planned", {"计划值（十进制）", "planned, decimal"}, R"("600")"},
         {"value", {"已核查的完成值；没有报告则没有", "as reported and checked; absent without a report"}},
         {"percent", {"完成百分比；“不超过”一类没有", "per cent; absent for \"at most\""}},
         {"overdue", {"期限已过而未达到", "its day is over and it is not attained"}}});
    return all;
  }
};
BOOST_DESCRIBE_STRUCT(TargetLine, (MeasureHead),
                      (target, text, comparator, planned, unit, until, value, reported, attained, percent,
                       overdue))
struct TargetList {
  Date as_of;
  std::vector<TargetLine> items;
};
BOOST_DESCRIBE_STRUCT(TargetList, (), (as_of, items))

struct GapLine : MeasureHead {
  bool blocks = false;
  std::vector<planning::Gap> gaps;
};
BOOST_DESCRIBE_STRUCT(GapLine, (MeasureHead), (blocks, gaps))
struct GapList {
  Date as_of;
  int complete = 0;
  int incomplete = 0;
  std::vector<GapLine> items;
};
BOOST_DESCRIBE_STRUCT(GapList, (), (as_of, complete, incomplete, items))

/// A report of a member or a measure that says nearly the same as another.
struct LikeText {
  std::int64_t case_id = 0;
  std::string unit;
  std::string title;
};
BOOST_DESCRIBE_STRUCT(LikeText, (), (case_id, unit, title))
struct LikePair {
  int percent = 0;
  LikeText one;
  LikeText other;
};
BOOST_DESCRIBE_STRUCT(LikePair, (), (percent, one, other))
struct LikeList {
  std::vector<LikePair> items;
};
BOOST_DESCRIBE_STRUCT(LikeList, (), (items))

struct BoardProject {
  std::string item;
  std::string title;
  std::string unit;
  Text unit_name;
  std::string area;
  planning::Comparator comparator = planning::Comparator::at_least;
  std::string planned;
  std::string measured_in;
  std::optional<std::string> done;
  std::optional<Date> reported;
  bool attained = false;
  std::optional<int> percent;
  std::optional<Date> announced;
  std::optional<Date> due;
  std::optional<Date> accepted;
  std::optional<calendar::Light> light;
};
BOOST_DESCRIBE_STRUCT(BoardProject, (),
                      (item, title, unit, unit_name, area, comparator, planned, measured_in, done, reported,
                       attained, percent, announced, due, accepted, light))
struct Board {
  std::string board;
  Text title;
  Date as_of;
  int items = 0;
  int attained = 0;
  int accepted = 0;
  std::vector<BoardProject> projects;
};
BOOST_DESCRIBE_STRUCT(Board, (), (board, title, as_of, items, attained, accepted, projects))

}  // namespace jinyue::api
