// Firms and residents: each sees and does what is his own, and nothing of another firm, whatever identifiers
// he sends.

#include <gtest/gtest.h>

#include "api/every_endpoint.h"

namespace jinyue::api {
namespace firms_test {

using test::Answer;
using test::at;
using test::isSpecial;
using test::json;
using test::Person;
using test::requestFor;
using test::send;
using test::ServedCity;

// Made up; the check characters are right.
constexpr const char* first_firm = "91210200MA00000078";
constexpr const char* second_firm = "91210200MA0000002Q";

std::vector<packs::PackFile> supportPack() {
  return {
      {"pack.json",
       R"({"id":"support","version":"1","title":{"zh":"惠企申请（示例）","en":"support for firms"},
           "description":{"zh":"测试用","en":"made up for tests"},"sources":["made up for tests"],"licence":"Apache-2.0",
           "items":[{"id":"apply","title":{"zh":"申请","en":"apply"},"process":"support","form":"application"}]})"},
      {"support.bpmn", testing_support::bpmnFile(
                           R"(<process id="support" name="惠企申请" isExecutable="true" jy:title="matter"
  jy:search="matter" jy:party="if firm != null then &quot;firm:&quot; + firm else party"><startEvent id="s"/>
  <sendTask id="tell" jy:type="notify"><extensionElements>
    <jy:input name="notice" expression="&quot;received&quot;"/><jy:input name="to" expression="if firm != null then &quot;firm:&quot; + firm else party"/>
    <jy:input name="parameters" expression="{matter: matter}"/></extensionElements></sendTask>
  <userTask id="check" name="审核" jy:role="&quot;checker&quot;"/><endEvent id="e"/>
  <sequenceFlow id="f1" sourceRef="s" targetRef="tell"/><sequenceFlow id="f2" sourceRef="tell" targetRef="check"/>
  <sequenceFlow id="f3" sourceRef="check" targetRef="e"/></process>)")},
      {"forms/application.json",
       R"({"id":"application","title":{"zh":"申请","en":"application"},
           "sections":[{"title":{"zh":"申请","en":"application"},"fields":["firm","party","matter"]}],
           "schema":{"type":"object","required":["matter"],"properties":{
             "firm":{"type":"string","title":"企业","title:en":"firm","x-source":"caller/firm"},
             "party":{"type":"string","title":"当事人","title:en":"party","x-source":"caller/party"},
             "matter":{"type":"string","title":"事由","title:en":"matter"}}}})"},
      {"roles.json",
       R"([{"id":"checker","title":{"zh":"审核员","en":"checker"},"permissions":["case.read","task.work"]}])"},
      {"notices.json",
       R"({"notices":[{"id":"received","channels":["text_message"],"variables":[{"name":"matter","type":"string"}],
           "subject":{"zh":"已收到","en":"received"},
           "text":{"zh":"已收到：{matter}","en":"received: {matter}"}}]})"},
      {"texts.json",
       R"({"support":{"zh":"惠企申请","en":"support for firms"},"support.check":{"zh":"审核","en":"check"}})"}};
}

class FirmsTest : public testing::Test {
 protected:
  FirmsTest() {
    const auto deployed = city.office().putIntoEffect(packs::readPack(supportPack()).pack);
    if (!deployed) throw std::runtime_error(describe(deployed.error()));
    city.agent("jia.qiye", {first_firm});
    city.agent("yi.qiye", {second_firm});
  }
  static Answer apply(Person& who, const std::string& firm, const std::string& matter = "甲企业的机密事项") {
    return who.post(
        "/cases",
        {.body = fmt::format(R"({{"pack":"support","item":"apply","answers":{{"firm":"{}","matter":"{}"}}}})",
                             firm, matter)});
  }
  static std::size_t itemsOf(const Answer& answer) { return json(answer).at("items").as_array().size(); }

  ServedCity city;
};

TEST_F(FirmsTest, AnAgentStartsAndSeesTheCasesOfHisFirm) {
  Person jia = city.signIn("jia.qiye");
  const Answer form = jia.get("/packs/support/items/apply/form");
  EXPECT_NE(form.body.find(first_firm), std::string::npos) << form.body;  // known, so not asked
  const Answer started = apply(jia, first_firm);
  ASSERT_EQ(started.status, 201) << started.body;
  const std::string id = at(started, "/case_id");
  EXPECT_EQ(at(jia.get("/cases"), "/items/0/id"), id);
  EXPECT_EQ(at(jia.get("/cases/" + id), "/title"), "甲企业的机密事项");
  EXPECT_EQ(itemsOf(jia.get("/search?q=%E6%9C%BA%E5%AF%86")), 1U);
  EXPECT_EQ(jia.post("/cases/" + id + "/comments", {.body = R"({"text":"补充说明"})"}).status, 200);
  EXPECT_EQ(itemsOf(jia.get("/notices?case_id=" + id)), 0U);
}

TEST_F(FirmsTest, NobodyStartsACaseForAnotherFirm) {
  Person yi = city.signIn("yi.qiye");
  const Answer answer = apply(yi, first_firm);
  EXPECT_EQ(answer.status, 403) << answer.body;
  EXPECT_EQ(at(answer, "/code"), "case.other-party");
}

/// The case of one firm at every endpoint, asked for by the agent of another.
TEST_F(FirmsTest, AnotherFirmsCasesAreNotThere) {
  Person jia = city.signIn("jia.qiye");
  const Answer started = apply(jia, first_firm);
  ASSERT_EQ(started.status, 201) << started.body;
  const std::string id = at(started, "/case_id");
  Person yi = city.signIn("yi.qiye");
  EXPECT_EQ(itemsOf(yi.get("/cases")), 0U);
  EXPECT_EQ(itemsOf(yi.get("/search?q=%E6%9C%BA%E5%AF%86")), 0U);
  EXPECT_EQ(itemsOf(yi.get("/search/suggestions?q=%E7%94%B2")), 0U);
  EXPECT_EQ(at(yi.get("/cases/" + id), "/code"), at(yi.get("/cases/987654321"), "/code"));
  int asked = 0;
  for (const auto& endpoint : city.office().endpoints().all()) {
    if (isSpecial(*endpoint)) continue;
    const test::Wanted wanted = requestFor(city, *endpoint, id, first_firm);
    const Answer answer = send(yi, wanted);
    const std::string what =
        wanted.method + ' ' + wanted.path + " -> " + std::to_string(answer.status) + answer.body;
    EXPECT_LT(answer.status, 500) << what;
    EXPECT_EQ(answer.body.find("机密事项"), std::string::npos) << what;
    if (wanted.path.contains(first_firm)) continue;  // the path repeats what was asked
    EXPECT_EQ(answer.body.find(first_firm), std::string::npos) << what;
    if (endpoint->description.path.contains("{id}") || endpoint->description.path.contains("{case_id}")) {
      EXPECT_GE(answer.status, 400) << what;
      ++asked;
    }
  }
  EXPECT_GT(asked, 20);
  EXPECT_TRUE(city.faults().empty()) << city.faults().front();
}

TEST_F(FirmsTest, AFirmsNoticesReachItsAgentsAndNobodyElse) {
  Person jia = city.signIn("jia.qiye");
  ASSERT_EQ(apply(jia, first_firm).status, 201);
  city.office().city().pump().runDue();
  EXPECT_EQ(city.office().dispatcher().runDue(), 1U);
  const Answer notices = jia.get("/notices");
  ASSERT_EQ(notices.status, 200) << notices.body;
  ASSERT_EQ(itemsOf(notices), 1U) << notices.body;
  EXPECT_EQ(at(notices, "/items/0/state"), "sent") << notices.body;
  EXPECT_EQ(notices.body.find("13000000002"), std::string::npos);
  http::test::Client browser(city.port());
  const auto page = browser.get("/dev/notices");
  EXPECT_NE(page.body.find("已收到：甲企业的机密事项"), std::string::npos) << page.body;
  EXPECT_NE(page.body.find("13000000002"), std::string::npos) << page.body;
  const std::string content = "/notices/" + at(notices, "/items/0/id") + "/content";
  const test::Sent purpose{.body = R"({"purpose":"看看写了什么"})", .key = ""};
  EXPECT_EQ(at(jia.post(content, purpose), "/content/text"), "已收到：甲企业的机密事项");
  Person yi = city.signIn("yi.qiye");
  EXPECT_EQ(itemsOf(yi.get("/notices")), 0U);
  EXPECT_EQ(itemsOf(yi.get("/notices?party=firm:" + std::string{first_firm})), 0U);
  EXPECT_EQ(yi.post(content, purpose).status, 404);
}

TEST_F(FirmsTest, WhoDecidesAboutANoticeIsNotedWithTheDecision) {
  Person jia = city.signIn("jia.qiye");
  ASSERT_EQ(apply(jia, first_firm).status, 201);
  city.office().city().pump().runDue();
  const std::string id = at(jia.get("/notices"), "/items/0/id");
  city.officer("xitong", "市大数据局", {{"system-admin"}});
  Person xitong = city.signIn("xitong");
  const auto before = city.office().city().store().head()->size;
  ASSERT_EQ(xitong.post("/notices/" + id + "/abandonment", {.key = ""}).status, 204);
  EXPECT_EQ(city.office().city().store().head()->size, before + 1);
  EXPECT_EQ(at(jia.get("/notices"), "/items/0/state"), "given_up");
  // What is refused is not noted either.
  EXPECT_EQ(xitong.post("/notices/" + id + "/abandonment", {.key = ""}).status, 409);
  EXPECT_EQ(xitong.post("/notices/0000/retry", {.key = ""}).status, 404);
  EXPECT_EQ(city.office().city().store().head()->size, before + 1);
  EXPECT_EQ(xitong.post("/notices/" + id + "/retry", {.key = ""}).status, 204);
  city.officer("shenji", "市审计局", {{"audit-admin"}});
  const Answer trail = city.signIn("shenji").get("/audit?subject=notice:" + id);
  EXPECT_EQ(at(trail, "/items/0/kind"), "notice.retried") << trail.body;
  EXPECT_EQ(at(trail, "/items/1/kind"), "notice.given-up");
}

TEST_F(FirmsTest, ErasureFindsNoticesToABareNumberToo) {
  city.resident("bing", "210202199003070025");
  Person bing = city.signIn("bing");
  ASSERT_EQ(bing.patch("/me", {.body = R"({"phone":"13000000009","email":"bing@example.org"})"}).status, 200);
  notify::Outbox& outbox = city.office().city().outbox();
  std::vector<std::string> ids;
  for (const auto& [channel, address] : {std::pair{notify::Channel::text_message, "13000000009"},
                                         {notify::Channel::mail, "bing@example.org"},
                                         {notify::Channel::text_message, "13000000008"}}) {
    notify::NewNotice notice;
    notice.key = fmt::format("test/{}", address);
    notice.channel = channel;
    notice.address = address;
    notice.content.text = "机密";
    notice.at = city.clock().now();
    outbox.write({&notice, 1});
    ids.push_back(notify::Outbox::idOf(notice.key, 0));
  }
  ASSERT_EQ(bing.post("/me/erasure", {.body = R"({"reason":"不再使用"})", .key = ""}).status, 200);
  EXPECT_EQ(outbox.open(ids[0])->content.text, "");
  EXPECT_EQ(outbox.open(ids[1])->content.text, "");
  EXPECT_EQ(outbox.open(ids[2])->content.text, "机密");  // somebody else's
}

TEST_F(FirmsTest, AResidentHasHisOwnMattersAndTakesHisDataAway) {
  city.resident("bing", "210202199003070025");
  city.resident("ding", "210202199104080038");
  Person bing = city.signIn("bing");
  const Answer started =
      bing.post("/cases", {.body = R"({"pack":"support","item":"apply","answers":{"matter":"丙的私事"}})"});
  ASSERT_EQ(started.status, 201) << started.body;
  const std::string id = at(started, "/case_id");
  EXPECT_EQ(at(bing.get("/cases"), "/items/0/id"), id);
  Person ding = city.signIn("ding");
  EXPECT_EQ(itemsOf(ding.get("/cases")), 0U);
  EXPECT_EQ(ding.get("/cases/" + id).status, 404);
  // Not with the party of somebody else either.
  const std::string party = at(bing.get("/cases/" + id), "/variables/party");
  EXPECT_TRUE(party.starts_with("person:")) << party;
  const Answer stolen = ding.post(
      "/cases",
      {.body = fmt::format(R"({{"pack":"support","item":"apply","answers":{{"matter":"x","party":"{}"}}}})",
                           party)});
  EXPECT_EQ(at(stolen, "/code"), "case.other-party") << stolen.body;
  EXPECT_NE(bing.get("/me/export").body.find("\"id\":" + id), std::string::npos);
  const Answer erased = bing.post("/me/erasure", {.body = R"({"reason":"不再使用"})", .key = ""});
  ASSERT_EQ(erased.status, 200) << erased.body;
  EXPECT_EQ(at(erased, "/kept/0"), id) << erased.body;  // still running
  EXPECT_EQ(bing.get("/me").status, 401);
}

TEST_F(FirmsTest, AMandateThatHasEndedGivesNothingAnyMore) {
  city.officer("anquan", "市大数据局", {{"security-admin"}});
  Person jia = city.signIn("jia.qiye");
  const std::string id = at(apply(jia, first_firm), "/case_id");
  Person admin = city.signIn("anquan");
  const std::string account = at(jia.get("/me"), "/account");
  const Answer ended =
      admin.post("/accounts/" + account + "/mandates/1/end", {.body = R"({"last_day":"2026-09-20"})"});
  ASSERT_EQ(ended.status, 200) << ended.body;
  EXPECT_EQ(jia.get("/cases/" + id).status, 401);  // the session had the firm of before
  Person again = city.signIn("jia.qiye");
  EXPECT_GE(again.get("/cases/" + id).status, 403);
  EXPECT_EQ(apply(again, first_firm).status, 403);
}

}  // namespace firms_test
}  // namespace jinyue::api
