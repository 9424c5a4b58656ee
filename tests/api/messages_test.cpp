// What other systems tell cases: once, by the right ones, to the right case.

#include <gtest/gtest.h>

#include "api/served_city.h"

namespace jinyue::api {
namespace messages_test {

using test::Answer;
using test::at;
using test::Person;
using test::Sent;
using test::ServedCity;

std::vector<packs::PackFile> paymentPack() {
  return {
      {"pack.json",
       R"({"id":"payment","version":"1","title":{"zh":"缴费（示例）","en":"payments"},
           "description":{"zh":"测试用","en":"made up for tests"},"sources":["made up for tests"],"licence":"Apache-2.0",
           "messages":[{"name":"paid","way":"comes","title":{"zh":"已缴费","en":"paid"},"brings":["amount"]}],
           "items":[{"id":"pay","title":{"zh":"缴费","en":"pay"},"process":"pay","form":"order"}]})"},
      {"pay.bpmn", testing_support::bpmnFile(
                       R"(<message id="m" name="paid" jy:key="bill"/><message id="inner" name="inner"/>
  <process id="pay" name="缴费" isExecutable="true" jy:title="bill" jy:unit="&quot;cashier&quot;"><startEvent id="s"/>
  <receiveTask id="wait" messageRef="m"/><userTask id="check" name="核对" jy:role="&quot;cashier&quot;"/><endEvent id="e"/>
  <sequenceFlow id="f1" sourceRef="s" targetRef="wait"/><sequenceFlow id="f2" sourceRef="wait" targetRef="check"/>
  <sequenceFlow id="f3" sourceRef="check" targetRef="e"/></process>)")},
      {"forms/order.json",
       R"({"id":"order","title":{"zh":"缴费","en":"payment"},
           "sections":[{"title":{"zh":"缴费","en":"payment"},"fields":["bill"]}],
           "schema":{"type":"object","required":["bill"],"properties":{
             "bill":{"type":"string","title":"单号","title:en":"number"}}}})"},
      {"roles.json",
       R"([{"id":"cashier","title":{"zh":"收费员","en":"cashier"},"permissions":["case.start","case.read","task.work"]},
           {"id":"bank","title":{"zh":"银行系统","en":"the bank's system"},"permissions":["message.send"]}])"},
      {"texts.json",
       R"({"pay":{"zh":"缴费","en":"payment"},"pay.wait":{"zh":"等待缴费","en":"wait"},"pay.check":{"zh":"核对","en":"check"}})"}};
}

class MessagesTest : public testing::Test {
 protected:
  MessagesTest() {
    const auto deployed = city.office().putIntoEffect(packs::readPack(paymentPack()).pack);
    if (!deployed) throw std::runtime_error(describe(deployed.error()));
    city.officer("cashier", "cashier", {{"cashier"}});
    city.officer("bank", "bank", {{"bank"}});
  }
  std::string start(const std::string& number) {
    Person cashier = city.signIn("cashier");
    const Answer started = cashier.post(
        "/cases",
        {.body = fmt::format(R"({{"pack":"payment","item":"pay","answers":{{"bill":"{}"}}}})", number)});
    EXPECT_EQ(started.status, 201) << started.body;
    return at(started, "/case_id");
  }
  static Sent paid(const std::string& number, const std::string& key = "auto",
                   const std::string& variables = R"({"amount":12})") {
    return {.body = fmt::format(R"({{"name":"paid","key":"{}","variables":{}}})", number, variables),
            .key = key};
  }

  ServedCity city;
};

TEST_F(MessagesTest, GoToTheCaseThatWaitsOnce) {
  const std::string first = start("A1");
  const std::string second = start("A2");
  Person bank = city.signIn("bank");
  const Answer answer = bank.post("/messages", paid("A2", "bank-1"));
  ASSERT_EQ(answer.status, 200) << answer.body;
  EXPECT_EQ(at(answer, "/case_id"), second);
  EXPECT_EQ(at(answer, "/repeated"), "false");
  Person cashier = city.signIn("cashier");
  EXPECT_EQ(at(cashier.get("/cases/" + second), "/variables/amount"), "12");
  EXPECT_EQ(at(cashier.get("/cases/" + second), "/tasks/0/node"), "check");
  EXPECT_EQ(at(cashier.get("/cases/" + first), "/tasks/0/node"), "(absent)");
  // The bank is not sure and sends it again, also after a restart.
  const Answer again = bank.post("/messages", paid("A2", "bank-1"));
  EXPECT_EQ(at(again, "/version"), at(answer, "/version")) << again.body;
  EXPECT_EQ(at(again, "/repeated"), "true");
  city.restart();
  Person later = city.signIn("bank");
  EXPECT_EQ(at(later.post("/messages", paid("A2", "bank-1")), "/repeated"), "true");
  EXPECT_EQ(at(later.post("/messages", paid("A1", "bank-1")), "/code"), "key.used");
  EXPECT_EQ(at(later.post("/messages", paid("A2", "bank-2")), "/code"), "message.unclaimed");
}

TEST_F(MessagesTest, AreRefusedWhenNobodyOrSeveralWait) {
  Person bank = city.signIn("bank");
  const Answer nobody = bank.post("/messages", paid("none"));
  EXPECT_EQ(nobody.status, 404);
  EXPECT_EQ(at(nobody, "/code"), "message.unclaimed");
  start("B1");
  start("B1");
  const Answer several = bank.post("/messages", paid("B1"));
  EXPECT_EQ(several.status, 409);
  EXPECT_EQ(at(several, "/code"), "message.ambiguous");
}

TEST_F(MessagesTest, BringOnlyWhatThePackDeclares) {
  const std::string id = start("C1");
  Person bank = city.signIn("bank");
  const Answer more = bank.post("/messages", paid("C1", "auto", R"({"amount":1,"bill":"C2"})"));
  EXPECT_EQ(more.status, 422) << more.body;
  EXPECT_EQ(at(more, "/code"), "message.variable");
  const Answer inner = bank.post("/messages", {.body = R"({"name":"inner","variables":{}})"});
  EXPECT_EQ(at(inner, "/code"), "message.unknown");  // between cases, not from outside
  EXPECT_EQ(bank.post("/messages", paid("C1")).status, 200);
}

TEST_F(MessagesTest, NeedThePermissionInThePlaceOfTheCase) {
  start("D1");
  EXPECT_EQ(city.nobody().post("/messages", paid("D1")).status, 401);
  Person cashier = city.signIn("cashier");
  EXPECT_EQ(at(cashier.post("/messages", paid("D1")), "/code"), "permission.missing");
  city.officer("other.bank", "bank", {{"bank", {.units = {"another unit"}}}});
  Person other = city.signIn("other.bank");
  EXPECT_EQ(at(other.post("/messages", paid("D1")), "/code"),
            "message.unclaimed");  // it is not told that one waits
  city.officer("pack.bank", "bank", {{"bank", {.packs = {"demonstration"}}}});
  Person pack = city.signIn("pack.bank");
  EXPECT_EQ(at(pack.post("/messages", paid("D1")), "/code"), "message.unknown");
  EXPECT_TRUE(city.faults().empty());
}

}  // namespace messages_test
}  // namespace jinyue::api
