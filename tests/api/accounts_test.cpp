// Accounts, grants and one's own data over the interface.

#include <gtest/gtest.h>

#include "api/served_city.h"

namespace jinyue::api {
namespace accounts_test {

using test::Answer;
using test::at;
using test::json;
using test::Person;
using test::Sent;
using test::ServedCity;

class AccountsTest : public testing::Test {
 protected:
  AccountsTest() {
    anquan = city.officer("anquan", "市大数据局", {{"security-admin"}});
    city.officer("anquan2", "市大数据局", {{"security-admin"}});
  }
  static Sent body(std::string text) { return {.body = std::move(text)}; }

  ServedCity city;
  identity::AccountId anquan = 0;
};

TEST_F(AccountsTest, AreMadeOnceChangedOnTheirVersionAndDisabled) {
  Person admin = city.signIn("anquan");
  Sent sent = body(
      R"({"kind":"officer","login":"new.officer","unit":"12345","language":"zh","personal":{"name":"示例张三","phone":"13011112222"},"password":"Another7-word!"})");
  sent.key = "account-1";
  const Answer made = admin.post("/accounts", sent);
  ASSERT_EQ(made.status, 201) << made.body;
  const Answer again = admin.post("/accounts", sent);
  EXPECT_EQ(at(again, "/id"), at(made, "/id"));
  EXPECT_EQ(at(again, "/repeated"), "true");
  const std::string path = made.header("location").substr(std::string{"/api/v1"}.size());
  const Answer shown = admin.get(path);
  EXPECT_EQ(at(shown, "/masked/phone"), "130****2222") << shown.body;
  Sent change = body(R"({"unit":"市城市管理局"})");
  EXPECT_EQ(admin.patch(path, change).status, 428);
  change.if_match = shown.header("etag");
  EXPECT_EQ(admin.patch(path, change).status, 200);
  change.key = test::newKey();
  EXPECT_EQ(admin.patch(path, change).status, 412);
  EXPECT_EQ(
      at(admin.post("/accounts/search", {.body = R"({"field":"phone","value":"130 1111 2222"})", .key = ""}),
         "/items/0/login"),
      "new.officer");
  EXPECT_EQ(admin.post(path + "/disabling", body(R"({"reason":"调离"})")).status, 200);
  EXPECT_EQ(at(admin.get(path), "/status"), "disabled");
}

TEST_F(AccountsTest, AnAdministratorIsMadeByTwo) {
  Person admin = city.signIn("anquan");
  const auto id = city.officer("future.admin", "市大数据局", {});
  const Answer proposed =
      admin.post(fmt::format("/accounts/{}/grants", id), body(R"({"role":"audit-admin","scope":{}})"));
  ASSERT_EQ(proposed.status, 201) << proposed.body;
  const std::string grant = fmt::format("/accounts/{}/grants/1", id);
  EXPECT_GE(admin.post(grant + "/confirmation").status, 400);
  Person second = city.signIn("anquan2");
  EXPECT_EQ(at(second.get("/grants/proposed"), "/items/0/role"), "audit-admin");
  EXPECT_EQ(second.post(grant + "/confirmation").status, 200);
  EXPECT_EQ(at(second.get(fmt::format("/accounts/{}/grants", id)), "/items/0/state"), "active");
  EXPECT_GE(
      admin.post(fmt::format("/accounts/{}/grants", anquan), body(R"({"role":"agent","scope":{}})")).status,
      400);
}

TEST_F(AccountsTest, OnesOwnDataIsOnesOwn) {
  city.officer("zuoxi", "12345", {{"agent"}});
  Person zuoxi = city.signIn("zuoxi");
  EXPECT_EQ(zuoxi.patch("/me", body(R"({"phone":"13099998888","language":"en"})")).status, 200);
  EXPECT_EQ(at(zuoxi.get("/me/personal"), "/phone"), "13099998888");
  EXPECT_EQ(at(zuoxi.get("/me"), "/masked/phone"), "130****8888");
  const Answer copy = zuoxi.get("/me/export");
  EXPECT_EQ(copy.status, 200);
  EXPECT_NE(copy.body.find("13099998888"), std::string::npos);
  EXPECT_EQ(zuoxi.get(fmt::format("/accounts/{}", anquan)).status, 403);
}

TEST_F(AccountsTest, AnAdministratorOfOneUnitSeesThatUnit) {
  city.officer("danwei", "区局", {{"security-admin", {{"区局"}, {}, {}}}});
  city.officer("colleague", "区局", {});
  Person admin = city.signIn("danwei");
  EXPECT_EQ(admin.get("/accounts").status, 403);
  EXPECT_EQ(admin.get("/accounts?unit=12345").status, 403);
  EXPECT_EQ(json(admin.get("/accounts?unit=%E5%8C%BA%E5%B1%80")).at("items").as_array().size(), 2U);
  EXPECT_EQ(admin.get(fmt::format("/accounts/{}", anquan)).status, 404);
}

}  // namespace accounts_test
}  // namespace jinyue::api
