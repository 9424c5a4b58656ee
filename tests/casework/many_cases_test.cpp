// What concerns very many cases at once: a signal for all who wait, a migration in one transaction.
#include <latch>
#include <mutex>

#include <gmock/gmock.h>

#include "casework/engine_story.h"

namespace jinyue::casework {
namespace many_cases_test {

const char* const waits_for_signal = R"(
<signal id="g" name="storm"/>
<process id="p" isExecutable="true">
  <startEvent id="s"/><userTask id="a"/><endEvent id="e"/><userTask id="warned"/>
  <boundaryEvent id="b" attachedToRef="a" cancelActivity="false"><signalEventDefinition signalRef="g"/></boundaryEvent>
  <sequenceFlow id="f1" sourceRef="s" targetRef="a"/><sequenceFlow id="f2" sourceRef="a" targetRef="e"/>
  <sequenceFlow id="f3" sourceRef="b" targetRef="warned"/>
</process>)";

class ManyCases : public EngineTest {
 protected:
  std::vector<CaseId> startMany(std::int64_t definition, int count) {
    std::vector<CaseId> ids;
    std::mutex mutex;
    std::latch answered(count);
    for (int i = 0; i < count; ++i) {
      Request request;
      request.definition = definition;
      bpmn::Start command;
      command.process = "p";
      request.command = command;
      request.actor = officer("clerk:1");
      city_->engine().submit(std::move(request), [&](const Result<Reply>& reply) {
        {
          const std::lock_guard lock(mutex);
          if (reply) ids.push_back(reply->case_id);
        }
        answered.count_down();
      });
    }
    answered.wait();
    EXPECT_EQ(ids.size(), static_cast<std::size_t>(count));
    std::ranges::sort(ids);
    return ids;
  }
};

TEST_P(ManyCases, ASignalReachesEachOfThemOnceHoweverOftenItIsBegun) {
  open();
  const auto ids = startMany(deploy(waits_for_signal), 2300);
  const auto warned = [&] {
    std::size_t count = 0;
    for (const CaseId id : ids) count += tasks(id).size() - 1;
    return count;
  };
  // As if the node had died after some of them.
  for (const CaseId id : {ids[0], ids[1500]}) {
    ASSERT_TRUE(
        run(id, bpmn::Signal{"storm", {}}, bpmn::Actor{"system", "", {}}, fmt::format("throw:1:{}", id)));
  }
  const auto reached = city_->delivery().broadcast("storm", {}, bpmn::Actor{"system", "", {}}, "throw:1");
  ASSERT_TRUE(reached) << describe(reached.error());
  EXPECT_EQ(*reached, 2300);
  EXPECT_EQ(warned(), 2300U);
  ASSERT_TRUE(city_->delivery().broadcast("storm", {}, bpmn::Actor{"system", "", {}}, "throw:1"));
  EXPECT_EQ(warned(), 2300U);
  ASSERT_TRUE(city_->delivery().broadcast("storm", {}, bpmn::Actor{"system", "", {}}, "throw:2"));
  EXPECT_EQ(warned(), 4600U);
}

TEST_P(ManyCases, AMigrationOfMoreThanAPageIsAllOrNothing) {
  open();
  const auto first = deploy(waits_for_signal);
  auto ids = startMany(first, 1700);
  // One of the last pages can't move.
  ASSERT_TRUE(run(ids[1650], bpmn::Signal{"storm", {}}));
  std::string without_warned = waits_for_signal;
  without_warned.replace(without_warned.find("id=\"warned\""), 11, "id=\"alerted\"");
  without_warned.replace(without_warned.find("\"warned\""), 8, "\"alerted\"");
  const auto second = deploy(without_warned);
  Engine::Migration migration{first, second, {}, "新版流程", false};
  const auto head = city_->store().head();
  const auto refused = city_->engine().migrate(migration, officer("chief:9"));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "migration.refused");
  EXPECT_EQ(city_->store().head(), head);
  EXPECT_EQ(row(ids[0]).definition, first);

  migration.nodes["warned"] = "alerted";
  const auto moved = city_->engine().migrate(migration, officer("chief:9"));
  ASSERT_TRUE(moved) << describe(moved.error());
  EXPECT_EQ(*moved, 1700);
  for (const CaseId id : ids) EXPECT_EQ(row(id).definition, second);
  EXPECT_EQ(city_->store().head()->size, head->size + 1700);
  EXPECT_EQ(tasks(ids[1650]).at(1).node, "alerted");
  expectReplays(ids[0]);
  expectReplays(ids[1650]);
  restart();  // which checks the log
  // And they go on.
  ASSERT_TRUE(run(ids[1699], bpmn::Complete{tasks(ids[1699]).at(0).id.number, {}}));
}

INSTANTIATE_TEST_SUITE_P(Stores, ManyCases, testing::Values(StoreKind::sqlite, StoreKind::postgres),
                         nameOfStore);

}  // namespace many_cases_test
}  // namespace jinyue::casework
