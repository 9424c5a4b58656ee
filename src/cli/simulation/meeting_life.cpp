#include <array>

#include <fmt/format.h>

#include "cli/simulation/other_lives.h"

namespace jinyue::cli {
namespace {

constexpr std::array item_results{"solved", "explained", "under-way"};
constexpr double item_result_weights[] = {6, 3, 1};
constexpr std::array item_answers{"已安排专人对接，本周办结（示例）", "已按现行政策书面说明（示例）",
                                  "已列入下月计划，完成后告知（示例）"};

}  // namespace

/// Two to four things, each once.
feel::Value MeetingLife::raised(SimCase& of) const {
  std::vector<Matter> left = city_.meeting_matters;
  feel::List items;
  for (int wanted = of.chance.between(2, 4); wanted > 0 && !left.empty(); --wanted) {
    const auto which = left.begin() + of.chance.between(0, static_cast<int>(left.size()) - 1);
    Filling item;
    item.text("title", fmt::format("{}（示例）", which->title))
        .text("details", fmt::format("企业反映：{}，希望尽快明确（示例）", which->title))
        .text("firm", "示例企业")
        .text("unit", which->unit);
    items.emplace_back(item.done());
    left.erase(which);
  }
  return feel::Value(std::move(items));
}

SimAnswer MeetingLife::answer(const std::string& node, SimCase& of) const {
  SimAnswer done;
  Filling values;
  if (node == "record") {
    values.set("raised", raised(of));
    done.happened.emplace_back("meeting.recorded");
  } else if (node == "answer-item") {
    const std::size_t result = of.chance.weighted(item_result_weights);
    values.text("result", item_results[result]).text("answer", item_answers[result]);
    done.happened.emplace_back("meeting.answered");
  } else if (node == "review-item") {
    const bool good = of.rounds++ > 0 || of.chance.happens(0.85);
    values.flag("answer_good", good);
    if (!good) values.text("review_note", "没有写明办结日期（示例）");
    done.happened.emplace_back(good ? "meeting.answer-accepted" : "meeting.answer-sent-back");
  } else if (node == "ask-firm") {
    const bool satisfied = of.chance.happens(city_.chances.solved);
    values.flag("satisfied", satisfied).text("feedback", satisfied ? "答复清楚（示例）" : "仍未解决（示例）");
    done.happened.emplace_back(satisfied ? "meeting.satisfied" : "meeting.dissatisfied");
  } else if (node == "publish") {
    values.text("summary", "提出的问题已逐件答复，结果向参会企业公布（示例）");
    done.happened.emplace_back("meeting.published");
  }
  done.values = values.done();
  return done;
}

SimAnswer EvaluationLife::answer(const std::string& node, SimCase& of, Instant now) {
  constexpr int target = 88;
  SimAnswer done;
  Filling values;
  if (node == "collect") {
    const int year = static_cast<int>(std::chrono::year_month_day{dateOf(now)}.year());
    values.text("value", fmt::format("示例取值 {}", of.chance.between(1, 30)))
        .text("value_source", "示例业务系统")
        .text("value_period", fmt::format("{} 年", year))
        .number("self_score", of.chance.between(86, 97))
        .text("self_reason", "按评价口径自评（示例）");
    done.happened.emplace_back("evaluation.collected");
  } else if (node == "review") {
    values.number("reviewed_score", of.chance.between(78, 94))
        .number("target_score", target)
        .text("review_reason", "抽查佐证材料后评定（示例）");
    done.happened.emplace_back("evaluation.reviewed");
  } else if (node == "object") {
    const bool objects = of.chance.happens(0.2);
    values.flag("objects", objects);
    if (objects) values.text("objection", "补充了一份佐证材料（示例）");
    done.happened.emplace_back(objects ? "evaluation.objected" : "evaluation.agreed");
  } else if (node == "decide-objection") {
    values.flag("objection_upheld", true)
        .number("reviewed_score", of.chance.between(84, 92))
        .text("objection_reason", "补充材料属实，相应调整（示例）");
    done.happened.emplace_back("evaluation.objection-decided");
  } else if (node == "measure-task") {
    values.text("measure", "压减环节并公布进度（示例）")
        .date("measure_by", dateOf(now) + std::chrono::days{60});
    done.happened.emplace_back("evaluation.measure");
  } else if (node == "close") {
    values.flag("measure_done", true).text("measure_evidence", "示例〔整改〕1 号");
    done.happened.emplace_back("evaluation.closed");
  } else if (node == "check") {
    values.flag("admissible", true).text("check_reason", "属于申诉范围（示例）");
  } else if (node == "decide") {
    values.flag("upheld", false).text("decision_reason", "数据与办件记录一致（示例）");
    done.happened.emplace_back("appeal.decided");
  }
  done.values = values.done();
  return done;
}

}  // namespace jinyue::cli
