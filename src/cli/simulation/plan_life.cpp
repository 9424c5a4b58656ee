#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "cli/simulation/other_lives.h"

namespace jinyue::cli {
namespace {

constexpr std::array plan_processes{"plan",      "measure",    "part",           "supervision", "project",
                                    "benchmark", "innovation", "member-measure", "problem"};
/// After so many reports a part is done.
constexpr int reports_of_a_part = 4;

std::string textOf(const feel::Context& variables, const char* name) {
  const feel::Value* value = variables.find(name);
  return std::string{value ? value->asString().value_or("") : ""};
}

feel::Value share(const feel::Value& of, int done, int all) {
  const auto number = of.asNumber();
  if (!number) return feel::Value(0);
  const auto part = *number * feel::Number(done) / feel::Number(all);
  return feel::Value(part);
}

}  // namespace

bool PlanLife::knows(std::string_view process) {
  return std::ranges::find(plan_processes, process) != plan_processes.end();
}

bool PlanLife::neglects(const store::TaskRow& task, const SimCase& of) const {
  return task.process == "part" && task.node == "report" && of.rounds == 0 && city_.plan &&
         std::ranges::find(city_.plan->neglected, task.unit) != city_.plan->neglected.end();
}

/// The lead unit, and each area when the measure is for all of them.
feel::Context PlanLife::parts(const feel::Context& variables) const {
  feel::List all;
  const auto add = [&](const std::string& unit, const std::string& area, std::string_view task) {
    feel::Context part;
    part.set("unit", feel::Value(unit));
    if (!area.empty()) part.set("area", feel::Value(area));
    part.set("task", feel::Value(task));
    all.emplace_back(std::move(part));
  };
  const feel::Value* leads = variables.find("leads");
  if (leads && leads->asList()) {
    for (const feel::Value& lead : *leads->asList())
      add(std::string{lead.asString().value_or("")}, "", "牵头推进（示例）");
  }
  const feel::Value* areas = variables.find("areas");
  const bool for_areas = areas && areas->asList() && !areas->asList()->empty();
  const feel::Value* everywhere = variables.find("all_areas");
  if (city_.plan && (for_areas || (everywhere && everywhere->isTrue()))) {
    for (const SimPart& each : city_.plan->areas) add(each.unit, each.area, "在本地区落实（示例）");
  }
  Filling values;
  values.set("parts", feel::Value(std::move(all)));
  return values.done();
}

SimAnswer PlanLife::part(const std::string& node, SimCase& of, const feel::Context& variables) {
  SimAnswer done;
  Filling values;
  if (node == "report") {
    const int number = of.reports + 1;
    const bool finished = number >= reports_of_a_part;
    values.number("progress", finished ? 100 : number * 100 / reports_of_a_part - 5)
        .text("summary", fmt::format("第 {} 次报告：按计划推进（示例）", number))
        .texts("evidence", {fmt::format("示例〔报告〕{} 号", number)})
        .flag("finished", finished);
    done.happened.emplace_back("plan.reported");
    done.then = [&of] { ++of.reports; };
  } else if (node == "check") {
    // One report in some is sent back, once.
    const bool accepted = of.steps_left > 0 || !of.chance.happens(0.15);
    values.flag("accepted", accepted);
    if (!accepted) values.text("remark", "佐证不足（示例）");
    done.happened.emplace_back(accepted ? "plan.checked" : "plan.sent-back");
    done.then = [&of, accepted] {
      if (accepted) return;
      of.steps_left = 1;
      --of.reports;
    };
  }
  static_cast<void>(variables);
  done.values = values.done();
  return done;
}

SimAnswer PlanLife::project(const std::string& node, SimCase& of, const feel::Context& variables) {
  SimAnswer done;
  Filling values;
  if (node == "project-report") {
    const int number = of.reports + 1;
    const bool finished = number >= reports_of_a_part;
    const feel::Value* planned = variables.find("planned");
    const bool at_most = textOf(variables, "comparator") == "at_most";
    const feel::Value amount = planned ? *planned : feel::Value(0);
    values.set("done", at_most ? share(amount, 9, 10) : share(amount, number, reports_of_a_part))
        .text("summary", fmt::format("第 {} 次报告（示例）", number))
        .texts("evidence", {fmt::format("示例〔项目〕{} 号", number)})
        .flag("finished", finished);
    done.happened.emplace_back("project.reported");
    done.then = [&of] { ++of.reports; };
  } else if (node == "project-check") {
    values.flag("accepted", true);
  } else if (node == "project-accept") {
    values.flag("passed", true).text("conclusion", "达到要求（示例）");
    done.happened.emplace_back("project.accepted");
  }
  done.values = values.done();
  return done;
}

SimAnswer PlanLife::order(const std::string& node, SimCase& of, Instant now) {
  SimAnswer done;
  Filling values;
  if (node == "warn") {
    values.date("warned_on", dateOf(now)).text("warn_note", "请按期报告（示例）");
    done.happened.emplace_back("plan.warned");
  } else if (node == "reply") {
    values.text("reply", "已补报进展（示例）").texts("reply_evidence", {"示例〔回复〕1 号"});
    done.happened.emplace_back("plan.replied");
  } else if (node == "check-reply") {
    const bool satisfied = of.chance.happens(0.6);
    values.flag("satisfied", satisfied);
    if (!satisfied) values.text("check_remark", "整改不到位（示例）");
    done.happened.emplace_back(satisfied ? "plan.order-closed" : "plan.escalated");
  } else if (node == "resolve") {
    values.text("resolution", "一个月内完成（示例）")
        .text("resolution_number", "示例纪要 1 号")
        .text("assigned_unit", of.unit);
    done.happened.emplace_back("plan.resolved");
  } else if (node == "carry-out") {
    values.text("carried_out", "已落实（示例）").texts("carried_evidence", {"示例〔落实〕1 号"});
  } else if (node == "confirm") {
    values.flag("confirmed", true);
  }
  done.values = values.done();
  return done;
}

SimAnswer PlanLife::answer(const store::TaskRow& task, SimCase& of, const feel::Context& variables,
                           Instant now) {
  const std::string& node = task.node;
  if (of.process == "part") return part(node, of, variables);
  if (of.process == "project") return project(node, of, variables);
  if (of.process == "supervision") return order(node, of, now);
  SimAnswer done;
  Filling values;
  const std::string plan = textOf(variables, "plan");
  const std::vector<std::string> first_measure{plan + "/1"};
  if (node == "plan-issue") {
    values.text("document_number", "示例〔方案〕1 号");
    done.happened.emplace_back("plan.issued");
  } else if (node == "plan-close") {
    values.text("summary", "方案收官（示例）");
  } else if (node == "issue") {
    values.flag("issue", true);
    done.happened.emplace_back("measure.issued");
  } else if (node == "decompose") {
    done.values = parts(variables);
    done.happened.emplace_back("measure.broken-down");
    return done;
  } else if (node == "settle") {
    values.flag("carry_over", false).text("reason", "继续办理（示例）");
    done.happened.emplace_back("measure.late");
  } else if (node == "accept") {
    values.flag("accepted", true)
        .text("conclusion", "已完成（示例）")
        .texts("conclusion_evidence", {"示例〔验收〕1 号"});
    done.happened.emplace_back("measure.closed");
  } else if (node == "analyse") {
    values.text("cause", "系统没有联通（示例）").texts("measures", first_measure);
  } else if (node == "solve") {
    values.text("solution", "已联通（示例）").texts("solution_evidence", {"示例〔上线〕1 号"});
  } else if (node == "verify") {
    values.flag("solved", true);
    done.happened.emplace_back("problem.closed");
  } else if (node == "classify") {
    values.text("topic", "政务服务").text("verdict", "adopted").text("reason", "适合本市（示例）");
    values.texts("measures", first_measure);
    done.happened.emplace_back("benchmark.classified");
  } else if (node == "consolidate") {
    values.text("verdict", "adopted").text("reason", "列入方案（示例）");
    done.happened.emplace_back("member-measure.adopted");
  } else if (node == "pilot") {
    values.text("piloted", "已试点一个月（示例）").texts("pilot_evidence", {"示例〔试点〕1 号"});
  } else if (node == "evaluate") {
    values.text("verdict", "replicate").text("effect", "办理时间缩短（示例）");
  } else if (node == "replicate") {
    feel::Context adopter;
    adopter.set("place", feel::Value("示例区"));
    adopter.set("since", feel::Value(formatDate(dateOf(now))));
    values.set("adopters", feel::Value(feel::List{feel::Value(std::move(adopter))})).flag("more", false);
  } else if (node == "recognise") {
    values.flag("brand", true).text("brand_name", "示例品牌");
    done.happened.emplace_back("innovation.brand");
  }
  done.values = values.done();
  return done;
}

}  // namespace jinyue::cli
