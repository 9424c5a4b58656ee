#include "cli/simulation/hotline_life.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "insight/period.h"

namespace jinyue::cli {
namespace {

constexpr std::array handling_results{"已到现场处理完毕（示例）", "已修复并恢复正常（示例）",
                                      "已责成责任单位整改（示例）", "已向来电人说明办理依据（示例）"};
constexpr std::array refused_natures{"emergency", "litigation",  "arbitration", "discipline",
                                     "review",    "disclosure",  "petition",    "repeat",
                                     "secret",    "beyond_duty", "unlawful"};
/// What somebody may ring up about again: the newest.
constexpr std::size_t most_handled = 500;
constexpr std::array supervisions{"daily", "listed", "talk"};
constexpr std::array fault_kinds{"guide", "system", "window", "material"};
constexpr std::array stuck_causes{"law_lags", "unclear", "bottleneck", "dispute"};
constexpr std::array why_somebody{"unclear", "refused", "silent", "discretion"};

feel::Value decimal(double value) { return feel::Value(*feel::Number::parse(fmt::format("{:.5f}", value))); }

}  // namespace

HotlineCount& HotlineLife::countOf(const SimCase& of) {
  return counts_[insight::monthNumber(dateOf(of.opened))];
}

void HotlineLife::forget(store::CaseId id) {
  std::erase_if(handled_, [id](const auto& each) { return each.first == id; });
}

feel::Context HotlineLife::order(SimCase& of, Instant now) {
  const auto month = static_cast<unsigned>(std::chrono::year_month_day{dateOf(now)}.month()) - 1;
  std::vector<double> weights;
  for (const Matter& matter : city_.matters)
    weights.push_back(matter.weight * (matter.months.empty() ? 1 : matter.months[month]));
  of.matter = of.chance.weighted(weights);
  weights.clear();
  for (const SimPlace& each : city_.places) weights.push_back(each.weight);
  of.place = of.chance.weighted(weights);
  const bool again = of.chance.happens(city_.chances.duplicate);
  const std::uint64_t which = of.chance.next();
  if (again && !handled_.empty()) {
    const auto& same = handled_[which % handled_.size()];
    of.same_as = same.first;
    of.matter = same.second.first;
    of.place = same.second.second;
  }
  const Matter& matter = city_.matters[of.matter];
  const SimPlace& place = city_.places[of.place];
  of.business_of = matter.unit;
  const int house = of.chance.between(1, 40);
  std::vector<std::string> channels;
  weights.clear();
  for (const auto& [name, share] : city_.channels) {
    channels.push_back(name);
    weights.push_back(share);
  }
  Filling values;
  values.text("title", fmt::format("{}{}（示例）", place.name, matter.title))
      .text("region", place.region)
      .text("place", fmt::format("{} {} 号（示例）", place.name, house))
      .set("longitude", decimal(place.longitude + house * 0.0002))  // some twenty metres a house
      .set("latitude", decimal(place.latitude))
      .text("channel", channels[of.chance.weighted(weights)]);
  if (of.chance.happens(city_.chances.confidential)) values.flag("confidential", true);
  return values.done();
}

feel::Context HotlineLife::deskOrder(SimCase& of, std::string& desk) {
  std::vector<double> weights;
  for (const Matter& matter : city_.desk_matters) weights.push_back(matter.weight);
  const Matter& matter = city_.desk_matters[of.chance.weighted(weights)];
  const SimPlace& place = of.chance.pick(city_.places);
  desk = matter.category;
  of.business_of = matter.unit;
  Filling values;
  values.text("title", fmt::format("{}（示例）", matter.title))
      .text("region", place.region)
      .text("place", fmt::format("{}（示例）", place.name));
  return values.done();
}

void HotlineLife::began(const SimCase& order) { ++countOf(order).received; }

std::string HotlineLife::stepName(const store::TaskRow& task, const SimCase& of) const {
  const bool consult =
      task.process == "hotline-order" && task.node == "handle" && city_.matters[of.matter].kind == "consult";
  return consult ? "handle-consult" : task.node;
}

double HotlineLife::slownessOf(const store::TaskRow& task, const SimCase& of) const {
  return task.process == "hotline-order" && task.node == "handle" ? city_.matters[of.matter].slow : 1;
}

SimAnswer HotlineLife::answer(const store::TaskRow& task, SimCase& of, Instant now) {
  const std::string& node = task.node;
  SimAnswer done;
  Filling values;
  if (of.process != "hotline-order") return deskAnswer(node, of, now);
  if (node == "accept") return accept(of);
  if (node == "dispatch") return dispatch(of, now);
  if (node == "sign") return sign(of);
  if (node == "handle") return handle(of, now);
  if (node == "callback") return rating(of, true);
  if (node == "verify") return verify(of);
  if (node == "arbitrate") {
    const bool upheld = of.unit != of.business_of;
    values.flag("upheld", upheld)
        .text("arbitration_note", upheld ? "退单理由成立（示例）" : "属于该单位职责（示例）");
    done.happened.emplace_back(upheld ? "return.upheld" : "return.rejected");
  } else if (node == "contact") {
    const bool contacted = of.chance.happens(city_.chances.contacted);
    values.flag("contacted", contacted);
    done.happened.emplace_back(contacted ? "contact" : "contact.failed");
  } else if (node == "assist") {
    values.text("opinion", "已配合查明情况（示例）");
    done.happened.emplace_back("assist");
  } else if (node == "approve") {
    const bool approved = of.chance.happens(city_.chances.approved);
    values.flag("approved", approved);
    if (!approved) values.text("approval_note", "理由不足（示例）");
    done.happened.emplace_back(approved ? "request.approved" : "request.refused");
  } else if (node.starts_with("supervise")) {
    values.text("supervision", of.chance.pick(supervisions)).text("supervision_note", "限期办结（示例）");
    done.happened.emplace_back(node == "supervise-late" ? "supervised.late" : "supervised.again");
  } else if (node == "follow-up") {
    const bool kept = of.reworks > 1 || of.chance.happens(city_.chances.promise_kept);
    values.flag("fulfilled", kept).text("follow_note", kept ? "已兑现（示例）" : "尚未兑现（示例）");
    done.happened.emplace_back(kept ? "follow-up.kept" : "follow-up.broken");
    if (!kept) done.then = [&of] { ++of.reworks; };
  }
  done.values = values.done();
  return done;
}

SimAnswer HotlineLife::accept(SimCase& of) {
  const Matter& matter = city_.matters[of.matter];
  SimAnswer done;
  Filling values;
  if (of.chance.happens(city_.chances.not_accepted)) {
    const std::string nature = of.chance.pick(refused_natures);
    values.text("nature", nature).text("outcome", "dispatch");
    done.happened = {"not-accepted", "not-accepted." + nature};
    done.values = values.done();
    return done;
  }
  values.text("nature", "ordinary").text("kind", matter.kind).text("category", matter.category);
  values.text("urgency", of.chance.happens(city_.chances.urgent) ? "urgent" : "normal");
  const bool to_desk = of.chance.happens(city_.chances.to_desk);
  const bool at_once = matter.kind == "consult" && of.chance.happens(city_.chances.consult_at_once);
  const bool same = of.same_as && std::ranges::find(handled_, *of.same_as, [](const auto& each) {
                                    return each.first;
                                  }) != handled_.end();
  if (same) {
    values.text("outcome", "merge").text("merged_into", std::to_string(*of.same_as));
    done.happened.emplace_back("merged");
  } else if (to_desk && !city_.desk_matters.empty()) {
    const std::string desk = of.chance.pick(city_.desk_matters).category;
    values.text("outcome", "desk").text("desk", desk);
    done.happened = {"to-desk", "to-desk." + desk};
  } else if (at_once) {
    values.text("outcome", "answered").text("answer", "已按知识库答复（示例）");
    done.happened.emplace_back("answered-at-once");
  } else {
    values.text("outcome", "dispatch");
    done.happened.emplace_back("accepted");
  }
  done.then = [this, &of] { ++countOf(of).accepted; };
  done.values = values.done();
  return done;
}

std::string HotlineLife::otherUnit(SimCase& of) {
  std::vector<std::string> others;
  for (const Matter& matter : city_.matters) {
    if (matter.unit != of.business_of && std::ranges::find(others, matter.unit) == others.end())
      others.push_back(matter.unit);
  }
  return others.empty() ? of.business_of : of.chance.pick(others);
}

SimAnswer HotlineLife::dispatch(SimCase& of, Instant now) {
  SimAnswer done;
  Filling values;
  const bool wrong = of.dispatches == 0 && of.chance.happens(city_.chances.wrong_unit);
  const std::string unit = wrong ? otherUnit(of) : of.business_of;
  values.text("unit", unit);
  if (const std::string other = otherUnit(of); of.chance.happens(city_.chances.assisted) && other != unit) {
    values.texts("assisting_units", {other});
    done.happened.emplace_back("with-assistance");
  }
  done.happened.emplace_back("dispatched");
  done.then = [this, &of, now] {
    if (of.dispatches++ == 0) {
      ++countOf(of).dispatched;
      handled_.push_back({of.id, {of.matter, of.place}});
      if (handled_.size() > most_handled) handled_.erase(handled_.begin());
    }
    of.dispatched = true;
    of.dispatched_at = now;
  };
  done.values = values.done();
  return done;
}

SimAnswer HotlineLife::sign(SimCase& of) {
  SimAnswer done;
  Filling values;
  const bool wrong = of.unit != of.business_of;
  const bool returns = wrong || of.chance.happens(city_.chances.return_unfounded);
  values.text("signed", returns ? "return" : "sign");
  if (returns) values.text("return_reason", wrong ? "不属于本单位职责（示例）" : "应由其他单位办理（示例）");
  if (wrong) values.text("return_to", of.business_of);
  done.happened.emplace_back(returns ? "returned" : "signed");
  done.values = values.done();
  return done;
}

SimAnswer HotlineLife::handle(SimCase& of, Instant now) {
  const Chances& chances = city_.chances;
  SimAnswer done;
  Filling values;
  const bool consult = city_.matters[of.matter].kind == "consult";
  const bool early = calendar_.workingDaysBetween(dateOf(of.dispatched_at), dateOf(now)) <= 10;
  if (!of.interim && of.chance.happens(chances.interim)) {
    values.text("handled", "interim").text("interim_reply", "正在办理，有结果即告知（示例）");
    done.happened.emplace_back("interim");
    of.interim = true;
  } else if (!of.extended && !consult && early && of.chance.happens(chances.extension)) {
    values.text("handled", "extend")
        .text("request_reason", "等待配件到货（示例）")
        .number("extension_days", of.chance.between(2, 8));
    done.happened.emplace_back("extension.asked");
    of.extended = true;
  } else if (!of.suspended && !consult && early && of.chance.happens(chances.suspension)) {
    values.text("handled", "suspend")
        .text("request_reason", "雨雪天气无法施工（示例）")
        .date("suspended_until", workingDaysFrom(now, of.chance.between(2, 5)));
    done.happened.emplace_back("suspension.asked");
    of.suspended = true;
  } else {
    values.text("handled", "answer")
        .text("result", of.chance.pick(handling_results))
        .flag("self_solved", of.chance.happens(chances.self_solved));
    if (!consult && of.reworks == 0 && of.chance.happens(chances.promise)) {
      values.text("promise", "按承诺日期落实（示例）")
          .date("promised_on", workingDaysFrom(now, of.chance.between(4, 12)));
      done.happened.emplace_back("promise");
    }
    done.happened.emplace_back("answered");
    done.then = [this, &of] {
      of.answered = true;
      forget(of.id);
    };
  }
  done.values = values.done();
  return done;
}

SimAnswer HotlineLife::ownRating(SimCase& of) {
  SimAnswer done = rating(of, false);
  done.values.set("callback_note", feel::Value(std::string{""}));
  done.happened.emplace_back("own-rating");
  return done;
}

SimAnswer HotlineLife::rating(SimCase& of, bool may_be_unreached) {
  SimAnswer done;
  Filling values;
  const bool reached = !may_be_unreached || of.chance.happens(city_.chances.reached);
  std::optional<bool> satisfied;
  values.flag("reached", reached);
  if (reached) {
    // What was handled again is solved more often.
    const double solves = 1 - (1 - city_.chances.solved) / (1 + of.reworks);
    const bool solved = of.chance.happens(solves);
    satisfied = solved && of.chance.happens(city_.chances.satisfied_if_solved);
    const bool very = of.chance.happens(0.7);
    values.flag("solved", solved)
        .text("satisfaction", !*satisfied ? "dissatisfied"
                              : very      ? "satisfied"
                                          : "basically");
    done.happened.emplace_back(*satisfied ? "satisfied" : "dissatisfied");
  } else {
    done.happened.emplace_back("no-answer");
  }
  if (of.process == "hotline-order") {
    done.then = [this, &of, satisfied] {
      HotlineCount& count = countOf(of);
      if (of.satisfied) {
        --count.reached;
        count.satisfied -= *of.satisfied ? 1 : 0;
      }
      of.satisfied = satisfied;
      if (of.satisfied) {
        ++count.reached;
        count.satisfied += *of.satisfied ? 1 : 0;
      }
    };
  }
  done.values = values.done();
  return done;
}

SimAnswer HotlineLife::verify(SimCase& of) {
  SimAnswer done;
  Filling values;
  const double weights[] = {city_.chances.rework, city_.chances.explained,
                            std::max(0.0, 1 - city_.chances.rework - city_.chances.explained)};
  constexpr std::array findings{"rework", "explained", "resolved"};
  const std::size_t found = of.chance.weighted(weights);
  values.text("finding", findings[found])
      .flag("verified_solved", found == 2)
      .text("verify_note", "现场核实（示例）");
  done.happened.emplace_back(fmt::format("verified.{}", findings[found]));
  if (found == 0) {
    done.then = [&of] {
      ++of.reworks;
      of.interim = of.extended = of.suspended = true;
    };
  }
  done.values = values.done();
  return done;
}

SimAnswer HotlineLife::deskAnswer(const std::string& node, SimCase& of, Instant now) {
  const Chances& chances = city_.chances;
  SimAnswer done;
  Filling values;
  if (of.business_of.empty() && !city_.desk_matters.empty())
    of.business_of = of.chance.pick(city_.desk_matters).unit;
  // What an order brought is answered, not sent back: the order waits for it.
  const auto in_scope = [&] {
    const bool in = of.by_message || !of.chance.happens(chances.out_of_scope);
    values.flag("in_scope", in);
    if (!in) values.text("scope_reason", "不属于本专席受理范围（示例）");
    done.happened.push_back(of.process + (in ? ".accepted" : ".out-of-scope"));
    return in;
  };
  const auto answers = [&](std::string_view result) {
    values.text("result", result).flag("self_solved", of.chance.happens(chances.self_solved));
    done.happened.push_back(of.process + ".answered");
  };
  if (node.ends_with("-callback")) {
    done = rating(of, true);
    done.happened.push_back(of.process + ".called-back");
    return done;
  }
  if (node == "someone-intake") {
    if (in_scope()) values.text("unit", of.business_of).text("why", of.chance.pick(why_somebody));
  } else if (node == "someone-help") {
    values.text("help_note", "陪同到窗口重新提交（示例）");
  } else if (node == "someone-handle") {
    answers("已按规定办结（示例）");
  } else if (node == "someone-cause") {
    const bool conduct = of.chance.happens(chances.conduct);
    values.flag("conduct", conduct).text("cause_note", conduct ? "窗口拖延（示例）" : "流程不清楚（示例）");
    if (of.chance.happens(0.5)) values.text("improvement", "公开排队进度（示例）");
    if (conduct) done.happened.emplace_back("find-someone.clue");
  } else if (node == "fault-confirm") {
    if (in_scope())
      values.text("fault", of.chance.pick(fault_kinds))
          .text("unit", of.business_of)
          .text("evidence", "与办事指南核对不符（示例）");
  } else if (node == "fault-rectify") {
    answers("已整改（示例）");
  } else if (node == "fault-retest") {
    const bool fixed = of.rounds++ > 0 || of.chance.happens(0.8);
    values.flag("fixed", fixed).text("retest_note", fixed ? "复测已改好（示例）" : "复测未改好（示例）");
    done.happened.emplace_back(fixed ? "find-fault.fixed" : "find-fault.not-fixed");
  } else if (node == "me-intake") {
    values.text("refused_by", of.business_of).text("refusal", "多次申请未办成（示例）");
  } else if (node == "me-judge") {
    if (in_scope())
      values.text("cause", of.chance.pick(stuck_causes))
          .text("unit", of.business_of)
          .texts("coordinating_units", {of.business_of, otherUnit(of)});
  } else if (node == "me-coordinate" || node == "force-coordinate") {
    values.text("opinion", "同意按研判意见办理（示例）");
  } else if (node == "me-resolve") {
    const bool rule = of.chance.happens(chances.rule_change);
    values.text("me_outcome", rule ? "rule_change" : "solution");
    answers(rule ? "已提请修改办法（示例）" : "已协调办成（示例）");
    if (rule) values.text("proposal", "增加一类适用情形（示例）");
    done.happened.emplace_back(rule ? "find-me.rule-change" : "find-me.solution");
  } else if (node == "me-oversee") {
    const bool agrees = of.rounds++ > 1 || of.chance.happens(chances.oversight_agrees);
    values.flag("agrees", agrees);
    if (!agrees) values.text("oversee_note", "尚未办成（示例）");
    done.happened.emplace_back(agrees ? "find-me.agreed" : "find-me.disagreed");
  } else if (node == "promise-intake") {
    values.text("unit", of.business_of).text("promise", "按期拨付（示例）");
    values.date("promised_on", dateOf(now) - std::chrono::days{30});
  } else if (node == "promise-examine") {
    if (in_scope()) values.text("evidence", "会议纪要（示例）");
  } else if (node == "promise-order") {
    values.date("fulfil_by", workingDaysFrom(now, of.chance.between(2, 6)))
        .text("order_note", "限期兑现（示例）");
  } else if (node == "promise-fulfil") {
    answers("已兑现（示例）");
  } else if (node == "promise-listed") {
    values.text("supervision", "listed").text("supervision_note", "公开督办（示例）");
    done.happened.emplace_back("broken-promise.listed");
  } else if (node == "promise-check") {
    const bool kept = of.rounds++ > 0 || of.chance.happens(chances.promise_kept);
    values.flag("fulfilled", kept).text("follow_note", kept ? "已兑现（示例）" : "只兑现一部分（示例）");
    done.happened.emplace_back(kept ? "broken-promise.kept" : "broken-promise.not-kept");
  } else if (node == "force-contact") {
    values.flag("contacted", true);
    done.happened.emplace_back("task-force.contacted");
  } else if (node == "force-assign") {
    values.text("unit", of.business_of).texts("coordinating_units", {of.business_of});
  } else if (node == "force-answer") {
    answers("已协调解决（示例）");
  } else if (node == "force-follow") {
    const bool kept = of.rounds++ > 0 || of.chance.happens(chances.promise_kept);
    values.flag("fulfilled", kept).text("follow_note", kept ? "已落实（示例）" : "尚未落实（示例）");
    done.happened.emplace_back(kept ? "task-force.kept" : "task-force.not-kept");
  }
  done.values = values.done();
  return done;
}

}  // namespace jinyue::cli
