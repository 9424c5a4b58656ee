// jinyue keys rotate, on the folder of a city that runs.
#include <CLI/CLI.hpp>
#include <gtest/gtest.h>

#include "cli/commands.h"
#include "support/test_city.h"

namespace jinyue::cli {
namespace {

using namespace testing_support;

class Keys : public testing::TestWithParam<StoreKind> {
 protected:
  int jinyue(const std::string& words) {
    CLI::App app;
    int exit_code = 0;
    addCommands(app, exit_code);
    app.parse(words);
    return exit_code;
  }
  bool areCurrent(const ledger::Vault& vault) {
    for (const store::SqlRow& row : city_->store().query({"SELECT state FROM cases"})) {
      if (!vault.isCurrent(row.bytes(0))) return false;
    }
    return true;
  }

  StorePlace place_{GetParam()};
  TestClock clock_{"2026-09-28T01:00:00Z"};
  std::unique_ptr<City> city_ = openTestCity(place_, clock_);
};

TEST_P(Keys, AreRotatedWhileCasesRun) {
  casework::Deployment deployment;
  deployment.name = "test";
  deployment.processes.push_back(
      {"test.bpmn", bpmnFile(R"(<process id="p" isExecutable="true"><startEvent id="s"/><userTask id="a"/>
        <sequenceFlow id="f" sourceRef="s" targetRef="a"/></process>)")});
  const auto definition = city_->deploy(deployment);
  ASSERT_TRUE(definition) << describe(definition.error());
  casework::Request request;
  request.definition = (*definition)->id;
  bpmn::Start start;
  start.process = "p";
  start.variables = {{"phone", "13000000001"}};
  request.command = start;
  request.actor = officer("clerk:1");
  const auto started = city_->engine().run(request);
  ASSERT_TRUE(started) << describe(started.error());

  const std::string place = "--data " + place_.folder() + " --store \"" + place_.address() + "\"";
  ASSERT_EQ(jinyue("keys rotate " + place), 0);
  const auto vault = vaultOf(DataFolder{place_.folder()});
  ASSERT_TRUE(vault) << describe(vault.error());
  EXPECT_TRUE(areCurrent(**vault));
  // The city that runs still has the old ring and the case in its cache.
  const auto commented =
      city_->engine().run({started->case_id, 0, bpmn::Comment{{}, "请尽快"}, officer("clerk:1"), {}});
  ASSERT_TRUE(commented) << describe(commented.error());
  ASSERT_EQ(jinyue("keys rotate --continue " + place), 0);
  EXPECT_TRUE(areCurrent(**vault));
  const store::CaseId ids[] = {started->case_id};
  const auto state = city_->engine().seal().open(city_->store().loadCases(ids).at(0));
  ASSERT_TRUE(state) << describe(state.error());
  EXPECT_EQ(state->variables().find("phone")->asString(), "13000000001");
  // Nothing is made where there is nothing.
  EXPECT_NE(jinyue("keys rotate --data " + place_.folder() + "/nowhere"), 0);
}

INSTANTIATE_TEST_SUITE_P(Stores, Keys, testing::Values(StoreKind::sqlite, StoreKind::postgres), nameOfStore);

}  // namespace
}  // namespace jinyue::cli
