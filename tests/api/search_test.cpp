// Full text over the interface: found at once, and only by those who may see it.

#include <gtest/gtest.h>

#include "api/served_city.h"

namespace jinyue::api {
namespace {

using test::Answer;
using test::at;
using test::json;
using test::Person;
using test::ServedCity;

TEST(Search, FindsACaseWhenTheReplyHasComeAndOnlyForThoseInScope) {
  ServedCity city;
  city.officer("zuoxi", "12345", {{"agent"}});
  city.officer("elsewhere", "别的单位", {{"agent", {{"别的单位"}, {}, {}}}});
  Person zuoxi = city.signIn("zuoxi");
  const store::CaseId id = city.hotlineCase("槐花大街路灯不亮（示例）");
  const Answer found = zuoxi.get("/search?q=%E8%B7%AF%E7%81%AF");
  ASSERT_EQ(found.status, 200) << found.body;
  EXPECT_EQ(at(found, "/items/0/id"), std::to_string(id)) << found.body;
  Person elsewhere = city.signIn("elsewhere");
  EXPECT_EQ(json(elsewhere.get("/search?q=%E8%B7%AF%E7%81%AF")).at("items").as_array().size(), 0U);
  EXPECT_EQ(zuoxi.get("/search?q=").status, 422);
  EXPECT_EQ(zuoxi.get("/search").status, 400);
}

}  // namespace
}  // namespace jinyue::api
