// A case tells people something: from the process through the outbox to the adapters.
#include "notify/notify_job.h"

#include <gmock/gmock.h>

#include "notify/outbox_fixture.h"

namespace jinyue::notify {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;
using testing::UnorderedElementsAre;
using namespace testing_support;

const char* const texts = R"({"notices": [{
  "id": "granted", "channels": ["text_message", "mail"],
  "variables": [{"name": "firm", "type": "string", "personal": true}, {"name": "due", "type": "date"}],
  "subject": {"zh": "{firm}的许可证", "en": "Licence of {firm}"},
  "text": {"zh": "{firm}：{due}前领取。", "en": "{firm}: collect it by {due}."}}]})";

/// A process whose one task sends what the inputs say.
std::string tells(const std::string& inputs) {
  return R"(<process id="p" isExecutable="true" jy:personal="firm" jy:unit="&quot;bureau&quot;">
    <startEvent id="s"/><sendTask id="tell" jy:type="notify" jy:retries="1"><extensionElements>)" +
         inputs + R"(</extensionElements></sendTask><endEvent id="e"/>
    <sequenceFlow id="f1" sourceRef="s" targetRef="tell"/><sequenceFlow id="f2" sourceRef="tell" targetRef="e"/>
    </process>)";
}

std::string input(const std::string& name, std::string expression) {
  for (std::size_t at = 0; (at = expression.find('"', at)) != std::string::npos; at += 6)
    expression.replace(at, 1, "&quot;");
  return "<jy:input name=\"" + name + "\" expression=\"" + expression + "\"/>";
}

const std::string parameters = input("parameters", R"({firm: firm, due: date("2026-12-01")})");

class NotifyJobs : public testing::TestWithParam<StoreKind> {
 protected:
  NotifyJobs() {
    city_ = openTestCity(place_, clock_,
                         {{notify_topic, [this](const casework::Job& job) { return handler_(job); }}});
    outbox_ = std::make_unique<Outbox>(city_->store(), vault_, "node");
    handler_ = notifyJob({&city_->store(), &city_->definitions(), outbox_.get(),
                          [this](std::string_view who) { return book_[std::string{who}]; }, clock_.fn(),
                          [this] { ++written_; }});
  }

  store::CaseId run(const std::string& inputs, const char* notices = texts) {
    casework::Deployment deployment;
    deployment.name = "pack";
    deployment.processes.push_back({"test.bpmn", bpmnFile(tells(inputs))});
    if (notices != nullptr) deployment.files.push_back({"notices.json", notices});
    const auto definition = city_->deploy(deployment);
    if (!definition) throw std::runtime_error(describe(definition.error()));
    bpmn::Start start;
    start.process = "p";
    start.variables.set("firm", "大连甲某咖啡店");
    start.variables.set("phone", "13800000000");
    const auto reply = city_->engine().run(
        {std::nullopt, (*definition)->id, start, officer("account:1"), fmt::format("key-{}", ++runs_)});
    if (!reply) throw std::runtime_error(describe(reply.error()));
    city_->pump().runDue();
    return reply->case_id;
  }
  /// "recipient channel address language: subject|text" of each notice of the case.
  std::vector<std::string> noticesOf(store::CaseId id) {
    std::vector<std::string> all;
    for (const NoticeSummary& row : outbox_->list({.case_id = id, .scope = everything_}, {}).rows) {
      const auto opened = outbox_->open(row.id);
      all.push_back(fmt::format("{} {} {} {}: {}|{}", row.recipient.substr(0, 20),
                                boost::describe::enum_to_string(row.channel, ""), opened->address,
                                boost::describe::enum_to_string(row.language, ""), opened->content.subject,
                                opened->content.text));
    }
    return all;
  }
  store::CaseStatus statusOf(store::CaseId id) {
    const store::CaseId ids[] = {id};
    return city_->store().loadCases(ids).at(0).status;
  }
  /// What the officer reads about a task that can't be done.
  std::string incidentOf(store::CaseId id) {
    clock_.advance(std::chrono::seconds{5});
    city_->pump().runDue();
    for (const auto& row : city_->store().listIncidents({.scope = store::everything()}, {}).rows) {
      if (row.id.case_id == id) return row.message;
    }
    return "none";
  }

  const identity::RowScope everything_{{identity::Alternative{}}};
  StorePlace place_{GetParam()};
  TestClock clock_{"2026-11-26T01:00:00Z"};
  ledger::Vault vault_ = testVault(place_.folder());
  std::map<std::string, std::vector<Contact>> book_;
  int written_ = 0;
  int runs_ = 0;
  casework::JobHandler handler_;
  std::unique_ptr<cli::City> city_;
  std::unique_ptr<Outbox> outbox_;
};
JINYUE_ON_STORES(NotifyJobs);

TEST_P(NotifyJobs, EachRecipientGetsANoticeOverEachChannelThatReachesHim) {
  book_["account:17"] = {
      {"account:17", {{Channel::mail, "li@example.org"}, {Channel::live, "x"}}, Language::en}};
  book_["unit:b"] = {
      {"account:18", {{Channel::text_message, "13911111111"}, {Channel::mail, "w@example.org"}}, {}},
      {"account:19", {{Channel::text_message, "13922222222"}}, {}}};
  const auto id =
      run(input("notice", R"("granted")") +
          input("to", R"(["account:17", "unit:b", {text_message: phone, language: "en"}])") + parameters);
  EXPECT_EQ(statusOf(id), store::CaseStatus::completed);
  EXPECT_EQ(written_, 1);
  const std::string zh = ": 大连甲某咖啡店的许可证|大连甲某咖啡店：2026年12月1日前领取。";
  const std::string en = ": Licence of 大连甲某咖啡店|大连甲某咖啡店: collect it by 1 December 2026.";
  const std::string direct = outbox_->recipientOf(Channel::text_message, "13800000000").substr(0, 20);
  EXPECT_THAT(noticesOf(id), UnorderedElementsAre("account:17 mail li@example.org en" + en,
                                                  "account:18 text_message 13911111111 zh" + zh,
                                                  "account:18 mail w@example.org zh" + zh,
                                                  "account:19 text_message 13922222222 zh" + zh,
                                                  direct + " text_message 13800000000 en" + en));
  const auto rows = outbox_->list({.case_id = id, .scope = everything_}, {}).rows;
  EXPECT_EQ(rows[0].unit, "bureau");
  EXPECT_EQ(rows[0].pack, "pack");
  EXPECT_THAT(rows[0].title, HasSubstr("***"));  // lists show nobody's name
}

TEST_P(NotifyJobs, AJobThatIsTriedTwiceTellsNobodyTwice) {
  book_["account:17"] = {{"account:17", {{Channel::mail, "li@example.org"}}, {}}};
  const casework::JobHandler real = handler_;
  int tries = 0;
  handler_ = [&](const casework::Job& job) -> casework::JobResult {
    const auto result = real(job);
    if (++tries == 1) throw std::runtime_error("the node fell over after it wrote");
    return result;
  };
  const auto id = run(input("notice", R"("granted")") + input("to", R"("account:17")") + parameters);
  clock_.advance(std::chrono::seconds{2});
  city_->pump().runDue();
  EXPECT_EQ(tries, 2);
  EXPECT_EQ(statusOf(id), store::CaseStatus::completed);
  EXPECT_THAT(noticesOf(id), SizeIs(1));
}

TEST_P(NotifyJobs, WhoHasNoAddressIsSeenAndTheOthersAreTold) {
  book_["account:17"] = {{"account:17", {{Channel::mail, "li@example.org"}}, {}}};
  const auto id =
      run(input("notice", R"("granted")") + input("to", R"(["account:17", "account:nobody"])") + parameters);
  EXPECT_EQ(statusOf(id), store::CaseStatus::completed);
  std::map<std::string, std::string> sent;
  Dispatcher dispatcher(*outbox_,
                        {{Channel::mail,
                          [&](const Notice& notice) {
                            sent[notice.address] = notice.content.text;
                            return Sent::accepted();
                          }},
                         {Channel::text_message, [](const Notice&) { return Sent::accepted(); }}},
                        [this](std::string_view who) { return book_[std::string{who}]; },
                        {.now = clock_.fn()});
  dispatcher.runDue();
  EXPECT_THAT(sent, SizeIs(1));
  EXPECT_EQ(outbox_->list({.state = State::sent, .scope = everything_}, {}).rows.at(0).recipient,
            "account:17");
  const auto waiting = outbox_->list({.state = State::failed, .scope = everything_}, {}).rows;
  ASSERT_THAT(waiting, SizeIs(1));
  EXPECT_EQ(waiting[0].recipient, "account:nobody");
  EXPECT_EQ(waiting[0].error, "notice.no-address");
}

TEST_P(NotifyJobs, WhatTheModelHasWrongIsAnIncidentAndNobodyIsTold) {
  const std::string granted = input("notice", R"("granted")");
  const std::string to = input("to", R"({mail: "a@example.org"})");
  const auto incident = [&](const std::string& inputs, const char* notices = texts) {
    const auto id = run(inputs, notices);
    EXPECT_EQ(statusOf(id), store::CaseStatus::active);
    EXPECT_THAT(noticesOf(id), IsEmpty());
    return incidentOf(id);
  };
  EXPECT_THAT(incident(input("notice", R"("gone")") + to + parameters), HasSubstr("no notice gone"));
  EXPECT_THAT(incident(granted + to + parameters, nullptr), HasSubstr("no notices.json"));
  EXPECT_THAT(incident(granted + parameters), HasSubstr("to whom"));
  EXPECT_THAT(incident(granted + to), HasSubstr("notice.value-missing"));
  EXPECT_THAT(incident(granted + input("to", R"({pigeon: "a"})") + parameters), HasSubstr("no pigeon"));
  EXPECT_THAT(incident(granted + input("to", R"(["", 7])") + parameters), HasSubstr("neither a text"));
  EXPECT_THAT(incident(granted + input("to", R"({live: "x"})") + parameters), HasSubstr("no address"));
  EXPECT_THAT(incident(granted + to + parameters + input("language", R"("fr")")), HasSubstr("language"));
}

}  // namespace
}  // namespace jinyue::notify
