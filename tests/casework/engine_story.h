// The engine over both stores, for small stories: a city with a clock of its own, and short ways to deploy,
// start and ask.
#pragma once

#include <gtest/gtest.h>

#include "casework/replay.h"
#include "support/test_city.h"

namespace jinyue::casework {

using namespace testing_support;

inline const char* const two_steps = R"(
<process id="p" isExecutable="true" jy:title="title" jy:personal="phone" jy:clock="five-days">
  <startEvent id="s"/><userTask id="a" name="受理" jy:role="&quot;clerk&quot;"/>
  <userTask id="b" name="审批" jy:notWhoDid="a" jy:clock="five-days"/><endEvent id="e"/>
  <sequenceFlow id="f1" sourceRef="s" targetRef="a"/><sequenceFlow id="f2" sourceRef="a" targetRef="b"/>
  <sequenceFlow id="f3" sourceRef="b" targetRef="e"/>
</process>)";

class EngineTest : public testing::TestWithParam<StoreKind> {
 protected:
  void open(std::map<std::string, JobHandler> services = {}) {
    services_ = services;
    city_ = openTestCity(place_, clock_, std::move(services));
  }
  /// Stops everything and starts it again on the same store.
  void restart() {
    city_.reset();
    city_ = openTestCity(place_, clock_, services_);
  }
  std::int64_t deploy(const std::string& processes, const std::string& name = "test") {
    Deployment deployment;
    deployment.name = name;
    deployment.processes.push_back({"test.bpmn", bpmnFile(processes)});
    deployment.clocks = testClocks();
    auto definition = city_->deploy(deployment);
    if (!definition) throw std::runtime_error(describe(definition.error()));
    return (*definition)->id;
  }
  Result<Reply> start(std::int64_t definition, feel::Context variables = {}, const std::string& key = {},
                      const std::string& process = "p") {
    Request request;
    bpmn::Start command;
    command.process = process;
    command.variables = std::move(variables);
    if (!command.variables.find("title")) command.variables.set("title", feel::Value(std::string{"示例"}));
    request.definition = definition;
    request.command = std::move(command);
    request.actor = officer("clerk:1", "", {"clerk"});
    request.key = key;
    return city_->engine().run(std::move(request));
  }
  Result<Reply> run(CaseId id, bpmn::Command command,
                    const bpmn::Actor& actor = officer("clerk:1", "", {"clerk"}),
                    const std::string& key = {}) {
    return city_->engine().run({id, 0, std::move(command), actor, key});
  }
  std::vector<store::TaskRow> tasks(CaseId id) {
    store::TaskFilter filter;
    filter.case_id = id;
    return city_->store().listTasks(filter, {}).rows;
  }
  store::CaseRow row(CaseId id) {
    const CaseId ids[] = {id};
    auto rows = city_->store().loadCases(ids);
    if (rows.empty()) throw std::runtime_error("no such case");
    return rows.front();
  }
  bpmn::State state(CaseId id) { return *city_->engine().seal().open(row(id)); }
  void expectReplays(CaseId id) {
    const auto replayed = replay(city_->store(), city_->definitions(), city_->engine().seal(), id);
    ASSERT_TRUE(replayed) << describe(replayed.error());
    EXPECT_EQ(toJson(*replayed), toJson(state(id)));
    EXPECT_EQ(*replayed, state(id));
  }
  std::vector<store::IncidentRow> incidents() {
    return city_->store().listIncidents({.scope = store::everything()}, {}).rows;
  }

  StorePlace place_{GetParam()};
  TestClock clock_{"2026-09-28T01:00:00Z"};
  std::map<std::string, JobHandler> services_;
  std::unique_ptr<cli::City> city_;
};

}  // namespace jinyue::casework
