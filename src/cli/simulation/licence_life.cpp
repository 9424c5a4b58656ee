#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "cli/simulation/other_lives.h"

namespace jinyue::cli {
namespace {

constexpr std::array shop_kinds{"restaurant", "bakery", "canteen"};
constexpr std::array permit_activities{"登记申请", "核对材料", "征求意见", "确定期限", "发出受理回执"};
constexpr std::array permit_channels{"窗口", "网上"};

}  // namespace

feel::Context LicenceLife::licence(SimCase& of) const {
  const std::string shop = city_.shops.empty() ? "示例小店" : of.chance.pick(city_.shops);
  const SimPlace& place = of.chance.pick(city_.places);
  Filling values;
  values.text("title", fmt::format("{}食品经营许可（示例）", shop))
      .text("shop", shop)
      .text("kind", of.chance.pick(shop_kinds))
      .number("area", of.chance.between(20, 300))
      .text("region", place.region);
  return values.done();
}

feel::Context LicenceLife::permit(SimCase& of, std::int64_t number, Instant now) const {
  of.steps_left = of.chance.between(3, 5);
  Filling values;
  values.text("name", fmt::format("示例许可-{}", number))
      .text("channel", of.chance.pick(permit_channels))
      .text("department", "市自然资源局（示例）")
      .text("deadline", formatInstant(startOf(dateOf(now)) + std::chrono::days{of.chance.between(8, 20)}));
  return values.done();
}

SimAnswer LicenceLife::answer(const store::TaskRow& task, SimCase& of, Instant now) const {
  const std::string& node = task.node;
  SimAnswer done;
  Filling values;
  if (of.process == "permit-intake") {
    if (node == "step") {
      const bool more = of.steps_left > 1;
      values
          .text("activity",
                permit_activities[static_cast<std::size_t>(of.steps_left) % permit_activities.size()])
          .flag("more", more);
      done.then = [&of] { --of.steps_left; };
    } else {
      done.happened.emplace_back("permit.finished");
    }
    done.values = values.done();
    return done;
  }
  if (node == "intake") {
    const bool complete = of.chance.happens(city_.chances.complete_material);
    values.flag("complete", complete);
    if (!complete) values.text("missing", "健康证明（示例）");
    done.happened.emplace_back(complete ? "licence.taken-in" : "licence.supplement");
  } else if (node == "supplement") {
    values.date("supplied_on", dateOf(now));
  } else if (node == "visit") {
    values.date("visited_on", dateOf(now)).text("found", "布局和设施与申请一致（示例）");
    done.happened.emplace_back("licence.visited");
  } else if (node == "decide") {
    const bool granted = of.chance.happens(city_.chances.licence_granted);
    values.flag("granted", granted).text("reason", granted ? "符合条件（示例）" : "设施不符合要求（示例）");
    done.happened.emplace_back(granted ? "licence.granted" : "licence.refused");
  } else if (node == "deliver") {
    values.date("delivered_on", dateOf(now));
    done.happened.emplace_back("licence.delivered");
  }
  done.values = values.done();
  return done;
}

}  // namespace jinyue::cli
