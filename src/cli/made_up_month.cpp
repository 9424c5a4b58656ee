#include "cli/made_up_month.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace jinyue::cli {
namespace {

using feel::Value;

constexpr std::string_view pack = "demonstration";

constexpr std::array matters{
    "路灯不亮",         "井盖破损",      "夜间施工噪声",     "供暖温度不达标",
    "公交站牌信息有误", "小区停车占道",  "咨询灵活就业参保", "反映企业开办材料重复提交",
    "咨询购房契税",     "树枝遮挡信号灯"};
struct Street {
  const char* name;
  const char* region;  ///< the district or zone that its matters count for
};
constexpr std::array streets{Street{"人民路街道", "210202"}, Street{"青泥洼桥街道", "210202"},
                             Street{"白山路街道", "210204"}, Street{"中山公园街道", "210204"},
                             Street{"泉水街道", "210211"},   Street{"先进街道", "210200-jinpu"}};
struct Shop {
  const char* name;
  const char* region;
};
constexpr std::array shops{Shop{"近海小馆", "210202"}, Shop{"星海面包房", "210204"},
                           Shop{"槐花茶社", "210203"}, Shop{"东港便利店", "210202"},
                           Shop{"老街饺子馆", "210211"}};
constexpr std::array kinds{"restaurant", "bakery", "canteen"};
constexpr std::array results{"已现场处理完毕（示例）", "已联系来电人说明情况（示例）",
                             "已纳入本月维修计划（示例）"};
/// The handling of an order and the look at a shop take days, the rest hours.
constexpr std::array slow_steps{"handle", "rework", "visit", "review"};
constexpr std::array handling_units{"市城市管理局", "市住房城乡建设局", "市人力资源社会保障局",
                                    "市市场监管局"};

template <class Words>
bool isOneOf(const Words& words, std::string_view word) {
  return std::ranges::find(words, word) != words.end();
}

Value today(Instant now) { return Value(*feel::fromDays(dateOf(now).time_since_epoch().count())); }

}  // namespace

Result<void> MadeUpMonth::run(Instant end) {
  const calendar::Calendar& calendar = *office_.city().calendar();
  while (now_ < end) {
    const auto hour =
        std::chrono::hh_mm_ss{toLocal(now_) - std::chrono::floor<std::chrono::days>(toLocal(now_))}.hours();
    const bool office_hour = calendar.isWorkingDay(dateOf(now_)) && hour.count() >= 8 && hour.count() < 17;
    for (int calls = number(0, office_hour ? 3 : 1); calls > 0; --calls) {
      if (auto done = call(); !done) return done;
    }
    if (office_hour) {
      if (chance(0.4)) {
        if (auto done = apply(); !done) return done;
      }
      if (auto done = work(); !done) return done;
    }
    office_.city().pump().runDue();
    office_.dispatcher().runDue();
    now_ += std::chrono::hours(1);
  }
  return {};
}

Result<void> MadeUpMonth::start(std::string_view of_pack, std::string process, feel::Context variables,
                                bpmn::Actor actor) {
  const auto definition = office_.city().definitions().latest(of_pack);
  if (!definition) return std::unexpected(definition.error());
  casework::Request request;
  bpmn::Start command;
  command.process = std::move(process);
  command.variables = std::move(variables);
  request.definition = (*definition)->id;
  request.command = std::move(command);
  request.actor = std::move(actor);
  const auto reply = office_.city().engine().run(std::move(request));
  if (!reply) return std::unexpected(reply.error());
  ++started_;
  return {};
}

/// Most ring up; some send it in themselves. Without the pack of the hotline the demonstration's own small
/// process takes the orders.
Result<void> MadeUpMonth::call() {
  const bool whole_loop = office_.packs().newest("hotline").has_value();
  feel::Context variables;
  if (whole_loop) {
    variables = orders_.order();
  } else {
    const Street& street = pick(streets);
    variables.set("title", Value(fmt::format("{}{}（示例）", street.name, pick(matters))));
    variables.set("region", Value(std::string{street.region}));
  }
  const std::string_view of_pack = whole_loop ? "hotline" : pack;
  const std::string process = whole_loop ? "hotline-order" : "hotline";
  if (chance(0.25)) {
    const MadeUpPerson& resident = pick(people_.residents);
    variables.set("caller", Value(resident.name));
    variables.set("phone", Value(resident.phone));
    variables.set("party", Value(resident.party));
    return start(of_pack, process, std::move(variables), resident.actor());
  }
  variables.set("caller", Value(std::string{"示例市民"}));
  variables.set("phone", Value(fmt::format("1300000{:04}", number(1000, 9999))));
  return start(of_pack, process, std::move(variables),
               {"operator", "12345", {whole_loop ? "hotline-agent" : "agent"}});
}

/// Half of the shops belong to firms, whose agents apply.
Result<void> MadeUpMonth::apply() {
  const Shop& shop = pick(shops);
  feel::Context variables;
  variables.set("title", Value(fmt::format("{}食品经营许可（示例）", shop.name)));
  variables.set("shop", Value(std::string{shop.name}));
  variables.set("kind", Value(std::string{pick(kinds)}));
  variables.set("area", Value(number(20, 300)));
  variables.set("region", Value(std::string{shop.region}));
  const bool by_firm = chance(0.5);
  const MadeUpPerson& applicant = by_firm ? pick(people_.agents) : pick(people_.residents);
  variables.set("applicant", Value(applicant.name));
  variables.set("phone", Value(applicant.phone));
  if (by_firm) variables.set("firm", Value(applicant.party.substr(applicant.party.find(':') + 1)));
  else variables.set("party", Value(applicant.party));
  return start(pack, "licence", std::move(variables), applicant.actor());
}

const MadeUpPerson* MadeUpMonth::worker(const store::TaskRow& task) {
  const std::string unit = task.unit.empty() && task.role.empty() ? pick(handling_units) : task.unit;
  for (const MadeUpPerson& officer : people_.officers) {
    if (!task.role.empty() && !isOneOf(officer.roles, task.role)) continue;
    if (!unit.empty() && officer.unit != unit) continue;
    if (isOneOf(task.excluded, officer.actor().id)) continue;
    return &officer;
  }
  return nullptr;
}

/// What the forms of the processes ask. A model without such a step asks something else.
feel::Context MadeUpMonth::answers(const store::TaskRow& task) {
  if (task.process != "hotline-order") return licenceAnswers(task.node);
  const store::CaseId ids[] = {task.id.case_id};
  const auto state = office_.city().engine().seal().open(office_.city().store().loadCases(ids).front());
  return orders_.answers(task.node, state ? state->variables() : feel::Context{});
}

feel::Context MadeUpMonth::licenceAnswers(std::string_view node) {
  feel::Context values;
  if (node == "handle" || node == "rework") {
    values.set("result", Value(std::string{pick(results)}));
  } else if (node == "callback") {
    values.set("satisfied", Value(chance(0.85)));
  } else if (node == "intake") {
    const bool complete = chance(0.8);
    values.set("complete", Value(complete));
    if (!complete) values.set("missing", Value(std::string{"健康证明（示例）"}));
  } else if (node == "supplement") {
    values.set("supplied_on", today(now_));
  } else if (node == "visit") {
    values.set("visited_on", today(now_));
    values.set("found", Value(std::string{"布局和设施与申请一致（示例）"}));
  } else if (node == "decide") {
    const bool granted = chance(0.9);
    values.set("granted", Value(granted));
    values.set("reason", Value(std::string{granted ? "符合条件（示例）" : "设施不符合要求（示例）"}));
  } else if (node == "deliver") {
    values.set("delivered_on", today(now_));
  }
  return values;
}

Result<void> MadeUpMonth::work() {
  std::vector<std::string> roles{""};  // tasks for every unit and role, then those of each role
  for (const MadeUpPerson& officer : people_.officers) {
    for (const std::string& role : officer.roles) {
      if (!isOneOf(roles, role)) roles.push_back(role);
    }
  }
  for (const std::string& role : roles) {
    store::TaskFilter filter;
    filter.role = role;
    for (const store::TaskRow& task : office_.city().store().listTasks(filter, {200, {}}).rows) {
      if (!chance(isOneOf(slow_steps, task.node) ? 0.03 : 0.35)) continue;
      const MadeUpPerson* officer = worker(task);
      if (officer == nullptr) continue;
      casework::Request request;
      request.case_id = task.id.case_id;
      request.command = bpmn::Complete{task.id.number, answers(task)};
      request.actor = officer->actor();
      const auto reply = office_.city().engine().run(std::move(request));
      if (!reply) return std::unexpected(reply.error());
      ++completed_;
    }
  }
  return {};
}

}  // namespace jinyue::cli
