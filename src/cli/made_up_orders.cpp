#include "cli/made_up_orders.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace jinyue::cli {
namespace {

using feel::Value;

struct OrderMatter {
  const char* title;
  const char* category;  ///< of packs/hotline
  const char* unit;      ///< of packs/dalian
  const char* kind;
};
constexpr std::array order_matters{OrderMatter{"路灯不亮", "0104", "dl-cgj", "complaint"},
                                   OrderMatter{"路灯夜里熄灭", "0104", "dl-cgj", "complaint"},
                                   OrderMatter{"井盖破损", "0103", "dl-cgj", "report"},
                                   OrderMatter{"路面塌陷积水", "0103", "dl-cgj", "report"},
                                   OrderMatter{"夜间施工噪声", "0106", "dl-cgj", "complaint"},
                                   OrderMatter{"广场舞噪声扰民", "0106", "dl-cgj", "complaint"},
                                   OrderMatter{"垃圾多日未清运", "0101", "dl-cgj", "complaint"},
                                   OrderMatter{"早市占道经营", "0102", "dl-cgj", "report"},
                                   OrderMatter{"供暖温度不达标", "0403", "dl-zjj", "complaint"},
                                   OrderMatter{"家里暖气不热", "0403", "dl-zjj", "help"},
                                   OrderMatter{"物业收费不公开", "0201", "dl-zjj", "complaint"},
                                   OrderMatter{"电梯停运物业不修", "0201", "dl-zjj", "help"},
                                   OrderMatter{"被拖欠工资", "0601", "dl-rsj", "help"},
                                   OrderMatter{"咨询灵活就业参保", "0602", "dl-rsj", "consult"},
                                   OrderMatter{"咨询社保补缴", "0602", "dl-rsj", "consult"},
                                   OrderMatter{"超市食品过期", "0502", "dl-scjg", "report"},
                                   OrderMatter{"退货商家不处理", "0501", "dl-scjg", "complaint"},
                                   OrderMatter{"咨询开办企业要多久", "0901", "dl-scjg", "consult"},
                                   OrderMatter{"企业开办材料重复提交", "0901", "dl-scjg", "suggest"}};

struct OrderPlace {
  const char* name;
  const char* region;
  double longitude;
  double latitude;
};
constexpr std::array order_places{OrderPlace{"人民路", "210202", 121.644, 38.922},
                                  OrderPlace{"中山广场", "210202", 121.637, 38.921},
                                  OrderPlace{"五四路", "210203", 121.608, 38.911},
                                  OrderPlace{"西安路", "210204", 121.593, 38.911},
                                  OrderPlace{"中长街", "210204", 121.575, 38.926},
                                  OrderPlace{"泉水街", "210211", 121.660, 39.000},
                                  OrderPlace{"先进街", "210200-jinpu", 121.730, 39.050},
                                  OrderPlace{"黄浦路", "210200-gaoxin", 121.530, 38.870}};
constexpr std::array order_channels{"phone", "phone", "phone", "phone", "web", "mobile", "mobile", "mail"};
constexpr std::array order_results{"已到现场处理完毕（示例）", "已修复并恢复正常（示例）",
                                   "已责成责任单位整改（示例）", "已向来电人说明办理依据（示例）"};

std::string orderText(const feel::Context& variables, const char* name) {
  const Value* value = variables.find(name);
  return std::string{value ? value->asString().value_or("") : ""};
}

const OrderMatter& matterOf(const feel::Context& variables) {
  const std::string title = orderText(variables, "title");
  const auto found = std::ranges::find_if(order_matters, [&](const OrderMatter& matter) {
    return title.find(matter.title) != std::string::npos;
  });
  return found == order_matters.end() ? order_matters.front() : *found;
}

}  // namespace

feel::Context MadeUpOrders::order() {
  const OrderMatter& matter = pick(order_matters);
  const OrderPlace& place = pick(order_places);
  const int house = number(1, 40);
  feel::Context values;
  values.set("title", Value(fmt::format("{}{}（示例）", place.name, matter.title)));
  values.set("region", Value(std::string{place.region}));
  values.set("place", Value(fmt::format("{} {} 号（示例）", place.name, house)));
  // Houses of a street stand some twenty metres apart.
  values.set("longitude",
             Value(*feel::Number::parse(fmt::format("{:.5f}", place.longitude + house * 0.0002))));
  values.set("latitude", Value(*feel::Number::parse(fmt::format("{:.5f}", place.latitude))));
  values.set("channel", Value(std::string{pick(order_channels)}));
  return values;
}

feel::Context MadeUpOrders::answers(std::string_view node, const feel::Context& variables) {
  const OrderMatter& matter = matterOf(variables);
  feel::Context values;
  const auto text = [&](const char* name, std::string value) { values.set(name, Value(std::move(value))); };
  const auto flag = [&](const char* name, bool value) { values.set(name, Value(value)); };
  if (node == "accept") {
    const bool at_once = std::string_view{matter.kind} == "consult" && chance(0.6);
    const bool elsewhere = chance(0.02);
    text("nature", elsewhere ? "beyond_duty" : "ordinary");
    text("outcome", at_once ? "answered" : "dispatch");
    text("kind", matter.kind);
    text("category", matter.category);
    text("urgency", chance(0.1) ? "urgent" : "normal");
    if (at_once) text("answer", "已按知识库答复（示例）");
  } else if (node == "dispatch") {
    text("unit", chance(0.95) ? matter.unit : "dl-zjj");
  } else if (node == "sign") {
    const bool returns = orderText(variables, "unit") != matter.unit;
    text("signed", returns ? "return" : "sign");
    if (returns) text("return_reason", "不属于本单位职责（示例）");
  } else if (node == "arbitrate") {
    flag("upheld", true);
    text("arbitration_note", "退单理由成立（示例）");
  } else if (node == "contact") {
    flag("contacted", chance(0.97));
  } else if (node == "handle") {
    text("handled", "answer");
    text("result", pick(order_results));
    flag("self_solved", chance(0.95));
  } else if (node == "callback") {
    const bool reached = chance(0.9);
    flag("reached", reached);
    if (reached) {
      const bool solved = chance(0.88);
      flag("solved", solved);
      text("satisfaction", !solved ? "dissatisfied" : chance(0.7) ? "satisfied" : "basically");
    }
  } else if (node == "verify") {
    const bool solved = chance(0.4);
    text("finding", solved ? "resolved" : chance(0.3) ? "explained" : "rework");
    flag("verified_solved", solved);
    text("verify_note", "现场核实（示例）");
  } else if (node == "supervise-late" || node == "supervise-again") {
    text("supervision", "daily");
    text("supervision_note", "限期办结（示例）");
  } else if (node == "follow-up") {
    flag("fulfilled", true);
    text("follow_note", "已落实（示例）");
  } else if (node == "approve") {
    flag("approved", true);
  }
  return values;
}

}  // namespace jinyue::cli
