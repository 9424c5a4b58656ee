// The engine over both stores, as small stories: given processes, when commands come, then this is durable.

#include <atomic>
#include <future>
#include <semaphore>

#include <gtest/gtest.h>

#include "base/json_read.h"
#include "casework/engine_story.h"
#include "ledger/record.h"

namespace jinyue::casework {
namespace engine_test {

TEST_P(EngineTest, ACaseGoesFromStartToEndAndEveryReplyIsVisibleAtOnce) {
  open();
  feel::Context variables;
  variables.set("title", feel::Value(std::string{"食品经营许可"}));
  variables.set("phone", feel::Value(std::string{"13000000001"}));
  const auto started = start(deploy(two_steps), variables);
  ASSERT_TRUE(started) << describe(started.error());
  EXPECT_EQ(started->position, 1);
  auto open_tasks = tasks(started->case_id);
  ASSERT_EQ(open_tasks.size(), 1U);
  EXPECT_EQ(open_tasks[0].name, "受理");
  EXPECT_EQ(open_tasks[0].role, "clerk");
  EXPECT_EQ(open_tasks[0].title, "食品经营许可");
  EXPECT_EQ(open_tasks[0].created, clock_.now());

  clock_.advance(std::chrono::hours(1));
  const auto completed = run(started->case_id, bpmn::Complete{open_tasks[0].id.number, {}});
  ASSERT_TRUE(completed) << describe(completed.error());
  open_tasks = tasks(started->case_id);
  ASSERT_EQ(open_tasks.size(), 1U);
  EXPECT_EQ(open_tasks[0].node, "b");
  EXPECT_EQ(open_tasks[0].excluded, std::vector<std::string>{"clerk:1"});
  // From 28 September five working days end on 11 October: National Day is off and 10 October is worked.
  EXPECT_EQ(open_tasks[0].due, startOf(makeDate(2026, 10, 11)));
  EXPECT_EQ(row(started->case_id).due, startOf(makeDate(2026, 10, 11)));

  const auto done = run(started->case_id, bpmn::Complete{open_tasks[0].id.number, {}}, officer("chief:2"));
  ASSERT_TRUE(done) << describe(done.error());
  EXPECT_TRUE(tasks(started->case_id).empty());
  EXPECT_EQ(row(started->case_id).status, store::CaseStatus::completed);
  EXPECT_EQ(row(started->case_id).closed, clock_.now());
  EXPECT_EQ(row(started->case_id).version, 3);
  expectReplays(started->case_id);
}

TEST_P(EngineTest, WhoTookItInMayNotApproveIt) {
  open();
  const auto started = start(deploy(two_steps), {});
  const CaseId id = started->case_id;
  ASSERT_TRUE(run(id, bpmn::Complete{tasks(id).at(0).id.number, {}}));
  const auto refused = run(id, bpmn::Complete{tasks(id).at(0).id.number, {}}, officer("clerk:1"));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ProblemKind::forbidden);
  EXPECT_EQ(row(id).version, 2) << "a refusal leaves nothing behind";
  EXPECT_TRUE(run(id, bpmn::Complete{tasks(id).at(0).id.number, {}}, officer("chief:2")));
}

TEST_P(EngineTest, TheSameKeyGivesTheFirstReplyAgainAlsoAfterARestart) {
  open();
  const std::int64_t definition = deploy(two_steps);
  const auto first = start(definition, {}, "key-1");
  ASSERT_TRUE(first);
  const auto again = start(definition, {}, "key-1");
  ASSERT_TRUE(again);
  EXPECT_EQ(again->case_id, first->case_id);
  EXPECT_TRUE(again->repeated);
  restart();
  const auto later = start(definition, {}, "key-1");
  ASSERT_TRUE(later);
  EXPECT_EQ(later->case_id, first->case_id);
  store::CaseFilter filter;
  filter.scope = store::everything();
  filter.process = "p";
  EXPECT_EQ(city_->store().listCases(filter, {}).rows.size(), 1U);

  feel::Context other;
  other.set("x", feel::Value(1));
  const auto another = start(definition, other, "key-1");
  ASSERT_FALSE(another);
  EXPECT_EQ(another.error().code, "key.used");
}

TEST_P(EngineTest, ManyAtOnceWithTheSameKeyMakeOneCase) {
  open();
  const std::int64_t definition = deploy(two_steps);
  std::vector<std::thread> threads;
  std::mutex mutex;
  std::set<CaseId> cases;
  for (int i = 0; i < 16; ++i) {
    threads.emplace_back([&] {
      const auto reply = start(definition, {}, "the-same");
      const std::lock_guard lock(mutex);
      if (reply) cases.insert(reply->case_id);
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(cases.size(), 1U);
  store::CaseFilter filter;
  filter.scope = store::everything();
  filter.process = "p";
  EXPECT_EQ(city_->store().listCases(filter, {}).rows.size(), 1U);
}

TEST_P(EngineTest, WhoComesWhileOthersHaveWaitedTooLongIsRefusedAndNothingIsDone) {
  open();
  const std::int64_t definition = deploy(two_steps);
  std::binary_semaphore writing{0};
  std::binary_semaphore goes_on{0};
  std::atomic<bool> first = true;
  EngineOptions options;
  options.batch_limit = 1;
  options.longest_wait = std::chrono::milliseconds{50};
  options.committed = [&](const Committed&) {
    if (!first.exchange(false)) return;
    writing.release();
    goes_on.acquire();
  };
  Engine engine(city_->store(), city_->definitions(), city_->digester(), options);
  const auto ask = [&] {
    auto answer = std::make_shared<std::promise<Result<Reply>>>();
    Request request;
    request.definition = definition;
    bpmn::Start command;
    command.process = "p";
    command.variables.set("title", feel::Value(std::string{"示例"}));
    request.command = std::move(command);
    request.actor = officer("clerk:1", "", {"clerk"});
    engine.submit(std::move(request), [answer](Result<Reply> reply) { answer->set_value(std::move(reply)); });
    return answer->get_future();
  };
  std::vector<std::future<Result<Reply>>> waiting;
  waiting.push_back(ask());
  writing.acquire();
  for (int i = 0; i < 2; ++i) waiting.push_back(ask());  // one is stepped, one stands in the queue
  std::this_thread::sleep_for(std::chrono::milliseconds{200});
  auto late = ask();
  goes_on.release();
  const auto refused = late.get();
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "engine.busy");
  EXPECT_EQ(refused.error().kind, ProblemKind::unavailable);
  for (auto& reply : waiting) EXPECT_TRUE(reply.get());
  EXPECT_TRUE(ask().get()) << "the line is gone";
  store::CaseFilter filter;
  filter.scope = store::everything();
  filter.process = "p";
  EXPECT_EQ(city_->store().listCases(filter, {}).rows.size(), 4U);
}

TEST_P(EngineTest, OfManyWhoCompleteATaskOneIsFirst) {
  open();
  const auto started = start(deploy(two_steps), {});
  const auto task = tasks(started->case_id).at(0).id.number;
  std::vector<std::thread> threads;
  std::atomic<int> completed{0};
  for (int i = 0; i < 16; ++i) {
    threads.emplace_back([&, i] {
      completed +=
          run(started->case_id, bpmn::Complete{task, {}}, officer(fmt::format("clerk:{}", i), "", {"clerk"}))
              .has_value();
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(completed, 1);
  EXPECT_EQ(row(started->case_id).version, 2);
  expectReplays(started->case_id);
}

TEST_P(EngineTest, PersonalDataIsInTheLogOnlyAsADigest) {
  open();
  feel::Context variables;
  variables.set("phone", feel::Value(std::string{"13000000001"}));
  const auto started = start(deploy(two_steps), variables);
  ASSERT_TRUE(run(started->case_id, bpmn::Comment{{}, "来电人说住在解放路 5 号"}));
  for (const auto& record : city_->store().records(started->case_id, 0, 100)) {
    EXPECT_EQ(record.record.find("13000000001"), std::string::npos) << record.record;
    EXPECT_EQ(record.record.find("解放路"), std::string::npos) << record.record;
  }
  EXPECT_EQ(state(started->case_id).variables().find("phone")->asString(), "13000000001");
  expectReplays(started->case_id);
}

const char* const with_timer = R"(
<process id="p" isExecutable="true">
  <startEvent id="s"/><userTask id="a" name="办理"/><endEvent id="e"/><userTask id="late" name="督办"/><endEvent id="e2"/>
  <boundaryEvent id="t" attachedToRef="a" cancelActivity="false"><timerEventDefinition><timeDuration>PT2H</timeDuration></timerEventDefinition></boundaryEvent>
  <sequenceFlow id="f1" sourceRef="s" targetRef="a"/><sequenceFlow id="f2" sourceRef="a" targetRef="e"/>
  <sequenceFlow id="f3" sourceRef="t" targetRef="late"/><sequenceFlow id="f4" sourceRef="late" targetRef="e2"/>
</process>)";

TEST_P(EngineTest, ATimerFiresWhenItIsDueAndOnce) {
  open();
  const auto started = start(deploy(with_timer));
  city_->pump().runDue();
  EXPECT_EQ(tasks(started->case_id).size(), 1U);
  clock_.advance(std::chrono::hours(2));
  restart();
  EXPECT_EQ(city_->pump().runDue(), 1U);
  EXPECT_EQ(tasks(started->case_id).size(), 2U);
  clock_.advance(std::chrono::hours(5));
  EXPECT_EQ(city_->pump().runDue(), 0U);
  expectReplays(started->case_id);
}

TEST_P(EngineTest, ATimerOfAFinishedTaskIsGone) {
  open();
  const auto started = start(deploy(with_timer));
  ASSERT_TRUE(run(started->case_id, bpmn::Complete{tasks(started->case_id).at(0).id.number, {}}));
  clock_.advance(std::chrono::hours(9));
  EXPECT_EQ(city_->pump().runDue(), 0U);
}

const char* const with_service = R"(
<error id="E1" name="no" errorCode="no-such-firm"/>
<process id="p" isExecutable="true">
  <startEvent id="s"/><serviceTask id="ask" jy:type="registry.ask" jy:retries="2">
  </serviceTask><userTask id="a"/><endEvent id="e"/><userTask id="unknown"/><endEvent id="e2"/>
  <boundaryEvent id="no" attachedToRef="ask"><errorEventDefinition errorRef="E1"/></boundaryEvent>
  <sequenceFlow id="f1" sourceRef="s" targetRef="ask"/><sequenceFlow id="f2" sourceRef="ask" targetRef="a"/>
  <sequenceFlow id="f3" sourceRef="a" targetRef="e"/><sequenceFlow id="f4" sourceRef="no" targetRef="unknown"/>
  <sequenceFlow id="f5" sourceRef="unknown" targetRef="e2"/>
</process>)";

TEST_P(EngineTest, AServiceThatWorksLetsTheCaseGoOn) {
  std::vector<std::string> keys;
  open({{"registry.ask", [&](const Job& job) -> JobResult {
           keys.push_back(job.key);
           feel::Context found;
           found.set("firm", feel::Value(std::string{"近海小馆"}));
           return JobDone{found};
         }}});
  const auto started = start(deploy(with_service));
  EXPECT_EQ(city_->pump().runDue(), 1U);
  EXPECT_EQ(tasks(started->case_id).at(0).node, "a");
  EXPECT_EQ(keys.size(), 1U);
  expectReplays(started->case_id);
}

TEST_P(EngineTest, AServiceErrorTheModelExpectsGoesItsWay) {
  open({{"registry.ask", [](const Job&) -> JobResult { return JobError{"no-such-firm", "not found"}; }}});
  const auto started = start(deploy(with_service));
  city_->pump().runDue();
  EXPECT_EQ(tasks(started->case_id).at(0).node, "unknown");
}

TEST_P(EngineTest, AFailingServiceIsTriedAgainThenBecomesAnIncidentThatCanBeRetried) {
  int calls = 0;
  bool broken = true;
  open({{"registry.ask", [&](const Job&) -> JobResult {
           ++calls;
           if (broken) throw std::runtime_error("连接被拒绝");
           return JobDone{};
         }}});
  const auto started = start(deploy(with_service));
  for (int i = 0; i < 6; ++i) {
    city_->pump().runDue();
    clock_.advance(std::chrono::minutes(10));
  }
  EXPECT_EQ(calls, 3) << "once and two retries";
  const auto raised = incidents();
  ASSERT_EQ(raised.size(), 1U);
  EXPECT_EQ(raised[0].id.case_id, started->case_id);
  EXPECT_EQ(raised[0].node, "ask");
  EXPECT_NE(raised[0].message.find("连接被拒绝"), std::string::npos) << raised[0].message;

  broken = false;
  ASSERT_TRUE(run(started->case_id, bpmn::RetryIncident{raised[0].id.number}));
  EXPECT_TRUE(incidents().empty());
  city_->pump().runDue();
  EXPECT_EQ(tasks(started->case_id).at(0).node, "a");
  expectReplays(started->case_id);
}

const char* const with_messages = R"(
<message id="M1" name="material"/><message id="M2" name="order"/>
<process id="p" isExecutable="true">
  <startEvent id="s"/><intermediateCatchEvent id="wait"><messageEventDefinition messageRef="M1" jy:key="ref"/></intermediateCatchEvent>
  <userTask id="a"/><endEvent id="e"/>
  <sequenceFlow id="f1" sourceRef="s" targetRef="wait"/><sequenceFlow id="f2" sourceRef="wait" targetRef="a"/>
  <sequenceFlow id="f3" sourceRef="a" targetRef="e"/>
</process>
<process id="sender" isExecutable="true">
  <startEvent id="ss"/><intermediateThrowEvent id="throw"><messageEventDefinition messageRef="M1" jy:key="ref"/></intermediateThrowEvent><endEvent id="se"/>
  <sequenceFlow id="g1" sourceRef="ss" targetRef="throw"/><sequenceFlow id="g2" sourceRef="throw" targetRef="se"/>
</process>
<process id="starter" isExecutable="true">
  <startEvent id="ms"><messageEventDefinition messageRef="M2"/></startEvent><userTask id="mt"/><endEvent id="me"/>
  <sequenceFlow id="h1" sourceRef="ms" targetRef="mt"/><sequenceFlow id="h2" sourceRef="mt" targetRef="me"/>
</process>)";

feel::Context numbered(int number) {
  feel::Context variables;
  variables.set("ref", feel::Value(fmt::format("N{}", number)));
  return variables;
}

TEST_P(EngineTest, AMessageReachesTheCaseThatWaitsForItsKey) {
  open();
  const std::int64_t definition = deploy(with_messages);
  const auto first = start(definition, numbered(1));
  const auto second = start(definition, numbered(2));
  const auto reply = city_->delivery().send("material", "N2", {}, officer("firm:1"), "m-1");
  ASSERT_TRUE(reply) << describe(reply.error());
  EXPECT_EQ(reply->case_id, second->case_id);
  EXPECT_TRUE(tasks(first->case_id).empty());
  EXPECT_EQ(tasks(second->case_id).size(), 1U);
  const auto again = city_->delivery().send("material", "N2", {}, officer("firm:1"), "m-1");
  ASSERT_TRUE(again);
  EXPECT_TRUE(again->repeated);
  EXPECT_EQ(city_->delivery().send("material", "N3", {}, officer("firm:1"), "m-2").error().code,
            "message.unclaimed");
}

TEST_P(EngineTest, AMessageThatSeveralCasesWaitForIsAmbiguous) {
  open();
  const std::int64_t definition = deploy(with_messages);
  ASSERT_TRUE(start(definition, numbered(1)));
  ASSERT_TRUE(start(definition, numbered(1)));
  EXPECT_EQ(city_->delivery().send("material", "N1", {}, officer("firm:1"), "").error().code,
            "message.ambiguous");
}

TEST_P(EngineTest, ACaseSendsAMessageToAnotherCase) {
  open();
  const std::int64_t definition = deploy(with_messages);
  const auto receiver = start(definition, numbered(7));
  const auto sender = start(definition, numbered(7), "", "sender");
  ASSERT_TRUE(sender);
  city_->pump().runDue();
  EXPECT_EQ(tasks(receiver->case_id).size(), 1U);
  EXPECT_EQ(row(sender->case_id).status, store::CaseStatus::completed);
}

TEST_P(EngineTest, AMessageThatNobodyTakesBecomesAnIncidentAndCanBeSentAgain) {
  open();
  const std::int64_t definition = deploy(with_messages);
  const auto sender = start(definition, numbered(9), "", "sender");
  for (int i = 0; i < 20; ++i) {
    city_->pump().runDue();
    clock_.advance(std::chrono::minutes(10));
  }
  const auto raised = incidents();
  ASSERT_EQ(raised.size(), 1U);
  EXPECT_EQ(raised[0].code, "message.undelivered");
  EXPECT_EQ(raised[0].id.case_id, sender->case_id);
  const auto receiver = start(definition, numbered(9));
  ASSERT_TRUE(city_->pump().retryDelivery(raised[0].id));
  city_->pump().runDue();
  EXPECT_TRUE(incidents().empty());
  EXPECT_EQ(tasks(receiver->case_id).size(), 1U);
}

TEST_P(EngineTest, AMessageStartsACaseOfTheNewestVersion) {
  open();
  deploy(with_messages);
  const std::int64_t second = deploy(with_messages);
  const auto reply = city_->delivery().send("order", "any", {}, officer("firm:1"), "o-1");
  ASSERT_TRUE(reply) << describe(reply.error());
  EXPECT_EQ(row(reply->case_id).process, "starter");
  EXPECT_EQ(row(reply->case_id).definition, second);
}

const char* const with_cycle = R"(
<process id="p" isExecutable="true">
  <startEvent id="s"><timerEventDefinition><timeCycle>R3/P1D</timeCycle></timerEventDefinition></startEvent>
  <userTask id="a"/><endEvent id="e"/>
  <sequenceFlow id="f1" sourceRef="s" targetRef="a"/><sequenceFlow id="f2" sourceRef="a" targetRef="e"/>
</process>)";

TEST_P(EngineTest, ATimerStartsCasesAsOftenAsItsCycleSays) {
  open();
  deploy(with_cycle);
  for (int i = 0; i < 10; ++i) {
    clock_.advance(std::chrono::hours(12));
    city_->pump().runDue();
  }
  store::CaseFilter filter;
  filter.scope = store::everything();
  filter.process = "p";
  EXPECT_EQ(city_->store().listCases(filter, {}).rows.size(), 3U);
}

TEST_P(EngineTest, AMonthlyStartKeepsItsDayAndHourWheneverItIsDeployed) {
  open();
  std::string monthly = with_cycle;
  monthly.replace(monthly.find("R3/P1D"), 6, "R/2024-01-31T07:00:00+08:00/P1M");
  deploy(monthly);
  for (int month = 0; month < 14; ++month) {
    const Instant due = city_->store().nextDue().value();
    const LocalTime local = toLocal(due);
    const std::chrono::year_month_day date{std::chrono::floor<std::chrono::days>(local)};
    EXPECT_EQ(date, date.year() / date.month() / std::chrono::last) << formatInstant(due);
    EXPECT_EQ(local - std::chrono::floor<std::chrono::days>(local), std::chrono::hours{7});
    ASSERT_GT(due, clock_.now());
    EXPECT_LE(due - clock_.now(), std::chrono::days{31});
    clock_.advance(due - clock_.now());
    EXPECT_GT(city_->pump().runDue(), 0U);
  }
}

TEST_P(EngineTest, APausedClockMovesTheDeadlineByTheDaysOfThePause) {
  open();
  const auto started = start(deploy(two_steps));
  const CaseId id = started->case_id;
  const auto due = row(id).due;
  ASSERT_TRUE(due);
  ASSERT_TRUE(run(id, bpmn::PauseClock{0, "补正材料（行政许可法第四十五条）"}));
  clock_.advance(std::chrono::hours(48));
  ASSERT_TRUE(run(id, bpmn::ResumeClock{0}));
  EXPECT_GT(*row(id).due, *due);
  const auto after_pause = row(id).due;
  const auto own = run(id, bpmn::ExtendClock{0, 3, "案情复杂", "clerk:1"});
  EXPECT_FALSE(own) << "nobody approves his own extension";
  ASSERT_TRUE(run(id, bpmn::ExtendClock{0, 3, "案情复杂", "chief:2"}));
  EXPECT_GT(*row(id).due, *after_pause);
  expectReplays(id);
}

TEST_P(EngineTest, SupervisorsToolsAreRecorded) {
  open();
  const auto started = start(deploy(two_steps));
  const CaseId id = started->case_id;
  ASSERT_TRUE(run(id, bpmn::Assign{tasks(id).at(0).id.number, officer("clerk:5", "", {"clerk"}), "休假"},
                  officer("chief:9")));
  EXPECT_EQ(tasks(id).at(0).assignee, "clerk:5");
  feel::Context correction;
  correction.set("title", feel::Value(std::string{"更正后的标题"}));
  ASSERT_TRUE(run(id, bpmn::SetVariables{0, correction, "录入有误"}, officer("chief:9")));
  EXPECT_FALSE(run(id, bpmn::SetVariables{0, correction, ""}, officer("chief:9"))) << "without a reason";
  ASSERT_TRUE(run(id, bpmn::MoveToken{tasks(id).at(0).id.number, "b", "按特别程序"}, officer("chief:9")));
  EXPECT_EQ(tasks(id).at(0).node, "b");
  ASSERT_TRUE(run(id, bpmn::Cancel{"申请人撤回"}, officer("chief:9")));
  EXPECT_EQ(row(id).status, store::CaseStatus::cancelled);
  EXPECT_TRUE(tasks(id).empty());
  expectReplays(id);
}

const char* const two_steps_changed = R"(
<process id="p" isExecutable="true" jy:title="title" jy:personal="phone" jy:clock="five-days">
  <startEvent id="s"/><userTask id="a" name="窗口受理" jy:role="&quot;clerk&quot;"/>
  <userTask id="check" name="复核"/><endEvent id="e"/>
  <sequenceFlow id="f1" sourceRef="s" targetRef="a"/><sequenceFlow id="f2" sourceRef="a" targetRef="check"/>
  <sequenceFlow id="f3" sourceRef="check" targetRef="e"/>
</process>)";

TEST_P(EngineTest, AMigrationMovesAllRunningCasesOrNone) {
  open();
  const std::int64_t first = deploy(two_steps);
  const auto at_a = start(first);
  const auto at_b = start(first);
  ASSERT_TRUE(run(at_b->case_id, bpmn::Complete{tasks(at_b->case_id).at(0).id.number, {}}));
  const std::int64_t second = deploy(two_steps_changed);
  EXPECT_EQ(row(at_a->case_id).definition, first) << "running cases stay on their version";

  Engine::Migration migration{first, second, {}, "新版流程", false};
  const auto refused = city_->engine().migrate(migration, officer("chief:9"));
  ASSERT_FALSE(refused) << "b has no place in the new version";
  EXPECT_EQ(refused.error().causes.size(), 1U);
  EXPECT_EQ(row(at_a->case_id).definition, first);

  migration.nodes["b"] = "check";
  migration.dry_run = true;
  const auto dry = city_->engine().migrate(migration, officer("chief:9"));
  ASSERT_TRUE(dry) << describe(dry.error());
  EXPECT_EQ(*dry, 2);
  EXPECT_EQ(row(at_a->case_id).definition, first);

  migration.dry_run = false;
  ASSERT_TRUE(city_->engine().migrate(migration, officer("chief:9")));
  EXPECT_EQ(row(at_a->case_id).definition, second);
  EXPECT_EQ(tasks(at_a->case_id).at(0).name, "窗口受理");
  EXPECT_EQ(tasks(at_b->case_id).at(0).node, "check");
  expectReplays(at_a->case_id);
  expectReplays(at_b->case_id);
}

TEST_P(EngineTest, ADeploymentThatIsWrongIsRefusedWithEverythingThatIsWrong) {
  open();
  Deployment deployment;
  deployment.name = "wrong";
  deployment.processes.push_back(
      {"a.bpmn", bpmnFile(R"(<process id="p" isExecutable="true"><startEvent id="s"/>
    <transaction id="t"/><userTask id="u" jy:clock="no-such-clock"/></process>)")});
  deployment.clocks = testClocks();
  deployment.clocks[0].source.clear();
  const auto refused = city_->deploy(deployment);
  ASSERT_FALSE(refused);
  EXPECT_GE(refused.error().causes.size(), 3U) << describe(refused.error());
  EXPECT_FALSE(city_->store().latestDefinition("wrong"));
}

INSTANTIATE_TEST_SUITE_P(Stores, EngineTest, testing::Values(StoreKind::sqlite, StoreKind::postgres),
                         nameOfStore);

}  // namespace engine_test
}  // namespace jinyue::casework
